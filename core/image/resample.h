#pragma once

#include "core/base/monitor.h"
#include "core/image/volume.h"

#include <memory>

namespace hounsfield::image {

/// A stack of unevenly lying or sheared slices (Volume::sliceOrigins) on an even, straight grid in true millimetres.
/// In-plane axes and spacing stay; slices follow the normal at the stack's own median step; between slices and within
/// them linear. What no slice covers becomes air (−1024 HU), else the least value. Types and unit stay; the result is
/// marked `isInterpolated`. Errors: BadInput when the slices lie so that the grid would be larger than eight times the
/// stack; Cancelled.
Result<std::shared_ptr<const Volume>> straightened(const Volume& stack, const Monitor& monitor);

/// A volume on another grid, linear; `outside` where the grid leaves the volume. Slices are computed in parallel.
Result<std::shared_ptr<const Volume>> resampled(
    const Volume& volume, const Geometry& grid, double outside, const Monitor& monitor);

} // namespace hounsfield::image
