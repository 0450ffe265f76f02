#pragma once

#include "core/reports/annotation.h"
#include "core/reports/finding_rules.h"

#include <vector>

namespace hounsfield::reports {

/// What a document says, in reading order: as `readFindings` of its report, column by column, but every span (that of
/// the trigger too) counts from the start of the document's text. Thread-safe.
std::vector<Finding> findingsOf(const Document& document, const RuleSet& rules);

} // namespace hounsfield::reports
