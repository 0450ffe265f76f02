#pragma once

#include "core/base/result.h"

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

/// One cell as a CSV file wants it: quoted where needed; a leading = + - @ is neutralised, so that no spreadsheet obeys
/// it.
std::string csvCell(std::string_view value);

} // namespace hounsfield
