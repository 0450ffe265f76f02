#include "ui/viewer/volume_scene.h"

#include "core/base/log.h"
#include "core/image/statistics.h"
#include "core/image/voxels.h"
#include "ui/viewer/graphics_context.h"
#include "ui/viewer/view_geometry.h"

#include <vtkCamera.h>
#include <vtkColorTransferFunction.h>
#include <vtkFixedPointRayCastImage.h>
#include <vtkFixedPointVolumeRayCastMapper.h>
#include <vtkFloatArray.h>
#include <vtkGPUVolumeRayCastMapper.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkImageData.h>
#include <vtkLight.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkObjectFactory.h>
#include <vtkOutputWindow.h>
#include <vtkPiecewiseFunction.h>
#include <vtkPointData.h>
#include <vtkRenderer.h>
#include <vtkShortArray.h>
#include <vtkUnsignedCharArray.h>
#include <vtkVolume.h>
#include <vtkVolumeProperty.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numbers>
#include <string_view>
#include <vector>

namespace hounsfield::viewer {

namespace {

constexpr std::int64_t longestSide = 256;

/// A coarser copy: means of blocks of voxels.
template <typename Out, typename Values>
std::vector<Out> coarser(Values values, const std::array<std::int64_t, 3>& size,
    const std::array<std::int64_t, 3>& block, const std::array<std::int64_t, 3>& coarse)
{
    std::vector<Out> result;
    result.reserve(static_cast<std::size_t>(coarse[0] * coarse[1] * coarse[2]));
    std::vector<double> sums(static_cast<std::size_t>(coarse[0]));
    for (std::int64_t k = 0; k < coarse[2]; ++k)
        for (std::int64_t j = 0; j < coarse[1]; ++j) {
            std::fill(sums.begin(), sums.end(), 0.0);
            for (std::int64_t dk = 0; dk < block[2]; ++dk)
                for (std::int64_t dj = 0; dj < block[1]; ++dj) {
                    const std::int64_t row = ((k * block[2] + dk) * size[1] + j * block[1] + dj) * size[0];
                    for (std::int64_t i = 0; i < coarse[0] * block[0]; ++i)
                        sums[static_cast<std::size_t>(i / block[0])] +=
                            static_cast<double>(values[static_cast<std::size_t>(row + i)]);
                }
            for (const double sum : sums)
                result.push_back(static_cast<Out>(sum / static_cast<double>(block[0] * block[1] * block[2])));
        }
    return result;
}

template <typename Array, typename Scalar> vtkSmartPointer<vtkDataArray> arrayOf(const std::vector<Scalar>& values)
{
    auto array = vtkSmartPointer<Array>::New();
    array->SetNumberOfValues(static_cast<vtkIdType>(values.size()));
    std::copy(values.begin(), values.end(), array->GetPointer(0));
    return array;
}

/// VTK's messages go to the log. One of them is no trouble: GLEW looks for an X display after it has found all it
/// needs.
class Messages : public vtkOutputWindow {
  public:
    static Messages* New();
    vtkTypeMacro(Messages, vtkOutputWindow) void DisplayText(const char* words) override
    {
        const std::string_view line(words ? words : "");
        if (line.find("GLEW could not be initialized") == std::string_view::npos)
            logLine(LogLevel::Warning, line);
    }
};
vtkStandardNewMacro(Messages);

void redirectMessages()
{
    static std::once_flag once;
    std::call_once(once, [] {
        vtkNew<Messages> messages;
        vtkOutputWindow::SetInstance(messages);
    });
}

double radians(double degrees)
{
    return degrees * std::numbers::pi / 180;
}

/// Towards the eye, and upwards on the screen.
std::pair<Vector, Vector> axesOf(const VolumeCamera& camera)
{
    const double azimuth = radians(camera.azimuth);
    const double elevation = radians(std::clamp(camera.elevation, -89.9, 89.9));
    // LPS: the front is −y, the head +z, the patient's left +x.
    return {{std::cos(elevation) * std::sin(azimuth), -std::cos(elevation) * std::cos(azimuth), std::sin(elevation)},
        {-std::sin(elevation) * std::sin(azimuth), std::sin(elevation) * std::cos(azimuth), std::cos(elevation)}};
}

} // namespace

std::pair<Vector, Vector> directionsOf(const VolumeCamera& camera)
{
    const auto [outwards, up] = axesOf(camera);
    return {cross(up, outwards), {-up[0], -up[1], -up[2]}};
}

struct VolumeScene::Scene {
    std::unique_ptr<GraphicsContext> graphics; // first: goes last
    std::shared_ptr<const image::Volume> volume;
    image::Window ownRange; // 1st to 99th percentile, for presets without HU
    image::Point middle;
    double radius = 1; // mm
    double finest = 1; // mm, smallest spacing
    vtkNew<vtkRenderer> renderer;
    vtkNew<vtkGenericOpenGLRenderWindow> window; // the processor's rays only ask it for its size
    vtkNew<vtkFixedPointVolumeRayCastMapper> rays;
    vtkSmartPointer<vtkGPUVolumeRayCastMapper> shader; // null without graphics
    vtkNew<vtkVolume> prop;
    vtkNew<vtkLight> light; // shines from the eye; without one everything shaded is black

