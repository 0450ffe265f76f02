#pragma once

#include "core/base/text.h"
#include "core/image/volume.h"
#include "core/image/window.h"

#include <string>
#include <vector>

namespace hounsfield::image {

/// A window that readers know by name.
struct Preset {
    int key = 0; ///< digit that calls it; 0: only in the menu
    Text name;
    double width = 1;
    double level = 0;
    std::string modality; ///< DICOM Modality it is meant for
    std::string unit;     ///< shown only on images of this unit

    Window window() const;
};

/// All of them, in the order of the menu. Keys 0 (automatic) and 1 (windows of the header) are no rows.
std::vector<Preset> windowPresets();

/// Those that mean something on this volume: HU presets only where values are HU, SUV presets only on SUV.
std::vector<Preset> presetsFor(const Volume& volume);

} // namespace hounsfield::image
