#pragma once

#include <algorithm>
#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace hounsfield {

/// A sentence for a person: a translatable template with %1, %2 … and the values that fill it.
/// Core speaks in these so that it needs no Qt: the window translates the template, the command line fills in English.
struct Text {
    std::string context;             ///< where translators find it, such as "files"
    std::string sentence;            ///< English template
    std::vector<std::string> values; ///< what stands for %1, %2 …
    std::vector<Text> texts;         ///< what stands for the numbers behind them, each to be translated itself

    /// The same text with further values; numbers are written with a point in every locale. Texts come last.
    template <typename... Values> Text with(const Values&... more) const
    {
        static_assert(std::ranges::is_sorted(std::initializer_list<bool>{false, std::same_as<Values, Text>...}));
        Text filled = *this;
        (filled.add(more), ...);
        return filled;
    }

    bool isEmpty() const { return sentence.empty(); }
    bool operator==(const Text&) const = default;

    static std::string written(std::string_view value) { return std::string(value); }
    static std::string written(const char* value) { return value; }
    static std::string written(const std::string& value) { return value; }
    static std::string written(double value);
    static std::string written(float value) { return written(static_cast<double>(value)); }
    template <std::integral Integer> static std::string written(Integer value) { return std::to_string(value); }

  private:
    void add(const Text& text) { texts.push_back(text); }
    template <typename Value> void add(const Value& value) { values.push_back(written(value)); }
};

/// Marks a sentence for translation. Exactly two arguments, both literals: the translation tool finds it by this name.
inline Text text(const char* context, const char* sentence)
{
    return {context, sentence, {}};
}

/// The template with its values put in: English when given the sentence itself, any language when given a translation.
std::string filled(std::string_view sentence, const std::vector<std::string>& values);

/// The English sentence.
std::string english(const Text& text);

} // namespace hounsfield
