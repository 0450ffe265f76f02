#include "core/synthesis/feature_set.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::synthesis {

namespace {

bool isConstant(const FeatureSet& features)
{
    for (std::int64_t i = 1; i < features.count; ++i)
        if (!std::ranges::equal(features.row(i), features.row(0)))
            return false;
    return true;
}

} // namespace

FeatureSet rowsOf(const FeatureSet& features, std::span<const std::int64_t> rows)
{
    FeatureSet chosen{static_cast<std::int64_t>(rows.size()), features.width, {}};
    chosen.values.reserve(rows.size() * static_cast<std::size_t>(features.width));
    for (const std::int64_t i : rows) {
        const auto row = features.row(i);
        chosen.values.insert(chosen.values.end(), row.begin(), row.end());
    }
    return chosen;
}

Result<void> checkFeatures(const FeatureSet& features, const Text& kind, std::int64_t fewest)
{
    if (features.width < 1 || features.count < 0
        || features.values.size()
               != static_cast<std::size_t>(features.count) * static_cast<std::size_t>(features.width))
        return badInput(text("synthesis", "%1 values are no table of %2 × %3 features (%4).")
                            .with(features.values.size(), features.count, features.width, kind));
    if (features.count < fewest)
        return badInput(
            text("synthesis", "There are %1 %3; this measure needs %2 at least.").with(features.count, fewest, kind));
    const auto bad = std::ranges::find_if(features.values, [](float value) { return !std::isfinite(value); });
    if (bad != features.values.end()) {
        const std::int64_t place = bad - features.values.begin();
        return badInput(text("synthesis", "Feature %1 of image %2 is not a number (%3).")
                            .with(place % features.width + 1, place / features.width + 1, kind));
    }
    return {};
}

Result<void> checkSides(const Sides& sides, std::int64_t fewest)
{
    TRY(checkFeatures(sides.real, text("synthesis", "real images"), fewest));
    TRY(checkFeatures(sides.synthetic, text("synthesis", "synthetic images"), fewest));
    if (sides.real.width != sides.synthetic.width)
        return badInput(text("synthesis", "Real images have %1 features and synthetic ones %2.")
                            .with(sides.real.width, sides.synthetic.width),
            {}, text("synthesis", "Take both from the same network."));
    if (isConstant(sides.real))
        return badInput(text("synthesis", "All %1 real images have the same features.").with(sides.real.count), {},
            text("synthesis", "The network that gives the features tells nothing apart; train it first."));
    return {};
}

} // namespace hounsfield::synthesis
