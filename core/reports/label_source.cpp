#include "core/reports/label_source.h"

#include "core/reports/annotating.h"

#include <algorithm>

namespace hounsfield::reports {

namespace {

bool isSame(const std::string& a, const std::string& b)
{
    return std::ranges::equal(a, b,
        [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == (y >= 'A' && y <= 'Z' ? y + 32 : y); });
}

} // namespace

bool isConfirmedLabel(const Document& document, const std::string& label)
{
    if (std::ranges::count(document.labels, label) > 0)
        return true;
    return std::ranges::any_of(document.spans, [&](const Annotation& span) {
        const auto status = span.attributes.find(attribute::status);
        const bool isPresent = status == span.attributes.end() || status->second == nameOf(Status::Present);
        return span.isConfirmed && span.label == label && isPresent;
    });
}

bool isRuleLabel(std::span<const Finding> findings, const std::string& label)
{
    return std::ranges::any_of(findings, [&](const Finding& finding) {
        return finding.status == Status::Present && (isSame(finding.label, label) || isSame(finding.finding, label));
    });
}

std::vector<LabelledReport> labelledBy(
    LabelSource source, std::span<const SourceReport> reports, const std::vector<std::string>& labels)
{
    std::vector<LabelledReport> all;
    for (const SourceReport& each : reports) {
        if (source == LabelSource::Confirmed && each.report->state != StoredReport::State::Confirmed)
            continue;
        LabelledReport labelled{reportOf(each.report->document), {}};
        labelled.report.id = each.report->key; // names may stand twice in a project
        for (const std::string& label : labels)
            labelled.answers.push_back(source == LabelSource::Confirmed ? isConfirmedLabel(each.report->document, label)
                                                                        : isRuleLabel(each.findings, label));
        all.push_back(std::move(labelled));
    }
    return all;
}

RuleError ruleErrorOf(std::span<const SourceReport> reports, const std::string& label)
{
    RuleError error;
    std::int64_t wrong = 0;
    for (const SourceReport& each : reports)
        if (each.report->state == StoredReport::State::Confirmed) {
            error.n += 1;
            wrong += isConfirmedLabel(each.report->document, label) != isRuleLabel(each.findings, label) ? 1 : 0;
        }
    if (error.n >= leastForError)
        error.rate = static_cast<double>(wrong) / static_cast<double>(error.n);
    return error;
}

} // namespace hounsfield::reports
