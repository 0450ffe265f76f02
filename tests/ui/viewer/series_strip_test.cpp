#include <QDropEvent>
#include <QMimeData>
#include <QtTest>

#include "ui/viewer/series_strip.h"

#include "tests/ui/viewer/viewer_window.h"

using namespace hounsfield;
using namespace hounsfield::viewer;
using namespace hounsfield::test;

namespace {

std::vector<ListedSeries> listOf(std::initializer_list<const char*> uids)
{
    std::vector<ListedSeries> list;
    for (const char* uid : uids)
        list.push_back({phantomSeries(uid), {}});
    return list;
}

QString words(const SeriesList& list, int row, int role = SeriesList::DescriptionRole)
{
    return list.data(list.index(row), role).toString();
}

/// Sends a drag of `data` over `target`; true when it was taken.
bool dropOn(QWidget* target, const QMimeData& data)
{
    QDragEnterEvent enter(target->rect().center(), Qt::CopyAction, &data, Qt::LeftButton, {});
    enter.ignore();
    QApplication::sendEvent(target, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent drop(target->rect().center(), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(target, &drop);
    return drop.isAccepted();
}

} // namespace

class SeriesStripTest : public QObject {
    Q_OBJECT
  private slots:
    void anotherListOfTheSameSizeIsShownAtOnce()
    {
        Bench bench;
        bench.model.setSeriesList(listOf({"1.1", "1.2"}));
        auto* strip = bench.find<SeriesStrip>("seriesStrip");
        QVERIFY(strip->isVisible());
        QSignalSpy reset(strip->model(), &QAbstractItemModel::modelReset);
        bench.model.setSeriesList(listOf({"2.1", "2.2"}));
        QCOMPARE(reset.count(), 1);
        QCOMPARE(words(bench.model.seriesList(), 0), QString("Series 2.1"));
        QCOMPARE(words(bench.model.seriesList(), 1), QString("Series 2.2"));
        bench.model.setSeriesList(listOf({"2.1"}));
        QVERIFY(!strip->isVisible()); // one alone needs no strip
    }

    void aClickOrEnterOpensAndTheOpenOneIsMarked()
    {
        Bench bench;
        bench.model.setSeriesList(listOf({"1.1", "1.2", "1.3"}));
        auto* strip = bench.find<SeriesStrip>("seriesStrip");
        QTest::mouseClick(
            strip->viewport(), Qt::LeftButton, {}, strip->visualRect(strip->model()->index(1, 0)).center());
        QCOMPARE(bench.model.seriesPlace(), 1);
        QVERIFY(strip->model()->index(1, 0).data(SeriesList::IsOpenRole).toBool());
        QVERIFY(!strip->model()->index(0, 0).data(SeriesList::IsOpenRole).toBool());
        strip->setFocus();
        QTest::keyClick(strip, Qt::Key_Down);
        QTest::keyClick(strip, Qt::Key_Return);
        QCOMPARE(bench.model.seriesPlace(), 2);
        QTRY_VERIFY(bench.model.isWhole());
    }

    void aSeriesDraggedOntoTheTilesOpens()
    {
        Bench bench;
        bench.model.setSeriesList(listOf({"1.1", "1.2"}));
        auto* tiles = bench.find<QWidget>("tiles");
        SeriesList& list = bench.model.seriesList();
        const std::unique_ptr<QMimeData> dragged(list.mimeData({list.index(1)}));
        QVERIFY(list.flags(list.index(1)) & Qt::ItemIsDragEnabled);
        QVERIFY(dropOn(tiles, *dragged));
        QCOMPARE(bench.model.seriesPlace(), 1);
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile("/somewhere")});
        QVERIFY(dropOn(tiles, files)); // the window takes it, and scans
        QCOMPARE(bench.dropped, QStringList{"/somewhere"});
        QCOMPARE(bench.model.seriesPlace(), 1);
    }

