#pragma once

#include "core/base/csv.h"
#include "core/reports/lexicon.h"
#include "core/reports/report.h"

#include <string>
#include <vector>

namespace hounsfield::cli {

/// The reports of a table. `columns`: names with commas between; empty: findings and impression, else text.
Result<std::vector<reports::Report>> reportsOf(const std::string& file, const std::string& columns);

/// A table of text by its file.
Result<Csv> tableOf(const std::string& file);

/// The shipped rules, changed by a file when one is named.
Result<reports::RuleSet> rulesOf(const std::string& file);

} // namespace hounsfield::cli
