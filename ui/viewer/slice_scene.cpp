#include "ui/viewer/slice_scene.h"

#include "core/image/voxels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

namespace hounsfield::viewer {

namespace {

constexpr QRgb black = 0xff000000;

QRgb grey(std::uint8_t g)
{
    return 0xff000000u | static_cast<QRgb>(g) * 0x010101u;
}

/// Values without a table of their own (32 bits, floats) go through one of 4,096 steps made for this picture.
class Steps {
  public:
    void include(double value)
    {
        if (!std::isfinite(value))
            return;
        m_low = std::min(m_low, value);
        m_high = std::max(m_high, value);
    }
    void make(const image::GreyScale& scale)
    {
        m_scale = m_high > m_low ? (count - 1) / (m_high - m_low) : 0;
        for (int i = 0; i < count; ++i)
            m_steps[static_cast<std::size_t>(i)] = scale(m_scale > 0 ? m_low + i / m_scale : m_low);
    }
    std::uint8_t operator()(double value) const
    {
        if (!std::isfinite(value))
            return 0;
        return m_steps[static_cast<std::size_t>(std::clamp((value - m_low) * m_scale + 0.5, 0.0, count - 1.0))];
    }

  private:
    static constexpr int count = 4096;
    double m_low = std::numeric_limits<double>::max();
    double m_high = std::numeric_limits<double>::lowest();
    double m_scale = 0;
    std::array<std::uint8_t, count> m_steps{};
};

} // namespace

struct SliceScene::Scene {
    std::shared_ptr<const image::Volume> volume;
    Cut cut;
    QImage picture; // kept, like the values: new memory for every frame costs more than filling it
    std::vector<Run> runs;
    std::vector<std::byte> values; // of the cut, in the volume's own type

    template <typename Scalar> Scalar* row(int y)
    {
        return reinterpret_cast<Scalar*>(values.data())
               + static_cast<std::ptrdiff_t>(y) * cut.width * volume->components;
    }
    template <typename Scalar> void cutValues(const Scalar* voxels);
    template <typename Scalar> void paintGrey(const image::GreyScale& scale);
    void paintColour();
};

template <typename Scalar> void SliceScene::Scene::cutValues(const Scalar* voxels)
{
    runs = runsOf(cut, volume->geometry);
    values.resize(static_cast<std::size_t>(cut.width) * static_cast<std::size_t>(cut.height) * sizeof(Scalar)
                  * static_cast<std::size_t>(volume->components));
    interpolate(voxels, volume->geometry, volume->components, cut, runs, row<Scalar>(0));
}

template <typename Scalar> void SliceScene::Scene::paintGrey(const image::GreyScale& scale)
{
    constexpr bool hasTable = std::is_integral_v<Scalar> && sizeof(Scalar) <= 2;
    const std::uint8_t* table = scale.table();
    Steps steps;
    if constexpr (!hasTable) {
        for (int y = 0; y < cut.height; ++y)
            for (int x = runs[static_cast<std::size_t>(y)].from; x < runs[static_cast<std::size_t>(y)].to; ++x)
                steps.include(static_cast<double>(row<Scalar>(y)[x]));
        steps.make(scale);
    }
    for (int y = 0; y < cut.height; ++y) {
        const Run run = runs[static_cast<std::size_t>(y)];
        const Scalar* line = row<Scalar>(y);
        auto* pixels = reinterpret_cast<QRgb*>(picture.scanLine(y));
        std::fill(pixels, pixels + run.from, black);
        for (int x = run.from; x < run.to; ++x) {
            if constexpr (hasTable)
                pixels[x] = grey(table[line[x]]);
            else
                pixels[x] = grey(steps(static_cast<double>(line[x])));
        }
        std::fill(pixels + run.to, pixels + cut.width, black);
    }
}

void SliceScene::Scene::paintColour()
{
    picture.fill(black);
    for (int y = 0; y < cut.height; ++y) {
        const Run run = runs[static_cast<std::size_t>(y)];
        const auto* line = row<std::uint8_t>(y);
        auto* pixels = reinterpret_cast<QRgb*>(picture.scanLine(y));
        for (int x = run.from; x < run.to; ++x) {
            const std::uint8_t* rgb = line + static_cast<std::ptrdiff_t>(x) * 3;
            pixels[x] = qRgb(rgb[0], rgb[1], rgb[2]);
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
    if (m_scene->volume == volume)
        return;
    m_scene->cut = {};
    m_scene->volume = std::move(volume);
}

const QImage& SliceScene::picture(const Cut& cut, const image::GreyScale& grey)
{
    Scene& scene = *m_scene;
    if (scene.picture.size() != QSize(cut.width, cut.height))
        scene.picture = QImage(std::max(1, cut.width), std::max(1, cut.height), QImage::Format_RGB32);
    if (!scene.volume || cut.width < 1 || cut.height < 1) {
        scene.picture.fill(black);
        return scene.picture;
    }
    const bool isNew = scene.cut != cut;
    scene.cut = cut;
    image::visitVoxels(*scene.volume, [&](auto voxels) {
        using Scalar = std::remove_cv_t<typename decltype(voxels)::element_type>;
        if (isNew)
            scene.cutValues<Scalar>(voxels.data());
        if (scene.volume->components == 1)
            scene.paintGrey<Scalar>(grey);
    });
    if (scene.volume->components == 3)
        scene.paintColour();
    return scene.picture;
}

} // namespace hounsfield::viewer
