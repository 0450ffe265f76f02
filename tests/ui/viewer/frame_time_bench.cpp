#include <QApplication>
#include <QImage>

#include "core/image/voxels.h"
#include "ui/shell/background_task.h"
#include "ui/viewer/slice_view.h"
#include "ui/viewer/viewer_model.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

using namespace hounsfield;
using namespace hounsfield::viewer;

namespace {

double processorMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// 512 × 512 × 300 values without pattern, 0.7 × 0.7 × 1 mm.
std::shared_ptr<const image::Volume> largeVolume()
{
    image::Geometry geometry;
    geometry.size = {512, 512, 300};
    geometry.spacing = {0.7, 0.7, 1};
    geometry.isOriented = geometry.isSpaced = true;
    std::vector<std::int16_t> values(static_cast<std::size_t>(geometry.voxelCount()));
    std::uint32_t state = 1;
    for (auto& value : values) {
        state = state * 1664525u + 1013904223u;
        value = static_cast<std::int16_t>(static_cast<int>(state >> 21) - 1024);
    }
    image::Volume volume = image::makeVolume(geometry, values);
    volume.unit = "HU";
    volume.windows = {{40, 400, image::Window::Function::Linear, {}}};
    volume.facts.patientName = "Doe^Jane";
    return std::make_shared<const image::Volume>(std::move(volume));
}

struct Case {
    const char* name;
    PlaneKind kind;
    bool isOblique, isWindow;
    double goal; ///< ms
};
constexpr Case cases[] = {
    {"axial scroll", PlaneKind::Axial, false, false, 6},
    {"axial window", PlaneKind::Axial, false, true, 6},
    {"coronal scroll", PlaneKind::Coronal, false, false, 8},
    {"sagittal scroll", PlaneKind::Sagittal, false, false, 8},
    {"oblique scroll", PlaneKind::Axial, true, false, 20},
};

std::shared_ptr<const image::Volume> turned(const image::Volume& straight)
{
    image::Volume volume = straight;
    const double c = std::cos(0.3), s = std::sin(0.3);
    volume.geometry.direction = {c, -s * c, s * s, s, c * c, -s * c, 0, s, c};
    return std::make_shared<const image::Volume>(std::move(volume));
}

/// Best processor time of a whole frame, ms.
double frameTime(const Case& one, const std::shared_ptr<const image::Volume>& straight)
{
    shell::BackgroundTasks tasks;
    ViewerModel model(tasks, {});
    SliceView view(model, one.kind);
    view.setShowsLines(true);
    view.resize(1000, 1000);
    model.openVolume(one.isOblique ? turned(*straight) : straight);
    model.setAlignment(one.isOblique ? Alignment::Patient : Alignment::Grid);
    if (one.kind != PlaneKind::Axial || one.isOblique)
        view.zoomBy(1.2); // the whole tile is filled
    QImage frame(1000, 1000, QImage::Format_RGB32);
    double best = 1e9;
    for (int round = 0; round < 25; ++round) {
        const double start = processorMilliseconds();
        if (one.isWindow)
            model.setWindow({40.0 + round, 400, image::Window::Function::Linear, {}});
        else
            model.step(view.plane(), 1);
        view.render(&frame);
        best = std::min(best, processorMilliseconds() - start);
    }
    return best;
}

} // namespace

/// Prints the processor time of whole frames at 1000 × 1000 with texts, letters, scale bar and crosshair.
int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const auto volume = largeVolume();
    for (const Case& one : cases)
        std::printf(
            "%-16s %6.2f ms of processor time a frame (goal %.0f)\n", one.name, frameTime(one, volume), one.goal);
    return 0;
}
