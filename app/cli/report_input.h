#pragma once

#include "core/reports/lexicon.h"
#include "core/reports/report_table.h"

#include <string>
#include <vector>

namespace hounsfield::cli {

/// The words between the commas of an option.
std::vector<std::string> partsOf(const std::string& names);

/// The reports of a table. `columns`: names with commas between; empty: as reports::readReports.
Result<reports::ReportTable> reportsOf(const std::string& file, const std::string& columns, const Monitor& monitor);

/// Any table of texts by its file.
Result<reports::Table> tableOf(const std::string& file, const Monitor& monitor);

/// The shipped rules, changed by a file when one is named.
Result<reports::RuleSet> rulesOf(const std::string& file);

} // namespace hounsfield::cli
