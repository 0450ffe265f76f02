#include "app/cli/report_read.h"

#include "app/cli/json_line.h"
#include "app/cli/report_input.h"
#include "core/reports/finding_rules.h"

#include <nlohmann/json.hpp>

#include <map>

namespace hounsfield::cli {

namespace {

using Json = nlohmann::ordered_json;

Json jsonOf(const reports::Finding& finding)
{
    Json json{{"label", finding.label}, {"finding", finding.finding}, {"status", reports::nameOf(finding.status)},
        {"side", finding.side}, {"size_mm", finding.sizeMm ? Json(*finding.sizeMm) : Json()},
        {"severity", finding.severity}, {"change", finding.change}, {"column", finding.column},
        {"begin", finding.span.begin}, {"end", finding.span.end}, {"trigger", Json()}, {"rule", finding.rule}};
    if (!finding.trigger.text.empty())
        json["trigger"] = {
            {"text", finding.trigger.text}, {"begin", finding.trigger.span.begin}, {"end", finding.trigger.span.end}};
    return json;
}

/// One line a label: how many reports say what of it.
std::string wordsOf(const std::vector<std::vector<reports::Finding>>& all)
{
    std::map<std::string, std::map<std::string_view, int>> counts;
    for (const auto& findings : all)
        for (const reports::Finding& finding : findings)
            ++counts[finding.label.empty() ? finding.finding : finding.label][reports::nameOf(finding.status)];
    std::string words = std::to_string(all.size()) + " reports read.\n";
    for (const auto& [label, statuses] : counts) {
        words += "  " + label + ":";
        for (const auto& [status, count] : statuses)
            words += " " + std::string(status) + " " + std::to_string(count);
        words += "\n";
    }
    return words;
}

Result<Answer> runRead(const Call& call)
{
    const reports::ReportTable table =
        TRY(reportsOf(call.options.words("data"), call.options.words("text"), call.monitor.part(0, 0.3)));
    const reports::RuleSet rules = TRY(rulesOf(call.options.words("rules")));
    std::vector<std::vector<reports::Finding>> all;
    Json list = Json::array();
    const Monitor monitor = call.monitor.part(0.3, 1);
    for (const reports::Report& report : table.reports) {
        TRY(monitor.at(text("cli", "Reading reports"),
            static_cast<double>(all.size()) / static_cast<double>(table.reports.size())));
        all.push_back(reports::readFindings(report, rules));
        Json findings = Json::array();
        for (const reports::Finding& finding : all.back())
            findings.push_back(jsonOf(finding));
        list.push_back({{"id", report.id}, {"findings", findings}});
    }
    std::string words = wordsOf(all);
    Json problems = Json::array();
    for (const reports::Problem& problem : table.problems) {
        problems.push_back({{"row", problem.row}, {"reason", english(problem.error)}});
        words += "  " + english(problem.error) + "\n";
    }
    const Json json{{"rules", rules.hash()}, {"reports", list}, {"problems", problems}};
    return Answer{words, lineOf(json), 0};
}

} // namespace

Verb reportReadVerb()
{
    return {"report read", "Reads findings, their status and its reason out of reports.",
        "hounsfield-cli report read --data reports.csv --text findings,impression --json", "", Verb::Count::None,
        {{"data", Option::Kind::Path, "", text("cli", "Table of reports, one a row."), -1e300, 1e300, {}, true},
            {"text", Option::Kind::Words, "",
                text("cli", "Columns with the text; without it findings and impression, else text.")},
            {"rules", Option::Kind::Path, "",
                text("cli", "CSV of rules that add to the shipped ones or replace them.")}},
        runRead};
}

} // namespace hounsfield::cli
