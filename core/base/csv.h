#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hounsfield {

/// A table of text (RFC 4180; comma, semicolon or tab, told by its first line). UTF-8, with or without BOM.
struct Csv {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows; ///< each as long as `columns`

    std::optional<std::size_t> column(std::string_view name) const;
};

/// Errors: BadInput with the row number: unbalanced quotes, another number of cells than columns, no columns.
Result<Csv> parseCsv(std::string_view bytes, const std::string& where);

/// One record of a table, whatever its length.
struct CsvRecord {
    std::int64_t row = 0;   ///< as spreadsheets count: from 1, empty lines too
    std::size_t offset = 0; ///< its first byte
    std::vector<std::string> cells;
};
struct CsvRecords {
    std::vector<CsvRecord> records; ///< without empty lines
    std::optional<CsvRecord> open;  ///< the last one, when its quotation mark stays open to the end
};
/// @param separator  0: there is none, each row is one cell
CsvRecords splitCsv(std::string_view bytes, char separator);
/// Comma, semicolon or tab: what the first line has most of; 0 when it has none.
char csvSeparator(std::string_view bytes);

/// One cell as a CSV file wants it: quoted where needed; a leading = + - @ is neutralised, so that no spreadsheet obeys
/// it.
std::string csvCell(std::string_view value);

} // namespace hounsfield
