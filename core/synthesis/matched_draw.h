#pragma once

#include "core/synthesis/feature_set.h"

namespace hounsfield::synthesis {

/// Features of images whose class is known.
struct LabelledFeatures {
    FeatureSet features;
    std::vector<int> labels; ///< 0 … classes − 1, one an image
};

struct LabelledSides {
    const LabelledFeatures& real;
    const LabelledFeatures& synthetic;
};

/// As many real as synthetic images, of each class as many on both sides.
struct MatchedDraw {
    FeatureSet real, synthetic;
    std::vector<std::int64_t> perClass; ///< images a side

    Sides sides() const { return {real, synthetic}; }
};

/// Draws equal n with the real set's class mix from both sides: as many as there are synthetic images for, and at most
/// half the real images of each class, so that real can be measured against real at the same n (see realFloor).
/// @param most  images a side at most
/// Errors: BadInput when labels do not match, a class has images on one side only, or too few for one a side.
Result<MatchedDraw> drawMatched(const LabelledSides& sides, std::int64_t most, std::uint64_t seed);

/// The rows of each class. Errors: BadInput when there is not one label ≥ 0 an image.
/// @param kind  the images in a sentence, such as text("synthesis", "real images")
Result<std::vector<std::vector<std::int64_t>>> rowsByClass(const LabelledFeatures& images, const Text& kind);

} // namespace hounsfield::synthesis
