#pragma once

#include "core/base/monitor.h"
#include "core/image/raster.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace hounsfield::learning {

/// A radiograph made by rule: two lungs, ribs, heart, tissue and noise, and in half of the images one round lesion.
struct PhantomRadiograph {
    image::Raster<std::uint8_t> picture; ///< 64 × 64, grey
    bool hasLesion = false;
    double lesionX = 0, lesionY = 0; ///< pixels, centre of pixel (0, 0) is 0
    double lesionRadius = 0;         ///< pixels
};

/// How bright a lesion is above the lung (0 … 1 is black … white), drawn evenly between the two.
struct LesionHeight {
    double least = 0.30;
    double most = 0.45;
};

constexpr std::int64_t phantomSize = 64;

/// Radiograph `index` of the series `seed`: a pure function of both.
PhantomRadiograph phantomRadiograph(std::uint64_t seed, std::int64_t index, LesionHeight height = {});

struct SampleSetOptions {
    std::int64_t training = 600; ///< radiographs of seed 1
    std::int64_t test = 400;     ///< radiographs of seed 2
    LesionHeight height;
};

/// The sample that comes with the program, as a user's own data would: `train|test/normal|lesion/NNNN.png`, and beside
/// it `lesions.csv` (file,x,y,radius). The images are the same whenever they are made. Errors: Environment, Cancelled.
Result<void> writeSampleSet(
    const std::filesystem::path& folder, const SampleSetOptions& options, const Monitor& monitor);

} // namespace hounsfield::learning
