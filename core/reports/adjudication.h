#pragma once

#include "core/reports/annotation.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// One thing that two readers of a document see differently.
struct Disagreement {
    enum class Kind {
        DocumentLabel, ///< one of them gave the document a label
        Marked,        ///< one of them marked the words
        Extent,        ///< same label, other words that overlap
        Label,         ///< same words, other label
        Attributes,    ///< same words and label, other attributes
        Related,       ///< one of them related two annotations
    };
    Kind kind = Kind::Marked;
    Span where;                        ///< the first words it is about; empty for a label of the document
    std::string label;                 ///< of a DocumentLabel
    bool isInA = false, isInB = false; ///< both for Extent, Label and Attributes
    std::optional<Annotation> a, b;    ///< what each reader marked
    std::optional<Relation> relation;  ///< with the ids of the reader who has it
    bool operator==(const Disagreement&) const = default;
};

/// Where two readers of one document differ, and nothing else: labels of the document first, the rest in the order of
/// the text. Ids and notes make no difference, nor do suggestions that no reader has confirmed or relations to them. An
/// empty list: the document is finished without being opened. Errors: BadInput when the texts are not the same or
/// one of the documents is not sound (`check`).
Result<std::vector<Disagreement>> disagreements(const Document& a, const Document& b);

/// What becomes of a disagreement.
struct Decision {
    enum class Kind {
        Undecided,
        TakeA,   ///< as A has it; nothing where A has nothing
        TakeB,   ///< as B has it
        Both,    ///< all that there is
        Neither, ///< nothing of it
        Given,   ///< the annotation below instead
    };
    Kind kind = Kind::Undecided;
    std::optional<Annotation> given; ///< with its surface; its id is free to choose
};

/// What was decided, and the relations that nobody decided away: they went with an annotation that was.
struct Adjudicated {
    Document document;
    std::vector<Relation> lost;
};

/// The document that two readers and the one who decides between them made: what they agree on as it is (where their
/// notes differ, both notes), the rest as decided. Annotations keep the ids they have with A; a relation goes only with
/// an annotation that was decided away, and is told. Equal to `a` when b is.
/// @param decisions  one for each of `disagreements(a, b)`, in that order
/// Errors: BadInput as above, when something is undecided, or when a given annotation does not fit.
Result<Adjudicated> adjudicated(const Document& a, const Document& b, std::span<const Decision> decisions);

/// One disagreement decided in a reader's own document, which else stays as it is, suggestions and all.
/// @param number  of `disagreements(mine, theirs)`
Result<Adjudicated> settled(const Document& mine, const Document& theirs, std::size_t number, Decision::Kind kind);

} // namespace hounsfield::reports
