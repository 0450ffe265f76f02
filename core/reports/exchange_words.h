#pragma once

#include "core/reports/annotation.h"

#include <map>
#include <vector>

namespace hounsfield::reports {

/// A word of a text, or what lies between words.
struct Word {
    Span span;
    bool isBlank = false; ///< white space, or signs without width
};

/// Words of a text in their order (`tokensOf`), cut where annotations begin and end, so that each annotation is whole
/// words. Of what lies between words there is only what an annotation begins or ends with.
std::vector<Word> wordsOf(const CodePoints& text, const std::vector<Annotation>& spans);

} // namespace hounsfield::reports
