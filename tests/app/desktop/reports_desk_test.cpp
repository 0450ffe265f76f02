#include <QLabel>
#include <QPushButton>

#include "app/desktop/reports_desk.h"
#include "core/reports/annotating.h"
#include "ui/reports/report_text.h"
#include "ui/viewer/slice_view.h"
#include "ui/viewer/viewer_model.h"

#include "tests/app/desktop/bench.h"

using namespace hounsfield;
using namespace hounsfield::desktop;

namespace {

/// The phantom as if it came from a scanner.
std::shared_ptr<const image::Volume> scanned()
{
    auto volume = std::make_shared<image::Volume>(image::makeCtPhantom());
    volume->facts.patientID = "P1";
    volume->facts.patientName = "Test^Patient";
    volume->facts.studyInstanceUID = "1.2.3";
    volume->facts.seriesInstanceUID = "1.2.3.4";
    return volume;
}

void importReports(const Bench& bench)
{
    auto& reports = bench.workbench->reports().model();
    reports.readProject();
    QTRY_VERIFY(!reports.view().isReading && reports.view().isSaved);
    reports.importDocuments({reports::documentOf({"other", "P2", "", {{"text", "No effusion."}}}),
                                reports::documentOf({"chest", "P1", "",
                                    {{"findings", "Nodule in the left lung. 肺结节。"}, {"impression", "Nodule."}}})},
        {});
    QTRY_VERIFY(reports.view().total == 2 && reports.view().isSaved);
}

} // namespace

class ReportsDeskTest : public QObject {
    Q_OBJECT
  private slots:
    void theReportLiesBesideItsStudy()
    {
        Bench bench;
        importReports(bench);
        bench.workbench->viewer().openVolume(scanned());
        bench.window().enterPage("viewer");
        QTRY_VERIFY(bench.shown<QWidget>("studyReport"));
        QVERIFY(
            bench.shown<reporting::ReportText>("studyReportText")->toPlainText().contains("Nodule in the left lung"));
        bench.screenshotsInEveryLanguage("viewer_report");
        QTest::keyClick(&bench.window(), Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(bench.window().currentPage(), std::string("reports"));
        QCOMPARE(bench.workbench->reports().model().open()->report.document.id, std::string("chest"));
        bench.screenshotsInEveryLanguage("reports");
    }

    void aFindingIsTiedToAPlaceAndBothLeadToEachOther()
    {
        Bench bench;
        importReports(bench);
        auto& viewer = bench.workbench->viewer();
        auto& reports = bench.workbench->reports().model();
        viewer.openVolume(scanned());
        bench.window().enterPage("viewer");
        const image::Point lesion{12, -7, viewer.cursor().z + 5};
        viewer.setCursor(lesion);
        const std::int64_t slice = viewer.slice();
        QTest::keyClick(&bench.window(), Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(bench.window().currentPage(), std::string("reports"));
        QTest::keyClick(&bench.window(), Qt::Key_N);
        QVERIFY(reports.chosenSpan());
        const std::string id = reports.chosen();
        QTest::keyClick(&bench.window(), Qt::Key_T, Qt::ControlModifier);
        QTRY_VERIFY(reports::placeOf(*reports.chosenSpan()));
        QCOMPARE(reports::placeOf(*reports.chosenSpan())->seriesInstanceUID, std::string("1.2.3.4"));

        viewer.setCursor({0, 0, lesion.z - 15});
        QVERIFY(viewer.slice() != slice);
        QTest::keyClick(&bench.window(), Qt::Key_V);
        QTRY_COMPARE(bench.window().currentPage(), std::string("viewer"));
        QCOMPARE(viewer.slice(), slice);

        reports.choose({});
        auto* view = bench.window().findChildren<viewer::SliceView*>().front();
        for (auto* each : bench.window().findChildren<viewer::SliceView*>())
            if (each->isVisible() && each->plane().axis == 2)
                view = each;
        bench.screenshot("viewer_pin");
        QTest::mouseClick(view, Qt::LeftButton, {}, view->transform().toScreen(lesion).toPoint());
        QTRY_COMPARE(bench.window().currentPage(), std::string("reports"));
        QCOMPARE(reports.chosen(), id);
    }

    void aReportIsLinkedByHandAndThatGoesBeforeThePatient()
    {
        Bench bench;
        importReports(bench);
        auto& link = bench.workbench->reports().link();
        auto& reports = bench.workbench->reports().model();
        bench.workbench->viewer().openVolume(scanned());
        QCOMPARE(link.reportsOfStudy().size(), std::size_t(1));
        bench.window().enterPage("reports");
        reports.openPlace(0);
        QCOMPARE(reports.open()->report.document.id, std::string("other"));
        QTest::keyClick(&bench.window(), Qt::Key_L, Qt::ControlModifier);
        QTRY_VERIFY(link.isLinkedByHand());
        QCOMPARE(link.reportsOfStudy(), std::vector<std::string>{reports.open()->report.key});
        QTRY_VERIFY(reports.view().isSaved);
        QTest::keyClick(&bench.window(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(!link.isLinkedByHand());
    }
};

int reportsDeskTest(int argc, char** argv)
{
    ReportsDeskTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "reports_desk_test.moc"
