#include "core/base/options.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hounsfield {

namespace {

bool parsed(const std::string& words, double& value)
{
    const char* end = words.data() + words.size();
    const auto result = std::from_chars(words.data(), end, value);
    return result.ec == std::errc() && result.ptr == end && std::isfinite(value);
}

Result<void> check(const Option& option, const std::string& value)
{
    const std::string where = "--" + option.name;
    if (option.kind == Option::Kind::Choice && std::ranges::find(option.choices, value) == option.choices.end()) {
        std::string all;
        for (const std::string& choice : option.choices)
            all += (all.empty() ? "" : ", ") + choice;
        return badInput(text("base", "\"%1\" is not one of %2.").with(value, all), where);
    }
    if (option.kind != Option::Kind::Integer && option.kind != Option::Kind::Number)
        return {};
    double number = 0;
    if (!parsed(value, number) || (option.kind == Option::Kind::Integer && number != std::floor(number)))
        return badInput(option.kind == Option::Kind::Integer ? text("base", "\"%1\" is not a whole number.").with(value)
                                                             : text("base", "\"%1\" is not a number.").with(value),
            where);
    if (number < option.least || number > option.most)
        return badInput(
            text("base", "%1 is out of range: it must be %2 to %3.").with(value, option.least, option.most), where);
    return {};
}

} // namespace

Result<OptionValues> OptionValues::checked(const std::vector<Option>& table, std::map<std::string, std::string> given)
{
    OptionValues values;
    for (const Option& option : table) {
        const auto found = given.find(option.name);
        const std::string value = found != given.end() ? found->second : option.fallback;
        if (found != given.end())
            given.erase(found);
        if (value.empty()) {
            if (option.isRequired)
                return badInput(text("base", "This option is needed."), "--" + option.name);
            continue;
        }
        TRY(check(option, value));
        values.m_values[option.name] = value;
    }
    if (!given.empty())
        return badInput(text("base", "There is no such option."), "--" + given.begin()->first);
    return values;
}

bool OptionValues::has(const std::string& name) const
{
    return m_values.contains(name);
}

bool OptionValues::flag(const std::string& name) const
{
    return words(name) == "true";
}

std::int64_t OptionValues::integer(const std::string& name) const
{
    return static_cast<std::int64_t>(number(name));
}

double OptionValues::number(const std::string& name) const
{
    double value = 0;
    parsed(words(name), value);
    return value;
}

std::string OptionValues::words(const std::string& name) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? std::string() : found->second;
}

std::vector<std::string> OptionValues::list(const std::string& name) const
{
    std::vector<std::string> values;
    const std::string all = words(name);
    for (std::size_t begin = 0; begin < all.size();) {
        const std::size_t end = std::min(all.find('\n', begin), all.size());
        values.push_back(all.substr(begin, end - begin));
        begin = end + 1;
    }
    return values;
}

} // namespace hounsfield
