#include <QtTest>

#include "ui/viewer/view_geometry.h"

#include "tests/ui/viewer/marked_volume.h"

using namespace hounsfield;
using namespace hounsfield::viewer;

using Direction = std::array<double, 9>;
Q_DECLARE_METATYPE(Direction)

namespace {

const Direction straight = {1, 0, 0, 0, 1, 0, 0, 0, 1};
const Direction sagittalStack = {0, 0, 1, 1, 0, 0, 0, -1, 0}; // columns: back, feet, left
const Direction feetFirst = {1, 0, 0, 0, -1, 0, 0, 0, -1};

image::Geometry geometryOf(const std::array<double, 9>& direction)
{
    return test::markedVolume(direction, {9, 9, 9})->geometry;
}

} // namespace

class ViewGeometryTest : public QObject {
    Q_OBJECT
  private slots:
    void lettersAreThoseOfRadiologists_data()
    {
        QTest::addColumn<Direction>("direction");
        for (const auto& [name, direction] : {std::pair("straight", straight),
                 std::pair("sagittal stack", sagittalStack), std::pair("feet first", feetFirst)})
            QTest::newRow(name) << direction;
    }
    void lettersAreThoseOfRadiologists()
    {
        QFETCH(Direction, direction);
        const image::Geometry geometry = geometryOf(direction);
        struct Row {
            PlaneKind kind;
            const char *left, *right, *top, *bottom;
        };
        for (const Row& row : {Row{PlaneKind::Axial, "R", "L", "A", "P"}, Row{PlaneKind::Coronal, "R", "L", "H", "F"},
                 Row{PlaneKind::Sagittal, "A", "P", "H", "F"}}) {
            const Plane plane = planeOf(geometry, row.kind);
            const SideLetters letters = lettersOf(geometry, plane.right, plane.down);
            QCOMPARE(letters.left, std::string(row.left));
            QCOMPARE(letters.right, std::string(row.right));
            QCOMPARE(letters.top, std::string(row.top));
            QCOMPARE(letters.bottom, std::string(row.bottom));
        }
    }

    void scrollingForwardsLeadsToFeetBackAndLeft_data() { lettersAreThoseOfRadiologists_data(); }
    void scrollingForwardsLeadsToFeetBackAndLeft()
    {
        QFETCH(Direction, direction);
        const image::Geometry geometry = geometryOf(direction);
        QVERIFY(planeOf(geometry, PlaneKind::Axial).forward[2] < -0.99);
        QVERIFY(planeOf(geometry, PlaneKind::Coronal).forward[1] > 0.99);
        QVERIFY(planeOf(geometry, PlaneKind::Sagittal).forward[0] > 0.99);
    }

    void everySliceOfAGridPlaneLiesOnVoxelCentres_data() { lettersAreThoseOfRadiologists_data(); }
    void everySliceOfAGridPlaneLiesOnVoxelCentres()
    {
        QFETCH(Direction, direction);
        const image::Geometry geometry = geometryOf(direction);
        for (const PlaneKind kind : {PlaneKind::Axial, PlaneKind::Coronal, PlaneKind::Sagittal}) {
            const Plane plane = planeOf(geometry, kind);
            QVERIFY(plane.axis >= 0);
            QCOMPARE(plane.count, geometry.size[static_cast<std::size_t>(plane.axis)]);
            for (std::int64_t slice = 0; slice < plane.count; ++slice) {
                const image::Point point = plane.onSlice(middleOf(geometry), slice);
                const image::VoxelPosition index = geometry.toIndex(point);
                const double at[] = {index.i, index.j, index.k};
                QVERIFY(std::abs(at[plane.axis] - static_cast<double>(plane.gridIndexOf(slice))) < 1e-6);
                QCOMPARE(plane.sliceOf(point), slice);
            }
        }
    }

    void anObliqueGridGivesThePatientsPlanesOnDemand()
    {
        const image::Geometry geometry = geometryOf(test::turnedDirection(25));
        const Plane own = planeOf(geometry, PlaneKind::Axial, Alignment::Grid);
        QCOMPARE(own.axis, 2);
        QVERIFY(!own.isReformatted);
        const Plane patient = planeOf(geometry, PlaneKind::Axial, Alignment::Patient);
        QCOMPARE(patient.axis, -1);
        QVERIFY(patient.isReformatted);
        QCOMPARE(patient.right, (Vector{1, 0, 0}));
        QCOMPARE(patient.forward, (Vector{0, 0, -1}));
    }

    void aQuarterTurnAndAFlipMoveTheLetters()
    {
        const image::Geometry geometry = geometryOf(straight);
        const Plane plane = planeOf(geometry, PlaneKind::Axial);
        auto [right, down] = turned(plane, {1, false});
        QCOMPARE(lettersOf(geometry, right, down).top, std::string("R")); // what was left comes to the top
        QCOMPARE(lettersOf(geometry, right, down).right, std::string("A"));
        std::tie(right, down) = turned(plane, {0, true});
        QCOMPARE(lettersOf(geometry, right, down).left, std::string("L"));
        QCOMPARE(lettersOf(geometry, right, down).top, std::string("A"));
    }

    void withoutOrientationThereAreNoLetters()
    {
        image::Geometry geometry = geometryOf(straight);
        geometry.isOriented = false;
        const Plane plane = planeOf(geometry, PlaneKind::Coronal);
        QCOMPARE(plane.axis, 2);
        QVERIFY(lettersOf(geometry, plane.right, plane.down).left.empty());
    }

    void screenAndPatientAreInverse()
    {
        ViewTransform view;
        view.centre = {1, 2, 3};
        view.right = {0, 1, 0};
        view.down = {0, 0, -1};
        view.mmPerPixel = 0.7;
        view.size = {300, 200};
        const QPointF screen(17.5, 140);
        const QPointF back = view.toScreen(view.toPatient(screen));
        QVERIFY((back - screen).manhattanLength() < 1e-9);
        QCOMPARE(view.toPatient({150, 100}), (image::Point{1, 2, 3}));
    }
};

int viewGeometryTest(int argc, char** argv)
{
    ViewGeometryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "view_geometry_test.moc"
