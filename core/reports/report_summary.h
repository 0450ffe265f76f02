#pragma once

#include "core/reports/report_training.h"

#include <map>
#include <string>

namespace hounsfield::reports {

/// summary.html of a training: the network's figures beside those of the regression, then label by label.
/// @param options  of the training, all; @param version  of the program
std::string reportSummary(const ReportRun& run, const ReportSet& set, const std::map<std::string, std::string>& options,
    const std::string& version);

} // namespace hounsfield::reports
