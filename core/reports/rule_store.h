#pragma once

#include "core/reports/local_rules.h"
#include "core/study/project.h"

#include <vector>

namespace hounsfield::reports {

/// A project's own rules, by id. A row that cannot be read is left out.
std::vector<LocalRule> storedRules(const study::Project& project);
/// Adds or replaces one: one act, one undo. Errors: as study::Project.
Result<void> saveRule(study::Project& project, const LocalRule& rule);
Result<void> removeRule(study::Project& project, const std::string& id);

/// The shipped rules with the project's own. Errors: BadInput where one of them is no rule any more.
Result<RuleSet> rulesOf(const study::Project& project);

} // namespace hounsfield::reports
