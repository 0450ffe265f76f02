#include <QtTest>

#include "core/image/voxels.h"
#include "ui/shell/background_task.h"
#include "ui/viewer/slice_view.h"
#include "ui/viewer/viewer_model.h"

#include <cmath>
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

} // namespace

/// Processor time of whole frames at 1000 × 1000 with texts, letters, scale bar and crosshair.
class FrameTimeTest : public QObject {
    Q_OBJECT
  private slots:
    void aFrameKeepsItsTime_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("isOblique");
        QTest::addColumn<bool>("isWindow");
        QTest::addColumn<double>("limit");
        QTest::newRow("axial scroll") << int(PlaneKind::Axial) << false << false << 6.0;
        QTest::newRow("axial window") << int(PlaneKind::Axial) << false << true << 6.0;
        QTest::newRow("coronal scroll") << int(PlaneKind::Coronal) << false << false << 8.0;
        QTest::newRow("sagittal scroll") << int(PlaneKind::Sagittal) << false << false << 8.0;
        QTest::newRow("oblique scroll") << int(PlaneKind::Axial) << true << false << 20.0;
    }
    void aFrameKeepsItsTime()
    {
        QFETCH(int, kind);
        QFETCH(bool, isOblique);
        QFETCH(bool, isWindow);
        QFETCH(double, limit);
        static const auto straight = largeVolume();
        auto volume = straight;
        if (isOblique) {
            image::Volume turned = *straight;
            const double c = std::cos(0.3), s = std::sin(0.3);
            turned.geometry.direction = {c, -s * c, s * s, s, c * c, -s * c, 0, s, c};
            volume = std::make_shared<const image::Volume>(turned);
        }
        shell::BackgroundTasks tasks;
        ViewerModel model(tasks, {});
        SliceView view(model, static_cast<PlaneKind>(kind));
        view.setShowsLines(true);
        view.resize(1000, 1000);
        model.openVolume(volume);
        model.setAlignment(isOblique ? Alignment::Patient : Alignment::Grid);
        if (kind != int(PlaneKind::Axial) || isOblique)
            view.zoomBy(1.2); // the whole tile is filled
        QImage frame(1000, 1000, QImage::Format_RGB32);
        double best = 1e9;
        for (int round = 0; round < 25; ++round) {
            const double start = processorMilliseconds();
            if (isWindow)
                model.setWindow({40.0 + round, 400, image::Window::Function::Linear, {}});
            else
                model.step(view.plane(), 1);
            view.render(&frame);
            best = std::min(best, processorMilliseconds() - start);
        }
        qInfo("%s: %.2f ms of processor time a frame (%.0f allowed)", QTest::currentDataTag(), best, limit);
        QVERIFY(best <= limit);
    }
};

int frameTimeTest(int argc, char** argv)
{
    FrameTimeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "frame_time_test.moc"
