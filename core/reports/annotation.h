#pragma once

#include "core/base/result.h"
#include "core/reports/report.h"

#include <map>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// Some words of a text and what they are. Overlapping and nested ones are allowed, and ones in several pieces.
struct Annotation {
    std::string id; ///< unique among spans of its document: "T1"
    std::string label;
    std::vector<Span> pieces;                      ///< at least one, ascending, apart
    std::string surface;                           ///< the words of the pieces, as `surfaceOf` gives them
    std::map<std::string, std::string> attributes; ///< status, side, size_mm … ; a flag has the value "true"
    std::string note;
    bool isConfirmed = true; ///< by a person; else a suggestion, which no file holds as a person's
    bool operator==(const Annotation&) const = default;
};

/// From one annotation to another: finding – location.
struct Relation {
    std::string id; ///< unique among relations of its document: "R1"
    std::string type;
    std::string from, to; ///< ids of annotations
    bool operator==(const Relation&) const = default;
};

/// A named part of a document: the column of a table that it came from.
struct Part {
    std::string name;
    Span span;
    bool operator==(const Part&) const = default;
};

/// One text with everything that was said of it. All offsets are code points of `text`, which never changes.
struct Document {
    std::string id;                  ///< as its source names it
    std::string text;                ///< UTF-8
    std::vector<Part> parts;         ///< ascending, apart; empty: one part without a name
    std::vector<std::string> labels; ///< of the whole document
    std::vector<Annotation> spans;
    std::vector<Relation> relations;
    std::map<std::string, std::string> facts; ///< what else is known: patient, accession, answer …
    bool operator==(const Document&) const = default;
};

/// The words of some pieces of a text, joined by a blank where there are several.
std::string surfaceOf(const CodePoints& text, const std::vector<Span>& pieces);

/// That the pieces lie inside the text, ascend and are apart, and that the surface is what stands there. Errors:
/// BadInput naming the annotation, at `where`.
Result<void> check(const Annotation& span, const CodePoints& text, const std::string& where);
/// The same of all, that ids are unique and that relations name what is there.
Result<void> check(const Document& document);

/// The columns of a report in one text, a heading line before each where there are several.
Document documentOf(const Report& report);
/// The same report again: a column a part.
Report reportOf(const Document& document);

} // namespace hounsfield::reports
