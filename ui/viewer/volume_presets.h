#pragma once

#include "core/base/text.h"
#include "core/image/volume.h"

#include <array>
#include <vector>

namespace hounsfield::viewer {

/// How a volume is rendered (values from 3D Slicer's presets, rounded): opacity and colour over the value.
struct VolumePreset {
    Text name;
    std::vector<std::array<double, 2>> opacity; ///< value, 0 … 1
    std::vector<std::array<double, 4>> colour;  ///< value, red, green, blue 0 … 1
    bool isShaded = false;
    bool isMaximum = false;   ///< maximum intensity projection
    bool isHounsfield = true; ///< the values are HU; else 0 … 417 stand for the volume's own 1st … 99th percentile
};

/// Those that mean something on this volume.
std::vector<VolumePreset> volumePresetsFor(const image::Volume& volume);

} // namespace hounsfield::viewer
