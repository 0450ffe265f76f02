#include "core/base/text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace hounsfield {

std::string Text::written(double value)
{
    std::array<char, 32> buffer{};
    const bool isLong = value != 0 && (std::abs(value) < 1e-4 || std::abs(value) >= 1e15);
    const auto end = isLong ? std::to_chars(buffer.begin(), buffer.end(), value, std::chars_format::general, 6).ptr
                            : std::to_chars(buffer.begin(), buffer.end(), value, std::chars_format::general, 10).ptr;
    return {buffer.data(), end};
}

std::string filled(std::string_view sentence, const std::vector<std::string>& values)
{
    std::string result;
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        const bool isPlace =
            sentence[i] == '%' && i + 1 < sentence.size() && sentence[i + 1] >= '1' && sentence[i + 1] <= '9';
        const std::size_t number = isPlace ? static_cast<std::size_t>(sentence[i + 1] - '1') : 0;
        if (!isPlace || number >= values.size()) {
            result += sentence[i];
            continue;
        }
        result += values[number];
        ++i;
    }
    return result;
}

std::string english(const Text& text)
{
    std::vector<std::string> values = text.values;
    for (const Text& inner : text.texts)
        values.push_back(english(inner));
    return filled(text.sentence, values);
}

} // namespace hounsfield
