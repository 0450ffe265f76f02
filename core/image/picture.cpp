#include "core/image/picture.h"

#include "core/image/statistics.h"
#include "core/image/voxels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hounsfield::image {

namespace {

struct Range {
    int least = 0, greatest = -1;
};

Range tableRange(ScalarType type)
{
    switch (type) {
    case ScalarType::Int8:
        return {-128, 127};
    case ScalarType::UInt8:
        return {0, 255};
    case ScalarType::Int16:
        return {-32768, 32767};
    case ScalarType::UInt16:
        return {0, 65535};
    default:
        return {};
    }
}

} // namespace

double greyOf(const Window* window, const LookupTable* lut, double value)
{
    const double grey =
        window ? window->grey(value) : lut->at(value) / static_cast<double>((1 << std::clamp(lut->bits, 1, 16)) - 1);
    return std::clamp(grey, 0.0, 1.0);
}

GreyScale::GreyScale(const Volume& volume, const std::optional<Window>& window)
    : m_isInverted(volume.isInverted)
{
    if (window)
        m_window = window;
    else if (volume.windows.empty() && volume.voiLut && !volume.voiLut->data.empty())
        m_lut = volume.voiLut;
    else
        m_window = defaultWindow(volume);
    if (volume.paddingLow && volume.paddingHigh) {
        m_paddingLow = *volume.paddingLow;
        m_paddingHigh = *volume.paddingHigh;
    }
    const Range range = tableRange(volume.type);
    for (int value = range.least; value <= range.greatest; ++value)
        m_table.push_back((*this)(value));
    m_offset = -range.least;
}

std::uint8_t GreyScale::operator()(double value) const
{
    if (value >= m_paddingLow && value <= m_paddingHigh)
        return 0;
    const double grey = greyOf(m_window ? &*m_window : nullptr, m_lut ? &*m_lut : nullptr, value);
    return static_cast<std::uint8_t>(std::lround(255 * (m_isInverted ? 1 - grey : grey)));
}

Raster<std::uint8_t> pictureOf(const Volume& volume, std::int64_t slice, const std::optional<Window>& window)
{
    const auto& size = volume.geometry.size;
    Raster<std::uint8_t> picture(size[0], size[1], volume.components);
    const auto count = picture.pixels.size();
    visitVoxels(volume, [&](auto values) {
        const auto stored = values.subspan(static_cast<std::size_t>(slice) * count, count);
        if (volume.components > 1) {
            std::ranges::transform(stored, picture.pixels.begin(), [](auto value) {
                return static_cast<std::uint8_t>(std::clamp(static_cast<double>(value), 0.0, 255.0));
            });
            return;
        }
        const GreyScale grey(volume, window);
        const std::uint8_t* table = grey.table();
        for (std::size_t i = 0; i < count; ++i)
            picture.pixels[i] =
                table ? table[static_cast<std::ptrdiff_t>(stored[i])] : grey(static_cast<double>(stored[i]));
    });
    return picture;
}

Raster<float> valuesOf(const Volume& volume, std::int64_t slice)
{
    const auto& size = volume.geometry.size;
    Raster<float> raster(size[0], size[1], volume.components);
    const auto count = raster.pixels.size();
    visitVoxels(volume, [&](auto values) {
        std::ranges::transform(values.subspan(static_cast<std::size_t>(slice) * count, count), raster.pixels.begin(),
            [](auto value) { return static_cast<float>(value); });
    });
    return raster;
}

} // namespace hounsfield::image
