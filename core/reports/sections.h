#pragma once

#include "core/reports/report.h"

#include <string_view>
#include <vector>

namespace hounsfield::reports {

enum class SectionKind { Other, Indication, Comparison, Technique, Findings, Impression };

/// A part of a text under its own heading.
struct Section {
    SectionKind kind = SectionKind::Other;
    Span heading; ///< with brackets, numbers and colon; empty: the text before the first heading
    Span body;    ///< without the white space around it
    bool operator==(const Section&) const = default;
};

/// The sections of an English or Chinese report in their order. A heading is a known name before a colon, in brackets
/// (【影像所见】) or alone on its line; within a line it stands after the end of a sentence, or is written in capitals.
/// A text without headings is one section of kind Other.
std::vector<Section> sectionsOf(const CodePoints& text);

/// What a column of this name holds ("findings", "影像所见"); Other when it is called like no section.
SectionKind sectionKindOf(std::string_view columnName);

} // namespace hounsfield::reports
