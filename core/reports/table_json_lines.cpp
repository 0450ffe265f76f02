#include "core/reports/json_text.h"
#include "core/reports/table_formats.h"

#include <algorithm>

namespace hounsfield::reports {

namespace {

Result<void> readLine(std::string_view line, std::int64_t number, const TableText& from, GrowingTable& growing)
{
    if (line.find_first_not_of(" \t\r") == std::string_view::npos)
        return {};
    const Json object = parsedJson(line);
    if (!object.is_object()) {
        growing.table.problems.push_back(
            rowProblem(from, number, text("reports", "The line is no JSON object; it is left out."),
                text("reports", "Write one object a line, such as {\"id\": 1, \"text\": \"…\"}.")));
        return {};
    }
    TRY(growing.startRow(number));
    for (const auto& [name, value] : object.items())
        growing.fill(name, wordOf(value));
    return {};
}

} // namespace

Result<Table> parseJsonLines(const TableText& from, const Monitor& monitor)
{
    const std::string_view all = from.decoded.text;
    GrowingTable growing(from);
    std::int64_t number = 0;
    for (std::size_t start = 0; start < all.size();) {
        if (++number % 1000 == 0)
            TRY(monitor.at(
                text("reports", "Reading the table"), static_cast<double>(start) / static_cast<double>(all.size())));
        const std::size_t end = std::min(all.find('\n', start), all.size());
        noteBroken(growing.table, from, number, start, end);
        TRY(readLine(all.substr(start, end - start), number, from, growing));
        start = end + 1;
    }
    return std::move(growing).finished();
}

} // namespace hounsfield::reports
