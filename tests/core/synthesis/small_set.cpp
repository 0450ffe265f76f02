#include "tests/core/synthesis/small_set.h"

#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/image/raster.h"
#include "core/synthesis/real_images.h"

namespace hounsfield::synthesis::test {

namespace {

constexpr std::int64_t side = 28;

image::Raster<std::uint8_t> picture(std::uint64_t number, bool isBright)
{
    image::Raster<std::uint8_t> raster(side, side);
    Random random(number, "picture");
    const double x = random.uniform(10, 18), y = random.uniform(10, 18), radius = random.uniform(4, 9);
    for (std::int64_t i = 0; i < side * side; ++i) {
        const double dx = static_cast<double>(i % side) - x, dy = static_cast<double>(i / side) - y;
        const double disc = dx * dx + dy * dy < radius * radius ? (isBright ? 120 : 40) : 0;
        raster.pixels[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(60 + disc + random.uniform(-12, 12));
    }
    return raster;
}

} // namespace

void writeSmallSet(const std::filesystem::path& folder, int each)
{
    for (int i = 0; i < 2 * each; ++i) {
        const auto file = folder / (i % 2 ? "light" : "dark") / (std::to_string(i) + ".png");
        QVERIFY(makeFolder(file.parent_path()));
        const auto png = image::encodePng(picture(static_cast<std::uint64_t>(i), i % 2 != 0));
        QVERIFY(png && writeAtomically(file, std::span<const std::byte>(*png)));
    }
}

Result<learning::DataSet> openedForPair(const std::filesystem::path& folder, std::int64_t size)
{
    static files::ReaderPool readers(2);
    learning::DataRequest request;
    request.data = folder;
    return openForPair(readers, request, size, {});
}

} // namespace hounsfield::synthesis::test
