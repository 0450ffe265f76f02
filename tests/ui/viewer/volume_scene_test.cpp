#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/image/phantom.h"
#include "ui/viewer/graphics_context.h"
#include "ui/viewer/graphics_probe.h"
#include "ui/viewer/volume_scene.h"

#include "tests/ui/viewer/marked_volume.h"

using namespace hounsfield;
using namespace hounsfield::viewer;

namespace {

/// Centre of what is bright, from the middle of the picture, as parts of its height.
QPointF brightness(const QImage& picture)
{
    double x = 0, y = 0, sum = 0;
    for (int row = 0; row < picture.height(); ++row)
        for (int column = 0; column < picture.width(); ++column) {
            const double grey = qGray(picture.pixel(column, row));
            x += grey * (column + 0.5);
            y += grey * (row + 0.5);
            sum += grey;
        }
    return sum > 0 ? QPointF(x / sum - picture.width() / 2.0, y / sum - picture.height() / 2.0) / picture.height()
                   : QPointF(9, 9);
}

/// Drawn by OpenGL (of whichever kind) or by the processor's rays; null where there is no OpenGL.
std::unique_ptr<VolumeScene> sceneOf(bool byOpenGl)
{
    if (!byOpenGl)
        return std::make_unique<VolumeScene>();
    auto context = GraphicsContext::make();
    return context ? std::make_unique<VolumeScene>(std::move(*context)) : nullptr;
}

} // namespace

class VolumeSceneTest : public QObject {
    Q_OBJECT
  private slots:
    void theMarkIsSeenWhereThePatientHasIt_data()
    {
        QTest::addColumn<double>("turn");
        QTest::addColumn<bool>("byOpenGl");
        QTest::newRow("straight, processor") << 0.0 << false;
        QTest::newRow("oblique, processor") << 35.0 << false;
        QTest::newRow("straight, OpenGL") << 0.0 << true;
        QTest::newRow("oblique, OpenGL") << 35.0 << true;
    }
    void theMarkIsSeenWhereThePatientHasIt()
    {
        QFETCH(double, turn);
        QFETCH(bool, byOpenGl);
        const auto scene = sceneOf(byOpenGl);
        if (!scene)
            QSKIP("This machine offers no OpenGL without a window.");
        const auto volume = test::markedVolume(test::turnedDirection(turn), {32, 10, 19});
        const image::Geometry& geometry = volume->geometry;
        const image::Point mark = geometry.toPoint({32, 10, 19});
        const image::Point middle = geometry.toPoint({19.5, 17.5, 11.5});
        const double height = 2 * std::sqrt(80.0 * 80 + 72 * 72 + 72 * 72) / 2; // mm the picture is high
        scene->setVolume(volume);
        const VolumePreset bone = volumePresetsFor(*volume).front();
        const auto seen = [&](double azimuth, double elevation) {
            return brightness(
                scene->picture({azimuth, elevation, 1, {}}, bone, {240, 200}, VolumeScene::Quality::Full));
        };
        const QPointF front = seen(0, 0); // the patient's left on the right, head up
        QVERIFY(std::abs(front.x() - (mark.x - middle.x) / height) < 0.02);
        QVERIFY(std::abs(front.y() + (mark.z - middle.z) / height) < 0.02);
        const QPointF left = seen(90, 0); // from the patient's left: the front on the left
        QVERIFY(std::abs(left.x() - (mark.y - middle.y) / height) < 0.02);
    }

    void draftAndFullShowTheSame()
    {
        const auto volume = test::markedVolume(test::turnedDirection(10), {30, 20, 10});
        VolumeScene scene;
        scene.setVolume(volume);
        const VolumePreset bone = volumePresetsFor(*volume).front();
        const QPointF draft = brightness(scene.picture({20, 10, 1, {}}, bone, {200, 200}, VolumeScene::Quality::Draft));
        const QPointF full = brightness(scene.picture({20, 10, 1, {}}, bone, {200, 200}, VolumeScene::Quality::Full));
        QVERIFY(full != QPointF(9, 9));
        QVERIFY((draft - full).manhattanLength() < 0.02);
    }

    void everyPresetOfAVolumeShowsSomething_data()
    {
        QTest::addColumn<bool>("byOpenGl");
        QTest::newRow("processor") << false;
        QTest::newRow("OpenGL") << true;
    }
    void everyPresetOfAVolumeShowsSomething()
    {
        QFETCH(bool, byOpenGl);
        if (!sceneOf(byOpenGl))
            QSKIP("This machine offers no OpenGL without a window.");
        for (const char* unit : {"HU", ""}) {
            image::Volume source = image::makeCtPhantom();
            source.unit = unit;
            const auto volume = std::make_shared<const image::Volume>(source);
            const auto presets = volumePresetsFor(*volume);
            QVERIFY(presets.size() >= 2);
            const auto scene = sceneOf(byOpenGl);
            scene->setVolume(volume);
            for (const VolumePreset& preset : presets) {
                const QImage picture = scene->picture({}, preset, {80, 80}, VolumeScene::Quality::Full);
                QVERIFY2(brightness(picture) != QPointF(9, 9), preset.name.sentence.c_str());
            }
        }
    }

    void aProbeThatFailsOrIsNotThereMeansTheProcessor_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<bool>("isUsable");
        QTest::newRow("not there") << "/nowhere/hounsfield" << false;
        QTest::newRow("refuses") << "/bin/false" << false;
        QTest::newRow("agrees") << "/bin/true" << true;
    }
    void aProbeThatFailsOrIsNotThereMeansTheProcessor()
    {
        QFETCH(QString, program);
        QFETCH(bool, isUsable);
        QCOMPARE(canDrawByGraphics(program), isUsable);
    }

    void aProbeThatCrashesMeansTheProcessor()
    {
        QTemporaryDir folder;
        QFile crash(folder.filePath("crash"));
        QVERIFY(crash.open(QIODevice::WriteOnly));
        crash.write("#!/bin/sh\nkill -SEGV $$\n");
        crash.close();
        QVERIFY(crash.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        QVERIFY(!canDrawByGraphics(crash.fileName()));
    }

    void theProbeRefusesWhatOnlyLooksLikeAGraphicsCard()
    {
        const auto context = GraphicsContext::make();
        if (context && !(*context)->isSoftware())
            QCOMPARE(answerGraphicsProbe(), 0);
        else
            QCOMPARE(answerGraphicsProbe(), 1);
    }
};

int volumeSceneTest(int argc, char** argv)
{
    VolumeSceneTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "volume_scene_test.moc"
