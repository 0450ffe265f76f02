#include "ui/viewer/graphics_probe.h"

#include <QProcess>

#include "core/image/phantom.h"
#include "ui/viewer/graphics_context.h"
#include "ui/viewer/volume_scene.h"

#include <memory>

namespace hounsfield::viewer {

namespace {
constexpr int patience = 15000; // ms
} // namespace

bool canDrawByGraphics(const QString& program)
{
    QProcess probe;
    probe.start(program, {QStringLiteral("--probe-graphics")});
    if (!probe.waitForFinished(patience)) {
        probe.kill();
        probe.waitForFinished();
        return false;
    }
    return probe.exitStatus() == QProcess::NormalExit && probe.exitCode() == 0;
}

int answerGraphicsProbe()
{
    auto context = GraphicsContext::make();
    if (!context || (*context)->isSoftware())
        return 1;
    const auto volume = std::make_shared<const image::Volume>(image::makeCtPhantom());
    VolumeScene scene(std::move(*context));
    scene.setVolume(volume);
    const QImage picture = scene.picture({}, volumePresetsFor(*volume).front(), {64, 64}, VolumeScene::Quality::Full);
    return !picture.isNull() && qGray(picture.pixel(32, 32)) > 0 ? 0 : 2;
}

} // namespace hounsfield::viewer
