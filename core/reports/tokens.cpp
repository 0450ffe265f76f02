#include "core/reports/tokens.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

namespace hounsfield::reports {

namespace {

bool isHan(char32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    return c >= 0x2E80 && uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_HAN;
}

bool isDigit(char32_t c)
{
    return u_isdigit(static_cast<UChar32>(c)) != 0;
}

/// A letter, or a mark that belongs to the letter before it.
bool isLetter(char32_t c)
{
    const auto point = static_cast<UChar32>(c);
    return !isHan(c) && (u_isalpha(point) != 0 || (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0 || c == U'_');
}

void append(std::string& word, char32_t c)
{
    std::array<char, 4> bytes{};
    std::int32_t count = 0;
    U8_APPEND_UNSAFE(bytes.data(), count, u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
    word.append(bytes.data(), static_cast<std::size_t>(count));
}

class Tokenizer {
  public:
    explicit Tokenizer(const CodePoints& text)
        : m_text(text)
    {
    }

    std::vector<Token> run()
    {
        for (std::int64_t at = 0; at < m_text.size();) {
            const char32_t c = m_text[at];
            if (u_isUWhiteSpace(static_cast<UChar32>(c)) || u_iscntrl(static_cast<UChar32>(c))) {
                ++at;
                continue;
            }
            const std::int64_t end = endOf(at);
            add({at, end});
            at = end;
        }
        return std::move(m_tokens);
    }

  private:
    char32_t at(std::int64_t i) const { return i < m_text.size() ? m_text[i] : U'\0'; }

    std::int64_t endOf(std::int64_t begin) const
    {
        if (at(begin) == U'[' && at(begin + 1) == U'*' && at(begin + 2) == U'*')
            if (const std::int64_t end = endOfPlaceholder(begin); end > begin)
                return end;
        if (isDigit(at(begin)))
            return endOfNumber(begin);
        return isLetter(at(begin)) ? endOfWord(begin) : begin + 1;
    }

    /// Behind "**]" on the same line, at most 200 on; else `begin`.
    std::int64_t endOfPlaceholder(std::int64_t begin) const
    {
        for (std::int64_t i = begin + 3; i < std::min(m_text.size(), begin + 200) && at(i) != U'\n'; ++i)
            if (at(i) == U'*' && at(i + 1) == U'*' && at(i + 2) == U']')
                return i + 3;
        return begin;
    }

    std::int64_t endOfNumber(std::int64_t begin) const
    {
        std::int64_t i = begin;
        while (isDigit(at(i)) || ((at(i) == U'.' || at(i) == U',') && isDigit(at(i + 1))))
            ++i;
        return i;
    }

    std::int64_t endOfWord(std::int64_t begin) const
    {
        const auto isPart = [this](std::int64_t i) { return isLetter(at(i)) || isDigit(at(i)); };
        std::int64_t i = begin;
        while (isPart(i) || ((at(i) == U'\'' || at(i) == U'\u2019' || at(i) == U'-') && isLetter(at(i + 1))))
            ++i;
        return i;
    }

    void add(Span span)
    {
        Token token{span, {}};
        for (std::int64_t i = span.begin; i < span.end; ++i)
            append(token.word, m_text[i]);
        m_tokens.push_back(std::move(token));
    }

    const CodePoints& m_text;
    std::vector<Token> m_tokens;
};

} // namespace

std::vector<Token> tokensOf(const CodePoints& text)
{
    return Tokenizer(text).run();
}

std::vector<Token> tokensOf(std::string_view utf8)
{
    return tokensOf(CodePoints(utf8));
}

bool isChinese(const CodePoints& text)
{
    std::int64_t han = 0, other = 0;
    for (std::int64_t i = 0; i < text.size(); ++i)
        if (isHan(text[i]))
            ++han;
        else if (isLetter(text[i]))
            ++other;
    return han > other;
}

} // namespace hounsfield::reports
