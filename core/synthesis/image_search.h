#pragma once

#include "core/base/monitor.h"
#include "core/synthesis/feature_set.h"

namespace hounsfield::synthesis {

/// How the pixels of an image lie in its row: height × width × channels.
struct PixelShape {
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::int64_t channels = 1;

    std::int64_t size() const { return width * height * channels; }
};

struct ImageSearch {
    const FeatureSet& queries; ///< pixels
    const FeatureSet& images;  ///< pixels of those among whom the nearest is sought
    PixelShape shape;
    /// The image that each query is itself and that does not count; empty: none is.
    std::span<const std::int64_t> own;
};

struct SearchOptions {
    std::int64_t maximumShift = 2; ///< pixels to each side
    std::int64_t neighbours = 50;
};

/// The image nearest to a query.
struct NearestImage {
    std::int64_t index = 0;
    std::int64_t shiftX = 0, shiftY = 0; ///< of the query against it, pixels to the right and down
    double distance = 0;
    double meanOfNeighbours = 0; ///< mean distance of the nearest `neighbours`, itself among them
};

/// Nearest images whatever their brightness and contrast, and when shifted a little. The distance is Euclidean between
/// windows of the two images, each brought to mean 0 and length 1: √(2 − 2ρ) with their correlation ρ, 0 … 2, least
/// over the shifts; √2 when one of them is constant. The window leaves a border of `maximumShift`, so that an image
/// that was moved loses nothing. Twice `neighbours` candidates come from windows pooled to 16 pixels a side or less;
/// an image that was only moved or brightened has distance 0 there too, so it cannot be missed.
/// The same bits on any number of threads.
/// Errors: BadInput when rows are not of the shape, too small for the shifts, not finite, or there are no images to
/// search; Cancelled.
Result<std::vector<NearestImage>> findNearestImages(
    const ImageSearch& search, const SearchOptions& options = {}, const Monitor& monitor = {});

} // namespace hounsfield::synthesis
