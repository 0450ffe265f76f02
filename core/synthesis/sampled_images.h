#pragma once

#include "core/synthesis/generator.h"
#include "core/synthesis/synthetic_image.h"

namespace hounsfield::synthesis {

/// Which images of a generator are written.
struct SampledImages {
    std::vector<int> labels; ///< classes, in whose turn images are made
    std::int64_t count = 0;  ///< of all of them
    std::uint64_t seed = 1;
    int threads = 0;
};

/// Images as they are written: 8 bits, or 16 where the set had more. Errors: as Sampler.
Result<MakeImages> imagesOf(const GeneratorModel& generator, const SampledImages& wanted);

/// Where they come from, for their folder, with what the generator has seen where its run's folder says so.
learning::Provenance provenanceOf(const GeneratorModel& generator, const SampledImages& wanted);

} // namespace hounsfield::synthesis
