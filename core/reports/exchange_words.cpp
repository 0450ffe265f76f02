#include "core/reports/exchange_words.h"

#include "core/reports/tokens.h"

#include <algorithm>
#include <set>

namespace hounsfield::reports {

std::vector<Word> wordsOf(const CodePoints& text, const std::vector<Annotation>& spans)
{
    const std::vector<Token> tokens = tokensOf(text);
    std::vector<std::int64_t> borders;
    std::set<std::int64_t> begins, ends;
    for (const Token& token : tokens)
        borders.insert(borders.end(), {token.span.begin, token.span.end});
    for (const Annotation& span : spans)
        for (const Span& piece : span.pieces) {
            borders.insert(borders.end(), {piece.begin, piece.end});
            begins.insert(piece.begin);
            ends.insert(piece.end);
        }
    std::ranges::sort(borders);
    const auto repeated = std::ranges::unique(borders);
    borders.erase(repeated.begin(), repeated.end());
    std::vector<Word> words;
    auto token = tokens.begin();
    for (std::size_t i = 1; i < borders.size(); ++i) {
        const Span span{borders[i - 1], borders[i]};
        while (token != tokens.end() && token->span.end <= span.begin)
            ++token;
        const bool isBlank = token == tokens.end() || token->span.begin >= span.end;
        if (!isBlank || begins.contains(span.begin) || ends.contains(span.end))
            words.push_back({span, isBlank});
    }
    return words;
}

} // namespace hounsfield::reports
