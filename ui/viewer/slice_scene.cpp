#include "ui/viewer/slice_scene.h"

#include "core/image/voxels.h"

#include <vtkDataArray.h>
#include <vtkImageData.h>
#include <vtkImageReslice.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkSmartPointer.h>
#include <vtkType.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace hounsfield::viewer {

namespace {

/// Columns from … to − 1 of one row that look into the volume; none when from ≥ to.
struct Run {
    int from = 0;
    int to = 0;
};

int vtkTypeOf(image::ScalarType type)
{
    switch (type) {
    case image::ScalarType::Int8:
        return VTK_SIGNED_CHAR;
    case image::ScalarType::UInt8:
        return VTK_UNSIGNED_CHAR;
    case image::ScalarType::Int16:
        return VTK_SHORT;
    case image::ScalarType::UInt16:
        return VTK_UNSIGNED_SHORT;
    case image::ScalarType::Int32:
        return VTK_INT;
    case image::ScalarType::UInt32:
        return VTK_UNSIGNED_INT;
    case image::ScalarType::Float32:
        return VTK_FLOAT;
    case image::ScalarType::Float64:
        break;
    }
    return VTK_DOUBLE;
}

std::array<double, 3> parts(const image::VoxelPosition& p)
{
    return {p.i, p.j, p.k};
}

/// Voxels are cells of ± half an index around their centres; what lies beyond the outer ones is not the patient.
Run runOf(const Cut& cut, int y, const std::array<std::int64_t, 3>& size)
{
    const auto origin = parts(cut.origin);
    const auto right = parts(cut.right);
    const auto down = parts(cut.down);
    double from = 0;
    double to = cut.width - 1;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double low = -0.5 + 1e-4; // at the very edge VTK already gives its background
        const double high = static_cast<double>(size[axis]) - 0.5 - 1e-4;
        const double start = origin[axis] + y * down[axis];
        if (std::abs(right[axis]) < 1e-12) {
            if (start < low || start > high)
                return {};
            continue;
        }
        const double a = (low - start) / right[axis];
        const double b = (high - start) / right[axis];
        from = std::max(from, std::min(a, b));
        to = std::min(to, std::max(a, b));
    }
    if (to < from)
        return {};
    return {static_cast<int>(std::ceil(from)), static_cast<int>(std::floor(to)) + 1};
}

constexpr QRgb black = 0xff000000;

QRgb grey(std::uint8_t g)
{
    return 0xff000000u | static_cast<QRgb>(g) * 0x010101u;
}

/// Values without a table of their own (32 bits, floats) go through one of 4,096 steps made for this picture.
class Steps {
  public:
    template <typename Scalar> Steps(const Scalar* first, const Scalar* last, const image::GreyScale& scale)
    {
        double low = std::numeric_limits<double>::max();
        double high = std::numeric_limits<double>::lowest();
        for (const Scalar* value = first; value != last; ++value) {
            if (!std::isfinite(static_cast<double>(*value)))
                continue;
            low = std::min(low, static_cast<double>(*value));
            high = std::max(high, static_cast<double>(*value));
        }
        m_low = low;
        m_scale = high > low ? (count - 1) / (high - low) : 0;
        for (int i = 0; i < count; ++i)
            m_steps[static_cast<std::size_t>(i)] = scale(m_scale > 0 ? low + i / m_scale : low);
    }
    std::uint8_t operator()(double value) const
    {
        if (!std::isfinite(value))
            return 0;
        return m_steps[static_cast<std::size_t>(std::clamp((value - m_low) * m_scale + 0.5, 0.0, count - 1.0))];
    }

  private:
    static constexpr int count = 4096;
    double m_low = 0;
    double m_scale = 0;
    std::array<std::uint8_t, count> m_steps{};
};

} // namespace

struct SliceScene::Scene {
    std::shared_ptr<const image::Volume> volume; // keeps the voxels alive that `input` points to
    vtkSmartPointer<vtkImageData> input;
    vtkNew<vtkImageReslice> reslice;
    Cut cut;
    QImage picture; // kept: new memory for every frame costs more than filling it
    std::vector<Run> runs;
    std::array<int, 4> box{}; // columns from, to; rows from, to of what lies inside; empty when from ≥ to

    Scene()
    {
        reslice->SetInterpolationModeToLinear();
        reslice->SetOutputDimensionality(2);
        reslice->SetOutputSpacing(1, 1, 1);
        reslice->SetOutputOrigin(0, 0, 0);
        reslice->BorderOn();
        reslice->AutoCropOutputOff();
        reslice->SetEnableSMP(false);
        reslice->SetNumberOfThreads(1);
    }
    void measure();
    void run();
    template <typename Scalar> void paintGrey(QImage& picture, const image::GreyScale& scale) const;
    void paintColour(QImage& picture) const;
    template <typename Scalar> const Scalar* row(int y) const
    {
        const auto width = static_cast<std::ptrdiff_t>(box[1] - box[0]) * volume->components;
        const auto* data = static_cast<const Scalar*>(reslice->GetOutput()->GetScalarPointer());
        return data + (y - box[2]) * width - static_cast<std::ptrdiff_t>(box[0]) * volume->components;
    }
};

