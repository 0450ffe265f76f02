#pragma once

#include "core/image/volume.h"

#include <vector>

namespace hounsfield::viewer {

/// A rectangle of screen pixels in a volume, in continuous voxel indices: pixel (x, y) looks at
/// origin + x · right + y · down.
struct Cut {
    image::VoxelPosition origin, right, down;
    int width = 0;
    int height = 0;
    bool operator==(const Cut&) const = default;
};

/// Columns from … to − 1 of one row that look into the volume; none when from ≥ to.
struct Run {
    int from = 0;
    int to = 0;
};

/// Where each row of a cut looks into the volume. Voxels are cells of ± half an index around their centres.
std::vector<Run> runsOf(const Cut& cut, const image::Geometry& geometry);

/// Linear interpolation at every pixel of the runs; outside the outer voxel centres the outer value holds. Whole
/// numbers are rounded. On one thread. Cuts along the grid's axes are done in two passes of one dimension each.
/// @param voxels  as `Volume` orders them
/// @param values  height rows of width pixels of `components`; what is in no run is left alone
template <typename Scalar>
void interpolate(const Scalar* voxels, const image::Geometry& geometry, int components, const Cut& cut,
    const std::vector<Run>& runs, Scalar* values);

} // namespace hounsfield::viewer
