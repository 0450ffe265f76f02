#pragma once

#include "core/learning/networks.h"

#include <cstdint>
#include <vector>

namespace hounsfield::learning {

/// A residual network of basic blocks (He et al. 2016): stem, one stage a width, global average pool, dense layer.
struct ResidualForm {
    std::vector<std::int64_t> widths{8, 16, 32, 64}; ///< channels of each stage; stages behind the first halve the size
    int blocks = 1;                                  ///< a stage
    enum class Stem {
        Small, ///< 3×3, stride 1
        Image  ///< 7×7, stride 2, then MaxPool 3 stride 2
    } stem = Stem::Small;
};

/// Convolutions start He normal by fan out, the last normalisation of each block at 0, the dense layer normal with
/// deviation 0.01.
nn::Graph residualNetwork(const std::string& name, const ResidualForm& residual, const NetworkForm& form);

} // namespace hounsfield::learning
