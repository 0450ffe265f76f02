#pragma once

#include "core/image/raster.h"
#include "core/image/volume.h"

#include <cstdint>
#include <vector>

namespace hounsfield::learning {

/// Decoded images of one size, 8 or 16 bits, as the readers made them; immutable once filled, cheap to copy.
class ImageStore {
  public:
    std::int64_t width = 0;
    std::int64_t height = 0;
    int channels = 1;

    /// Appends the `count` images of one block; type UInt8, Int16, UInt16 or Float32.
    void add(const image::VoxelBlock& block, image::ScalarType type, std::int64_t count);
    /// From now on image i is what was image images[i]; the others are dropped.
    void keep(const std::vector<std::int64_t>& images);

    std::int64_t count() const { return static_cast<std::int64_t>(m_places.size()); }
    std::int64_t elements() const { return width * height * channels; } ///< of one image
    /// The stored values of one image, row by row, channels last.
    void read(std::int64_t image, float* values) const;
    /// 0 … 255 for the screen: values low … high become black … white.
    image::Raster<std::uint8_t> thumbnail(std::int64_t image, double low, double high) const;

  private:
    struct Place {
        image::VoxelBlock block;
        image::ScalarType type = image::ScalarType::UInt8;
        std::int64_t index = 0; ///< of the image in its block
    };
    std::vector<Place> m_places;
};

} // namespace hounsfield::learning
