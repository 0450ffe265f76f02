#pragma once

#include "core/base/options.h"
#include "core/nn/graph.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// What a network is built for. Its input is `image` [N, channels, height, width], its output `logits` [N, classes].
struct NetworkForm {
    int channels = 1;
    std::int64_t width = 28;
    std::int64_t height = 28;
    std::int64_t classes = 2;
    std::uint64_t seed = 1; ///< of the starting weights
};

/// One row of the table of networks.
struct Network {
    std::string name;
    Text summary;               ///< what it is, one sentence
    Text goodFor;               ///< what it is good for, one sentence
    std::int64_t leastSize = 1; ///< smallest width and height it can take
    std::int64_t autoSize = 64; ///< largest size chosen without being asked
    nn::Graph (*build)(const NetworkForm&) = nullptr;
    std::map<std::string, std::string> defaults; ///< of `trainingOptions`, where they differ from the table's own
    std::int64_t leastSteps = 0; ///< of a training; small sets get smaller batches and more epochs for it. 0: never
};

const std::vector<Network>& networks();
/// Errors: BadInput naming the networks there are.
Result<const Network*> findNetwork(const std::string& name);

/// Errors: BadInput when the images are too small for it.
Result<nn::Graph> buildNetwork(const Network& network, const NetworkForm& form);

} // namespace hounsfield::learning
