#include "core/reports/report_summary.h"

#include "core/learning/summary.h"

#include <cmath>

namespace hounsfield::reports {

namespace {

using learning::cellOf;
using learning::Figure;
using learning::htmlOf;

double rounded(const std::optional<double>& value)
{
    return std::round(value.value_or(0) * 1000) / 1000;
}

/// What the run can be trusted with.
Text verdictOf(const ReportRun& run)
{
    const auto& figures = run.test ? run.test : run.validation;
    if (!figures || !figures->network.means.macroAuc.value)
        return text("reports", "Nothing was scored: no label is both there and absent in the test or validation part.");
    const auto& network = figures->network;
    const Figure& auc = network.means.macroAuc;
    return text("reports",
        "On %1 reports: mean AUC %2 (95 % %3 to %4), mean average precision %5; the plain regression's is %6.")
        .with(network.n, rounded(auc.value), rounded(auc.low), rounded(auc.high),
            rounded(network.means.meanAveragePrecision.value),
            rounded(figures->baseline.means.meanAveragePrecision.value));
}

std::string meansRow(const std::string& name, const learning::LabelMeans& means, const learning::ClassMeans& classes)
{
    const bool areClasses = classes.accuracy.value.has_value();
    return "<tr><th>" + htmlOf(name) + "</th>" + cellOf(means.macroAuc) + cellOf(means.meanAveragePrecision)
           + cellOf(areClasses ? classes.macroF1 : means.macroF1)
           + cellOf(areClasses ? classes.accuracy : means.microF1) + "</tr>\n";
}

/// Of one-class tasks micro F1 is the accuracy, and the gain has no class figures.
std::string partSection(const char* title, const ReportFigures& figures, const ReportModel& model)
{
    const bool areClasses = model.kind == ReportModel::Kind::OneClass;
    std::string section = "<h2>" + std::string(title) + ": " + std::to_string(figures.network.n)
                          + " reports</h2>\n<table><tr><th></th><th>Mean AUC, 95 % interval</th><th>Mean average "
                            "precision</th><th>Macro F1</th><th>"
                          + (areClasses ? "Accuracy" : "Micro F1") + "</th></tr>\n"
                          + meansRow(model.network, figures.network.means, figures.networkClasses)
                          + meansRow("TF-IDF and regression", figures.baseline.means, figures.baselineClasses);
    if (!areClasses)
        section += meansRow("gain", figures.gain, {});
    section += "</table>\n<table><tr><th>Label</th><th>Reports</th><th>AUC</th><th>Average precision</th><th>F1</th>"
               "<th>Regression's AUC</th></tr>\n";
    for (std::size_t k = 0; k < figures.network.perLabel.size(); ++k) {
        const auto& one = figures.network.perLabel[k];
        section += "<tr><th>" + htmlOf(model.labels[k]) + "</th><td>" + std::to_string(one.positives) + "</td>"
                   + cellOf(one.auc) + cellOf(one.averagePrecision) + cellOf(one.f1)
                   + cellOf(figures.baseline.perLabel[k].auc) + "</tr>\n";
    }
    return section + "</table>\n";
}

} // namespace

std::string reportSummary(const ReportRun& run, const ReportSet& set, const std::map<std::string, std::string>& options,
    const std::string& version)
{
    std::string figures;
    if (run.test)
        figures += partSection("Test", *run.test, run.model);
    if (run.validation)
        figures += partSection("Validation", *run.validation, run.model);
    std::vector<std::string> notes;
    for (const Text& note : run.notes)
        notes.push_back(english(note));
    return learning::summaryPage({run.model.network, set.name, english(verdictOf(run)), run.model.created, version,
                                     english(set.splitRule), notes, options, run.history, run.keptEpoch, "Reports"},
        figures);
}

} // namespace hounsfield::reports
