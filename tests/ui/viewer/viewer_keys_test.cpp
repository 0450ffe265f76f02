#include <QContextMenuEvent>
#include <QMenu>
#include <QTextBrowser>
#include <QtTest>

#include "core/image/statistics.h"
#include "ui/viewer/tile_texts.h"

#include "tests/ui/viewer/marked_volume.h"
#include "tests/ui/viewer/viewer_window.h"

using namespace hounsfield;
using namespace hounsfield::viewer;
using namespace hounsfield::test;

class ViewerKeysTest : public QObject {
    Q_OBJECT
  private slots:
    void zeroIsTheAutomaticWindowAndOneTheNextOfTheHeader()
    {
        Bench bench;
        image::Volume two = *phantom();
        two.windows = {
            {50, 350, image::Window::Function::Linear, "SOFT"}, {-600, 1500, image::Window::Function::Linear, "LUNG"}};
        bench.model.openVolume(std::make_shared<const image::Volume>(two));
        bench.key(Qt::Key_1);
        QCOMPARE(bench.model.window().width, 350.0);
        bench.key(Qt::Key_1);
        QCOMPARE(bench.model.window().width, 1500.0);
        bench.key(Qt::Key_1);
        QCOMPARE(bench.model.window().width, 350.0);
        bench.key(Qt::Key_0);
        QCOMPARE(bench.model.window(), image::autoWindow(two, bench.model.slice()));
    }

