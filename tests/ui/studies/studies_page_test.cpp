#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/image/phantom.h"
#include "core/image/raster.h"
#include "ui/shell/background_task.h"
#include "ui/studies/studies_page.h"

#include <filesystem>
#include <thread>

using namespace hounsfield;
using namespace hounsfield::studies;

namespace {

/// The real page over the real core, with dialogs answered by the test.
struct Desk {
    QTemporaryDir folder;
    files::ReaderPool readers;
    shell::BackgroundTasks tasks;
    StudiesModel model{studiesCore(readers, folder.filePath("sample").toStdString()), tasks};
    QString answer;
    StudiesPage page{model, {[this](QWidget*, const QString&) { return answer; },
                                [this](QWidget*, const QString&, const QString&) { return QStringList{answer}; },
                                [this](QWidget*, const QString&, const QString&) { return answer; }}};

    Desk()
    {
        page.resize(1200, 700);
        page.show();
    }
    std::filesystem::path path(const char* name) const { return folder.filePath(name).toStdString(); }
    void click(const char* name) { QTest::mouseClick(page.findChild<QPushButton*>(name), Qt::LeftButton); }
    QString sentence() { return page.findChild<QLabel*>("studies.sentence")->text(); }
};

} // namespace

class StudiesPageTest : public QObject {
    Q_OBJECT
  private slots:
    void aFolderShowsItsSeriesAndSaysWhatWasRefused()
    {
        Desk desk;
        image::Raster<std::uint8_t> picture(40, 30);
        picture.at(3, 4) = 200;
        QVERIFY(makeFolder(desk.path("study/deeper")));
        QVERIFY(writeAtomically(desk.path("study/deeper/a.png"), *image::encodePng(picture)));
        QVERIFY(writeAtomically(desk.path("study/broken.dcm"), std::string_view("no image at all")));
        QVERIFY(image::writeMetaImage(image::makeCtPhantom(), desk.path("study/phantom.mha")));
        desk.answer = desk.folder.filePath("study");
        QSignalSpy first(&desk.model, &StudiesModel::firstSeries);
        desk.click("studies.folder");
        QTRY_VERIFY_WITH_TIMEOUT(!desk.model.view().isScanning && !desk.model.view().isEmpty, 20000);
        QCOMPARE(desk.model.series().rowCount(), 2);
        QCOMPARE(desk.model.files().rejectedCount(), 1);
        QCOMPARE(first.count(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.model.series().rows()[0].preview.isNull(), 20000);
        QVERIFY(desk.page.findChild<QTableView*>("studies.files.list")->isVisible());

        desk.answer = desk.folder.filePath("list.csv");
        desk.click("studies.save");
        const auto list = readFile(desk.path("list.csv"));
        QVERIFY(list);
        QVERIFY(list->find("broken.dcm") != std::string::npos);
        QVERIFY(list->find("phantom.mha") != std::string::npos);
        QDir().mkpath("screenshots");
        QVERIFY(desk.page.grab().save("screenshots/studies.png"));
    }

    void enterOpensTheChosenSeries()
    {
        Desk desk;
        QVERIFY(image::writeMetaImage(image::makeCtPhantom(), desk.path("phantom.mha")));
        desk.model.open({desk.folder.filePath("phantom.mha")});
        QTRY_VERIFY_WITH_TIMEOUT(!desk.model.view().isScanning && !desk.model.view().isEmpty, 20000);
        std::string opened;
        connect(&desk.page, &StudiesPage::seriesChosen, &desk.page,
            [&](const files::Series& series) { opened = series.files.front(); });
        QTest::keyClick(desk.page.findChild<QTableView*>("studies.series"), Qt::Key_Return);
        QCOMPARE(opened, desk.path("phantom.mha").string());
    }

    void theSampleIsMadeAndListed()
    {
        Desk desk;
        desk.click("studies.sample");
        QTRY_VERIFY_WITH_TIMEOUT(desk.model.series().rowCount() == 1, 60000);
        QVERIFY(std::filesystem::exists(desk.path("sample/radiographs/test/labels.csv")));
        QCOMPARE(desk.model.series().rows()[0].series.geometry.size[0], std::int64_t{128});
    }

    void aPathThatIsNotThereIsASentence()
    {
        Desk desk;
        desk.model.open({desk.folder.filePath("nowhere")});
        QTRY_VERIFY_WITH_TIMEOUT(!desk.model.view().isScanning && desk.model.view().isFailure, 20000);
        QVERIFY(desk.sentence().contains("nowhere"));
        QDir().mkpath("screenshots");
        QVERIFY(desk.page.grab().save("screenshots/studies-empty.png"));
    }

    void ofSeveralThingsOpenedTogetherTheFirstSeriesIsShown()
    {
        Desk desk;
        for (const char* name : {"a.mha", "b.mha"})
            QVERIFY(image::writeMetaImage(image::makeCtPhantom(), desk.path(name)));
        QSignalSpy first(&desk.model, &StudiesModel::firstSeries);
        QSignalSpy nothing(&desk.model, &StudiesModel::nothingFound);
        desk.model.open({desk.folder.filePath("a.mha"), desk.folder.filePath("b.mha")});
        QTRY_VERIFY_WITH_TIMEOUT(!desk.model.view().isScanning && desk.model.series().rowCount() == 2, 20000);
        QCOMPARE(first.count(), 1);
        desk.model.open({desk.folder.filePath("b.mha")});
        QTRY_COMPARE_WITH_TIMEOUT(first.count(), 2, 20000); // another act, another series to look at
        QCOMPARE(nothing.count(), 0);
        desk.model.open({desk.folder.filePath("nowhere")});
        QTRY_COMPARE_WITH_TIMEOUT(nothing.count(), 1, 20000);
    }

    void stopEndsAScanAndKeepsWhatWasFound()
    {
        QTemporaryDir folder;
        shell::BackgroundTasks tasks;
        StudiesCore slow;
        slow.scan = [](const std::filesystem::path&, const Monitor& monitor,
                        const StudiesCore::OnSeries& onSeries) -> Result<files::ScanResult> {
            files::Series series;
            series.uid = "1.2.3";
            series.geometry.size = {8, 8, 1};
            onSeries(series);
            for (;;) {
                TRY(monitor.at(text("files", "Scanning"), 0.5));
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
        };
        slow.openSlice = [](const files::Series&, std::int64_t) -> Result<std::shared_ptr<const image::Volume>> {
            return badInput(text("files", "Nothing."));
        };
        StudiesModel model(slow, tasks);
        StudiesPage page(model, {});
        page.show();
        QSignalSpy first(&model, &StudiesModel::firstSeries);
        model.open({folder.path()});
        QTRY_COMPARE_WITH_TIMEOUT(model.series().rowCount(), 1, 5000);
        QCOMPARE(first.count(), 1); // can be shown while the scan goes on
        QVERIFY(model.view().isScanning);
        QTest::mouseClick(page.findChild<QPushButton*>("studies.stop"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!model.view().isScanning, 1000);
        QCOMPARE(model.series().rowCount(), 1);
        QVERIFY(!model.view().isFailure);
    }
};

int studiesPageTest(int argc, char** argv)
{
    StudiesPageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "studies_page_test.moc"
