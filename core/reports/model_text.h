#pragma once

#include "core/reports/annotation.h"

#include <string>
#include <vector>

namespace hounsfield::reports {

/// The text of a document as a model reads it: the parts that it was trained on, joined by a blank as its training
/// data was; the whole text where the document has none of them.
struct ModelText {
    struct Piece {
        Span there;            ///< in `text`
        std::int64_t here = 0; ///< where it begins in the document
    };
    std::string text;
    std::vector<Piece> pieces;

    /// A stretch of `text` in the document. @pre it lies in one piece, as every word does
    Span inDocument(Span span) const;
};

ModelText modelTextOf(const Document& document, const std::vector<std::string>& columns);

} // namespace hounsfield::reports
