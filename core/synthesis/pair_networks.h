#pragma once

#include "core/base/result.h"
#include "core/nn/graph.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hounsfield::synthesis {

/// Length of the noise that an image is made from.
inline constexpr std::int64_t noiseLength = 64;

/// What a pair is built for: square images of 32, 64 or 128 pixels.
struct PairForm {
    std::int64_t size = 32;
    std::int64_t channels = 1;
    std::int64_t classes = 2;
    std::uint64_t seed = 1; ///< of the starting weights
};

/// One row of the table of pairs. The generator takes `noise` [N, noiseLength] and `label` [N, classes] (one-hot; a
/// mixture of classes is allowed) and gives `image` [N, channels, size, size], −1 … 1. The discriminator takes `image`
/// and `label` and gives `score` [N, 1], larger for real images; its weights are to be divided by their largest
/// singular values (nn::SpectralNormalization).
struct PairNetwork {
    std::string name;
    Text summary; ///< what it is, one sentence
    Text goodFor; ///< what it is good for, one sentence
    nn::Graph (*generator)(const PairForm&) = nullptr;
    nn::Graph (*discriminator)(const PairForm&) = nullptr;
};

/// `dcgan`, `residual`.
const std::vector<PairNetwork>& pairNetworks();
/// Errors: BadInput naming the pairs there are.
Result<const PairNetwork*> findPairNetwork(const std::string& name);

} // namespace hounsfield::synthesis
