#include "core/reports/table_formats.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hounsfield::reports {

namespace {

using Json = nlohmann::ordered_json;

constexpr int deepest = 100; // writing a value again goes as deep as it does

std::string cellOf(const Json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    return value.is_null() ? std::string() : value.dump();
}

/// An object, or what is none when the line is not JSON or nested too deeply.
Json parsed(std::string_view line)
{
    bool isTooDeep = false;
    const auto isKept = [&isTooDeep](int depth, Json::parse_event_t, const Json&) {
        isTooDeep = isTooDeep || depth > deepest;
        return !isTooDeep;
    };
    Json value = Json::parse(line.begin(), line.end(), isKept, false);
    return isTooDeep ? Json() : value;
}

Result<void> readLine(std::string_view line, std::int64_t number, const TableText& from, GrowingTable& growing)
{
    if (line.find_first_not_of(" \t\r") == std::string_view::npos)
        return {};
    const Json object = parsed(line);
    if (!object.is_object()) {
        growing.table.problems.push_back(
            rowProblem(from, number, text("reports", "The line is no JSON object; it is left out."),
                text("reports", "Write one object a line, such as {\"id\": 1, \"text\": \"…\"}.")));
        return {};
    }
    TRY(growing.startRow(number));
    for (const auto& [name, value] : object.items())
        growing.fill(name, cellOf(value));
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