    void letterKeysChooseTheirTools_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("tool");
        QTest::newRow("W") << int(Qt::Key_W) << "window";
        QTest::newRow("S") << int(Qt::Key_S) << "scroll";
        QTest::newRow("Z") << int(Qt::Key_Z) << "zoom";
        QTest::newRow("T") << int(Qt::Key_T) << "pan";
        QTest::newRow("H") << int(Qt::Key_H) << "crosshair";
    }
    void letterKeysChooseTheirTools()
    {
        QFETCH(int, key);
        QFETCH(QString, tool);
        Bench bench;
        bench.model.openVolume(phantom());
        bench.key(Qt::Key_S);
        bench.key(key);
        QCOMPARE(QString(bench.model.tool()), tool);
        QVERIFY(bench.find<QAction>(("viewer.tool." + tool).toLatin1())->isChecked());
    }

    void escapeLeavesTheToolAndAgainResetsTheView()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        bench.key(Qt::Key_Z);
        bench.key(Qt::Key_3);
        bench.key(Qt::Key_Escape);
        QCOMPARE(std::string(bench.model.tool()), std::string("window"));
        QCOMPARE(bench.model.window().width, 400.0);
        bench.key(Qt::Key_Escape);
        QVERIFY(!bench.model.hasUserWindow());
    }

    void plusMinusAndEqualZoomAndFit()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        SliceView* view = bench.view("axialView");
        const double fitting = view->transform().mmPerPixel;
        bench.key(Qt::Key_Plus);
        QVERIFY(view->transform().mmPerPixel < fitting);
        bench.key(Qt::Key_Minus);
        bench.key(Qt::Key_Minus);
        QVERIFY(view->transform().mmPerPixel > fitting);
        bench.key(Qt::Key_Equal);
        QCOMPARE(view->transform().mmPerPixel, fitting);
    }

    void theTextsGoWithIFirstThePatientThenAll()
    {
        Bench bench;
        bench.model.openVolume(test::markedVolume(test::turnedDirection(0), {9, 9, 9}));
        const auto texts = [&] { return bench.view("axialView")->texts(); };
        QVERIFY(texts().topLeft.join(' ').contains("Doe Jane")); // in view by default
        bench.key(Qt::Key_I);
        QVERIFY(texts().topLeft.isEmpty() && !texts().bottomLeft.isEmpty());
        bench.key(Qt::Key_I);
        QVERIFY(texts().bottomLeft.isEmpty() && texts().letters.left.empty());
        bench.key(Qt::Key_I);
        QVERIFY(texts().topLeft.join(' ').contains("Doe Jane"));
    }

    void tabGoesToTheNextTileAndKeysActThere()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        bench.view("axialView")->setFocus();
        QTest::keyClick(bench.view("axialView"), Qt::Key_Tab);
        QCOMPARE(bench.page->activeView(), bench.view("coronalView"));
        const image::Point before = bench.model.cursor();
        QTest::keyClick(bench.view("coronalView"), Qt::Key_Down);
        QVERIFY(bench.model.cursor().y > before.y);
        QTest::keyClick(bench.view("coronalView"), Qt::Key_Tab);
        QCOMPARE(bench.page->activeView(), bench.view("sagittalView"));
        QTest::keyClick(bench.view("sagittalView"), Qt::Key_Tab);
        QVERIFY(bench.page->isVolumeActive());
        VolumeView* volume = bench.page->volumeView();
        QTest::keyClick(volume, Qt::Key_Left);
        QTest::keyClick(volume, Qt::Key_Down);
        QCOMPARE(volume->camera().azimuth, 10.0);
        QCOMPARE(volume->camera().elevation, 10.0);
        QTest::keyClick(volume, Qt::Key_Plus);
        QVERIFY(volume->camera().zoom > 1);
        QTest::keyClick(volume, Qt::Key_Home);
        QCOMPARE(volume->camera(), VolumeCamera{});
        QTest::keyClick(volume, Qt::Key_Backtab);
        QCOMPARE(bench.page->activeView(), bench.view("sagittalView"));
    }

    void gShowsAndHidesTheHeatMap()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        QVERIFY(bench.diagnosis.showsMap());
        bench.key(Qt::Key_G);
        QVERIFY(!bench.diagnosis.showsMap());
        bench.key(Qt::Key_G);
        QVERIFY(bench.diagnosis.showsMap());
    }

    void f11UsesTheWholeScreenAndReturns()
    {
        Bench bench;
        bench.key(Qt::Key_F11);
        QVERIFY(bench.window->windowState() & Qt::WindowFullScreen);
        bench.key(Qt::Key_F11);
        QVERIFY(!(bench.window->windowState() & Qt::WindowFullScreen));
    }

    void f1ListsEveryKeyOfTheTable()
    {
        Bench bench;
        bench.key(Qt::Key_F1);
        auto* list = bench.find<QTextBrowser>("keyListText");
        QVERIFY(list && list->isVisible());
        const QString words = list->toPlainText();
        for (const shell::Command& command : bench.page->commands())
            if (!command.keys.empty() || !command.keyWords.isEmpty())
                QVERIFY2(words.contains(shell::translated(command.name)), command.id.c_str());
        QTest::keyClick(list, Qt::Key_Escape);
        QTRY_VERIFY(!bench.find<QTextBrowser>("keyListText"));
    }

    void shiftAndMoveCarriesTheCrosshair()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        SliceView* view = bench.view("coronalView");
        QTRY_VERIFY(view->height() > 300); // the four tiles have found their places
        const QPoint at = view->rect().center() + QPoint(-30, 40);
        const image::Point wanted = view->transform().toPatient(at);
        QMouseEvent move(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::ShiftModifier);
        QApplication::sendEvent(view, &move);
        QVERIFY(std::abs(bench.model.cursor().x - wanted.x) < 1e-6);
        QVERIFY(std::abs(bench.model.cursor().z - wanted.z) < 1e-6);
        QVERIFY(std::abs(bench.view("axialView")->transform().centre.z - wanted.z) <= 1.01);
    }

    void theMenuKeyOpensTheMenuOfTheTile()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {5, 5}, {5, 5});
        QApplication::sendEvent(bench.view("axialView"), &event);
        auto* menu = bench.find<QMenu>("viewerMenu");
        QVERIFY(menu && menu->isVisible());
        menu->close();
    }

    void interpolatedStandsOnlyWhereThePlaneIs()
    {
        Bench bench;
        const auto volume = test::markedVolume(test::turnedDirection(20), {9, 9, 9});
        bench.model.openVolume(volume);
        const auto says = [&](const char* view) {
            return bench.view(view)->texts().bottomLeft.contains("interpolated");
        };
        QVERIFY(!says("axialView")); // the stored slices
        QVERIFY(says("coronalView") && says("sagittalView"));
        bench.trigger("viewer.patientPlanes");
        QVERIFY(says("axialView")); // oblique to the stored ones
        bench.trigger("viewer.patientPlanes");
        image::Volume resampled = *volume;
        resampled.isInterpolated = true;
        bench.model.openVolume(std::make_shared<const image::Volume>(resampled));
        QVERIFY(says("axialView"));
    }

    void aProblemIsOneColouredLineOnTheTile()
    {
        Bench bench;
        image::Volume flawed = *phantom();
        flawed.problems = {text("files", "Slices are missing."), text("files", "Uneven.")};
        bench.model.openVolume(std::make_shared<const image::Volume>(flawed));
        SliceView* view = bench.view("axialView");
        QVERIFY(view->texts().problem.startsWith("Slices are missing."));
        const auto coloured = [&] {
            const QImage picture = view->grab().toImage();
            int count = 0;
            for (int y = 1; y < 20; ++y)
                for (int x = 0; x < picture.width(); ++x) {
                    const QColor colour = picture.pixelColor(x, y);
                    count += colour.red() > 120 && colour.red() > 2 * colour.blue();
                }
            return count;
        };
        QVERIFY(coloured() > 50);
        bench.model.openVolume(phantom());
        QCOMPARE(coloured(), 0);
    }

    void theValueUnderThePointerStandsOnTheTileWithItsUnit()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        bench.model.setCursor({40, 0, -60}); // the cube of 300 HU
        SliceView* view = bench.view("axialView");
        const QPoint at = view->transform().toScreen({40, 0, -60}).toPoint();
        QMouseEvent move(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(view, &move);
        const QStringList lines = view->texts().bottomLeft;
        QVERIFY2(lines[lines.size() - 2].startsWith("300 HU"), qPrintable(lines.join(' ')));
        QVERIFY2(lines.last().endsWith("mm"), qPrintable(lines.join(' ')));
    }

    void aSeriesWhoseHeaderWindowVariesKeepsOneWindow()
    {
        Bench bench;
        bench.mayOpen = false;
        bench.model.openSeries(phantomSeries()); // each slice of it names another window
        QTRY_VERIFY(bench.model.volume() != nullptr);
        const image::Window window = bench.model.window();
        const std::int64_t slice = bench.model.slice();
        const auto grey = [&] { return std::pair(bench.model.greyScale()(-50), bench.model.greyScale()(90)); };
        const auto before = grey();
        bench.wheel(bench.view("axialView"), -5);
        QTRY_VERIFY(bench.model.volume()->windows.front().center == static_cast<double>(slice - 5));
        QCOMPARE(bench.model.window(), window);
        QCOMPARE(grey(), before);
        bench.key(Qt::Key_6); // the user's own stays as well
        bench.wheel(bench.view("axialView"), -5);
        QTRY_VERIFY(bench.model.volume()->windows.front().center == static_cast<double>(slice - 10));
        QCOMPARE(bench.model.window().width, 350.0);
        bench.mayOpen = true;
        QTRY_VERIFY(bench.model.isWhole());
        QCOMPARE(bench.model.window().width, 350.0);
    }
};

int viewerKeysTest(int argc, char** argv)
{
    ViewerKeysTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "viewer_keys_test.moc"
