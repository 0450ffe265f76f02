#include "core/learning/summary.h"

#include <algorithm>
#include <cstdio>

namespace hounsfield::learning {

namespace {

std::string number(double value, int digits)
{
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
    return buffer;
}

/// A curve in a square of 240 pixels, both axes 0 … 1.
std::string rocPicture(const Scores& scores, const std::vector<std::string>& classes)
{
    constexpr double side = 240;
    std::string picture =
        "<svg width=\"280\" height=\"270\" role=\"img\" aria-label=\"ROC curve\"><g transform=\"translate(30,10)\">"
        "<rect width=\"240\" height=\"240\" fill=\"none\" stroke=\"#777\"/>"
        "<line x1=\"0\" y1=\"240\" x2=\"240\" y2=\"0\" stroke=\"#777\" stroke-dasharray=\"4\"/>";
    const int first = classes.size() == 2 ? 1 : 0;
    for (int c = first; c < std::min(first + 10, static_cast<int>(classes.size())); ++c) {
        std::string points;
        for (const CurvePoint& point : rocCurve(scores, c))
            points += number(point.x * side, 1) + "," + number((1 - point.y) * side, 1) + " ";
        picture += "<polyline fill=\"none\" stroke=\"hsl(" + std::to_string(200 + 36 * c)
                   + ",70%,55%)\" stroke-width=\"2\" points=\"" + points + "\"><title>"
                   + htmlOf(classes[static_cast<std::size_t>(c)]) + "</title></polyline>";
    }
    return picture + "<text x=\"60\" y=\"256\" fill=\"#999\" font-size=\"12\">1 − specificity</text></g></svg>";
}

std::string confusionTable(const Metrics& metrics, const std::vector<std::string>& classes)
{
    std::string table = "<table><caption>Confusion (rows: truth, columns: called)</caption><tr><th></th>";
    for (const std::string& name : classes)
        table += "<th>" + htmlOf(name) + "</th>";
    for (std::size_t t = 0; t < metrics.confusion.size(); ++t) {
        table += "</tr>\n<tr><th>" + htmlOf(classes[t]) + "</th>";
        for (const std::int64_t count : metrics.confusion[t])
            table += "<td>" + std::to_string(count) + "</td>";
    }
    return table + "</tr></table>\n";
}

std::string partSection(
    const char* title, const Metrics& metrics, const Scores& scores, const std::vector<std::string>& classes)
{
    std::string section =
        "<h2>" + std::string(title) + ": " + std::to_string(metrics.n) + " cases of " + std::to_string(metrics.units)
        + " patients (or files)</h2>\n<table><tr><th></th><th>value, 95 % interval</th></tr>" + "<tr><th>AUC</th>"
        + cellOf(metrics.auc) + "</tr><tr><th>Accuracy</th>" + cellOf(metrics.accuracy)
        + "</tr><tr><th>Balanced accuracy</th>" + cellOf(metrics.balancedAccuracy)
        + "</tr><tr><th>Calibration error</th><td>" + number(metrics.ece, 3) + "</td></tr>";
    if (metrics.chosen)
        section += "<tr><th>At threshold " + number(metrics.chosen->threshold, 3) + "</th><td>accuracy "
                   + number(metrics.chosen->accuracy, 3) + ", sensitivity " + number(metrics.chosen->sensitivity, 3)
                   + ", specificity " + number(metrics.chosen->specificity, 3) + "</td></tr>";
    section += "</table>\n<table><tr><th>Class</th><th>Sensitivity</th><th>Specificity</th><th>PPV</th><th>NPV</"
               "th><th>AUC</th></tr>\n";
    for (std::size_t c = 0; c < metrics.perClass.size(); ++c) {
        const ClassFigures& one = metrics.perClass[c];
        section += "<tr><th>" + htmlOf(classes[c]) + "</th>" + cellOf(one.sensitivity) + cellOf(one.specificity)
                   + cellOf(one.ppv) + cellOf(one.npv) + cellOf(one.auc) + "</tr>\n";
    }
    return section + "</table>\n" + confusionTable(metrics, classes) + rocPicture(scores, classes);
}

std::string historyTable(const SummaryFrame& frame)
{
    std::string table = "<h2>Training</h2>\n<table><tr><th>Epoch</th><th>Loss</th><th>Rate</th><th>"
                        + htmlOf(frame.samples) + "/s</th><th>Validation</th></tr>\n";
    for (const EpochRecord& record : frame.history) {
        std::string figures;
        for (const auto& [name, value] : record.metrics)
            figures += (figures.empty() ? "" : ", ") + htmlOf(name) + " " + number(value, 4);
        table += std::string(record.epoch == frame.keptEpoch ? "<tr class=\"kept\">" : "<tr>") + "<td>"
                 + std::to_string(record.epoch) + "</td><td>" + number(record.loss, 4) + "</td><td>"
                 + number(record.rate, 6) + "</td><td>" + number(record.samplesPerSecond, 0) + "</td><td>" + figures
                 + "</td></tr>\n";
    }
    return table + "</table>\n";
}

} // namespace

std::string htmlOf(const std::string& words)
{
    std::string safe;
    for (const char c : words) {
        switch (c) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        default:
            safe += c;
        }
    }
    return safe;
}

std::string cellOf(const Figure& figure)
{
    if (!figure.value)
        return "<td>–</td>";
    return "<td>" + number(*figure.value, 3) + " <small>" + number(figure.low, 3) + " to " + number(figure.high, 3)
           + ", n " + std::to_string(figure.n) + "</small></td>";
}

std::string summaryPage(const SummaryFrame& frame, const std::string& figures)
{
    const std::string title = htmlOf(frame.network) + " on " + htmlOf(frame.data);
    std::string page = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title
                       + "</title><style>body{background:#1b1d20;color:#ddd;font-family:sans-serif;margin:2em;"
                         "max-width:60em}table{border-collapse:collapse;margin:1em 0}td,th{padding:.2em .8em;"
                         "border-bottom:1px solid #444;text-align:left}small{color:#999}.kept{background:#234}"
                         "</style></head><body>\n<h1>"
                       + title + "</h1>\n<p><b>" + htmlOf(frame.verdict)
                       + "</b></p>\n<p>Research use, not for diagnosis. " + htmlOf(frame.finished) + ", version "
                       + htmlOf(frame.version) + ".</p>\n<p>" + htmlOf(frame.splitRule) + "</p>\n";
    if (!frame.notes.empty())
        page += "<ul>\n";
    for (const std::string& note : frame.notes)
        page += "<li>" + htmlOf(note) + "</li>\n";
    if (!frame.notes.empty())
        page += "</ul>\n";
    page += figures + historyTable(frame) + "<h2>Options</h2>\n<table>\n";
    for (const auto& [name, value] : frame.options)
        page += "<tr><th>" + htmlOf(name) + "</th><td>" + htmlOf(value) + "</td></tr>\n";
    return page + "</table>\n</body></html>\n";
}

std::string summaryPage(const Run& run)
{
    std::string figures;
    if (run.test)
        figures += partSection("Test", *run.test, scoresOf(run, Part::Test), run.classes);
    if (run.validation)
        figures += partSection("Validation", *run.validation, scoresOf(run, Part::Validation), run.classes);
    return summaryPage({run.network, run.data, english(verdictOf(run)), run.finished, run.version, run.splitRule,
                           run.notes, run.options, run.history, run.keptEpoch, "Images"},
        figures);
}

} // namespace hounsfield::learning
