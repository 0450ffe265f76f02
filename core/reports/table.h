#pragma once

#include "core/base/monitor.h"
#include "core/files/reader_client.h"
#include "core/reports/encodings.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hounsfield::reports {

/// What is wrong with one row; the others are read.
struct Problem {
    std::int64_t row = 0; ///< as spreadsheets count: from 1, the heading too; of JSONL and plain text the line
    Error error;
};

/// Any foreign table as it stands: reports, labels, splits.
struct Table {
    struct Row {
        std::int64_t number = 0;
        std::vector<std::string> cells; ///< as many as `header`
    };
    std::vector<std::string> header;
    std::vector<Row> rows;
    std::vector<Problem> problems; ///< by row
    Encoding encoding = Encoding::Utf8;

    /// The column of this name: as it is written, else whatever the case.
    std::optional<std::size_t> column(std::string_view name) const;
};

/// CSV, TSV, JSONL, XML of Open-I or a plain text, by the name's ending, else by its first sign; also packed as .gz or
/// alone in a ZIP. At most 1 GiB unpacked.
/// @param readers  unpacks; may be null where nothing is packed
/// Errors: BadInput (empty, binary, no rows, a damaged file), Unsupported (spreadsheets, PDF), Environment, Cancelled.
Result<Table> readTable(files::ReaderPool* readers, const std::filesystem::path& path, const Monitor& monitor = {});

/// The same of bytes that are at hand. @param name  of the file; its ending says the format
Result<Table> parseTable(std::string bytes, const std::string& name, const Monitor& monitor = {});

} // namespace hounsfield::reports
