#pragma once

#include "core/files/scan.h"

#include <array>
#include <optional>
#include <vector>

namespace hounsfield::files {

/// Two positions along the normal nearer than this are one place.
constexpr double samePlaceMillimetres = 0.01;

/// The axes of a slice (row, column, normal = row × column) where ImageOrientationPatient is an orientation: two unit
/// vectors at right angles.
struct Axes {
    std::array<double, 3> row{}, column{}, normal{};
};
std::optional<Axes> axesOf(const FrameHeader& frame);

/// Position of a slice along its own normal, mm; nothing where the file does not say it.
std::optional<double> heightOf(const SliceSource& slice);

/// Orders the slices of one stack along their normal and works out geometry, evenness, tilt, `isVolume` and problems.
/// Slices without a place are ordered by InstanceNumber and stay a pile of images.
void placeSlices(Series& series);

} // namespace hounsfield::files
