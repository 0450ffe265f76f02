#include <QtTest>

#include "ui/viewer/slice_scene.h"

#include "tests/ui/viewer/marked_volume.h"

using namespace hounsfield;
using namespace hounsfield::viewer;

namespace {

/// One screen pixel a voxel, upright, of slice k.
Cut sliceCut(const image::Volume& volume, double k)
{
    return {{0, 0, k}, {1, 0, 0}, {0, 1, 0}, static_cast<int>(volume.geometry.size[0]),
        static_cast<int>(volume.geometry.size[1])};
}

template <typename Scalar> std::shared_ptr<const image::Volume> ramp()
{
    image::Geometry geometry;
    geometry.size = {16, 4, 3};
    std::vector<Scalar> values;
    for (int k = 0; k < 3; ++k)
        for (int j = 0; j < 4; ++j)
            for (int i = 0; i < 16; ++i)
                values.push_back(static_cast<Scalar>(i * 6 + j * 2 + k));
    image::Volume volume = image::makeVolume(geometry, values);
    volume.windows = {{50, 101, image::Window::Function::Linear, {}}};
    return std::make_shared<const image::Volume>(std::move(volume));
}

template <typename Scalar> void compareWithPicture()
{
    const auto volume = ramp<Scalar>();
    SliceScene scene;
    scene.setVolume(volume);
    for (std::int64_t k = 0; k < 3; ++k) {
        const QImage seen = scene.picture(sliceCut(*volume, static_cast<double>(k)), image::GreyScale(*volume));
        const auto expected = image::pictureOf(*volume, k);
        for (int y = 0; y < 4; ++y)
            for (int x = 0; x < 16; ++x)
                QVERIFY(std::abs(qGray(seen.pixel(x, y)) - expected.at(x, y)) <= (sizeof(Scalar) > 2 ? 1 : 0));
    }
}

} // namespace

class SliceSceneTest : public QObject {
    Q_OBJECT
  private slots:
    void aStoredSliceComesOutAsCoreSeesIt()
    {
        compareWithPicture<std::int8_t>();
        compareWithPicture<std::uint8_t>();
        compareWithPicture<std::int16_t>();
        compareWithPicture<std::uint16_t>();
        compareWithPicture<std::int32_t>();
        compareWithPicture<std::uint32_t>();
        compareWithPicture<float>();
        compareWithPicture<double>();
    }

    void betweenVoxelsItIsLinear()
    {
        const auto volume = ramp<std::int16_t>();
        SliceScene scene;
        scene.setVolume(volume);
        const image::GreyScale grey(*volume);
        Cut cut = sliceCut(*volume, 1);
        cut.origin.i = 0.5; // 9 + 2 j in the middle between 6 i and 6 (i + 1), k = 1
        const QImage seen = scene.picture(cut, grey);
        for (int x = 0; x < 15; ++x)
            QVERIFY(std::abs(qGray(seen.pixel(x, 2)) - grey(x * 6 + 3 + 4 + 1)) <= 1);
    }

    void outsideTheVolumeItIsBlackAlsoWhenInverted()
    {
        const auto source = ramp<std::int16_t>();
        image::Volume inverted = *source;
        inverted.isInverted = true;
        const auto volume = std::make_shared<const image::Volume>(inverted);
        SliceScene scene;
        scene.setVolume(volume);
        Cut cut{{-4, -4, 0}, {1, 0, 0}, {0, 1, 0}, 24, 12};
        const QImage seen = scene.picture(cut, image::GreyScale(*volume));
        QCOMPARE(seen.pixel(3, 6), 0xff000000u);
        QCOMPARE(seen.pixel(20, 6), 0xff000000u);
        QCOMPARE(seen.pixel(6, 3), 0xff000000u);
        QVERIFY(qGray(seen.pixel(4, 4)) > 200); // the least value, inverted
    }

    void anObliqueCutFindsTheMark()
    {
        const auto volume = test::markedVolume(test::turnedDirection(30), {20, 10, 12});
        const image::Geometry& geometry = volume->geometry;
        const image::Point mark = geometry.toPoint({20, 10, 12});
        // Along the patient's axes, 1 mm a pixel, the mark in the middle of 81 × 81.
        const auto at = [&](double x, double y) {
            return geometry.toIndex({mark.x + x - 40, mark.y + y - 40, mark.z});
        };
        const auto o = at(0, 0), r = at(1, 0), d = at(0, 1);
        SliceScene scene;
        scene.setVolume(volume);
        const QImage seen = scene.picture(
            {{o.i, o.j, o.k}, {r.i - o.i, r.j - o.j, r.k - o.k}, {d.i - o.i, d.j - o.j, d.k - o.k}, 81, 81},
            image::GreyScale(*volume));
        double x = 0, y = 0, sum = 0;
        for (int row = 0; row < 81; ++row)
            for (int column = 0; column < 81; ++column) {
                const double grey = qGray(seen.pixel(column, row));
                x += grey * column;
                y += grey * row;
                sum += grey;
            }
        QVERIFY(sum > 0);
        QVERIFY(std::abs(x / sum - 40) < 0.5);
        QVERIFY(std::abs(y / sum - 40) < 0.5);
    }

    void colourIsShownAsItIs()
    {
        image::Geometry geometry;
        geometry.size = {2, 1, 1};
        const auto volume = std::make_shared<const image::Volume>(
            image::makeVolume<std::uint8_t>(geometry, {255, 0, 0, 10, 200, 30}, 3));
        SliceScene scene;
        scene.setVolume(volume);
        const QImage seen = scene.picture({{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, 2, 1}, image::GreyScale(*volume));
        QCOMPARE(seen.pixel(0, 0), qRgb(255, 0, 0));
        QCOMPARE(seen.pixel(1, 0), qRgb(10, 200, 30));
    }
};

int sliceSceneTest(int argc, char** argv)
{
    SliceSceneTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "slice_scene_test.moc"
