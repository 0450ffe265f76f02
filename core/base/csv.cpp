#include "core/base/csv.h"

#include <algorithm>
#include <charconv>

namespace hounsfield {

namespace {

bool isNumber(std::string_view value)
{
    double number = 0;
    const auto result = std::from_chars(value.data(), value.data() + value.size(), number);
    return result.ec == std::errc() && result.ptr == value.data() + value.size();
}

} // namespace

std::optional<std::size_t> Csv::column(std::string_view name) const
{
    const auto found = std::ranges::find(columns, name);
    return found == columns.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - columns.begin()));
}

char csvSeparator(std::string_view bytes)
{
    const std::string_view line = bytes.substr(0, bytes.find_first_of("\r\n"));
    char best = 0;
    std::ptrdiff_t most = 0;
    for (const char separator : {',', ';', '\t'}) {
        const auto count = std::ranges::count(line, separator);
        if (count > most)
            best = separator;
        most = std::max(most, count);
    }
    return best;
}

CsvRecords splitCsv(std::string_view bytes, char separator)
{
    CsvRecords split;
    CsvRecord record{1, 0, {std::string()}};
    bool isQuoted = false;
    const auto endRecord = [&](std::size_t next) {
        const std::int64_t row = record.row;
        if (record.cells.size() > 1 || !record.cells[0].empty())
            split.records.push_back(std::move(record));
        record = {row + 1, next, {std::string()}};
    };
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        const char next = i + 1 < bytes.size() ? bytes[i + 1] : '\0';
        if (isQuoted && c == '"' && next == '"') {
            record.cells.back() += '"';
            ++i;
        } else if (c == '"' && (isQuoted || record.cells.back().empty())) {
            isQuoted = !isQuoted;
        } else if (isQuoted) {
            record.cells.back() += c;
        } else if (c == separator && separator != 0) {
            record.cells.emplace_back();
        } else if (c == '\n' || (c == '\r' && next != '\n')) {
            endRecord(i + 1);
        } else if (c != '\r') {
            record.cells.back() += c;
        }
    }
    if (isQuoted)
        split.open = std::move(record);
    else
        endRecord(bytes.size());
    return split;
}

Result<Csv> parseCsv(std::string_view bytes, const std::string& where)
{
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    const char separator = csvSeparator(bytes);
    auto [records, open] = splitCsv(bytes, separator ? separator : ',');
    if (open)
        return badInput(text("base", "A quotation mark stays open."), where, text("base", "Close it and try again."));
    if (records.empty())
        return badInput(text("base", "The table is empty."), where);
    Csv csv{std::move(records.front().cells), {}};
    for (std::size_t i = 1; i < records.size(); ++i) {
        auto& [row, offset, cells] = records[i];
        if (cells.size() != csv.columns.size())
            return badInput(
                text("base", "Row %1 has %2 cells, the heading has %3.").with(row, cells.size(), csv.columns.size()),
                where);
        csv.rows.push_back(std::move(cells));
    }
    return csv;
}

std::string csvCell(std::string_view value)
{
    std::string cell(value);
    if (!cell.empty() && std::string_view("=+-@\t").find(cell.front()) != std::string_view::npos && !isNumber(cell))
        cell.insert(0, "'");
    if (cell.find_first_of(",\"\n\r;\t") == std::string::npos)
        return cell;
    std::string quoted = "\"";
    for (const char c : cell)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

} // namespace hounsfield
