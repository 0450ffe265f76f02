#include "core/reports/model_text.h"

namespace hounsfield::reports {

Span ModelText::inDocument(Span span) const
{
    for (const Piece& piece : pieces)
        if (span.begin >= piece.there.begin && span.end <= piece.there.end) {
            const std::int64_t shift = piece.here - piece.there.begin;
            return {span.begin + shift, span.end + shift};
        }
    return {};
}

ModelText modelTextOf(const Document& document, const std::vector<std::string>& columns)
{
    const CodePoints words(document.text);
    ModelText all;
    std::int64_t size = 0;
    for (const std::string& column : columns)
        for (const Part& part : document.parts) {
            if (part.name != column || part.span.size() == 0)
                continue;
            if (!all.pieces.empty()) {
                all.text += ' ';
                size += 1;
            }
            all.text += words.slice(part.span);
            all.pieces.push_back({{size, size + part.span.size()}, part.span.begin});
            size += part.span.size();
        }
    if (all.pieces.empty())
        return {document.text, {{{0, words.size()}, 0}}};
    return all;
}

} // namespace hounsfield::reports
