#include "core/reports/exchange_words.h"

#include "core/reports/tokens.h"

#include <set>

namespace hounsfield::reports {

std::vector<Word> wordsOf(const CodePoints& text, const std::vector<Annotation>& spans)
{
    const std::vector<Token> tokens = tokensOf(text);
    std::set<std::int64_t> borders, begins, ends;
    for (const Token& token : tokens)
        borders.insert({token.span.begin, token.span.end});
    for (const Annotation& span : spans)
        for (const Span& piece : span.pieces) {
            borders.insert({piece.begin, piece.end});
            begins.insert(piece.begin);
            ends.insert(piece.end);
        }
    std::vector<Word> words;
    auto token = tokens.begin();
    for (auto border = borders.begin(); border != borders.end() && std::next(border) != borders.end(); ++border) {
        const Span span{*border, *std::next(border)};
        while (token != tokens.end() && token->span.end <= span.begin)
            ++token;
        const bool isBlank = token == tokens.end() || token->span.begin >= span.end;
        if (!isBlank || begins.contains(span.begin) || ends.contains(span.end))
            words.push_back({span, isBlank});
    }
    return words;
}

} // namespace hounsfield::reports
