#include "core/diagnosis/heat_map.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hounsfield::diagnosis {

namespace {

/// Where a pixel reads a row of cells: between cell `low` and the next, by `share` of the next.
struct Tap {
    std::int64_t low = 0, high = 0;
    double share = 0;
};

std::vector<Tap> tapsOf(std::int64_t pixels, double scale, double offset, double first, double jump, std::int64_t cells)
{
    std::vector<Tap> taps;
    for (std::int64_t p = 0; p < pixels; ++p) {
        const double onInput = (static_cast<double>(p) + 0.5) * scale - 0.5 + offset;
        const double cell = std::clamp((onInput - first) / jump, 0.0, static_cast<double>(cells - 1));
        const auto low = static_cast<std::int64_t>(cell);
        taps.push_back({low, std::min(low + 1, cells - 1), cell - static_cast<double>(low)});
    }
    return taps;
}

} // namespace

CellMap cellMap(MapMethod method, const nn::Tensor& activation, const nn::Tensor& gradient, const Placement& placement)
{
    assert(activation.rank() == 4 && activation.shape() == gradient.shape() && activation.shape()[0] == 1);
    const std::int64_t channels = activation.shape()[1];
    CellMap map{activation.shape()[2], activation.shape()[3], {}, placement};
    const auto cells = static_cast<std::size_t>(map.height * map.width);
    std::vector<double> sums(cells);
    const auto a = activation.as<float>();
    const auto g = gradient.as<float>();
    for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c) {
        const auto values = a.subspan(c * cells, cells);
        const auto slopes = g.subspan(c * cells, cells);
        double mean = 0;
        for (const float slope : slopes)
            mean += static_cast<double>(slope);
        mean /= static_cast<double>(cells);
        for (std::size_t i = 0; i < cells; ++i)
            sums[i] +=
                static_cast<double>(values[i]) * (method == MapMethod::GradCam ? mean : static_cast<double>(slopes[i]));
    }
    for (const double sum : sums)
        map.cells.push_back(static_cast<float>(std::max(sum, 0.0)));
    return map;
}

image::Raster<float> placedMap(
    const CellMap& map, const InputGeometry& geometry, std::int64_t width, std::int64_t height)
{
    const auto columns =
        tapsOf(width, geometry.scaleX, geometry.offsetX, map.placement.offset[1], map.placement.jump[1], map.width);
    const auto rows =
        tapsOf(height, geometry.scaleY, geometry.offsetY, map.placement.offset[0], map.placement.jump[0], map.height);
    const auto cell = [&](std::int64_t y, std::int64_t x) {
        return static_cast<double>(map.cells[static_cast<std::size_t>(y * map.width + x)]);
    };
    image::Raster<float> placed(width, height);
    for (std::int64_t y = 0; y < height; ++y) {
        const Tap& row = rows[static_cast<std::size_t>(y)];
        for (std::int64_t x = 0; x < width; ++x) {
            const Tap& column = columns[static_cast<std::size_t>(x)];
            const double above = std::lerp(cell(row.low, column.low), cell(row.low, column.high), column.share);
            const double below = std::lerp(cell(row.high, column.low), cell(row.high, column.high), column.share);
            const double value = std::lerp(above, below, row.share);
            placed.at(x, y) = static_cast<float>(value / (1 + value));
        }
    }
    return placed;
}

std::array<double, 2> peakOf(const image::Raster<float>& map)
{
    float most = 0;
    double sumX = 0, sumY = 0, count = 0;
    for (std::int64_t y = 0; y < map.height; ++y)
        for (std::int64_t x = 0; x < map.width; ++x) {
            const float value = map.at(x, y);
            if (value > most) {
                most = value;
                sumX = sumY = count = 0;
            }
            if (value > 0 && value == most) {
                sumX += static_cast<double>(x);
                sumY += static_cast<double>(y);
                ++count;
            }
        }
    return count > 0 ? std::array{sumX / count, sumY / count} : std::array{-1.0, -1.0};
}

double hotterShare(const image::Raster<float>& map, std::int64_t x, std::int64_t y)
{
    const float here = map.at(x, y);
    const auto hotter = std::ranges::count_if(map.pixels, [here](float value) { return value > here; });
    return static_cast<double>(hotter) / static_cast<double>(map.pixels.size());
}

} // namespace hounsfield::diagnosis
