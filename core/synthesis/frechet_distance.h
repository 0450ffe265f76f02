#pragma once

#include "core/synthesis/feature_set.h"

namespace hounsfield::synthesis {

/// Fréchet distance of the normal distributions with the two sets' means and covariances (FID with features of one's
/// own; Heusel et al. 2017): ‖μr − μs‖² + tr(Cr + Cs − 2 (Cr Cs)^½), in double. 0 for equal sets, symmetric, and biased
/// upwards by about 1 / n: compare equal n only, beside the floor of real against real.
/// Errors: BadInput as checkSides says; 2 images a side at least.
Result<double> frechetDistance(const Sides& sides);

} // namespace hounsfield::synthesis
