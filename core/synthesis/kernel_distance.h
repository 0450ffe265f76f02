#pragma once

#include "core/base/monitor.h"
#include "core/synthesis/feature_set.h"

namespace hounsfield::synthesis {

struct KernelDistanceOptions {
    std::int64_t subsets = 50;
    std::int64_t subsetSize =
        500; ///< at most; half the images of the smaller side where they are fewer than twice that
    std::uint64_t seed = 1;
};

struct KernelDistance {
    double mean = 0;              ///< over the subsets; may be negative
    double standardDeviation = 0; ///< between the subsets
    std::int64_t subsets = 0;
    std::int64_t subsetSize = 0; ///< images of each side in a subset
};

/// Kernel distance (KID; Bińkowski et al. 2018): the unbiased estimate of the squared maximum mean discrepancy with the
/// kernel (x·y / width + 1)³, over random subsets drawn without replacement. Unlike the Fréchet distance it has no bias
/// that grows with few images. The same bits on any number of threads.
/// Errors: BadInput as checkSides says, 4 images a side at least, or when there shall be no subset; Cancelled.
Result<KernelDistance> kernelDistance(
    const Sides& sides, const KernelDistanceOptions& options = {}, const Monitor& monitor = {});

} // namespace hounsfield::synthesis
