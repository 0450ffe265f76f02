#pragma once

#include "core/reports/annotation.h"
#include "core/study/project.h"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// A report of the project and what one reader said of it.
struct StoredReport {
    /// New: nobody has touched it, its spans are suggestions and stand in no project. Begun, Confirmed: what is not
    /// confirmed among its spans is stored as a suggestion.
    enum class State { New, Begun, Confirmed };

    std::string key; ///< hash of the text; equal texts are one report
    Document document;
    State state = State::New;
    std::string studyInstanceUID; ///< of the study that a person linked it to; empty: none
    std::int64_t number = 0; ///< in the order of import, from 1
    bool operator==(const StoredReport&) const = default;
};

/// What a project holds of reports.
struct StoredReports {
    std::vector<StoredReport> reports; ///< by number
    std::vector<std::string> readers;  ///< others who said something of them, by name
    std::vector<Text> problems;        ///< what does not fit its text any more and was left out
};

/// The key of a text.
std::string keyOf(const Document& document);

/// Keeps the texts that are not there yet, unchanged and for good; returns how many. What stands in `document.spans`,
/// labels and relations is kept as said by `reader`, confirmed. Errors: as study::Project.
Result<std::int64_t> keepReports(
    study::Project& project, std::span<const Document> documents, const std::string& reader = {});

/// All reports with what `reader` said of them; empty: the person of this project.
StoredReports storedReports(const study::Project& project, const std::string& reader = {});

/// Writes what has changed of some reports: one act of the history, one undo. Errors: as study::Project; BadInput when
/// an annotation does not fit its text.
Result<void> saveReports(study::Project& project, const std::string& act, std::span<const StoredReport> reports,
    const std::string& reader = {});

/// A disagreement with another reader was settled: the report as it is now and that it was settled, one act.
/// @param disagreement  its name among those of the report (`nameOf`)
Result<void> saveSettled(
    study::Project& project, const StoredReport& report, const std::string& reader, const std::string& disagreement);
/// What was settled with a reader: key of the report + "/" + name of the disagreement.
std::set<std::string> settledWith(const study::Project& project, const std::string& reader);

} // namespace hounsfield::reports
