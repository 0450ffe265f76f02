#pragma once

#include "core/base/monitor.h"
#include "core/learning/case.h"
#include "core/reports/report.h"
#include "core/reports/text_baseline.h"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::files {
class ReaderPool;
}

namespace hounsfield::reports {

/// What shall be learned from or scored.
struct ReportSetRequest {
    std::filesystem::path data;       ///< table of reports
    std::vector<std::string> columns; ///< of the text, joined by a blank; empty: as readReports
    std::filesystem::path labels;     ///< table of labels, a column a label with 0 or 1; empty: `labelColumn`
    std::string idColumn;             ///< of all tables; empty: id, else uid (of the reports else the row's number)
    std::string labelColumn;          ///< of the data: one class a report
    std::filesystem::path splits;     ///< table of parts by id; empty: a split is made
    std::string splitColumn;          ///< its column: train, val (validation), test
    std::uint64_t seed = 1;           ///< of the split that is made
    double validation = 0.15, test = 0.2;
    std::vector<std::string> known; ///< labels of a model, in its order; empty: those of the data
    TextSet::Kind knownKind = TextSet::Kind::SeveralLabels; ///< of the same model
};

/// Reports with what is true of them.
struct ReportSet {
    using Kind = TextSet::Kind;
    Kind kind = Kind::SeveralLabels;
    std::string name; ///< of the file
    std::vector<std::string> columns, labels;
    std::vector<std::string> ids, texts;
    std::vector<std::uint8_t> answers; ///< reports × labels, 0 or 1
    std::vector<learning::Part> parts;
    std::vector<std::int64_t> units; ///< patient, else report
    bool hasOwnParts = false;        ///< of the table of parts
    Text splitRule;                  ///< for people
    std::int64_t unmatched = 0;      ///< reports without labels or part, and labels without a report
    std::vector<Text> notes;         ///< what was left out, and why
    std::string fingerprint;         ///< hash of ids, texts, answers and parts

    std::int64_t count() const { return static_cast<std::int64_t>(texts.size()); }
    std::vector<std::int64_t> casesOf(learning::Part part) const;
    TextSet all() const { return {kind, texts, answers, static_cast<std::int64_t>(labels.size())}; }
};

/// Labels without a positive training report are left out and said, with one class a report its reports too. Equal
/// texts (by their letters alone) and reports of one patient never lie in two parts of a split that is made, which
/// gives each part its share of the rarest labels; of parts that are given what is shared is said, and a missing
/// validation part is taken from the training side. Errors: BadInput (a column that is not there, names the ones that
/// are; labels that are not 0 or 1; an id twice; nothing labelled; labels other than the model's, or of another kind),
/// Environment, Cancelled.
Result<ReportSet> openReportSet(files::ReaderPool& readers, const ReportSetRequest& request, const Monitor& monitor);

/// A report that is at hand, with what is true of it: a 0 or 1 for each label of the set.
struct LabelledReport {
    Report report;
    std::vector<std::uint8_t> answers;
};
/// The same from reports that are at hand, several labels each, in a split that is made. Errors: BadInput (nothing
/// labelled, no label with a positive report).
Result<ReportSet> reportSetOf(const std::string& name, const std::vector<std::string>& labels,
    std::span<const LabelledReport> reports, std::uint64_t seed = 1);

} // namespace hounsfield::reports
