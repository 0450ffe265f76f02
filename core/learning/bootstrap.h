#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace hounsfield::learning {

struct Interval {
    double low = 0;
    double high = 0;
};

/// The 2.5th and 97.5th percentile of the finite values, linear between order statistics as R's type 7; NaN … NaN
/// without any.
Interval percentileInterval(std::vector<double> values);

/// 95 % intervals of several statistics by resampling whole units (patients) with replacement (Efron 1979): the 2.5th
/// and 97.5th percentile over the resamples. A statistic that is undefined (NaN) in a resample leaves that one out; one
/// that is defined in none has the interval NaN … NaN. The same seed gives the same intervals on any number of threads.
/// @param units       dense number of each case's unit
/// @param statistics  from how often each case counts (one weight a case), writes `count` values; called by several
///                    threads at once
std::vector<Interval> bootstrapIntervals(std::span<const std::int64_t> units, int count, int resamples,
    std::uint64_t seed,
    const std::function<void(std::span<const std::int32_t> weights, std::span<double> values)>& statistics);

} // namespace hounsfield::learning
