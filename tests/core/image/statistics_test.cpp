#include <QtTest>

#include "core/base/random.h"
#include "core/image/statistics.h"
#include "core/image/voxels.h"

#include <cmath>
#include <limits>

using namespace hounsfield;
using namespace hounsfield::image;

namespace {

Geometry grid(std::int64_t columns, std::int64_t rows, std::int64_t slices)
{
    Geometry g;
    g.size = {columns, rows, slices};
    return g;
}

} // namespace

class StatisticsTest : public QObject {
    Q_OBJECT
  private slots:
    void allValuesCountAndNanDoesNot()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
        const auto volume = makeVolume(grid(3, 1, 2), std::vector<float>{1, nan, 3, infinity, -4, 8});
        const Statistics s = statisticsOf(volume);
        QCOMPARE(s.least, -4.0);
        QCOMPARE(s.greatest, 8.0);
        QCOMPARE(s.mean, 2.0);
        QCOMPARE(s.count, std::int64_t{4});
        QCOMPARE(s.notFinite, std::int64_t{2});
    }

    void paddingIsLeftOutWhenAsked()
    {
        auto volume = makeVolume(grid(2, 2, 1), std::vector<std::int16_t>{-3024, 0, 10, 20});
        volume.paddingLow = volume.paddingHigh = -3024;
        QCOMPARE(statisticsOf(volume).least, -3024.0);
        QCOMPARE(statisticsOf(volume, Padding::LeftOut).least, 0.0);
        QCOMPARE(statisticsOf(volume, Padding::LeftOut).mean, 10.0);
    }

    void theAutomaticWindowIgnoresPaddingAndAir()
    {
        Random random(3, "window");
        std::vector<std::int16_t> values;
        for (int n = 0; n < 100 * 100; ++n)
            values.push_back(static_cast<std::int16_t>(n < 3000   ? -3024
                                                       : n < 6000 ? -1000 + random.below(20)
                                                                  : random.below(101)));
        auto volume = makeVolume(grid(100, 100, 1), values);
        volume.unit = "HU";
        volume.paddingLow = volume.paddingHigh = -3024;
        const Window window = autoWindow(volume);
        QVERIFY(std::abs(window.center - 50) <= 1.5);
        QVERIFY(std::abs(window.width - 98) <= 3);
    }

    void theBlackAroundThePatientIsBackground()
    {
        std::vector<std::uint16_t> values(10000, 0);
        for (std::size_t n = 4000; n < values.size(); ++n)
            values[n] = static_cast<std::uint16_t>(500 + n % 100);
        const Window window = autoWindow(makeVolume(grid(100, 100, 1), values));
        QVERIFY(window.center - window.width / 2 >= 499);
        QVERIFY(window.center + window.width / 2 <= 600);
    }

    void aConstantPictureHasAWindow()
    {
        const Window window = autoWindow(makeVolume(grid(4, 4, 1), std::vector<std::int16_t>(16, 7)));
        QCOMPARE(window.center, 7.0);
        QCOMPARE(window.width, 1.0);
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(autoWindow(makeVolume(grid(4, 4, 1), std::vector<float>(16, nan))).width > 0);
    }

    void oneSliceHasAWindowOfItsOwn()
    {
        std::vector<float> values(200);
        for (std::size_t n = 0; n < values.size(); ++n)
            values[n] = static_cast<float>(n);
        const auto volume = makeVolume(grid(10, 10, 2), values);
        QCOMPARE(autoWindow(volume, 1).center, 149.5);
        QCOMPARE(autoWindow(volume).center, 99.5);
    }

    void theHeadersWindowGoesFirst()
    {
        auto volume = makeVolume(grid(2, 2, 1), std::vector<std::int16_t>{0, 1, 2, 3});
        volume.windows.push_back({40, 400, Window::Function::Linear, "SOFT"});
        QCOMPARE(defaultWindow(volume).width, 400.0);
    }
};

int statisticsTest(int argc, char** argv)
{
    StatisticsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "statistics_test.moc"
