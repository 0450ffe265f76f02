#include "core/reports/placeholders.h"

#include <unicode/uchar.h>

#include <string_view>

namespace hounsfield::reports {

namespace {

constexpr std::u32string_view letters = U"Xx\uFF38\uFF58", stars = U"*\uFF0A", lines = U"_\uFF3F", times = U"×";
constexpr std::u32string_view opening = U"[【［〔", closing = U"]】］〕";
constexpr std::int64_t shortestRun = 3, longestTaken = 200;

struct Finder {
    const CodePoints& text;

    char32_t at(std::int64_t i) const { return i >= 0 && i < text.size() ? text[i] : U'\0'; }

    std::int64_t pastRun(std::int64_t i, std::u32string_view signs) const
    {
        while (i < text.size() && signs.find(text[i]) != signs.npos)
            ++i;
        return i;
    }

    /// A letter or digit of a script that writes words: "XXXX" in Chinese stands between characters.
    bool isWord(std::int64_t i) const { return at(i) < 0x2E80 && u_isalnum(static_cast<UChar32>(at(i))) != 0; }

    /// Behind "**]"; `begin` when there is none on this line.
    std::int64_t pastTaken(std::int64_t begin) const
    {
        for (std::int64_t i = begin + 3; i < begin + longestTaken && i < text.size() && at(i) != U'\n'; ++i)
            if (at(i) == U'*' && at(i + 1) == U'*' && at(i + 2) == U']')
                return i + 3;
        return begin;
    }

    std::int64_t pastEmptyBrackets(std::int64_t begin) const
    {
        const std::size_t kind = opening.find(at(begin));
        if (kind == opening.npos)
            return begin;
        std::int64_t i = begin + 1;
        while (u_isUWhiteSpace(static_cast<UChar32>(at(i))) != 0 && at(i) != U'\n')
            ++i;
        return at(i) == closing[kind] ? i + 1 : begin;
    }

    /// Behind the placeholder that begins here; `begin` when none does.
    std::int64_t past(std::int64_t begin) const
    {
        if (at(begin) == U'[' && at(begin + 1) == U'*' && at(begin + 2) == U'*')
            if (const std::int64_t end = pastTaken(begin); end > begin)
                return end;
        if (const std::int64_t end = pastEmptyBrackets(begin); end > begin)
            return end;
        if (const std::int64_t end = pastRun(begin, letters);
            end - begin >= shortestRun && !isWord(begin - 1) && !isWord(end))
            return end;
        for (const std::u32string_view signs : {stars, lines, times})
            if (const std::int64_t end = pastRun(begin, signs); end - begin >= shortestRun)
                return end;
        return begin;
    }
};

} // namespace

std::vector<Span> placeholdersIn(const CodePoints& text)
{
    const Finder finder{text};
    std::vector<Span> found;
    for (std::int64_t i = 0; i < text.size();) {
        const std::int64_t end = finder.past(i);
        if (end > i)
            found.push_back({i, end});
        i = end > i ? end : i + 1;
    }
    return found;
}

} // namespace hounsfield::reports
