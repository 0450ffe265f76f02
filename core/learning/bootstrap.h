#pragma once

#include "core/learning/metrics.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace hounsfield::learning {

/// Draws units (patients) with replacement: how often each case counts in each resample.
/// The 2.5th and 97.5th percentile of a statistic over the resamples; those for which it is undefined are left out.
/// @param statistic  of case weights (0, 1, 2 …, one a case); called by several threads at once
struct Interval {
    double low = 0;
    double high = 0;
};

/// Several statistics of the same resamples: `statistics(weights, out)` writes `count` values, NaN where undefined.
std::vector<Interval> bootstrapIntervals(std::span<const std::int64_t> units, int count, int resamples,
    std::uint64_t seed,
    const std::function<void(std::span<const std::int32_t> weights, std::span<double> out)>& statistics);

} // namespace hounsfield::learning
