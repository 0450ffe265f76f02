#pragma once

#include "core/synthesis/kernel_distance.h"
#include "core/synthesis/neighbour_measures.h"

namespace hounsfield::synthesis {

/// Everything that is measured between real and synthetic images in one space of features.
struct Measures {
    double frechetDistance = 0;
    KernelDistance kernelDistance;
    NeighbourMeasures neighbours;
};

/// Errors: as the measures say; Cancelled.
Result<Measures> computeMeasures(
    const Sides& sides, const KernelDistanceOptions& kernel = {}, const Monitor& monitor = {});

struct MeasureRow {
    const char* key; ///< in files: fid, kid, precision …
    double (*of)(const Measures&);
};

/// One row a measure, in the order in which they are shown.
std::span<const MeasureRow> measureTable();

} // namespace hounsfield::synthesis
