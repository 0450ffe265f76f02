#pragma once

#include "core/study/project.h"

#include <map>
#include <string>

namespace hounsfield::reports {

/// The keys that a person has chosen for statuses and commands of reports, by their ids ("status.absent",
/// "reports.reject"), written as "Shift+N". What has no entry keeps the key that it came with.
using ReportKeys = std::map<std::string, std::string>;

ReportKeys reportKeys(const study::Project& project);
/// One act, undone as one. Errors: BadInput (a key twice, an empty key), Environment.
Result<void> setReportKeys(study::Project& project, const ReportKeys& keys);

} // namespace hounsfield::reports