    void leftAndRightStepThroughSeriesAndWithCtrlThroughStudies()
    {
        Bench bench;
        auto list = listOf({"1.1", "1.2", "2.1"});
        list[2].series.facts.studyInstanceUID = "9.2";
        bench.model.setSeriesList(list);
        bench.model.openListed(0);
        bench.key(Qt::Key_Right);
        QCOMPARE(bench.model.seriesPlace(), 1);
        bench.key(Qt::Key_Left);
        QCOMPARE(bench.model.seriesPlace(), 0);
        bench.key(Qt::Key_Left);
        QCOMPARE(bench.model.seriesPlace(), 0); // the first stays
        bench.key(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(bench.model.seriesPlace(), 2);
        bench.key(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(bench.model.seriesPlace(), 1);
    }

    void seriesOfOneStudyStandTogetherUnderOneHeading()
    {
        Bench bench;
        auto list = listOf({"1.1", "2.1", "1.2"});
        list[1].series.facts.studyInstanceUID = "9.2";
        list[1].series.facts.patientName = "Roe^Richard";
        bench.model.setSeriesList(list);
        const SeriesList& shown = bench.model.seriesList();
        QCOMPARE(words(shown, 1), QString("Series 1.2"));
        QVERIFY(!words(shown, 0, SeriesList::HeadingRole).isEmpty());
        QVERIFY(words(shown, 1, SeriesList::HeadingRole).isEmpty());
        QVERIFY(words(shown, 2, SeriesList::HeadingRole).contains("Roe Richard"));
    }

    void aPictureThatComesLaterChangesItsRowAlone()
    {
        Bench bench;
        auto list = listOf({"1.1", "1.2"});
        bench.model.setSeriesList(list);
        auto* strip = bench.find<SeriesStrip>("seriesStrip");
        strip->setCurrentIndex(strip->model()->index(1, 0));
        QSignalSpy reset(strip->model(), &QAbstractItemModel::modelReset);
        QSignalSpy rows(strip->model(), &QAbstractItemModel::dataChanged);
        list[1].preview = QImage(64, 64, QImage::Format_RGB32);
        list[1].preview.fill(Qt::white);
        list.push_back({phantomSeries("1.3"), {}});
        bench.model.setSeriesList(list);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(rows.count(), 1);
        QCOMPARE(strip->model()->rowCount(), 3);
        QCOMPARE(strip->currentIndex().row(), 1);
        const QRect row = strip->visualRect(strip->model()->index(1, 0));
        const QImage seen = strip->viewport()->grab(row).toImage();
        int white = 0;
        for (int y = 0; y < seen.height(); ++y)
            for (int x = 0; x < seen.width(); ++x)
                white += seen.pixel(x, y) == 0xffffffff;
        QVERIFY(white > 50 * 50);
    }

    void aSeriesThatGrowsIsReadAnewAtTheSameSliceAndWindow()
    {
        Bench bench;
        bench.model.setSeriesList({{phantomSeries("1.1", 20), {}}});
        bench.model.openListed(0);
        QTRY_VERIFY(bench.model.isWhole());
        bench.model.showSlice(7);
        bench.key(Qt::Key_2);
        bench.key(Qt::Key_R, Qt::AltModifier);
        bench.mayOpen = false;
        bench.model.setSeriesList({{phantomSeries("1.1", 80), {}}});
        QVERIFY(!bench.model.isWhole()); // twenty of eighty are not the whole
        QCOMPARE(bench.model.sliceCount(), 80);
        QCOMPARE(bench.model.slice(), 7);
        QTRY_VERIFY(bench.model.volume() != nullptr);
        bench.mayOpen = true;
        QTRY_VERIFY(bench.model.isWhole());
        QCOMPARE(bench.model.sliceCount(), 80);
        QCOMPARE(bench.model.slice(), 7);
        QCOMPARE(bench.model.window().width, 1500.0);
        QCOMPARE(bench.view("axialView")->turn().quarters, 1);
    }

    void pictureOfTheStrip_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << "en";
        QTest::newRow("zh_CN") << "zh_CN";
    }
    void pictureOfTheStrip()
    {
        QFETCH(QString, language);
        Bench bench;
        bench.language.choose(language);
        auto list = listOf({"1.1", "1.2", "2.1"});
        list[0].preview = QImage(64, 48, QImage::Format_RGB32);
        list[0].preview.fill(Qt::darkGray);
        list[1].series.problems.push_back(text("files", "Slices are missing."));
        list[2].series.facts.studyInstanceUID = "9.2";
        bench.model.setSeriesList(list);
        bench.model.openListed(1);
        QTRY_VERIFY(bench.model.isWhole());
        bench.screenshot("strip_" + language);
        QCOMPARE(bench.model.seriesPlace(), 1);
    }
};

int seriesStripTest(int argc, char** argv)
{
    SeriesStripTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "series_strip_test.moc"
