// Our interpolation beside VTK's, pixel by pixel.
#include <QtTest>

#include "core/image/voxels.h"
#include "ui/viewer/slice_kernels.h"

#include <vtkDataArray.h>
#include <vtkImageData.h>
#include <vtkImageReslice.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkType.h>

#include <cmath>
#include <random>

using namespace hounsfield;
using namespace hounsfield::viewer;

namespace {

template <typename Scalar> constexpr int vtkType = VTK_SHORT;
template <> constexpr int vtkType<std::uint8_t> = VTK_UNSIGNED_CHAR;
template <> constexpr int vtkType<std::uint16_t> = VTK_UNSIGNED_SHORT;
template <> constexpr int vtkType<std::int32_t> = VTK_INT;
template <> constexpr int vtkType<float> = VTK_FLOAT;

image::Geometry gridOf(std::array<std::int64_t, 3> size)
{
    image::Geometry geometry;
    geometry.size = size;
    return geometry;
}

template <typename Scalar>
std::vector<Scalar> noise(const image::Geometry& geometry, int components, double low, double high)
{
    std::mt19937 random(7);
    std::uniform_real_distribution<double> between(low, high);
    std::vector<Scalar> values(static_cast<std::size_t>(geometry.voxelCount() * components) + 4);
    for (Scalar& value : values)
        value = static_cast<Scalar>(between(random));
    return values;
}

/// The twin: the whole rectangle by vtkImageReslice on identity geometry.
template <typename Scalar>
std::vector<Scalar> byVtk(
    const std::vector<Scalar>& voxels, const image::Geometry& geometry, int components, const Cut& cut)
{
    vtkNew<vtkImageData> input;
    input->SetDimensions(
        static_cast<int>(geometry.size[0]), static_cast<int>(geometry.size[1]), static_cast<int>(geometry.size[2]));
    auto array = vtkSmartPointer<vtkDataArray>::Take(vtkDataArray::CreateDataArray(vtkType<Scalar>));
    array->SetNumberOfComponents(components);
    array->SetVoidArray(const_cast<Scalar*>(voxels.data()), geometry.voxelCount() * components, 1);
    input->GetPointData()->SetScalars(array);
    const double x[] = {cut.right.i, cut.right.j, cut.right.k}, y[] = {cut.down.i, cut.down.j, cut.down.k};
    const double z[] = {x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]};
    const double origin[] = {cut.origin.i, cut.origin.j, cut.origin.k};
    vtkNew<vtkMatrix4x4> axes;
    for (int row = 0; row < 3; ++row) {
        axes->SetElement(row, 0, x[row]);
        axes->SetElement(row, 1, y[row]);
        axes->SetElement(row, 2, z[row]);
        axes->SetElement(row, 3, origin[row]);
    }
    vtkNew<vtkImageReslice> reslice;
    reslice->SetInputData(input);
    reslice->SetInterpolationModeToLinear();
    reslice->SetOutputDimensionality(2);
    reslice->SetOutputSpacing(1, 1, 1);
    reslice->SetOutputOrigin(0, 0, 0);
    reslice->SetOutputExtent(0, cut.width - 1, 0, cut.height - 1, 0, 0);
    reslice->BorderOn();
    reslice->SetResliceAxes(axes);
    reslice->Update();
    const auto* data = static_cast<const Scalar*>(reslice->GetOutput()->GetScalarPointer());
    return {data, data + static_cast<std::ptrdiff_t>(cut.width) * cut.height * components};
}

/// VTK gives its background at the very edge already.
bool isWellInside(const Cut& cut, int x, int y, const image::Geometry& geometry)
{
    const double at[] = {cut.origin.i + x * cut.right.i + y * cut.down.i,
        cut.origin.j + x * cut.right.j + y * cut.down.j, cut.origin.k + x * cut.right.k + y * cut.down.k};
    for (std::size_t axis = 0; axis < 3; ++axis)
        if (at[axis] < -0.499 || at[axis] > static_cast<double>(geometry.size[axis]) - 0.501)
            return false;
    return true;
}

template <typename Scalar>
void compare(const Cut& cut, const image::Geometry& geometry, int components, double low, double high, double tolerance)
{
    const auto voxels = noise<Scalar>(geometry, components, low, high);
    const auto runs = runsOf(cut, geometry);
    std::vector<Scalar> own(static_cast<std::size_t>(cut.width * cut.height * components));
    interpolate(voxels.data(), geometry, components, cut, runs, own.data());
    const auto twin = byVtk(voxels, geometry, components, cut);
    int compared = 0;
    for (int y = 0; y < cut.height; ++y)
        for (int x = 0; x < cut.width; ++x) {
            const Run run = runs[static_cast<std::size_t>(y)];
            if (!isWellInside(cut, x, y, geometry))
                continue;
            QVERIFY(x >= run.from && x < run.to);
            for (int c = 0; c < components; ++c, ++compared) {
                const auto i = static_cast<std::size_t>((y * cut.width + x) * components + c);
                const double off = static_cast<double>(own[i]) - static_cast<double>(twin[i]);
                QVERIFY2(std::abs(off) <= tolerance, qPrintable(QStringLiteral("%1 at %2, %3").arg(off).arg(x).arg(y)));
            }
        }
    QVERIFY(compared > 100);
}

} // namespace

Q_DECLARE_METATYPE(hounsfield::viewer::Cut)

