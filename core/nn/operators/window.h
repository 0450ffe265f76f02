#pragma once

#include "core/nn/operators/support.h"

#include <array>

namespace hounsfield::nn {

/// How a Conv or pooling node slides over 1 to 3 spatial dimensions; missing leading ones are 1.
struct Sliding {
    using Triple = std::array<std::int64_t, 3>;
    Triple in{1, 1, 1}, out{1, 1, 1}, kernel{1, 1, 1}, strides{1, 1, 1}, dilations{1, 1, 1}, begins{0, 0, 0}, ends{0, 0, 0};
    std::size_t rank = 2;

    std::int64_t inCount() const { return in[0] * in[1] * in[2]; }
    std::int64_t outCount() const { return out[0] * out[1] * out[2]; }
    std::int64_t kernelCount() const { return kernel[0] * kernel[1] * kernel[2]; }
    /// The spatial part of a shape.
    Shape outShape() const;

    /// Calls body(output place, input place, kernel place) for every pair that meets inside the input; outputs outermost.
    template <typename Body> void walkPairs(Body&& body) const
    {
        for (std::int64_t o = 0; o < outCount(); ++o)
            for (std::int64_t k = 0; k < kernelCount(); ++k)
                if (const std::int64_t i = inputPlace(o, k); i >= 0)
                    body(o, i, k);
    }
    /// −1 where the kernel lies outside of the input.
    std::int64_t inputPlace(std::int64_t output, std::int64_t kernelPlace) const;
    /// Places of the kernel inside the input with its pads; what AveragePool divides by with count_include_pad.
    std::int64_t padded(std::int64_t output) const;
};

/// Errors: BadInput where attributes do not fit the rank, a kernel is larger than the input, sizes are not positive.
/// @param shape   of the input, [N, C, spatial …]
/// @param kernel  spatial
Result<Sliding> slidingOf(const OperatorContext& context, const Shape& shape, const std::vector<std::int64_t>& kernel);

} // namespace hounsfield::nn
