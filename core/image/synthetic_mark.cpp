#include "core/image/synthetic_mark.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>

namespace hounsfield::image {

namespace {

constexpr std::string_view word = "SYNTHETIC ";
constexpr std::int64_t cells = 8; // of a side
constexpr std::array<const char*, cells> pattern{
    ".#...##.",
    "..###.#.",
    "##...#..",
    "##.###.#",
    ".#.###.#",
    "..#...#.",
    "#.#..#.#",
    "###..#.#",
};

bool isLight(std::int64_t column, std::int64_t row)
{
    return pattern[static_cast<std::size_t>(row)][column] == '#';
}

/// Dark and light where the picture itself has next to no contrast.
template <typename Scalar> std::array<Scalar, 2> levelsOf(const Raster<Scalar>& raster)
{
    // Levels apart, so that rounding leaves some; colours of 16 bits are read as 8.
    const int least = raster.channels == 3 && sizeof(Scalar) == 2 ? 16 * 257 : 16;
    const auto [low, high] = std::ranges::minmax_element(raster.pixels);
    if (*high - *low >= least)
        return {*low, *high};
    return {0, std::numeric_limits<Scalar>::max()};
}

template <typename Scalar> Result<void> burnIn(Raster<Scalar>& raster)
{
    const std::int64_t side = std::min(raster.width, raster.height);
    if (side < leastMarkedSide)
        return badInput(
            text("image", "A picture of %1 × %2 pixels is too small for the mark of synthetic images: it takes %3.")
                .with(raster.width, raster.height, leastMarkedSide));
    const std::int64_t cell = std::max<std::int64_t>(1, side / 64);
    const auto levels = levelsOf(raster);
    const std::int64_t left = raster.width - cells * cell, top = raster.height - cells * cell;
    for (std::int64_t y = top; y < raster.height; ++y)
        for (std::int64_t x = left; x < raster.width; ++x)
            for (int c = 0; c < raster.channels; ++c)
                raster.at(x, y, c) = levels[isLight((x - left) / cell, (y - top) / cell) ? 1 : 0];
    return {};
}

/// One of the eight ways a picture can lie: which pixel of what is stored stands at (x, y).
struct Turn {
    bool isTransposed = false, isFlipped = false, isMirrored = false;

    std::array<std::int64_t, 2> pixel(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height) const
    {
        if (isTransposed)
            std::swap(x, y);
        return {isMirrored ? width - 1 - x : x, isFlipped ? height - 1 - y : y};
    }
};

/// Whether the cells, looked at in their middle, keep the order; ends at the first that breaks it.
bool isThere(std::int64_t width, std::int64_t height, std::int64_t cell, const Turn& turn,
    const std::function<double(std::int64_t, std::int64_t)>& level)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::array<double, 2> least{infinity, infinity}, most{-infinity, -infinity};
    const std::int64_t right = turn.isTransposed ? height : width, bottom = turn.isTransposed ? width : height;
    for (std::int64_t row = 0; row < cells; ++row)
        for (std::int64_t column = 0; column < cells; ++column) {
            const auto at = turn.pixel(
                right - (cells - column) * cell + cell / 2, bottom - (cells - row) * cell + cell / 2, width, height);
            const double value = level(at[0], at[1]);
            const std::size_t kind = isLight(column, row) ? 1 : 0;
            least[kind] = std::min(least[kind], value);
            most[kind] = std::max(most[kind], value);
            if (std::isnan(value) || (!(most[0] < least[1]) && !(most[1] < least[0])))
                return false;
        }
    return true;
}

template <typename Scalar> bool isBurnedIn(const Raster<Scalar>& raster)
{
    return isMarked(raster.width, raster.height, [&](std::int64_t x, std::int64_t y) {
        double sum = 0;
        for (int c = 0; c < raster.channels; ++c)
            sum += raster.at(x, y, c);
        return sum;
    });
}

} // namespace

Result<void> mark(Raster<std::uint8_t>& raster)
{
    return burnIn(raster);
}

Result<void> mark(Raster<std::uint16_t>& raster)
{
    return burnIn(raster);
}

bool isMarked(
    std::int64_t width, std::int64_t height, const std::function<double(std::int64_t x, std::int64_t y)>& level)
{
    const std::int64_t largest = std::min(width, height) / cells;
    for (std::int64_t cell = 1; cell <= largest; ++cell)
        for (int way = 0; way < 8; ++way)
            if (isThere(width, height, cell, {(way & 1) != 0, (way & 2) != 0, (way & 4) != 0}, level))
                return true;
    return false;
}

bool isMarked(const Raster<std::uint8_t>& raster)
{
    return isBurnedIn(raster);
}

bool isMarked(const Raster<std::uint16_t>& raster)
{
    return isBurnedIn(raster);
}

std::string syntheticDescription(const std::string& generator)
{
    return std::string(word) + generator;
}

bool saysSynthetic(std::string_view description)
{
    constexpr std::size_t digits = 16;
    if (!description.starts_with(word) || description.size() < word.size() + digits)
        return false;
    return std::ranges::all_of(
        description.substr(word.size(), digits), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

} // namespace hounsfield::image
