#include "ui/reports/reports_core.h"

#include "core/base/parallel.h"
#include "core/reports/annotating.h"
#include "core/reports/document_findings.h"
#include "core/reports/rule_store.h"
#include "core/reports/sections.h"

#include <algorithm>

namespace hounsfield::reporting {

namespace {

void suggest(ReadReport& read)
{
    if (read.report.state != reports::StoredReport::State::New)
        return;
    const reports::CodePoints words(read.report.document.text);
    for (const reports::Finding& finding : read.findings)
        read.report.document.spans.push_back(
            reports::suggestionOf(finding, words, reports::freeSpanId(read.report.document)));
}

/// The beginning of the first section that says something, its heading left out.
std::string firstWordsOf(const reports::CodePoints& words)
{
    constexpr std::int64_t most = 60;
    for (const reports::Section& section : reports::sectionsOf(words))
        if (section.body.size() > 0)
            return words.slice({section.body.begin, std::min(section.body.end, section.body.begin + most)});
    return words.slice({0, std::min(words.size(), most)});
}

} // namespace

ReportsCore reportsCore(files::ReaderPool& readers, std::function<Result<std::shared_ptr<study::Project>>()> project)
{
    return {std::move(project),
        [&readers](const reports::TableRequest& request, const Monitor& monitor) {
            return reports::previewReports(&readers, request, monitor);
        },
        [&readers](const reports::TableRequest& request, const Monitor& monitor) {
            return reports::readReports(&readers, request, monitor);
        }};
}

Result<ReadReports> readReports(const study::Project& project, const KnownFindings& known, const Monitor& monitor)
{
    reports::StoredReports stored = reports::storedReports(project);
    ReadReports all;
    all.readers = std::move(stored.readers);
    all.problems = std::move(stored.problems);
    all.labels = reports::reportLabels(project);
    all.keys = reports::reportKeys(project);
    all.localRules = reports::storedRules(project);
    auto rules = reports::withLocal(reports::RuleSet::shipped(), all.localRules);
    if (!rules) // a rule of another version is no reason to show nothing
        all.problems.push_back(rules.error().what);
    all.rules = std::make_shared<const reports::RuleSet>(rules ? std::move(*rules) : reports::RuleSet::shipped());
    all.undoable = project.undoable();
    all.redoable = project.redoable();
    all.reports.resize(stored.reports.size());
    const bool isKnown = known.rules == all.rules->hash();
    parallelFor(static_cast<std::int64_t>(stored.reports.size()), processorCount(), [&](std::int64_t i) {
        if (monitor.stopRequested())
            return;
        ReadReport& read = all.reports[static_cast<std::size_t>(i)];
        read.report = std::move(stored.reports[static_cast<std::size_t>(i)]);
        const auto found = isKnown ? known.byKey.find(read.report.key) : known.byKey.end();
        read.findings =
            found != known.byKey.end() ? found->second : reports::findingsOf(read.report.document, *all.rules);
        suggest(read);
        read.firstWords = firstWordsOf(reports::CodePoints(read.report.document.text));
    });
    TRY(monitor.at(text("reports", "Reading the reports"), 1));
    return all;
}

} // namespace hounsfield::reporting
