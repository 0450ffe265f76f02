#pragma once

#include "core/learning/metrics.h"
#include "core/synthesis/matched_draw.h"
#include "core/synthesis/measures.h"

namespace hounsfield::synthesis {

struct FloorOptions {
    std::int64_t splits = 20;
    KernelDistanceOptions kernel;
    std::uint64_t seed = 1;
};

/// What the measures say of two real sets: as near as a synthetic one can be asked to come.
struct RealFloor {
    std::int64_t splits = 0;
    /// In the order of measureTable: mean over the splits, 2.5th and 97.5th percentile, images a side.
    std::vector<learning::Figure> figures;
};

/// Every measure between two disjoint parts of the real images, over random splits. A figure of synthetic images is
/// compared with the floor of the same n, mix of classes and features, and of one part of the data alone: the distance
/// of training and test part is a shift, no floor. The splits overlap, so the interval tells what a single split may
/// give, not how well the mean is known. Images of one patient may fall on both sides, which lowers the floor: a
/// synthetic set then looks worse beside it, never better.
/// @param perClass  images a side of each class, as MatchedDraw has them
/// Errors: BadInput as the measures say, or when a class has fewer than twice its images a side; Cancelled.
Result<RealFloor> realFloor(const LabelledFeatures& real, std::span<const std::int64_t> perClass,
    const FloorOptions& options = {}, const Monitor& monitor = {});

} // namespace hounsfield::synthesis
