#include "core/base/csv.h"

#include <algorithm>
#include <charconv>

namespace hounsfield {

namespace {

char separatorOf(std::string_view bytes)
{
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    const auto count = [&](char c) { return std::ranges::count(line, c); };
    if (count('\t') > count(',') && count('\t') > count(';'))
        return '\t';
    return count(';') > count(',') ? ';' : ',';
}

/// Splits into records; false when a quote stays open.
bool split(std::string_view bytes, char separator, std::vector<std::vector<std::string>>& records)
{
    std::vector<std::string> record(1);
    bool isQuoted = false;
    const auto endRecord = [&] {
        if (record.size() > 1 || !record[0].empty())
            records.push_back(std::move(record));
        record.assign(1, {});
    };
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (isQuoted && c == '"' && i + 1 < bytes.size() && bytes[i + 1] == '"') {
            record.back() += '"';
            ++i;
        } else if (c == '"' && (isQuoted || record.back().empty())) {
            isQuoted = !isQuoted;
        } else if (isQuoted) {
            record.back() += c;
        } else if (c == separator) {
            record.emplace_back();
        } else if (c == '\n') {
            endRecord();
        } else if (c != '\r') {
            record.back() += c;
        }
    }
    endRecord();
    return !isQuoted;
}

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

Result<Csv> parseCsv(std::string_view bytes, const std::string& where)
{
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    std::vector<std::vector<std::string>> records;
    if (!split(bytes, separatorOf(bytes), records))
        return badInput(text("base", "A quotation mark stays open."), where, text("base", "Close it and try again."));
    if (records.empty())
        return badInput(text("base", "The table is empty."), where);
    Csv csv{std::move(records.front()), {}};
    for (std::size_t row = 1; row < records.size(); ++row) {
        if (records[row].size() != csv.columns.size())
            return badInput(text("base", "Row %1 has %2 cells, the heading has %3.")
                                .with(row + 1, records[row].size(), csv.columns.size()),
                where);
        csv.rows.push_back(std::move(records[row]));
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
