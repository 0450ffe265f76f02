#pragma once

#include "core/files/scan.h"

#include <array>
#include <optional>
#include <string>

namespace hounsfield::files {

/// How a stored value of one slice becomes a final one: value · slope + intercept, or a Modality LUT instead.
struct Rescale {
    double slope = 1, intercept = 0;
    const image::LookupTable* lut = nullptr; ///< of the header, which must live

    double of(double stored) const;
    bool operator==(const Rescale& other) const;
};
Rescale rescaleOf(const SliceSource& slice);

/// In what form the values of a series are held and what they mean, decided from its headers alone.
struct VoxelForm {
    image::ScalarType type = image::ScalarType::Int16; ///< smallest that holds every value the headers allow
    int components = 1;
    std::string unit;
    bool isInverted = false;
    std::optional<std::array<double, 2>> range;    ///< final values that the files' bits can hold, where they say it
    std::optional<double> paddingLow, paddingHigh; ///< final values
};

/// Errors: BadInput when a rescale is impossible (slope 0).
Result<VoxelForm> voxelFormOf(const Series& series);

} // namespace hounsfield::files
