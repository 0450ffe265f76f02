#pragma once

#include "core/base/monitor.h"
#include "core/synthesis/feature_set.h"

#include <functional>

namespace hounsfield::synthesis {

/// Whose distances to whom; the widths are equal.
struct FromTo {
    const FeatureSet& from;
    const FeatureSet& to;
};

/// Squared Euclidean distances by blocked matrix products in double; those of equal rows are 0.
/// @param visit  called once for each row of `from`, by several threads at once, with its distances to all rows of
///               `to`, which it may reorder
/// Errors: Cancelled.
Result<void> visitSquaredDistances(const FromTo& sets, const Monitor& monitor,
    const std::function<void(std::int64_t row, std::span<double> distances)>& visit);

} // namespace hounsfield::synthesis
