#pragma once

#include "core/base/monitor.h"
#include "core/learning/bootstrap.h"
#include "core/reports/annotation.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// What each reader called one thing: a category from 0 on, or −1 where a reader did not judge it.
using Rating = std::vector<int>;

/// Cohen's κ (1960) of the first two readers: 1 − observed ÷ expected disagreement, over the things both have judged.
/// Nothing when no disagreement is to be expected: no such thing, or both readers know one category only.
std::optional<double> cohenKappa(std::span<const Rating> ratings);

/// Krippendorff's α (2011) of any number of readers for categories without an order, over the things that at least two
/// have judged. Nothing when only one category was ever given.
std::optional<double> krippendorffAlpha(std::span<const Rating> ratings);

/// A figure and its 95 % interval by resampling whole documents; nothing where it is undefined, never NaN.
struct Figure {
    std::optional<double> value;
    std::optional<learning::Interval> interval;
    std::int64_t count = 0; ///< how many documents, findings or spans (of both readers together) it rests on
};

/// How far readers agree on one label, or on all. κ and F1 are those of two readers and undefined for any other number.
struct LabelAgreement {
    std::string label;     ///< empty: all labels together
    Figure documentKappa;  ///< whether the document has the label
    Figure documentAlpha;  ///< the same
    Figure attributeKappa; ///< status of the findings that both have marked
    Figure attributeAlpha; ///< status of the findings that at least two have marked
    Figure exactF1;        ///< spans of the same label and the same pieces
    Figure overlapF1;      ///< spans of the same label that share a code point, each paired once
};

struct Agreement {
    std::int64_t documents = 0; ///< that at least two readers have read; the rest counts nowhere
    LabelAgreement overall;
    std::vector<LabelAgreement> labels; ///< by name
};

struct AgreementOptions {
    std::vector<std::string> labels;  ///< that were on offer; those in use are found by themselves
    std::string attribute = "status"; ///< of findings; a missing one is a category of its own
    int resamples = 1000;
    std::uint64_t seed = 1;
};

/// The agreement of two or more readers on documents of the same id. Suggestions that no reader has confirmed are
/// nobody's judgement. Marks of one label that overlap are one finding, whoever made them; who says different things of
/// one finding has said nothing. Over all labels, κ and α of documents are pooled, 1 − Σ observed ÷ Σ expected
/// disagreement (de Vries et al. 2008); those of findings come from one table; F1 counts spans (Hripcsak and Rothschild
/// 2005). Symmetric in the readers; the same seed gives the same intervals.
/// Errors: BadInput when an id stands twice with one reader or a text differs between readers; Cancelled.
Result<Agreement> agreementOf(
    std::span<const std::vector<Document>> readers, const AgreementOptions& options, const Monitor& monitor);

/// One document as each reader left it; null where a reader has not read it.
using Readings = std::vector<const Document*>;

/// The documents of several readers side by side, in the order in which they first appear. Errors: as above.
Result<std::vector<Readings>> sideBySide(std::span<const std::vector<Document>> readers);

} // namespace hounsfield::reports
