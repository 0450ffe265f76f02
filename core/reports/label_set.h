#pragma once

#include "core/study/project.h"

#include <functional>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// A label that annotations can carry, with its key and colour. A project has a list of its own, else the 14 of chest
/// reports (Irvin et al. 2019, CheXpert).
struct ReportLabel {
    std::string name;   ///< unique in the list
    std::string key;    ///< one letter or digit; empty: none
    std::string colour; ///< "#rrggbb"
    bool operator==(const ReportLabel&) const = default;
};

const std::vector<ReportLabel>& chestLabels();

/// The next colour for a list of this length; of good contrast on black.
std::string labelColour(std::size_t number);
/// A key that the list does not use yet; empty when all are taken. @param isTaken  whether something else has a key
std::string freeKey(
    const std::vector<ReportLabel>& labels, const std::function<bool(const std::string&)>& isTaken = {});

std::vector<ReportLabel> reportLabels(const study::Project& project);
/// Errors: BadInput (a name or a key twice, a name without letters), Environment.
Result<void> setReportLabels(study::Project& project, const std::vector<ReportLabel>& labels);

} // namespace hounsfield::reports
