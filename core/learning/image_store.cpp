#include "core/learning/image_store.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hounsfield::learning {

namespace {

template <typename Scalar> void copyValues(const std::byte* bytes, std::int64_t count, float* values)
{
    const auto* stored = reinterpret_cast<const Scalar*>(bytes);
    for (std::int64_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(stored[i]);
}

} // namespace

void ImageStore::add(const image::VoxelBlock& block, image::ScalarType type, std::int64_t count)
{
    assert(block.size >= static_cast<std::size_t>(count * elements()) * image::bytesOf(type));
    for (std::int64_t i = 0; i < count; ++i)
        m_places.push_back({block, type, i});
}

void ImageStore::keep(const std::vector<std::int64_t>& images)
{
    std::vector<Place> kept;
    for (const std::int64_t i : images)
        kept.push_back(m_places[static_cast<std::size_t>(i)]);
    m_places = std::move(kept);
}

void ImageStore::read(std::int64_t image, float* values) const
{
    const Place& place = m_places[static_cast<std::size_t>(image)];
    const std::size_t size = static_cast<std::size_t>(elements()) * image::bytesOf(place.type);
    const std::byte* bytes = place.block.bytes + static_cast<std::size_t>(place.index) * size;
    switch (place.type) {
    case image::ScalarType::UInt8:
        return copyValues<std::uint8_t>(bytes, elements(), values);
    case image::ScalarType::Int16:
        return copyValues<std::int16_t>(bytes, elements(), values);
    case image::ScalarType::UInt16:
        return copyValues<std::uint16_t>(bytes, elements(), values);
    default:
        assert(place.type == image::ScalarType::Float32);
        return copyValues<float>(bytes, elements(), values);
    }
}

image::Raster<std::uint8_t> ImageStore::thumbnail(std::int64_t image, double low, double high) const
{
    image::Raster<std::uint8_t> raster(width, height, channels);
    std::vector<float> values(static_cast<std::size_t>(elements()));
    read(image, values.data());
    const double scale = 255 / std::max(1e-12, high - low);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double grey = (static_cast<double>(values[i]) - low) * scale;
        raster.pixels[i] = std::isfinite(grey) ? static_cast<std::uint8_t>(std::clamp(grey, 0.0, 255.0) + 0.5) : 0;
    }
    return raster;
}

} // namespace hounsfield::learning
