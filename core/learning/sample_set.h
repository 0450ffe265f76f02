#pragma once

#include "core/base/monitor.h"
#include "core/image/raster.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace hounsfield::learning {

/// Phantom radiographs with and without a planted lesion, 64 × 64, 8 bits: two lungs, ribs, heart, tissue, noise; every
/// number is drawn per image from (seed, image number), so that the same seed gives the same pictures for ever.
struct SampleOptions {
    std::uint64_t seed = 1;
    double leastHeight = 0.30; ///< of the lesion, of values 0 … 1
    double mostHeight = 0.45;
};
inline constexpr std::int64_t sampleSize = 64;

struct SampleImage {
    image::Raster<std::uint8_t> picture; ///< 64 × 64 grey
    bool hasLesion = false;
    double x = 0, y = 0; ///< centre of the lesion, pixels
    double radius = 0;   ///< pixels
};

/// Image `number` of the set with these options. Any thread.
SampleImage makeSample(const SampleOptions& options, std::int64_t number);

/// Writes `count` images as PNG files into folder/normal and folder/lesion (folder = class), and labels.csv with file,
/// label, patient and, for lesions, x, y, radius. Errors: Environment; Cancelled.
Result<std::vector<SampleImage>> writeSampleFolder(const std::filesystem::path& folder, const SampleOptions& options,
    std::int64_t first, std::int64_t count, const Monitor& monitor);

} // namespace hounsfield::learning
