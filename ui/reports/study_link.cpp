#include "ui/reports/study_link.h"

#include "core/reports/annotating.h"
#include "ui/reports/reports_model.h"

#include <algorithm>

namespace hounsfield::reporting {

namespace {

std::string fact(const reports::Document& document, const char* name)
{
    const auto found = document.facts.find(name);
    return found == document.facts.end() ? std::string() : found->second;
}

} // namespace

StudyLink::StudyLink(ReportsModel& model, QObject* parent)
    : QObject(parent)
    , m_reports(model)
{
    connect(&model, &ReportsModel::queueChanged, this, &StudyLink::follow);
}

void StudyLink::setStudy(const image::Facts& facts)
{
    m_facts = facts;
    m_hasStudy = !facts.studyInstanceUID.empty() || !facts.seriesInstanceUID.empty() || !facts.patientID.empty();
    follow();
}

QString StudyLink::studyName() const
{
    QStringList words;
    words << QString::fromStdString(m_facts.patientName).replace(QLatin1Char('^'), QLatin1Char(' '))
          << QString::fromStdString(m_facts.studyDescription) << QString::fromStdString(m_facts.studyDate);
    words.removeAll(QString());
    return words.join(QStringLiteral(", "));
}

/// The findings that lie in the open series.
void StudyLink::follow()
{
    m_tied.clear();
    for (std::size_t i = 0; i < m_reports.size() && !m_facts.seriesInstanceUID.empty(); ++i) {
        const reports::StoredReport& report = m_reports.report(i).report;
        for (const reports::Annotation& span : report.document.spans)
            if (const auto place = reports::placeOf(span);
                place && place->seriesInstanceUID == m_facts.seriesInstanceUID)
                m_tied.push_back({report.key, span.id, *place, QString::fromStdString(span.surface).simplified(),
                    m_reports.colourOf(span.label)});
    }
    emit changed();
}

std::vector<std::string> StudyLink::reportsOfStudy() const
{
    if (!m_hasStudy)
        return {};
    const auto all = [this](auto belongs) {
        std::vector<std::string> keys;
        for (std::size_t i = 0; i < m_reports.size(); ++i)
            if (belongs(m_reports.report(i).report))
                keys.push_back(m_reports.report(i).report.key);
        return keys;
    };
    auto keys = all([this](const reports::StoredReport& report) {
        return !m_facts.studyInstanceUID.empty() && report.studyInstanceUID == m_facts.studyInstanceUID;
    });
    if (keys.empty() && !m_facts.accessionNumber.empty())
        keys = all([this](const reports::StoredReport& report) {
            return report.studyInstanceUID.empty() && fact(report.document, "accession") == m_facts.accessionNumber;
        });
    if (keys.empty() && !m_facts.patientID.empty())
        keys = all([this](const reports::StoredReport& report) {
            return report.studyInstanceUID.empty() && fact(report.document, "patient") == m_facts.patientID;
        });
    return keys;
}

bool StudyLink::openReportOfStudy()
{
    const auto keys = reportsOfStudy();
    if (keys.empty())
        return false;
    m_reports.openReport(keys.front());
    return true;
}

bool StudyLink::isLinkedByHand() const
{
    return m_hasStudy && m_reports.open() && !m_facts.studyInstanceUID.empty()
           && m_reports.open()->report.studyInstanceUID == m_facts.studyInstanceUID;
}

void StudyLink::linkByHand()
{
    if (m_hasStudy && m_reports.open())
        m_reports.setStudy(isLinkedByHand() ? std::string() : m_facts.studyInstanceUID);
}

void StudyLink::tie(const reports::ImagePlace& place)
{
    m_reports.setAttribute(reports::placeAttribute, reports::written(place));
}

std::optional<reports::ImagePlace> StudyLink::placeOfChosen() const
{
    const reports::Annotation* span = m_reports.chosenSpan();
    return span ? reports::placeOf(*span) : std::nullopt;
}

void StudyLink::openTied(const std::string& id)
{
    const auto slash = id.find('/');
    m_reports.openReport(id.substr(0, slash));
    m_reports.choose(id.substr(slash + 1));
}

} // namespace hounsfield::reporting
