#include "core/synthesis/real_floor.h"

#include "core/base/random.h"
#include "core/learning/bootstrap.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::synthesis {

namespace {

using ClassRows = std::vector<std::vector<std::int64_t>>;

Result<void> checkCounts(const ClassRows& rows, std::span<const std::int64_t> perClass)
{
    for (std::size_t c = 0; c < perClass.size(); ++c) {
        const std::int64_t there = c < rows.size() ? static_cast<std::int64_t>(rows[c].size()) : 0;
        if (2 * perClass[c] > there)
            return badInput(text("synthesis", "Class %1 has %2 real images, too few for two sides of %3.")
                                .with(c, there, perClass[c]));
    }
    return {};
}

struct Halves {
    FeatureSet one, other;
};

Halves split(const FeatureSet& features, const ClassRows& rows, std::span<const std::int64_t> perClass, Random random)
{
    std::vector<std::int64_t> one, other;
    for (std::size_t c = 0; c < perClass.size(); ++c) {
        if (perClass[c] == 0)
            continue;
        const std::vector<std::int64_t> order = random.permutation(static_cast<std::int64_t>(rows[c].size()));
        const auto at = [&](std::int64_t i) {
            return rows[c][static_cast<std::size_t>(order[static_cast<std::size_t>(i)])];
        };
        for (std::int64_t i = 0; i < perClass[c]; ++i) {
            one.push_back(at(i));
            other.push_back(at(perClass[c] + i));
        }
    }
    return {rowsOf(features, one), rowsOf(features, other)};
}

} // namespace

Result<RealFloor> realFloor(const LabelledFeatures& real, std::span<const std::int64_t> perClass,
    const FloorOptions& options, const Monitor& monitor)
{
    const ClassRows rows = TRY(rowsByClass(real, text("synthesis", "real images")));
    TRY(checkCounts(rows, perClass));
    if (options.splits < 1)
        return badInput(text("synthesis", "A floor needs one split at least."));
    std::vector<std::vector<double>> values(measureTable().size());
    for (std::int64_t s = 0; s < options.splits; ++s) {
        const Monitor part = monitor.part(static_cast<double>(s) / static_cast<double>(options.splits),
            static_cast<double>(s + 1) / static_cast<double>(options.splits));
        const Halves halves = split(real.features, rows, perClass,
            Random(options.seed, "split of real images", 0, static_cast<std::uint64_t>(s)));
        const Measures measures = TRY(computeMeasures({halves.one, halves.other}, options.kernel, part));
        for (std::size_t m = 0; m < values.size(); ++m)
            values[m].push_back(measureTable()[m].of(measures));
    }
    RealFloor floor{options.splits, {}};
    const std::int64_t n = std::accumulate(perClass.begin(), perClass.end(), std::int64_t{0});
    for (const std::vector<double>& ofSplits : values) {
        const double sum = std::accumulate(ofSplits.begin(), ofSplits.end(), 0.0);
        const learning::Interval interval = learning::percentileInterval(ofSplits);
        floor.figures.push_back({sum / static_cast<double>(ofSplits.size()), interval.low, interval.high, n});
    }
    return floor;
}

} // namespace hounsfield::synthesis
