#include <QtTest>

#include "core/base/random.h"
#include "core/image/resample.h"
#include "core/image/voxels.h"

#include <cmath>
#include <functional>
#include <numbers>

using namespace hounsfield;
using namespace hounsfield::image;

namespace {

constexpr double radius = 18;

double distance(const Point& a, const Point& b)
{
    return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

/// A ball of 1000 in air of 0, soft at its edge over a millimetre.
std::int16_t ballAt(const Point& p, const Point& center)
{
    return static_cast<std::int16_t>(std::lround(1000 * std::clamp(radius + 0.5 - distance(p, center), 0.0, 1.0)));
}

/// Slices at given first-voxel centres, as a scanner with a tilted gantry (or missing slices) stores them.
Volume stackOf(const std::vector<Point>& origins, const std::array<double, 9>& direction, const Point& center,
    const std::function<std::int16_t(const Point&, const Point&)>& at = ballAt)
{
    Geometry g;
    g.size = {64, 64, static_cast<std::int64_t>(origins.size())};
    g.direction = direction;
    std::vector<std::int16_t> values;
    for (const Point& origin : origins) {
        g.origin = {origin.x, origin.y, origin.z};
        for (int j = 0; j < 64; ++j)
            for (int i = 0; i < 64; ++i)
                values.push_back(at(g.toPoint({double(i), double(j), 0}), center));
    }
    g.origin = {origins.front().x, origins.front().y, origins.front().z};
    Volume volume = makeVolume(g, values);
    volume.isStack = false;
    volume.sliceOrigins = origins;
    return volume;
}

} // namespace

class ResampleTest : public QObject {
    Q_OBJECT
  private slots:
    void aTiltedBallBecomesABallAgain_data()
    {
        QTest::addColumn<double>("degrees");
        for (const double degrees : {13.5, -13.5, 18.5, -25.0})
            QTest::addRow("%g degrees", degrees) << degrees;
    }
    void aTiltedBallBecomesABallAgain()
    {
        QFETCH(double, degrees);
        const double a = degrees * std::numbers::pi / 180;
        // Row axis x, column axis tipped about x; the table moves along z alone.
        const std::array<double, 9> direction{1, 0, 0, 0, std::cos(a), -std::sin(a), 0, std::sin(a), std::cos(a)};
        std::vector<Point> origins;
        for (int k = 0; k < 32; ++k)
            origins.push_back({-31.5, -31.5, -31.0 + 2.0 * k});
        const Point center{1.0, 4.0, 2.0 + 20 * std::sin(a)};
        const auto result = straightened(stackOf(origins, direction, center), {});
        QVERIFY(result);
        const Volume& straight = **result;
        QVERIFY(straight.isInterpolated && straight.isStack);
        QVERIFY(std::abs(straight.geometry.spacing[2] - 2 * std::cos(a)) < 1e-9);
        checkBall(straight, center);
    }

    void missingSlicesKeepTheTrueHeight()
    {
        const Point center{0, 0, 0};
        for (int missing = 1; missing < 31; missing += 5) {
            std::vector<Point> origins;
            for (int k = 0; k < 32; ++k)
                if (k != missing)
                    origins.push_back({-31.5, -31.5, -31.0 + 2.0 * k});
            const Volume stack = stackOf(origins, {1, 0, 0, 0, 1, 0, 0, 0, 1}, center);
            const auto straight = straightened(stack, {});
            QVERIFY(straight);
            QCOMPARE((*straight)->geometry.size[2], std::int64_t{32});
            for (int k = 0, from = 0; k < 32; ++k)
                if (k != missing) { // stored slices come through untouched
                    QCOMPARE((*straight)->value(30, 30, k), stack.value(30, 30, from));
                    ++from;
                }
            checkBall(**straight, center);
        }
    }

    void twoSpacingsBecomeOne()
    {
        std::vector<Point> origins;
        for (int k = 0; k < 16; ++k)
            origins.push_back({-31.5, -31.5, -31.0 + 2.0 * k});
        for (int k = 0; k < 8; ++k)
            origins.push_back({-31.5, -31.5, 3.0 + 4.0 * k});
        const auto straight = straightened(stackOf(origins, {1, 0, 0, 0, 1, 0, 0, 0, 1}, {0, 0, 0}), {});
        QVERIFY(straight);
        QCOMPARE((*straight)->geometry.spacing[2], 2.0);
        checkBall(**straight, {0, 0, 0});
    }

