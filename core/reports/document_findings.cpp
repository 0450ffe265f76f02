#include "core/reports/document_findings.h"

#include <utility>

namespace hounsfield::reports {

namespace {

Span moved(Span span, std::int64_t by)
{
    return {span.begin + by, span.end + by};
}

} // namespace

std::vector<Finding> findingsOf(const Document& document, const RuleSet& rules)
{
    const Report report = reportOf(document);
    std::vector<Finding> all;
    for (std::size_t i = 0; i < report.columns.size(); ++i) {
        const std::int64_t begin = document.parts.empty() ? 0 : document.parts[i].span.begin;
        for (Finding& finding : readFindings(report.columns[i].text, rules)) {
            finding.column = report.columns[i].name;
            finding.span = moved(finding.span, begin);
            if (finding.trigger.span.size() > 0)
                finding.trigger.span = moved(finding.trigger.span, begin);
            all.push_back(std::move(finding));
        }
    }
    return all;
}

} // namespace hounsfield::reports