void SliceScene::Scene::measure()
{
    runs.assign(static_cast<std::size_t>(cut.height), {});
    box = {cut.width, 0, cut.height, 0};
    for (int y = 0; y < cut.height; ++y) {
        const Run run = runs[static_cast<std::size_t>(y)] = runOf(cut, y, volume->geometry.size);
        if (run.from >= run.to)
            continue;
        box = {std::min(box[0], run.from), std::max(box[1], run.to), std::min(box[2], y), y + 1};
    }
}

void SliceScene::Scene::run()
{
    const auto x = parts(cut.right);
    const auto y = parts(cut.down);
    const auto origin = parts(cut.origin);
    std::array<double, 3> z = {x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]};
    vtkNew<vtkMatrix4x4> axes;
    for (int row = 0; row < 3; ++row) {
        const auto r = static_cast<std::size_t>(row);
        axes->SetElement(row, 0, x[r]);
        axes->SetElement(row, 1, y[r]);
        axes->SetElement(row, 2, z[r]);
        axes->SetElement(row, 3, origin[r]);
    }
    reslice->SetResliceAxes(axes);
    reslice->SetOutputExtent(box[0], box[1] - 1, box[2], box[3] - 1, 0, 0);
    reslice->Update();
}

template <typename Scalar> void SliceScene::Scene::paintGrey(QImage& picture, const image::GreyScale& scale) const
{
    const std::uint8_t* table = scale.table();
    std::unique_ptr<const Steps> steps;
    if (!table) {
        const auto* data = row<Scalar>(box[2]) + box[0];
        steps = std::make_unique<Steps>(
            data, data + static_cast<std::ptrdiff_t>(box[1] - box[0]) * (box[3] - box[2]), scale);
    }
    for (int y = box[2]; y < box[3]; ++y) {
        const Run run = runs[static_cast<std::size_t>(y)];
        const Scalar* values = row<Scalar>(y);
        auto* pixels = reinterpret_cast<QRgb*>(picture.scanLine(y));
        if constexpr (std::is_integral_v<Scalar> && sizeof(Scalar) <= 2) {
            for (int column = run.from; column < run.to; ++column)
                pixels[column] = grey(table[values[column]]);
        } else {
            for (int column = run.from; column < run.to; ++column)
                pixels[column] = grey((*steps)(static_cast<double>(values[column])));
        }
    }
}

void SliceScene::Scene::paintColour(QImage& picture) const
{
    for (int y = box[2]; y < box[3]; ++y) {
        const Run run = runs[static_cast<std::size_t>(y)];
        const auto* values = row<std::uint8_t>(y);
        auto* pixels = reinterpret_cast<QRgb*>(picture.scanLine(y));
        for (int column = run.from; column < run.to; ++column) {
            const std::uint8_t* rgb = values + static_cast<std::ptrdiff_t>(column) * 3;
            pixels[column] = qRgb(rgb[0], rgb[1], rgb[2]);
        }
    }
}

SliceScene::SliceScene()
    : m_scene(std::make_unique<Scene>())
{
}

SliceScene::~SliceScene() = default;

void SliceScene::setVolume(std::shared_ptr<const image::Volume> volume)
{
    Scene& scene = *m_scene;
    if (scene.volume == volume)
        return;
    scene.cut = {};
    scene.reslice->SetInputData(nullptr);
    scene.input = nullptr;
    scene.volume = std::move(volume);
    if (!scene.volume)
        return;
    // Identity geometry: vtkImageReslice ignores direction matrices, so the cut's own numbers carry the geometry.
    const auto& size = scene.volume->geometry.size;
    scene.input = vtkSmartPointer<vtkImageData>::New();
    scene.input->SetDimensions(static_cast<int>(size[0]), static_cast<int>(size[1]), static_cast<int>(size[2]));
    auto array = vtkSmartPointer<vtkDataArray>::Take(vtkDataArray::CreateDataArray(vtkTypeOf(scene.volume->type)));
    array->SetNumberOfComponents(scene.volume->components);
    const std::int64_t values = scene.volume->geometry.voxelCount() * scene.volume->components;
    // VTK only reads here; its interface has no constant form.
    array->SetVoidArray(const_cast<std::byte*>(scene.volume->voxels.bytes), values, 1);
    scene.input->GetPointData()->SetScalars(array);
    scene.reslice->SetInputData(scene.input);
}

const QImage& SliceScene::picture(const Cut& cut, const image::GreyScale& grey)
{
    Scene& scene = *m_scene;
    QImage& picture = scene.picture;
    if (picture.size() != QSize(cut.width, cut.height))
        picture = QImage(std::max(1, cut.width), std::max(1, cut.height), QImage::Format_RGB32);
    picture.fill(black);
    if (!scene.volume || cut.width < 1 || cut.height < 1)
        return picture;
    const bool isNew = scene.cut != cut;
    if (isNew) {
        scene.cut = cut;
        scene.measure();
    }
    if (scene.box[0] >= scene.box[1])
        return picture;
    if (isNew)
        scene.run();
    if (scene.volume->components == 3) {
        scene.paintColour(picture);
        return picture;
    }
    image::visitVoxels(*scene.volume, [&](auto values) {
        scene.paintGrey<std::remove_cv_t<typename decltype(values)::element_type>>(picture, grey);
    });
    return picture;
}

} // namespace hounsfield::viewer
