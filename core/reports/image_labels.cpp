#include "core/reports/image_labels.h"

#include "core/base/csv.h"

#include <algorithm>
#include <map>

namespace hounsfield::reports {

namespace {

std::string patientOf(const StoredReport& report)
{
    const auto found = report.document.facts.find("patient");
    return found == report.document.facts.end() ? std::string() : found->second;
}

} // namespace

ImageLabels imageLabelsOf(std::span<const SourceReport> reports, const std::string& label)
{
    const bool areLinked =
        std::ranges::all_of(reports, [](const SourceReport& each) { return !each.report->studyInstanceUID.empty(); });
    struct Said {
        std::int64_t reports = 0;
        bool isPositive = false, isByPerson = true, isTorn = false;
    };
    std::map<std::string, Said> byName;
    ImageLabels all;
    for (const SourceReport& each : reports) {
        const std::string name = areLinked ? each.report->studyInstanceUID : patientOf(*each.report);
        if (name.empty()) {
            all.leftOut += 1;
            continue;
        }
        const bool isByPerson = each.report->state == StoredReport::State::Confirmed;
        const bool isPositive =
            isByPerson ? isConfirmedLabel(each.report->document, label) : isRuleLabel(each.findings, label);
        Said& said = byName[name];
        said.isTorn = said.isTorn || (said.reports > 0 && said.isPositive != isPositive);
        said.isPositive = isPositive;
        said.isByPerson = said.isByPerson && isByPerson;
        said.reports += 1;
    }
    all.csv = areLinked ? "StudyInstanceUID,label\n" : "PatientID,label\n";
    for (const auto& [name, said] : byName) {
        if (said.isTorn) {
            all.leftOut += said.reports;
            continue;
        }
        (said.isByPerson ? all.byPerson : all.byRules) += said.reports;
        all.csv += csvCell(name) + ',' + csvCell((said.isPositive ? "" : "no ") + label) + '\n';
    }
    return all;
}

} // namespace hounsfield::reports
