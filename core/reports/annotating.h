#pragma once

#include "core/reports/annotation.h"
#include "core/reports/finding_rules.h"

#include <span>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// Names of the attributes that findings have; those of a user's own stand beside them.
namespace attribute {
inline constexpr const char* status = "status"; ///< `nameOf(Status)`
inline constexpr const char* side = "side";     ///< left, right, bilateral
inline constexpr const char* sizeMm = "size_mm";
inline constexpr const char* severity = "severity";
inline constexpr const char* change = "change";
} // namespace attribute

/// A finding that a machine read, as a suggestion. @param id  free in its document
Annotation suggestionOf(const Finding& finding, const CodePoints& text, const std::string& id);

/// A name that no annotation (relation) of the document has yet: "T1", "R1" …
std::string freeSpanId(const Document& document);
std::string freeRelationId(const Document& document);

/// The annotation with this id; null when there is none.
Annotation* findSpan(Document& document, const std::string& id);
const Annotation* findSpan(const Document& document, const std::string& id);

/// Adds an annotation of a person; returns its id. Words that carry the label already get no second one.
std::string addSpan(Document& document, const std::string& label, std::vector<Span> pieces,
    std::map<std::string, std::string> attributes = {});
/// Takes an annotation away with the relations that name it.
void removeSpan(Document& document, const std::string& id);
/// The pieces of an annotation with one more; pieces that touch become one.
void addPiece(Document& document, const std::string& id, Span piece);
/// The stretch without the white space at its ends; empty when nothing is left.
Span trimmed(const CodePoints& text, Span span);

/// Where the same words stand, whatever their case; whole words where the script has any. Without overlaps.
std::vector<Span> mentionsOf(const CodePoints& text, const std::string& words);

/// What labelling all equal mentions would add to one document: stretches that do not carry the label yet.
std::vector<Span> newMentions(const Document& document, const std::string& label, const std::string& words);

} // namespace hounsfield::reports
