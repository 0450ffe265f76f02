#pragma once

#include "core/reports/annotation_store.h"
#include "core/reports/finding_rules.h"
#include "core/reports/report_data.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// Who says what is true of a report: a person who confirmed it, or the rules. A model that learned from the rules can
/// only be said to agree with them.
enum class LabelSource { Confirmed, Rules };

/// A report of the project with what the rules read in it.
struct SourceReport {
    const StoredReport* report = nullptr;
    std::span<const Finding> findings;
};

/// Whether a person says that the label holds: it is given to the whole report, or to confirmed words that are present.
bool isConfirmedLabel(const Document& document, const std::string& label);
/// Whether the rules say so: a finding of this name, or of the finer one, is present.
bool isRuleLabel(std::span<const Finding> findings, const std::string& label);

/// What can be learned from. Of persons only confirmed reports count.
std::vector<LabelledReport> labelledBy(
    LabelSource source, std::span<const SourceReport> reports, const std::vector<std::string>& labels);

/// How often the rules are wrong about a label.
struct RuleError {
    std::int64_t n = 0;         ///< confirmed reports
    std::optional<double> rate; ///< share of them on which rules and person differ; none below 30 of them
};
inline constexpr std::int64_t leastForError = 30;
RuleError ruleErrorOf(std::span<const SourceReport> reports, const std::string& label);

} // namespace hounsfield::reports
