#include <QtTest>

#include "core/image/presets.h"
#include "core/image/window.h"

#include <cmath>
#include <limits>

using namespace hounsfield::image;

namespace {

int eightBits(const Window& window, double value)
{
    return static_cast<int>(std::lround(255 * window.grey(value)));
}

} // namespace

class WindowTest : public QObject {
    Q_OBJECT
  private slots:
    void linearFollowsTheStandard()
    {
        const Window window{40, 400, Window::Function::Linear, {}};
        QCOMPARE(eightBits(window, -128), 20);
        QCOMPARE(eightBits(window, 65), 144);
        QCOMPARE(eightBits(window, 194), 226);
        QCOMPARE(window.grey(-160), 0.0);
        QVERIFY(window.grey(-159) > 0);
        QCOMPARE(window.grey(239), 1.0);
        QVERIFY(window.grey(238) < 1);
        QCOMPARE(window.grey(39.5), 0.5);
    }

    void linearExactHasItsWholeWidth()
    {
        const Window window{40, 400, Window::Function::LinearExact, {}};
        QCOMPARE(window.grey(-160), 0.0);
        QCOMPARE(window.grey(40), 0.5);
        QCOMPARE(window.grey(240), 1.0);
        QCOMPARE(window.grey(140), 0.75);
        const Window narrow{0.5, 0.25, Window::Function::LinearExact, {}};
        QCOMPARE(narrow.grey(0.4375), 0.25);
    }

    void sigmoidIsSoftAtBothEnds()
    {
        const Window window{40, 400, Window::Function::Sigmoid, {}};
        QCOMPARE(window.grey(40), 0.5);
        QVERIFY(std::abs(window.grey(240) - 1 / (1 + std::exp(-2.0))) < 1e-12);
        QCOMPARE(eightBits(window, 240), 225);
        QCOMPARE(eightBits(window, -160), 30);
    }

    void aWidthOfOneIsAStep()
    {
        const Window window{100, 1, Window::Function::Linear, {}};
        QCOMPARE(window.grey(99), 0.0);
        QCOMPARE(window.grey(100), 1.0);
    }

    void noNumberIsBlack() { QCOMPARE((Window{0, 100}.grey(std::numeric_limits<double>::quiet_NaN())), 0.0); }

    void aTableIsClampedAtBothEnds()
    {
        const LookupTable table{-3, 16, {10, 20, 30, 40}, {}};
        QCOMPARE(table.at(-1000), 10.0);
        QCOMPARE(table.at(-3), 10.0);
        QCOMPARE(table.at(-1), 30.0);
        QCOMPARE(table.at(0), 40.0);
        QCOMPARE(table.at(5000), 40.0);
    }

    void presetsAreTheHouseNumbers()
    {
        const double wanted[][3] = {{2, 1500, -600}, {3, 400, 40}, {4, 2000, 400}, {5, 80, 40}, {6, 350, 40},
            {7, 150, 90}, {8, 600, 200}, {9, 40, 40}};
        const auto presets = windowPresets();
        for (const auto& [key, width, level] : wanted) {
            const auto found = std::ranges::find(presets, static_cast<int>(key), &Preset::key);
            QVERIFY(found != presets.end());
            QCOMPARE(found->width, width);
            QCOMPARE(found->level, level);
            QCOMPARE(found->unit, std::string("HU"));
        }
    }

    void huPresetsBelongToHuAlone()
    {
        Volume volume;
        QVERIFY(presetsFor(volume).empty());
        volume.unit = "HU";
        QCOMPARE(presetsFor(volume).size(), std::size_t{17});
        volume.unit = "BQML";
        QVERIFY(presetsFor(volume).empty());
        volume.unit = "SUV";
        QCOMPARE(presetsFor(volume).size(), std::size_t{4});
    }
};

int windowTest(int argc, char** argv)
{
    WindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "window_test.moc"
