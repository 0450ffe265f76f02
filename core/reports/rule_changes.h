#pragma once

#include "core/base/monitor.h"
#include "core/reports/annotation.h"
#include "core/reports/finding_rules.h"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace hounsfield::reports {

/// What other rules make of one document.
struct DocumentChanges {
    std::size_t document = 0; ///< its place among the documents
    std::vector<Finding> lost, gained;
    std::vector<std::pair<Finding, Finding>>
        changed; ///< before and after: another status, side, size, severity or change
};

/// The documents that other rules read differently, in their order, so that a person sees before saving what a rule
/// does. A finding is the same when its words, label and finer name are; which rule or trigger said it makes no
/// difference. Only documents that hold a phrase of a rule that differs are read at all; on all processors.
/// Errors: Cancelled.
Result<std::vector<DocumentChanges>> changesOf(
    const RuleSet& before, const RuleSet& after, std::span<const Document> documents, const Monitor& monitor);

} // namespace hounsfield::reports
