#pragma once

#include "core/reports/lexicon.h"
#include "core/reports/report.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hounsfield::reports {

/// The words that set a status; empty when nothing did.
struct Trigger {
    std::string text;
    Span span;
    bool operator==(const Trigger&) const = default;
};

/// One mention of a finding.
struct Finding {
    std::string label;   ///< one of the 14 labels of chest reports, or a user's own
    std::string finding; ///< finer: "nodule", "catheter"
    Status status = Status::Present;
    std::string side;             ///< left, right, bilateral or empty
    std::optional<double> sizeMm; ///< the largest of "3.2 x 4.1 cm"
    std::string severity;         ///< mild, moderate, severe or empty
    std::string change;           ///< new, increased, decreased, stable or empty
    std::string column;
    Span span; ///< in the column's text
    Trigger trigger;
    std::string rule; ///< id of the rule that named it
    bool operator==(const Finding&) const = default;
};

/// What a text says, in reading order. Linear in the length of the text; thread-safe.
std::vector<Finding> readFindings(std::string_view utf8, const RuleSet& rules);
/// The same of every column of a report.
std::vector<Finding> readFindings(const Report& report, const RuleSet& rules);

/// The status of a concept that stands in a text at `where`; past and gone as in `Reading`.
struct ConceptStatus {
    Status status = Status::Present;
    Trigger trigger;
    bool isPast = false;
    bool isGone = false;
};
ConceptStatus statusOf(std::string_view utf8, Span where, const RuleSet& rules);

} // namespace hounsfield::reports
