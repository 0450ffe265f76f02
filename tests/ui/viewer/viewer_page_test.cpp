#include <QAccessible>
#include <QImage>
#include <QMenuBar>
#include <QtTest>

#include "core/image/statistics.h"

#include "tests/ui/viewer/marked_volume.h"
#include "tests/ui/viewer/viewer_window.h"

using namespace hounsfield;
using namespace hounsfield::viewer;
using namespace hounsfield::test;

namespace {

/// Where the brightest pixels of a tile are, in its own pixels.
QPointF brightest(SliceView* view)
{
    const QImage picture = view->grab().toImage();
    double x = 0, y = 0, n = 0;
    for (int row = 0; row < picture.height(); ++row)
        for (int column = 0; column < picture.width(); ++column)
            if (qGray(picture.pixel(column, row)) > 245) {
                x += column + 0.5;
                y += row + 0.5;
                ++n;
            }
    return n > 0 ? QPointF(x / n, y / n) : QPointF(-1, -1);
}

} // namespace

class ViewerPageTest : public QObject {
    Q_OBJECT
  private slots:
    void theMarkIsAtItsPlaceInAllPlanes_data()
    {
        QTest::addColumn<double>("turn");
        QTest::addColumn<bool>("alongPatient");
        QTest::newRow("straight") << 0.0 << false;
        QTest::newRow("oblique, own axes") << 25.0 << false;
        QTest::newRow("oblique, patient's axes") << 25.0 << true;
    }
    void theMarkIsAtItsPlaceInAllPlanes()
    {
        QFETCH(double, turn);
        QFETCH(bool, alongPatient);
        Bench bench;
        const auto volume = test::markedVolume(test::turnedDirection(turn), {30, 9, 17});
        bench.model.openVolume(volume);
        bench.model.setAlignment(alongPatient ? Alignment::Patient : Alignment::Grid);
        bench.model.setCursor(volume->geometry.toPoint({30, 9, 17}));
        bench.model.setShowsOverlays(false);
        for (const char* name : {"axialView", "coronalView", "sagittalView"}) {
            SliceView* view = bench.view(name);
            const QPointF expected = view->transform().toScreen(volume->geometry.toPoint({30, 9, 17}));
            const QPointF seen = brightest(view);
            const double voxel = 2 / view->transform().mmPerPixel;
            QVERIFY2((seen - expected).manhattanLength() < voxel, name);
            const ViewTransform shown = view->transform();
            if (alongPatient || turn == 0) { // left on the right of the screen, back at the bottom or on the right
                const bool isSagittal = std::string_view(name) == "sagittalView";
                QCOMPARE(shown.right, isSagittal ? (Vector{0, 1, 0}) : (Vector{1, 0, 0}));
            }
        }
    }