    vtkVolumeMapper* mapper() const
    {
        return shader ? static_cast<vtkVolumeMapper*>(shader.Get()) : static_cast<vtkVolumeMapper*>(rays.Get());
    }
    void useGraphics();
    void sample(double distance);
    void apply(const VolumePreset& preset);
    void aim(const VolumeCamera& camera);
    QImage cast(const QSize& size);
    QImage draw(const QSize& size);
    ~Scene()
    {
        if (!graphics)
            return;
        window->Finalize();
        window->RemoveRenderer(renderer);
    }
};

/// The window draws into a buffer of the context that is current already.
void VolumeScene::Scene::useGraphics()
{
    window->SetOwnContext(false);
    window->SetIsCurrent(true);
    window->SetIsDirect(1);
    window->SetSupportsOpenGL(1);
    window->SetMapped(1);
    window->SetReadyForRendering(true);
    window->SetFrameBlitModeToNoBlit();
    window->SetMultiSamples(0);
    shader = vtkSmartPointer<vtkGPUVolumeRayCastMapper>::New();
    shader->SetAutoAdjustSampleDistances(0);
}

void VolumeScene::Scene::sample(double distance)
{
    rays->SetSampleDistance(static_cast<float>(distance));
    rays->SetInteractiveSampleDistance(static_cast<float>(distance));
    rays->SetImageSampleDistance(1);
    if (shader) {
        shader->SetSampleDistance(static_cast<float>(distance));
        shader->SetImageSampleDistance(1);
    }
}

void VolumeScene::Scene::apply(const VolumePreset& preset)
{
    const double low = ownRange.center - ownRange.width / 2;
    const auto own = [&](double value) { return preset.isHounsfield ? value : low + value / 417 * ownRange.width; };
    vtkNew<vtkPiecewiseFunction> opacity;
    for (const auto& [value, alpha] : preset.opacity)
        opacity->AddPoint(own(value), alpha);
    vtkNew<vtkColorTransferFunction> colour;
    for (const auto& [value, red, green, blue] : preset.colour)
        colour->AddRGBPoint(own(value), red, green, blue);
    vtkVolumeProperty* property = prop->GetProperty();
    property->SetScalarOpacity(opacity);
    property->SetColor(colour);
    property->SetInterpolationTypeToLinear();
    property->SetScalarOpacityUnitDistance(std::max(1.0, finest));
    property->SetShade(preset.isShaded);
    property->SetAmbient(0.4);
    property->SetDiffuse(1.0);
    property->SetSpecular(0.2);
    property->SetSpecularPower(10);
    if (preset.isMaximum)
        mapper()->SetBlendModeToMaximumIntensity();
    else
        mapper()->SetBlendModeToComposite();
}

void VolumeScene::Scene::aim(const VolumeCamera& camera)
{
    const auto [outwards, up] = axesOf(camera);
    const Vector right = cross(up, outwards);
    const double half = radius / camera.zoom;
    image::Point focus = moved(middle, right, -camera.pan.x() * 2 * half);
    focus = moved(focus, up, camera.pan.y() * 2 * half);
    const image::Point eye = moved(focus, outwards, 4 * radius);
    vtkCamera* vtk = renderer->GetActiveCamera();
    vtk->ParallelProjectionOn();
    vtk->SetParallelScale(half);
    vtk->SetFocalPoint(focus.x, focus.y, focus.z);
    vtk->SetPosition(eye.x, eye.y, eye.z);
    vtk->SetViewUp(up[0], up[1], up[2]);
    light->SetFocalPoint(focus.x, focus.y, focus.z);
    light->SetPosition(eye.x, eye.y, eye.z);
    renderer->ResetCameraClippingRange();
}

QImage VolumeScene::Scene::cast(const QSize& size)
{
    rays->PerImageInitialization(renderer, prop, 0, nullptr, nullptr, nullptr);
    rays->PerVolumeInitialization(renderer, prop);
    rays->PerSubVolumeInitialization(renderer, prop, 0);
    rays->RenderSubVolume();
    vtkFixedPointRayCastImage* seen = rays->GetRayCastImage();
    int used[2], memory[2], origin[2];
    seen->GetImageInUseSize(used);
    seen->GetImageMemorySize(memory);
    seen->GetImageOrigin(origin);
    QImage picture(size, QImage::Format_RGB32);
    picture.fill(Qt::black);
    for (int y = 0; y < used[1]; ++y) { // bottom row first
        const int line = size.height() - 1 - (origin[1] + y);
        if (line < 0 || line >= size.height())
            continue;
        auto* pixels = reinterpret_cast<QRgb*>(picture.scanLine(line));
        const unsigned short* row = seen->GetImage() + static_cast<std::ptrdiff_t>(y) * memory[0] * 4;
        for (int x = 0; x < used[0] && origin[0] + x < size.width(); ++x, row += 4)
            if (origin[0] + x >= 0)
                pixels[origin[0] + x] =
                    qRgb(std::min(255, row[0] >> 7), std::min(255, row[1] >> 7), std::min(255, row[2] >> 7));
    }
    return picture;
}

QImage VolumeScene::Scene::draw(const QSize& size)
{
    window->Render();
    vtkNew<vtkUnsignedCharArray> pixels;
    window->GetRGBACharPixelData(0, 0, size.width() - 1, size.height() - 1, 0, pixels, 0);
    if (!graphics->isSound() || pixels->GetNumberOfTuples() < static_cast<vtkIdType>(size.width()) * size.height())
        return {};
    QImage picture(size, QImage::Format_RGB32);
    const unsigned char* rgba = pixels->GetPointer(0);
    for (int y = size.height() - 1; y >= 0; --y) { // bottom row first
        auto* line = reinterpret_cast<QRgb*>(picture.scanLine(y));
        for (int x = 0; x < size.width(); ++x, rgba += 4)
            line[x] = qRgb(rgba[0], rgba[1], rgba[2]);
    }
    return picture;
}

VolumeScene::VolumeScene()
    : VolumeScene(nullptr)
{
}

VolumeScene::VolumeScene(std::unique_ptr<GraphicsContext> graphics)
    : m_scene(std::make_unique<Scene>())
{
    redirectMessages();
    m_scene->graphics = std::move(graphics);
    m_scene->window->AddRenderer(m_scene->renderer);
    m_scene->rays->SetAutoAdjustSampleDistances(0);
    m_scene->rays->SetNumberOfThreads(1);
    if (m_scene->graphics)
        m_scene->useGraphics();
    m_scene->prop->SetMapper(m_scene->mapper());
    m_scene->renderer->AddVolume(m_scene->prop);
    m_scene->light->SetLightTypeToSceneLight();
    m_scene->renderer->AddLight(m_scene->light);
}

VolumeScene::~VolumeScene() = default;

bool VolumeScene::isSoftware() const
{
    return !m_scene->graphics || m_scene->graphics->isSoftware();
}

void VolumeScene::setVolume(std::shared_ptr<const image::Volume> volume)
{
    Scene& scene = *m_scene;
    if (scene.volume == volume)
        return;
    scene.volume = std::move(volume);
    if (!scene.volume)
        return;
    const image::Geometry& geometry = scene.volume->geometry;
    std::array<std::int64_t, 3> block{}, coarse{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        block[axis] = (geometry.size[axis] + longestSide - 1) / longestSide;
        coarse[axis] = geometry.size[axis] / block[axis];
    }
    vtkNew<vtkImageData> input;
    input->SetDimensions(static_cast<int>(coarse[0]), static_cast<int>(coarse[1]), static_cast<int>(coarse[2]));
    input->SetSpacing(geometry.spacing[0] * static_cast<double>(block[0]),
        geometry.spacing[1] * static_cast<double>(block[1]), geometry.spacing[2] * static_cast<double>(block[2]));
    image::visitVoxels(*scene.volume, [&](auto values) {
        using Scalar = std::remove_cv_t<typename decltype(values)::element_type>;
        constexpr bool fits = std::is_same_v<Scalar, std::int16_t> || sizeof(Scalar) == 1;
        if constexpr (fits)
            input->GetPointData()->SetScalars(
                arrayOf<vtkShortArray>(coarser<short>(values, geometry.size, block, coarse)));
        else
            input->GetPointData()->SetScalars(
                arrayOf<vtkFloatArray>(coarser<float>(values, geometry.size, block, coarse)));
    });
    // The patient's axes come by the matrix of the prop; VTK's image has spacing alone.
    const image::Point first = geometry.toPoint({(static_cast<double>(block[0]) - 1) / 2,
        (static_cast<double>(block[1]) - 1) / 2, (static_cast<double>(block[2]) - 1) / 2});
    vtkNew<vtkMatrix4x4> matrix;
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column)
            matrix->SetElement(row, column, geometry.direction[static_cast<std::size_t>(3 * row + column)]);
    matrix->SetElement(0, 3, first.x);
    matrix->SetElement(1, 3, first.y);
    matrix->SetElement(2, 3, first.z);
    scene.prop->SetUserMatrix(matrix);
    scene.mapper()->SetInputData(input);
    scene.middle = middleOf(geometry);
    scene.ownRange = image::autoWindow(*scene.volume);
    scene.finest = *std::min_element(geometry.spacing.begin(), geometry.spacing.end());
    double squares = 0;
    for (std::size_t axis = 0; axis < 3; ++axis)
        squares += std::pow(geometry.spacing[axis] * static_cast<double>(geometry.size[axis]), 2);
    scene.radius = std::sqrt(squares) / 2;
}

QImage VolumeScene::picture(const VolumeCamera& camera, const VolumePreset& preset, const QSize& size, Quality quality)
{
    Scene& scene = *m_scene;
    if (!scene.volume || size.isEmpty())
        return {};
    const double coarseness = quality == Quality::Draft ? 2 : 1;
    scene.sample(scene.finest * coarseness);
    const QSize drawn = (quality == Quality::Draft ? size / 2 : size).expandedTo({1, 1});
    scene.window->SetSize(drawn.width(), drawn.height());
    scene.renderer->ComputeAspect();
    scene.renderer->SetAspect(static_cast<double>(drawn.width()) / drawn.height(), 1); // kept from an older window else
    scene.apply(preset);
    scene.aim(camera);
    const QImage picture = scene.graphics ? scene.draw(drawn) : scene.cast(drawn);
    return quality == Quality::Draft && !picture.isNull()
               ? picture.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
               : picture;
}

} // namespace hounsfield::viewer
