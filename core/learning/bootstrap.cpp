#include "core/learning/bootstrap.h"

#include "core/base/parallel.h"
#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace hounsfield::learning {

Interval percentileInterval(std::vector<double> values)
{
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    if (values.empty())
        return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
    std::ranges::sort(values);
    const auto at = [&](double share) {
        const double place = share * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min(below + 1, values.size() - 1);
        return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
    };
    return {at(0.025), at(0.975)};
}

std::vector<Interval> bootstrapIntervals(std::span<const std::int64_t> units, int count, int resamples,
    std::uint64_t seed,
    const std::function<void(std::span<const std::int32_t> weights, std::span<double> values)>& statistics)
{
    const std::int64_t unitCount = units.empty() ? 0 : *std::ranges::max_element(units) + 1;
    const auto width = static_cast<std::size_t>(count);
    std::vector<double> table(static_cast<std::size_t>(resamples) * width);
    // Units that stand in no case of this part take no part in the draw.
    std::vector<std::int64_t> dense(static_cast<std::size_t>(unitCount), -1);
    std::int64_t present = 0;
    for (const std::int64_t unit : units)
        if (std::int64_t& number = dense[static_cast<std::size_t>(unit)]; number < 0)
            number = present++;
    parallelFor(resamples, processorCount(), [&](std::int64_t resample) {
        Random random(seed, "bootstrap", 0, static_cast<std::uint64_t>(resample));
        std::vector<std::int32_t> drawn(static_cast<std::size_t>(present));
        for (std::int64_t i = 0; i < present; ++i)
            ++drawn[static_cast<std::size_t>(random.below(present))];
        std::vector<std::int32_t> weights(units.size());
        for (std::size_t i = 0; i < units.size(); ++i)
            weights[i] = drawn[static_cast<std::size_t>(dense[static_cast<std::size_t>(units[i])])];
        statistics(weights, std::span(table).subspan(static_cast<std::size_t>(resample) * width, width));
    });
    std::vector<Interval> intervals;
    for (std::size_t s = 0; s < width; ++s) {
        std::vector<double> values;
        for (std::size_t r = 0; r < static_cast<std::size_t>(resamples); ++r)
            values.push_back(table[r * width + s]);
        intervals.push_back(percentileInterval(std::move(values)));
    }
    return intervals;
}

} // namespace hounsfield::learning
