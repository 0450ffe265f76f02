#pragma once

#include <cstdint>

namespace hounsfield::nn {

/// The learning rate of each step of a training.
struct Schedule {
    enum class Kind { Constant, OneCycle, Cosine };
    Kind kind = Kind::Constant;
    double peak = 1e-3;       ///< the highest rate
    std::int64_t steps = 1;   ///< of the whole training
    double warmUp = 0.25;     ///< OneCycle: share of the steps that rise
    double divisor = 25;      ///< OneCycle: starts at peak / divisor
    double lastDivisor = 1e4; ///< OneCycle: ends at peak / divisor / lastDivisor; Cosine ends at 0

    /// @param step  0 … steps − 1. OneCycle (Smith and Topin 2018) joins its three rates by halves of a cosine.
    double rate(std::int64_t step) const;
};

} // namespace hounsfield::nn
