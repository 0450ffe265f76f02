#pragma once

#include "core/reports/report.h"

#include <string>
#include <vector>

namespace hounsfield::reports {

/// A word, a single Han character, a punctuation mark or a placeholder of a text.
struct Token {
    Span span;
    std::string word; ///< in lower case (Unicode's simple folding)
    bool operator==(const Token&) const = default;
};

/// Tokens in their order. Words are letters and digits, joined by a single inner apostrophe, hyphen, full stop or comma
/// between two of them where that keeps a number or a word together ("x-ray", "3.2", "patient's"); "3.2cm" is a number
/// and a word. Han characters stand alone. XXXX and [**…**], where words were taken out of a report, stay whole.
std::vector<Token> tokensOf(const CodePoints& text);
std::vector<Token> tokensOf(std::string_view utf8);

/// Whether more of the letters are Han characters than of any other script.
bool isChinese(const CodePoints& text);

} // namespace hounsfield::reports