class SliceKernelsTest : public QObject {
    Q_OBJECT
  private slots:
    void everyCutIsThatOfTheTwin_data()
    {
        QTest::addColumn<Cut>("cut");
        const double c = std::cos(0.4), s = std::sin(0.4);
        QTest::newRow("axial") << Cut{{-3, -2, 5}, {0.31, 0, 0}, {0, 0.37, 0}, 150, 120};
        QTest::newRow("axial, flipped") << Cut{{36.2, 30, 5}, {-0.4, 0, 0}, {0, -0.4, 0}, 110, 90};
        QTest::newRow("axial, turned") << Cut{{1, 1, 3}, {0, 0.5, 0}, {0.5, 0, 0}, 70, 80};
        QTest::newRow("axial, reduced") << Cut{{-2, -2, 0}, {1.7, 0, 0}, {0, 1.7, 0}, 30, 30};
        QTest::newRow("coronal") << Cut{{-1, 17, 12.2}, {0.3, 0, 0}, {0, 0, -0.2}, 140, 80};
        QTest::newRow("sagittal") << Cut{{21, 0, 11.9}, {0, 0.3, 0}, {0, 0, -0.15}, 100, 90};
        QTest::newRow("sagittal, turned") << Cut{{21, 0, 0}, {0, 0, 0.15}, {0, 0.3, 0}, 90, 100};
        QTest::newRow("between slices") << Cut{{0, 0, 5.3}, {0.4, 0, 0}, {0, 0.4, 0}, 90, 80};
        QTest::newRow("oblique about one axis")
            << Cut{{2, 3, 6}, {0.4 * c, 0.4 * s, 0}, {-0.4 * s, 0.4 * c, 0}, 90, 80};
        QTest::newRow("oblique") << Cut{{-2, 1, 0.5}, {0.37, 0.11, 0.05}, {-0.09, 0.3, 0.07}, 120, 110};
        QTest::newRow("oblique, steep") << Cut{{20, 5, 12}, {0.1, 0.2, -0.3}, {0.2, 0.2, 0.2}, 120, 110};
    }
    void everyCutIsThatOfTheTwin()
    {
        QFETCH(Cut, cut);
        const image::Geometry geometry = gridOf({37, 31, 13});
        compare<std::int16_t>(cut, geometry, 1, -1024, 3071, 1);
        compare<std::uint16_t>(cut, geometry, 1, 0, 65535, 1);
        compare<std::uint8_t>(cut, geometry, 1, 0, 255, 1);
        compare<std::int32_t>(cut, geometry, 1, -2e9, 2e9, 2e5); // VTK's own weights are floats here: 1e-4 of the range
        compare<float>(cut, geometry, 1, -1, 1, 1e-3);
        compare<std::uint8_t>(cut, geometry, 3, 0, 255, 1);
    }

    void randomCutsAgreeInGreyLevels()
    {
        const image::Geometry geometry = gridOf({24, 20, 16});
        std::mt19937 random(11);
        std::uniform_real_distribution<double> part(-0.5, 0.5);
        for (int round = 0; round < 60; ++round) {
            Cut cut{{0, 0, 0}, {part(random), part(random), part(random)}, {part(random), part(random), part(random)},
                64, 64};
            const auto start = [&](double middle, double right, double down) {
                return middle - 32 * right - 32 * down;
            };
            cut.origin = {start(11.5, cut.right.i, cut.down.i), start(9.5, cut.right.j, cut.down.j),
                start(7.5, cut.right.k, cut.down.k)};
            compare<std::int16_t>(cut, geometry, 1, -200, 240, 1); // of 256 grey levels over 440 values: at most one
        }
    }

    void imagesOfOneSliceRowOrColumnAreCutToo()
    {
        for (const auto& size : {std::array<std::int64_t, 3>{30, 20, 1}, {30, 1, 12}, {1, 20, 12}, {1, 1, 1}}) {
            const image::Geometry geometry = gridOf(size);
            const auto voxels = noise<std::int16_t>(geometry, 1, 5, 5.5); // all 5
            for (const Cut& cut : {Cut{{-0.4, -0.4, 0}, {0.1, 0, 0}, {0, 0.1, 0}, 20, 20},
                     Cut{{-0.2, -0.2, -0.2}, {0.05, 0.01, 0.01}, {0.01, 0.05, 0.01}, 10, 10}}) {
                const auto runs = runsOf(cut, geometry);
                std::vector<std::int16_t> values(static_cast<std::size_t>(cut.width * cut.height), -1);
                interpolate(voxels.data(), geometry, 1, cut, runs, values.data());
                int inside = 0;
                for (int y = 0; y < cut.height; ++y)
                    for (int x = runs[static_cast<std::size_t>(y)].from; x < runs[static_cast<std::size_t>(y)].to;
                         ++x, ++inside)
                        QCOMPARE(values[static_cast<std::size_t>(y * cut.width + x)], 5);
                QVERIFY(inside > 20);
            }
        }
    }

    void nothingIsSeenOutsideTheVolume()
    {
        const image::Geometry geometry = gridOf({10, 10, 10});
        for (const Cut& cut :
            {Cut{{0, 0, 10}, {1, 0, 0}, {0, 1, 0}, 10, 10}, Cut{{20, 20, 20}, {0.3, 0.1, 0.2}, {0.1, 0.3, 0}, 10, 10},
                Cut{{0, 0, 20}, {1, 0, 1e-11}, {0, 1, 0}, 10, 10}})
            for (const Run& run : runsOf(cut, geometry))
                QVERIFY(run.from >= run.to);
    }
};

int sliceKernelsTest(int argc, char** argv)
{
    SliceKernelsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "slice_kernels_test.moc"
