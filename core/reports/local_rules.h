#pragma once

#include "core/base/csv.h"
#include "core/reports/annotation.h"
#include "core/reports/finding_rules.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// One row of a project's own table of rules, in the columns that `RuleSet::with` reads.
struct LocalRule {
    std::string id;                            ///< "local.1"
    std::map<std::string, std::string> fields; ///< by column, without the id; an empty phrase switches the rule off
    bool operator==(const LocalRule&) const = default;
};

/// A table of these rules: the column id and all columns that one of them has.
Csv csvOf(std::span<const LocalRule> rules);
/// The rows of such a table, without their empty cells but the phrase. Errors: BadInput without a column id or phrase.
Result<std::vector<LocalRule>> localRulesOf(const Csv& table, const std::string& where);
/// Rules with the rows of a project. Errors: BadInput with the row.
Result<RuleSet> withLocal(const RuleSet& rules, std::span<const LocalRule> local);

/// What a person says of some words of a document, and what the rules said.
struct Correction {
    /// One piece of words; label; status in the attribute "status" ("absent"; none: as read). An empty label: no
    /// finding.
    Annotation corrected;
    std::optional<Finding> wasRead; ///< of `findingsOf`; nothing when the rules found nothing there
    std::optional<Span> because;    ///< the words that a person chose as those that say the status
};

/// The rule that a correction proposes, to be saved when a person agrees. Words the rules did not find, or found under
/// another label, become a phrase of the label; words that are no finding become a phrase that hides findings in it; a
/// wrong status is put right by words that set it (`because`), by words that are no trigger after all (`because` around
/// the trigger, for a finding that is present) or, where nothing was chosen, by switching off the words that set it. A
/// local rule of the same words is replaced. Never more than one thing at a time: words found anew may need a second
/// correction for their status.
/// @param rules  those that read the document, local ones included; the id is the next that they leave free
/// Errors: BadInput with a sentence when the words say too little (a letter, a number, words that stand in every
/// report) or too much for a rule, when a person has to choose words, and when the rule would not read the document as
/// corrected.
Result<LocalRule> proposedRule(const Document& document, const Correction& correction, const RuleSet& rules);

} // namespace hounsfield::reports
