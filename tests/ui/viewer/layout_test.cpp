#include <QtTest>

#include "tests/ui/viewer/viewer_window.h"

using namespace hounsfield;
using namespace hounsfield::viewer;
using namespace hounsfield::test;

namespace {

std::vector<QWidget*> shownTiles(const Bench& bench)
{
    std::vector<QWidget*> shown;
    for (const char* name : {"axialView", "coronalView", "sagittalView", "volumeView"})
        if (auto* tile = bench.find<QWidget>(name); tile->isVisible())
            shown.push_back(tile);
    return shown;
}

} // namespace

class LayoutTest : public QObject {
    Q_OBJECT
  private slots:
    void everyLayoutKeepsTheActiveTileAndItsImage_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<int>("tiles");
        QTest::newRow("1 x 1") << "viewer.layout.one" << 1;
        QTest::newRow("1 x 2") << "viewer.layout.two" << 2;
        QTest::newRow("2 x 2") << "viewer.layout.four" << 4;
        QTest::newRow("1 + 3") << "viewer.layout.large" << 4;
    }
    void everyLayoutKeepsTheActiveTileAndItsImage()
    {
        QFETCH(QString, command);
        QFETCH(int, tiles);
        Bench bench;
        bench.model.openVolume(phantom());
        SliceView* coronal = bench.view("coronalView");
        QTest::mouseClick(coronal, Qt::LeftButton);
        bench.wheel(coronal, -3);
        const image::Point centre = coronal->transform().centre;
        bench.trigger(command.toLatin1());
        QCOMPARE(static_cast<int>(shownTiles(bench).size()), tiles);
        QVERIFY(coronal->isVisible());
        QCOMPARE(bench.page->activeView(), coronal);
        QCOMPARE(coronal->transform().centre, centre);
        QVERIFY(bench.find<QAction>(command.toLatin1())->isChecked());
        // Double-click: alone, and back to this layout.
        QTest::mouseDClick(coronal, Qt::LeftButton);
        if (tiles > 1) {
            QCOMPARE(shownTiles(bench), std::vector<QWidget*>{coronal});
            QTest::mouseDClick(coronal, Qt::LeftButton);
            QCOMPARE(static_cast<int>(shownTiles(bench).size()), tiles);
        } else {
            QCOMPARE(shownTiles(bench).size(), 4U); // from one tile to the layout before it
        }
        QCOMPARE(coronal->transform().centre, centre);
    }

    void placesAndSizesAreThoseOfTheLayout()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        SliceView* sagittal = bench.view("sagittalView");
        QTest::mouseClick(sagittal, Qt::LeftButton);
        const auto area = [](const QWidget* tile) { return tile->width() * tile->height(); };
        QTRY_VERIFY(std::abs(area(sagittal) - area(bench.view("axialView"))) < 2000);
        bench.trigger("viewer.layout.two");
        QTRY_COMPARE(sagittal->height(), sagittal->parentWidget()->height());
        QCOMPARE(sagittal->x(), 0);
        QTRY_VERIFY(std::abs(sagittal->width() - bench.view("axialView")->width()) <= 1);
        bench.trigger("viewer.layout.large");
        QTRY_COMPARE(sagittal->height(), sagittal->parentWidget()->height());
        QTRY_VERIFY(area(sagittal) > 6 * area(bench.view("axialView")));
        QVERIFY(std::abs(area(bench.page->volumeView()) - area(bench.view("axialView"))) < 2000);
        bench.screenshot("layout_1+3");
        bench.trigger("viewer.layout.four");
        QTRY_VERIFY(std::abs(area(sagittal) - area(bench.view("axialView"))) < 2000);
    }

    void anotherVolumeKeepsTheLayout()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        bench.trigger("viewer.layout.two");
        bench.model.openSeries(phantomSeries());
        QTRY_VERIFY(bench.model.isWhole());
        QCOMPARE(shownTiles(bench).size(), 2U);
    }

    void aSingleImageShowsOneTileAndOffersNoLayouts()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        QTest::mouseClick(bench.page->volumeView(), Qt::LeftButton);
        bench.model.openVolume(sliceOf(phantomSeries(), 3));
        QCOMPARE(shownTiles(bench), std::vector<QWidget*>{bench.view("axialView")});
        QCOMPARE(bench.page->activeView(), bench.view("axialView"));
        QVERIFY(!bench.page->isVolumeActive());
        for (const char* id : {"viewer.layout.two", "viewer.layout.four", "viewer.layout.large"})
            QVERIFY2(!bench.find<QAction>(id)->isEnabled(), id);
    }
};

int layoutTest(int argc, char** argv)
{
    LayoutTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "layout_test.moc"
