#include "app/desktop/reports_desk.h"

#include "ui/reports/evidence_panel.h"
#include "ui/reports/files_panel.h"
#include "ui/reports/readers_panel.h"
#include "ui/reports/report_text.h"
#include "ui/reports/report_training_view.h"
#include "ui/reports/reports_page.h"
#include "ui/reports/rules_panel.h"
#include "ui/reports/study_report_panel.h"
#include "ui/shell/settings.h"
#include "ui/studies/studies_model.h"
#include "ui/training/training_page.h"
#include "ui/viewer/slice_view.h"
#include "ui/viewer/view_geometry.h"
#include "ui/viewer/viewer_model.h"
#include "ui/viewer/viewer_page.h"

#include <algorithm>

namespace hounsfield::desktop {

namespace {

const QString modelSetting = QStringLiteral("reports/model");

image::Point pointOf(const reports::ImagePlace& place)
{
    return {place.point[0], place.point[1], place.point[2]};
}

/// The side of the patient; none near the middle, where it would be a guess.
std::string sideOf(const image::Point& at, const image::Point& middle)
{
    constexpr double margin = 10;        // mm
    const double left = at.x - middle.x; // LPS
    return left > margin ? "left" : left < -margin ? "right" : "";
}

} // namespace

ReportsDesk::ReportsDesk(Around around, QObject* parent)
    : QObject(parent)
    , m_around(std::move(around))
    , m_reports(reporting::reportsCore(m_around.readers, m_around.project), m_around.tasks)
    , m_evidence(m_reports, m_around.tasks)
    , m_readers(m_reports, reporting::reportsCore(m_around.readers, m_around.project), m_around.tasks)
    , m_files(m_reports, m_around.readers, m_around.tasks)
    , m_rules(m_reports, m_around.tasks)
    , m_link(m_reports)
    , m_training(m_reports, m_around.readers, m_around.tasks,
          [project = m_around.project]() -> Result<std::filesystem::path> { return TRY(project())->runsFolder(); })
    , m_page(new reporting::ReportsPage(m_reports, m_around.choosers))
{
    auto* evidence = new reporting::EvidencePanel(m_evidence, m_around.choosers);
    m_page->addPanel(evidence);
    m_page->addPanel(new reporting::RulesPanel(m_rules, m_reports, *m_page->reportText()));
    m_page->addPanel(new reporting::ReadersPanel(m_readers));
    m_page->addPanel(new reporting::FilesPanel(m_files, m_reports, m_around.choosers));
    connect(&m_evidence, &reporting::EvidenceModel::changed, m_page,
        [this] { m_page->reportText()->setShades(m_evidence.shades()); });
    connect(evidence, &reporting::EvidencePanel::modelChosen, this, &ReportsDesk::setModelFile);
    connect(&m_readers, &reporting::ReadersModel::shown, m_page->reportText(), &reporting::ReportText::reveal);
    connect(&m_rules, &reporting::RulesModel::shown, m_page->reportText(), &reporting::ReportText::reveal);
    connect(&m_around.viewer, &viewer::ViewerModel::volumeChanged, this, &ReportsDesk::followViewer);
    m_evidence.setModelFile(m_around.settings.word(modelSetting));
}

void ReportsDesk::joinTraining(training::TrainingPage& page)
{
    page.addView(new reporting::ReportTrainingView(m_training, m_around.choosers));
    connect(&m_training, &reporting::ReportTrainingModel::trained, this, &ReportsDesk::setModelFile);
}

void ReportsDesk::setModelFile(const QString& file)
{
    m_evidence.setModelFile(file);
    m_around.settings.setWord(modelSetting, file);
}

shell::Page ReportsDesk::page()
{
    return {"reports", text("shell", "Reports"), "reports", "Ctrl+4", m_page, commands(),
        [this](const QStringList& paths) { m_reports.importFiles(paths); }, [this] { m_reports.readProject(); },
        &m_reports};
}

std::vector<shell::Command> ReportsDesk::commands()
{
    const Text menu = text("reports", "&Report");
    std::vector<shell::Command> rows;
    rows.push_back({"reports.showPlace", text("reports", "Show in the viewer"),
        text("reports", "The place that the chosen finding is tied to, else the study of the report."), {"V"}, nullptr,
        menu, [this] { showPlace(); }, {},
        [this] { return m_link.placeOfChosen() || (m_link.hasStudy() && m_reports.open()); }});
    rows.push_back({"reports.tie", text("reports", "Tie to the place in the viewer"),
        text("reports", "The chosen finding is seen where the viewer's crosshair stands."), {"Ctrl+T"}, nullptr, menu,
        [this] { tieChosen(); }, {}, [this] { return m_reports.chosenSpan() && m_around.viewer.isWhole(); }});
    rows.push_back({"reports.link", text("reports", "Belongs to the study in the viewer"),
        text("reports", "By hand, where neither accession number nor patient say so; again: no longer."), {"Ctrl+L"},
        nullptr, menu, [this] { m_link.linkByHand(); }, {}, [this] { return m_link.hasStudy() && m_reports.open(); },
        [this] { return m_link.isLinkedByHand(); }});
    return m_page->commands(std::move(rows));
}

std::vector<shell::Command> ReportsDesk::viewerCommands()
{
    return {{"viewer.report", text("viewer", "Report of this study"),
        text("viewer", "Opens the page of reports at the report that belongs to the study."), {"Ctrl+R"}, "reports",
        text("viewer", "Diag&nosis"), [this] { openReportOfStudy(); }, {}, [this] { return m_link.hasStudy(); }}};
}

void ReportsDesk::joinViewer(viewer::ViewerPage& page)
{
    auto* panel = new reporting::StudyReportPanel(m_reports, m_link);
    page.addPanel(panel);
    page.addCommands(viewerCommands());
    connect(panel, &reporting::StudyReportPanel::openWanted, this, &ReportsDesk::openReportOfStudy);
    connect(panel, &reporting::StudyReportPanel::placeWanted, this, &ReportsDesk::openPlace);
    for (viewer::SliceView* view : page.sliceViews()) {
        view->setPins([this] {
            std::vector<viewer::Pin> pins;
            for (const auto& finding : m_link.tied())
                pins.push_back(
                    {reporting::StudyLink::idOf(finding), pointOf(finding.place), finding.words, finding.colour});
            return pins;
        });
        connect(view, &viewer::SliceView::pinClicked, this, [this](const std::string& id) {
            m_link.openTied(id);
            emit pageWanted("reports");
        });
        connect(&m_link, &reporting::StudyLink::changed, view, qOverload<>(&QWidget::update));
    }
}

void ReportsDesk::followViewer()
{
    const auto& volume = m_around.viewer.volume();
    if (volume)
        m_reports.readProject(); // the report beside the study is there without a visit to its page
    m_link.setStudy(volume ? volume->facts : image::Facts{});
    if (m_wanted && volume && m_around.viewer.isWhole()) {
        if (volume->facts.seriesInstanceUID == m_wanted->seriesInstanceUID)
            m_around.viewer.setCursor(pointOf(*m_wanted));
        m_wanted.reset();
    }
}

void ReportsDesk::tieChosen()
{
    const viewer::ViewerModel& viewer = m_around.viewer;
    if (!viewer.isWhole() || !viewer.volume())
        return;
    const image::Facts& facts = viewer.volume()->facts;
    const auto stored = static_cast<std::size_t>(viewer.storedSliceOf(viewer.slice()));
    const auto& uids = facts.sopInstanceUIDs;
    const image::Point& at = viewer.cursor();
    m_link.tie({facts.seriesInstanceUID, uids.empty() ? std::string() : uids[std::min(stored, uids.size() - 1)],
        {at.x, at.y, at.z}, sideOf(at, viewer::middleOf(viewer.volume()->geometry))});
    emit said(tr("Tied to slice %1 of the series in the viewer.").arg(viewer.shownNumber(viewer.slice())));
}

void ReportsDesk::showPlace()
{
    if (const auto place = m_link.placeOfChosen())
        return openPlace(*place);
    emit pageWanted("viewer");
}

void ReportsDesk::openPlace(const reports::ImagePlace& place)
{
    viewer::ViewerModel& viewer = m_around.viewer;
    if (viewer.isWhole() && viewer.volume() && viewer.volume()->facts.seriesInstanceUID == place.seriesInstanceUID) {
        viewer.setCursor(pointOf(place));
        return emit pageWanted("viewer");
    }
    for (const studies::SeriesRow& row : m_around.studies.series().rows())
        if (row.series.facts.seriesInstanceUID == place.seriesInstanceUID) {
            m_wanted = place;
            const auto& uids = row.series.facts.sopInstanceUIDs;
            const auto slice = std::ranges::find(uids, place.sopInstanceUID);
            viewer.openSeries(row.series, slice == uids.end() ? -1 : slice - uids.begin());
            return;
        }
    emit said(tr("The series of this place is not in the list of studies. Open its folder, then try again."));
}

void ReportsDesk::openReportOfStudy()
{
    if (m_link.openReportOfStudy())
        return emit pageWanted("reports");
    emit said(tr("No report belongs to this study. Import it, or open it and link it by hand."));
}

} // namespace hounsfield::desktop
