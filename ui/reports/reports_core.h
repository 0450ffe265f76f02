#pragma once

#include "core/files/reader_client.h"
#include "core/reports/annotation_store.h"
#include "core/reports/finding_rules.h"
#include "core/reports/label_set.h"
#include "core/reports/local_rules.h"
#include "core/reports/report_keys.h"
#include "core/reports/report_table.h"
#include "core/study/project.h"

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace hounsfield::reporting {

/// What the reports page asks of core. Called from background threads; a test may hand in others.
struct ReportsCore {
    std::function<Result<std::shared_ptr<study::Project>>()> project; ///< opened on first use
    /// What a table holds, before its import.
    std::function<Result<reports::Preview>(const reports::TableRequest&, const Monitor&)> preview;
    std::function<Result<reports::ReportTable>(const reports::TableRequest&, const Monitor&)> read;
};

/// The real core; `readers` outlive it.
ReportsCore reportsCore(files::ReaderPool& readers, std::function<Result<std::shared_ptr<study::Project>>()> project);

/// One report of the project with what the rules read in it.
struct ReadReport {
    reports::StoredReport report;
    std::vector<reports::Finding> findings; ///< in the document's text
    std::string firstWords;                 ///< of what it says, in one line
};
/// Findings by the key of their text; they stay as they are while the rules do.
struct KnownFindings {
    std::string rules; ///< hash of those that read them
    std::unordered_map<std::string, std::vector<reports::Finding>> byKey;
};

/// All of the project's reports; new ones carry the rules' findings as suggestions.
struct ReadReports {
    std::vector<ReadReport> reports;
    std::vector<reports::ReportLabel> labels;
    reports::ReportKeys keys;
    std::shared_ptr<const reports::RuleSet> rules; ///< the shipped ones with the project's own
    std::vector<reports::LocalRule> localRules;
    std::vector<std::string> readers;
    std::vector<Text> problems;
    std::string undoable, redoable; ///< acts
};
Result<ReadReports> readReports(const study::Project& project, const KnownFindings& known, const Monitor& monitor);

} // namespace hounsfield::reporting