    void slicesFarApartAreRefused()
    {
        std::vector<Point> origins{{-31.5, -31.5, 0}, {-31.5, -31.5, 1}, {-31.5, -31.5, 2}, {-31.5, -31.5, 900}};
        const auto straight = straightened(stackOf(origins, {1, 0, 0, 0, 1, 0, 0, 0, 1}, {0, 0, 0}), {});
        QVERIFY(!straight);
        QVERIFY(english(straight.error()).find("slice by slice") != std::string::npos);
        QVERIFY(!straightened(Volume{}, {}));
    }

    void aStopIsHeard()
    {
        std::vector<Point> origins{{0, 0, 0}, {0, 0, 1}, {0, 0, 3}};
        std::stop_source stop;
        stop.request_stop();
        const auto straight =
            straightened(stackOf(origins, {1, 0, 0, 0, 1, 0, 0, 0, 1}, {0, 0, 0}), Monitor(stop.get_token()));
        QVERIFY(!straight);
        QCOMPARE(straight.error().kind, Error::Kind::Cancelled);
    }

    void aLinearFieldSurvivesAnyGrid()
    {
        Random random(5, "resample");
        Geometry g;
        g.size = {20, 18, 16};
        g.spacing = {1.5, 2, 2.5};
        std::vector<float> values;
        for (int k = 0; k < 16; ++k)
            for (int j = 0; j < 18; ++j)
                for (int i = 0; i < 20; ++i) {
                    const Point p = g.toPoint({double(i), double(j), double(k)});
                    values.push_back(static_cast<float>(3 * p.x - 2 * p.y + 0.5 * p.z));
                }
        const Volume volume = makeVolume(g, values);
        Geometry grid;
        grid.size = {9, 9, 9};
        const double s = std::sin(0.4), c = std::cos(0.4);
        grid.direction = {c, -s, 0, s, c, 0, 0, 0, 1};
        grid.origin = {12, 8, 6};
        const auto other = resampled(volume, grid, -1e6, {});
        QVERIFY(other);
        for (int n = 0; n < 200; ++n) {
            const auto i = random.below(9), j = random.below(9), k = random.below(9);
            const Point p = grid.toPoint({double(i), double(j), double(k)});
            QVERIFY(std::abs((*other)->value(i, j, k) - (3 * p.x - 2 * p.y + 0.5 * p.z)) < 1e-3);
        }
        grid.origin = {500, 500, 500};
        QCOMPARE((*resampled(volume, grid, -7, {}))->value(0, 0, 0), -7.0);
    }

  private:
    /// Centre of mass and reach along each axis: a ball within one voxel.
    static void checkBall(const Volume& volume, const Point& center)
    {
        double sum = 0;
        Point mass;
        double reach[6] = {};
        const auto& size = volume.geometry.size;
        for (std::int64_t k = 0; k < size[2]; ++k)
            for (std::int64_t j = 0; j < size[1]; ++j)
                for (std::int64_t i = 0; i < size[0]; ++i) {
                    const double value = volume.value(i, j, k);
                    if (value <= 0)
                        continue;
                    const Point p = volume.geometry.toPoint({double(i), double(j), double(k)});
                    sum += value;
                    mass = {mass.x + value * p.x, mass.y + value * p.y, mass.z + value * p.z};
                    if (value < 500)
                        continue;
                    const double d[3] = {p.x - center.x, p.y - center.y, p.z - center.z};
                    for (int axis = 0; axis < 3; ++axis) {
                        reach[2 * axis] = std::max(reach[2 * axis], d[axis]);
                        reach[2 * axis + 1] = std::max(reach[2 * axis + 1], -d[axis]);
                    }
                }
        QVERIFY(sum > 0);
        QVERIFY(distance({mass.x / sum, mass.y / sum, mass.z / sum}, center) < 0.5);
        for (const double r : reach)
            QVERIFY2(std::abs(r - radius) <= 2, qPrintable(QString::number(r)));
        const auto& spacing = volume.geometry.spacing;
        const double cubicMillimetres = sum / 1000 * spacing[0] * spacing[1] * spacing[2];
        const double wanted = 4.0 / 3 * std::numbers::pi * radius * radius * radius;
        QVERIFY2(std::abs(cubicMillimetres / wanted - 1) < 0.02, qPrintable(QString::number(cubicMillimetres)));
    }
};

int resampleTest(int argc, char** argv)
{
    ResampleTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "resample_test.moc"
