#pragma once

#include "core/reports/tokens.h"

#include <span>
#include <vector>

namespace hounsfield::reports {

/// A sentence and its tokens [first, last), the closing mark included.
struct Sentence {
    Span span;
    std::size_t first = 0, last = 0;
};

/// Sentences in their order; every token belongs to exactly one. A sentence ends behind . ! ? ; and 。！？； at a blank
/// line, at a line end after a Han character or before a list item. Full stops of numbers, of single letters, of titles
/// and of list numbers ("1.") end nothing.
std::vector<Sentence> sentencesOf(const CodePoints& text, std::span<const Token> tokens);

/// Whether a token is one of the marks that end a sentence.
bool isSentenceMark(const Token& token);

} // namespace hounsfield::reports