    void theWheelLeadsTowardsFeetBackAndLeft()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        const image::Point start = bench.model.cursor();
        bench.wheel(bench.view("axialView"), -1);
        QCOMPARE(bench.model.cursor().z, start.z - 2);
        bench.wheel(bench.view("coronalView"), -1, Qt::ShiftModifier);
        QVERIFY(std::abs(bench.model.cursor().y - (start.y + 5 * 1.6)) < 1.7);
        const double before = bench.model.cursor().x;
        bench.wheel(bench.view("sagittalView"), -2);
        QVERIFY(bench.model.cursor().x > before + 1.6);
    }

    void keysStepThroughSlices()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        const std::int64_t start = bench.model.slice();
        bench.key(Qt::Key_Down);
        QCOMPARE(bench.model.slice(), start - 1); // stored from the feet
        bench.key(Qt::Key_PageUp);
        QCOMPARE(bench.model.slice(), start + 9);
        bench.key(Qt::Key_Home);
        QCOMPARE(bench.model.slice(), phantom()->geometry.size[2] - 1);
        bench.key(Qt::Key_End);
        QCOMPARE(bench.model.slice(), 0);
    }

    void digitsChooseHounsfieldWindows()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        struct Row {
            int key;
            double width, level;
        };
        for (const Row& row :
            {Row{Qt::Key_2, 1500, -600}, Row{Qt::Key_3, 400, 40}, Row{Qt::Key_4, 2000, 400}, Row{Qt::Key_5, 80, 40},
                Row{Qt::Key_6, 350, 40}, Row{Qt::Key_7, 150, 90}, Row{Qt::Key_8, 600, 200}, Row{Qt::Key_9, 40, 40}}) {
            bench.key(row.key);
            QCOMPARE(bench.model.window().width, row.width);
            QCOMPARE(bench.model.window().center, row.level);
        }
        bench.key(Qt::Key_R);
        QCOMPARE(bench.model.window(), image::defaultWindow(*phantom()));
    }

    void hounsfieldWindowsAreRefusedWhereValuesAreNoHounsfields()
    {
        Bench bench;
        image::Volume other = *phantom();
        other.unit.clear();
        bench.model.openVolume(std::make_shared<const image::Volume>(other));
        const image::Window before = bench.model.window();
        bench.key(Qt::Key_2);
        QCOMPARE(bench.model.window(), before);
    }

    void aDragWidensAndDarkensAndTheWindowStaysWhileScrolling()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        bench.key(Qt::Key_3);
        SliceView* view = bench.view("axialView");
        bench.drag(view, Qt::LeftButton, {100, 100}, {160, 130});
        const image::Window window = bench.model.window();
        QVERIFY(window.width > 400);
        QVERIFY(window.center > 40);
        bench.wheel(view, -3);
        bench.key(Qt::Key_PageUp);
        QCOMPARE(bench.model.window(), window);
    }

    void rightDragZoomsAboutThePointerAndMiddleDragPans()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        SliceView* view = bench.view("axialView");
        const QPointF at(120, 90);
        const image::Point before = view->transform().toPatient(at);
        const double scale = view->transform().mmPerPixel;
        bench.drag(view, Qt::RightButton, at.toPoint(), {120, 30});
        QVERIFY(view->transform().mmPerPixel < scale);
        const image::Point after = view->transform().toPatient(at);
        QVERIFY(std::abs(after.x - before.x) < 0.01 && std::abs(after.y - before.y) < 0.01);
        const QPointF place = view->transform().toScreen(before);
        bench.drag(view, Qt::MiddleButton, {100, 100}, {140, 120});
        QVERIFY((view->transform().toScreen(before) - place - QPointF(40, 20)).manhattanLength() < 0.01);
        bench.key(Qt::Key_Equal);
        QCOMPARE(view->transform().mmPerPixel, scale);
    }

    void theCrosshairLinksAllPlanes()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        bench.key(Qt::Key_H);
        QCOMPARE(std::string(bench.model.tool()), std::string("crosshair"));
        SliceView* view = bench.view("axialView");
        const QPoint at = view->rect().center() + QPoint(40, -25);
        const image::Point wanted = view->transform().toPatient(at);
        QTest::mouseClick(view, Qt::LeftButton, {}, at);
        QVERIFY(std::abs(bench.model.cursor().x - wanted.x) < 1e-6);
        QVERIFY(std::abs(bench.view("sagittalView")->transform().centre.x - wanted.x) <= 0.8);
        QVERIFY(std::abs(bench.view("coronalView")->transform().centre.y - wanted.y) <= 0.8);
        bench.key(Qt::Key_Escape);
        QCOMPARE(std::string(bench.model.tool()), std::string("window"));
    }

    void turnsFlipsAndInversionFollowTheirKeys()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        SliceView* view = bench.view("axialView");
        bench.key(Qt::Key_R, Qt::AltModifier);
        QCOMPARE(view->turn().quarters, 1);
        bench.key(Qt::Key_L, Qt::AltModifier);
        QCOMPARE(view->turn().quarters, 0);
        bench.key(Qt::Key_F, Qt::AltModifier);
        QVERIFY(view->turn().isFlipped);
        bench.key(Qt::Key_X);
        QVERIFY(bench.model.isInverted());
        bench.key(Qt::Key_R);
        QVERIFY(!bench.model.isInverted() && !view->turn().isFlipped);
    }

    void spaceHidesOverlaysWhileHeld()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        SliceView* view = bench.view("axialView");
        view->setFocus();
        QTest::keyPress(view, Qt::Key_Space);
        QVERIFY(!bench.model.showsOverlays());
        QTest::keyRelease(view, Qt::Key_Space);
        QVERIFY(bench.model.showsOverlays());
    }

    void aDoubleClickMaximisesAndReturns()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        SliceView* coronal = bench.view("coronalView");
        QTest::mouseDClick(coronal, Qt::LeftButton);
        QVERIFY(coronal->isVisible() && !bench.view("axialView")->isVisible());
        QTest::mouseDClick(coronal, Qt::LeftButton);
        QVERIFY(bench.view("axialView")->isVisible() && bench.page->volumeView()->isVisible());
    }

    void theValueUnderThePointerHasItsUnitAndPlace()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        SliceView* view = bench.view("axialView");
        bench.model.setCursor({40, 0, -60}); // the cube of 300 HU
        const QString words = view->valueLines(view->transform().toScreen({40, 0, -60})).join(' ');
        QVERIFY2(words.startsWith("300 HU"), qPrintable(words));
        QVERIFY(view->valueLines({-5000, 0}).isEmpty());
    }

    void theMiddleSliceIsShownAtOnceThenTheWhole()
    {
        Bench bench;
        bench.mayOpen = false;
        bench.model.openSeries(phantomSeries());
        QTRY_VERIFY(bench.model.volume() != nullptr);
        QVERIFY(!bench.model.isWhole());
        QCOMPARE(bench.model.slice(), 40);
        const double z = bench.model.volume()->geometry.origin[2];
        QCOMPARE(z, phantom()->geometry.toPoint({0, 0, 40}).z);
        bench.wheel(bench.view("axialView"), -1);
        QTRY_VERIFY(bench.model.volume()->geometry.origin[2] < z - 1); // towards the feet
        bench.key(Qt::Key_2);
        bench.mayOpen = true;
        QTRY_VERIFY(bench.model.isWhole());
        QCOMPARE(bench.model.slice(), 39);
        QCOMPARE(bench.model.window().width, 1500.0); // the user's window stays
    }

    void anotherSeriesDropsTheResultOfTheFirst()
    {
        Bench bench;
        bench.mayOpen = false;
        bench.model.openSeries(phantomSeries());
        bench.model.openVolume(test::markedVolume(test::turnedDirection(0), {9, 9, 9}));
        QTRY_VERIFY(bench.tasks.running().empty());
        QCOMPARE(bench.model.volume()->geometry.size[0], 40);
    }

    void everyControlHasAnAccessibleName()
    {
        Bench bench;
        bench.model.openVolume(phantom());
        for (QWidget* widget : bench.window->findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
                continue;
            const auto* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(),
                qPrintable(widget->objectName() + " " + widget->metaObject()->className()));
        }
    }

    void noMenuTakesAKeyOfTheViewer()
    {
        Bench bench;
        for (QAction* action : bench.window->menuBar()->actions())
            for (const char letter : {'R', 'L', 'F'})
                QVERIFY2(!action->text().contains(QStringLiteral("&") + QLatin1Char(letter), Qt::CaseInsensitive),
                    qPrintable(action->text()));
    }

    void pictureOfThePage_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << "en";
        QTest::newRow("zh_CN") << "zh_CN";
    }
    void pictureOfThePage()
    {
        QFETCH(QString, language);
        Bench bench;
        bench.language.choose(language);
        bench.model.openVolume(phantom());
        bench.model.setCursor({-48, -6, 22}); // the nodule
        QTRY_VERIFY_WITH_TIMEOUT(bench.page->volumeView()->isFine(), 30000);
        bench.screenshot("viewer_" + language);
        QVERIFY(bench.window->windowTitle().contains(language == "en" ? "Research use" : "Hounsfield"));
    }
};

int viewerPageTest(int argc, char** argv)
{
    ViewerPageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "viewer_page_test.moc"
