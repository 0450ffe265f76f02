#include "core/reports/json_text.h"

#include <algorithm>

namespace hounsfield::reports {

namespace {

constexpr int deepest = 100;
constexpr std::string_view blanks = " \t\r\n";

Result<void> told(const Monitor& monitor, std::int64_t row, double fraction)
{
    return row % 100 == 0 ? monitor.at(text("reports", "Reading annotations"), fraction) : Result<void>();
}

} // namespace

Json parsedJson(std::string_view text)
{
    bool isTooDeep = false;
    const auto isKept = [&isTooDeep](int depth, Json::parse_event_t, const Json&) {
        isTooDeep = isTooDeep || depth > deepest;
        return !isTooDeep;
    };
    Json value = Json::parse(text.begin(), text.end(), isKept, false);
    return isTooDeep || value.is_discarded() ? Json() : value;
}

std::string wordOf(const Json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    return value.is_null() ? std::string() : lineOf(value);
}

const Json& memberOf(const Json& object, std::string_view name)
{
    static const Json nothing;
    if (!object.is_object())
        return nothing;
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}

std::int64_t wholeOf(const Json& value)
{
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{1} << 62)
        return -1;
    return value.is_number_integer() ? value.get<std::int64_t>() : -1;
}

std::string lineOf(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<void> forEachJson(
    std::string_view text, const Monitor& monitor, const std::function<void(std::int64_t, const Json&)>& take)
{
    const std::size_t first = text.find_first_not_of(blanks);
    std::int64_t row = 0;
    // A line may be an array, too: only what is none as a whole is read by lines.
    if (first != std::string_view::npos && text[first] == '[')
        if (const Json all = parsedJson(text); all.is_array()) {
            for (const Json& value : all) {
                ++row;
                TRY(told(monitor, row, static_cast<double>(row) / static_cast<double>(all.size())));
                take(row, value);
            }
            return {};
        }
    for (std::size_t start = 0; start < text.size();) {
        ++row;
        TRY(told(monitor, row, static_cast<double>(start) / static_cast<double>(text.size())));
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::string_view line = text.substr(start, end - start);
        if (line.find_first_not_of(blanks) != std::string_view::npos)
            take(row, parsedJson(line));
        start = end + 1;
    }
    return {};
}

} // namespace hounsfield::reports
