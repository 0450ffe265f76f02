#pragma once

#include "core/base/monitor.h"
#include "core/synthesis/feature_set.h"

namespace hounsfield::synthesis {

/// How synthetic images lie among the real ones. The ball of an image reaches to its k-th nearest neighbour of its own
/// side. Precision and recall (Kynkäänniemi et al. 2019) count a ball's surface as within, density and coverage (Naeem
/// et al. 2020) do not, as published.
struct NeighbourMeasures {
    double precision = 0; ///< share of synthetic images within the ball of a real one, k = 3
    double recall = 0;    ///< share of real images within the ball of a synthetic one, k = 3
    double density = 0;   ///< mean number of real balls that hold a synthetic image, / k, k = 5; above 1 when bunched
    double coverage = 0;  ///< share of real images with a synthetic one in their ball, k = 5
};

/// Two samples of one distribution with equal n have a density about 1 and a coverage about 1 − 2⁻⁵ = 0.969.
/// Euclidean distances in double; the same bits on any number of threads.
/// Errors: BadInput as checkSides says, 6 images a side at least; Cancelled.
Result<NeighbourMeasures> neighbourMeasures(const Sides& sides, const Monitor& monitor = {});

} // namespace hounsfield::synthesis
