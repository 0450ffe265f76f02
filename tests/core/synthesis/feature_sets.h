#pragma once

#include "core/base/random.h"
#include "core/synthesis/feature_set.h"

// Sets of features with known properties, for any test of the room.
namespace hounsfield::synthesis {

struct NormalFeatures {
    std::int64_t count = 0;
    std::int64_t width = 0;
    std::uint64_t seed = 1;
    double mean = 0;
    double deviation = 1;
};

/// Independent normal features.
inline FeatureSet drawNormal(const NormalFeatures& form)
{
    FeatureSet features{form.count, form.width, {}};
    Random random(form.seed, "normal features");
    for (std::int64_t i = 0; i < form.count * form.width; ++i)
        features.values.push_back(static_cast<float>(form.mean + form.deviation * random.normal()));
    return features;
}

/// One image again and again.
inline FeatureSet constantFeatures(std::int64_t count, std::int64_t width, float value)
{
    return {count, width, std::vector<float>(static_cast<std::size_t>(count * width), value)};
}

} // namespace hounsfield::synthesis
