#pragma once

#include "core/image/volume.h"

#include <cstdint>
#include <span>

namespace hounsfield::image {

/// Least, greatest and mean of some values. NaN and infinities are counted apart and enter none of them.
struct Statistics {
    double least = 0;
    double greatest = 0;
    double mean = 0;
    std::int64_t count = 0;     ///< finite values
    std::int64_t notFinite = 0; ///< NaN and infinities

    void add(const Statistics& other);
};

enum class Padding { Included, LeftOut };

/// Over every value of the volume, all components together. Sums in double, slice by slice.
Statistics statisticsOf(const Volume& volume, Padding padding = Padding::Included);

/// Window from the 1st to the 99th percentile of a slice, or of the whole volume (slice < 0), without padding and
/// background. Background is what fills the picture around the patient: the least value where it makes up more than a
/// twentieth of all, and air (≤ −900 HU). Always a usable window: a constant picture gets width 1.
Window autoWindow(const Volume& volume, std::int64_t slice = -1);

/// The window a volume opens with: the header's first, else the automatic one.
Window defaultWindow(const Volume& volume);

} // namespace hounsfield::image
