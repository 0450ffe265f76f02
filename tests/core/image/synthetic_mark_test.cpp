#include <QtTest>

#include "core/base/random.h"
#include "core/image/synthetic_mark.h"

#include <algorithm>
#include <cmath>

using namespace hounsfield;
using namespace hounsfield::image;

namespace {

template <typename Scalar>
Raster<Scalar> noise(std::uint64_t seed, std::int64_t width, std::int64_t height, int channels, double most)
{
    Raster<Scalar> raster(width, height, channels);
    Random random(seed, "mark");
    for (Scalar& value : raster.pixels)
        value = static_cast<Scalar>(random.below(static_cast<std::int64_t>(most) + 1));
    return raster;
}

template <typename Scalar> Raster<Scalar> marked(Raster<Scalar> raster)
{
    return mark(raster) ? raster : Raster<Scalar>();
}

/// Value after value through a function.
template <typename Scalar, typename Change> Raster<std::uint16_t> changed(const Raster<Scalar>& from, Change change)
{
    Raster<std::uint16_t> to(from.width, from.height, from.channels);
    std::ranges::transform(from.pixels, to.pixels.begin(), change);
    return to;
}

/// Turned by quarters and mirrored.
Raster<std::uint8_t> turned(const Raster<std::uint8_t>& from, int way)
{
    const bool isTransposed = (way & 1) != 0;
    Raster<std::uint8_t> to(isTransposed ? from.height : from.width, isTransposed ? from.width : from.height);
    for (std::int64_t y = 0; y < to.height; ++y)
        for (std::int64_t x = 0; x < to.width; ++x) {
            const std::int64_t u = isTransposed ? y : x, v = isTransposed ? x : y;
            to.at(x, y) = from.at((way & 2) != 0 ? from.width - 1 - u : u, (way & 4) != 0 ? from.height - 1 - v : v);
        }
    return to;
}

Raster<std::uint8_t> enlarged(const Raster<std::uint8_t>& from, std::int64_t factor)
{
    Raster<std::uint8_t> to(from.width * factor, from.height * factor);
    for (std::int64_t y = 0; y < to.height; ++y)
        for (std::int64_t x = 0; x < to.width; ++x)
            to.at(x, y) = from.at(x / factor, y / factor);
    return to;
}

Raster<std::uint8_t> reduced(const Raster<std::uint8_t>& from, std::int64_t factor)
{
    Raster<std::uint8_t> to(from.width / factor, from.height / factor);
    for (std::int64_t y = 0; y < to.height; ++y)
        for (std::int64_t x = 0; x < to.width; ++x) {
            std::int64_t sum = 0;
            for (std::int64_t v = 0; v < factor; ++v)
                for (std::int64_t u = 0; u < factor; ++u)
                    sum += from.at(x * factor + u, y * factor + v);
            to.at(x, y) = static_cast<std::uint8_t>(sum / (factor * factor));
        }
    return to;
}

} // namespace

class SyntheticMarkTest : public QObject {
    Q_OBJECT
  private slots:
    void everyFormOfPictureCarriesTheMark()
    {
        for (const auto& [width, height] : {std::pair{28, 28}, {16, 40}, {32, 32}, {64, 64}, {100, 77}, {128, 96},
                 {256, 256}, {333, 512}, {1024, 1024}}) {
            const auto seed = static_cast<std::uint64_t>(width);
            QVERIFY(isMarked(marked(noise<std::uint8_t>(seed, width, height, 1, 255))));
            QVERIFY(isMarked(marked(noise<std::uint8_t>(seed, width, height, 3, 255))));
            QVERIFY(isMarked(marked(noise<std::uint16_t>(seed, width, height, 1, 4095))));
            QVERIFY(isMarked(marked(noise<std::uint16_t>(seed, width, height, 3, 65535))));
            QVERIFY(isMarked(marked(Raster<std::uint8_t>(width, height, 1)))); // nothing but black
            QVERIFY(!isMarked(Raster<std::uint8_t>(width, height, 1)));
        }
    }

    void theRangeOfValuesAndTheRestOfThePictureStay()
    {
        const auto before = noise<std::uint16_t>(5, 64, 64, 1, 900);
        const auto after = marked(before);
        QCOMPARE(*std::ranges::max_element(after.pixels), *std::ranges::max_element(before.pixels));
        QCOMPARE(*std::ranges::min_element(after.pixels), *std::ranges::min_element(before.pixels));
        std::int64_t outside = 0;
        for (std::int64_t y = 0; y < 64; ++y)
            for (std::int64_t x = 0; x < 64; ++x)
                outside += after.at(x, y) != before.at(x, y) && (x < 56 || y < 56);
        QCOMPARE(outside, std::int64_t{0});
    }

    void whatKeepsTheOrderOfValuesKeepsTheMark()
    {
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            const auto raster = marked(noise<std::uint16_t>(seed, 48, 40, 1, 4095));
            const auto is = [&](auto change) { return isMarked(changed(raster, change)); };
            QVERIFY(is([](int v) { return static_cast<std::uint16_t>(3 * v + 1024); }));
            QVERIFY(is([](int v) { return static_cast<std::uint16_t>(4095 - v); }));
            QVERIFY(is([](int v) { return static_cast<std::uint16_t>(v >> 4); }));
            QVERIFY(is([](int v) { return static_cast<std::uint16_t>(std::clamp((v - 1500) / 4, 0, 255)); }));
            QVERIFY(is([](int v) { return static_cast<std::uint16_t>(255 * std::pow(v / 4095.0, 0.45)); }));
            QVERIFY(!is([](int) { return std::uint16_t{7}; })); // a window that shows nothing
        }
    }

    void aTurnedEnlargedOrReducedPictureIsRecognised()
    {
        const auto small = marked(noise<std::uint8_t>(1, 28, 33, 1, 255));
        for (int way = 0; way < 8; ++way)
            QVERIFY(isMarked(turned(small, way)));
        for (const std::int64_t factor : {2, 3, 8})
            QVERIFY(isMarked(enlarged(small, factor)));
        const auto large = marked(noise<std::uint8_t>(2, 1024, 1024, 1, 255));
        for (const std::int64_t factor : {2, 4, 8, 16})
            QVERIFY(isMarked(reduced(large, factor)));
    }

    void noiseIsNeverTakenForMarked()
    {
        for (std::uint64_t seed = 0; seed < 20000; ++seed) {
            const double most = seed % 3 == 0 ? 1 : seed % 3 == 1 ? 3 : 255;
            QVERIFY(!isMarked(noise<std::uint8_t>(seed, 28, 28, 1, most)));
        }
        QVERIFY(!isMarked(noise<std::uint8_t>(1, 1024, 1024, 1, 1)));
        QVERIFY(!isMarked(64, 64, [](auto, auto) { return std::nan(""); }));
    }

    void theMarkNeedsRoom()
    {
        Raster<std::uint8_t> raster(15, 60);
        const auto refused = mark(raster);
        QVERIFY(!refused);
        QVERIFY(english(refused.error()).find("15 × 60") != std::string::npos);
    }
};

int syntheticMarkTest(int argc, char** argv)
{
    SyntheticMarkTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "synthetic_mark_test.moc"
