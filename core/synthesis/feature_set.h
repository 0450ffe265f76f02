#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hounsfield::synthesis {

/// What a frozen network says of images, or their pixels: one row an image.
struct FeatureSet {
    std::int64_t count = 0;    ///< images
    std::int64_t width = 0;    ///< features of an image
    std::vector<float> values; ///< count × width, row by row

    std::span<const float> row(std::int64_t i) const
    {
        return std::span(values).subspan(static_cast<std::size_t>(i * width), static_cast<std::size_t>(width));
    }
    bool operator==(const FeatureSet&) const = default;
};

/// The two sets that a measure compares, by name so that they cannot be swapped in silence. Both must outlive it.
struct Sides {
    const FeatureSet& real;
    const FeatureSet& synthetic;
};

/// Those rows, in that order.
FeatureSet rowsOf(const FeatureSet& features, std::span<const std::int64_t> rows);

/// Errors: BadInput when there are not count × width values, fewer than `fewest` images, or a value is not finite.
/// @param kind  the images in a sentence, such as text("synthesis", "real images")
Result<void> checkFeatures(const FeatureSet& features, const Text& kind, std::int64_t fewest);

/// Both sides as above, and: BadInput when the widths differ or all real images have the same features.
Result<void> checkSides(const Sides& sides, std::int64_t fewest);

} // namespace hounsfield::synthesis
