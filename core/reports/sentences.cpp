#include "core/reports/sentences.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hounsfield::reports {

namespace {

constexpr std::array<std::string_view, 8> marks{".", "!", "?", ";", "。", "！", "？", "；"};
constexpr std::array<std::string_view, 10> titles{"dr", "mr", "mrs", "ms", "prof", "st", "vs", "approx", "cf", "etc"};

bool isNumber(const Token& token)
{
    return std::ranges::all_of(token.word, [](char c) { return c >= '0' && c <= '9'; });
}

bool isHanWord(const Token& token)
{
    return token.span.size() == 1 && token.word.size() >= 3 && static_cast<unsigned char>(token.word[0]) >= 0xE3;
}

class Splitter {
  public:
    Splitter(const CodePoints& text, std::span<const Token> tokens)
        : m_text(text)
        , m_tokens(tokens)
    {
    }

    std::vector<Sentence> run()
    {
        for (std::size_t i = 0; i < m_tokens.size(); ++i)
            if (i + 1 == m_tokens.size() || endsAtMark(i) || endsAtLine(i)) {
                m_sentences.push_back({{m_tokens[m_first].span.begin, m_tokens[i].span.end}, m_first, i + 1});
                m_first = i + 1;
            }
        return std::move(m_sentences);
    }

  private:
    bool touchesNext(std::size_t i) const { return m_tokens[i].span.end == m_tokens[i + 1].span.begin; }

    /// A full stop of a number, a letter, a title or a list number.
    bool isInnerStop(std::size_t i) const
    {
        const bool opensNumber = touchesNext(i) && isNumber(m_tokens[i + 1]);
        if (i == m_first || !(m_tokens[i - 1].span.end == m_tokens[i].span.begin))
            return opensNumber;
        const Token& before = m_tokens[i - 1];
        if (isNumber(before))
            return i - 1 == m_first && before.word.size() <= 2;
        const bool isInitial = before.word.size() == 1 && before.word[0] >= 'a' && before.word[0] <= 'z';
        return isInitial || std::ranges::find(titles, before.word) != titles.end();
    }

    bool endsAtMark(std::size_t i) const
    {
        if (!isSentenceMark(m_tokens[i]) || (touchesNext(i) && isSentenceMark(m_tokens[i + 1])))
            return false;
        return m_tokens[i].word != "." || !isInnerStop(i);
    }

    bool endsAtLine(std::size_t i) const
    {
        const Token& next = m_tokens[i + 1];
        std::int64_t lines = 0;
        for (std::int64_t at = m_tokens[i].span.end; at < next.span.begin; ++at)
            lines += m_text[at] == U'\n' || (m_text[at] == U'\r' && m_text[at + 1] != U'\n') ? 1 : 0;
        if (lines == 0)
            return false;
        const bool opensItem =
            next.word == "-" || next.word == "*" || next.word == "•" || (isNumber(next) && isStopAfter(i + 1));
        return lines > 1 || opensItem || isHanWord(m_tokens[i]);
    }

    bool isStopAfter(std::size_t i) const
    {
        return i + 1 < m_tokens.size() && touchesNext(i)
               && (m_tokens[i + 1].word == "." || m_tokens[i + 1].word == ")");
    }

    const CodePoints& m_text;
    std::span<const Token> m_tokens;
    std::vector<Sentence> m_sentences;
    std::size_t m_first = 0;
};

} // namespace

bool isSentenceMark(const Token& token)
{
    return std::ranges::find(marks, token.word) != marks.end();
}

std::vector<Sentence> sentencesOf(const CodePoints& text, std::span<const Token> tokens)
{
    return Splitter(text, tokens).run();
}

} // namespace hounsfield::reports
