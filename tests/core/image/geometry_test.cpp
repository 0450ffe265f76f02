#include <QtTest>

#include "core/base/random.h"
#include "core/image/geometry.h"
#include "core/image/orientation.h"

#include <cmath>

using namespace hounsfield;
using namespace hounsfield::image;

namespace {

/// A random orthonormal frame, right-handed.
std::array<double, 9> randomFrame(Random& random)
{
    std::array<double, 3> a{}, b{};
    for (double& x : a)
        x = random.normal();
    for (double& x : b)
        x = random.normal();
    const auto scale = [](std::array<double, 3>& v) {
        const double length = std::hypot(v[0], v[1], v[2]);
        for (double& x : v)
            x /= length;
    };
    scale(a);
    const double along = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    for (std::size_t i = 0; i < 3; ++i)
        b[i] -= along * a[i];
    scale(b);
    const std::array<double, 3> c{a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    return {a[0], b[0], c[0], a[1], b[1], c[1], a[2], b[2], c[2]};
}

} // namespace

class GeometryTest : public QObject {
    Q_OBJECT
  private slots:
    void anIndexBecomesAPointAndComesBack()
    {
        Random random(1, "geometry");
        for (int n = 0; n < 1000; ++n) {
            Geometry g;
            g.direction = randomFrame(random);
            for (std::size_t axis = 0; axis < 3; ++axis) {
                g.spacing[axis] = random.uniform(0.1, 6);
                g.origin[axis] = random.uniform(-400, 400);
            }
            const VoxelPosition index{random.uniform(0, 512), random.uniform(0, 512), random.uniform(0, 300)};
            const VoxelPosition back = g.toIndex(g.toPoint(index));
            QVERIFY(std::abs(back.i - index.i) < 1e-8);
            QVERIFY(std::abs(back.j - index.j) < 1e-8);
            QVERIFY(std::abs(back.k - index.k) < 1e-8);
        }
    }

    void aStepAlongAnAxisIsItsSpacing()
    {
        Geometry g;
        g.spacing = {0.5, 0.75, 3};
        g.origin = {10, 20, 30};
        g.direction = {0, 0, 1, 1, 0, 0, 0, -1, 0}; // columns: y, −z, x
        const Point p = g.toPoint({2, 4, 1});
        QCOMPARE(p, (Point{10 + 3.0, 20 + 1.0, 30 - 3.0}));
        QCOMPARE(g.axis(1), (std::array<double, 3>{0, 0, -1}));
    }

    void lettersFollowTheDirection_data()
    {
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::addColumn<double>("z");
        QTest::addColumn<QString>("letters");
        QTest::newRow("left") << 1.0 << 0.0 << 0.0 << "L";
        QTest::newRow("right") << -1.0 << 0.0 << 0.0 << "R";
        QTest::newRow("back") << 0.0 << 1.0 << 0.0 << "P";
        QTest::newRow("front") << 0.0 << -1.0 << 0.0 << "A";
        QTest::newRow("head") << 0.0 << 0.0 << 1.0 << "H";
        QTest::newRow("foot") << 0.0 << 0.0 << -1.0 << "F";
        QTest::newRow("front, some left") << 0.5 << -0.86 << 0.05 << "AL";
        QTest::newRow("three") << -0.5 << 0.4 << 0.77 << "HRP";
        QTest::newRow("no length") << 0.0 << 0.0 << 0.0 << "";
    }
    void lettersFollowTheDirection()
    {
        QFETCH(double, x);
        QFETCH(double, y);
        QFETCH(double, z);
        QFETCH(QString, letters);
        QCOMPARE(QString::fromStdString(orientationLetters({x, y, z})), letters);
        QCOMPARE(oppositeLetters(orientationLetters({x, y, z})), orientationLetters({-x, -y, -z}));
    }

    void planesAreNamedByTheirNormal()
    {
        QCOMPARE(std::string(planeName({0.1, 0.2, -0.9})), std::string("axial"));
        QCOMPARE(std::string(planeName({0.1, -0.9, 0.2})), std::string("coronal"));
        QCOMPARE(std::string(planeName({-0.9, 0.1, 0.2})), std::string("sagittal"));
    }
};

int geometryTest(int argc, char** argv)
{
    GeometryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "geometry_test.moc"
