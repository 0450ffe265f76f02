#pragma once

#include "core/nn/operators/support.h"

#include <array>

namespace hounsfield::nn {

/// Where a sliding window stands: kernel, strides, dilations and pads of a convolution or pooling over 1 to 3 spatial
/// axes, always told for 3 (leading axes of length 1 are put before).
struct Window {
    std::array<std::int64_t, 3> in{1, 1, 1};
    std::array<std::int64_t, 3> out{1, 1, 1};
    std::array<std::int64_t, 3> kernel{1, 1, 1};
    std::array<std::int64_t, 3> stride{1, 1, 1};
    std::array<std::int64_t, 3> dilation{1, 1, 1};
    std::array<std::int64_t, 3> before{0, 0, 0}; ///< pads
    std::array<std::int64_t, 3> after{0, 0, 0};
    std::size_t spatial = 1; ///< axes that are real

    std::int64_t inCount() const { return in[0] * in[1] * in[2]; }
    std::int64_t outCount() const { return out[0] * out[1] * out[2]; }
    std::int64_t kernelCount() const { return kernel[0] * kernel[1] * kernel[2]; }
    /// [N, channels, out …] as ONNX has it.
    Shape outShape(std::int64_t samples, std::int64_t channels) const;

    /// Calls body(place in the image, number in the kernel) for the taps of one output that lie inside the image.
    template <typename Body> void taps(std::int64_t z, std::int64_t y, std::int64_t x, Body&& body) const
    {
        for (std::int64_t c = 0; c < kernel[0]; ++c) {
            const std::int64_t iz = z * stride[0] + c * dilation[0] - before[0];
            if (iz < 0 || iz >= in[0])
                continue;
            for (std::int64_t b = 0; b < kernel[1]; ++b) {
                const std::int64_t iy = y * stride[1] + b * dilation[1] - before[1];
                if (iy < 0 || iy >= in[1])
                    continue;
                for (std::int64_t a = 0; a < kernel[2]; ++a) {
                    const std::int64_t ix = x * stride[2] + a * dilation[2] - before[2];
                    if (ix >= 0 && ix < in[2])
                        body((iz * in[1] + iy) * in[2] + ix, (c * kernel[1] + b) * kernel[2] + a);
                }
            }
        }
    }
    /// Calls body(output number, z, y, x) for every output place.
    template <typename Body> void places(Body&& body) const
    {
        std::int64_t number = 0;
        for (std::int64_t z = 0; z < out[0]; ++z)
            for (std::int64_t y = 0; y < out[1]; ++y)
                for (std::int64_t x = 0; x < out[2]; ++x)
                    body(number++, z, y, x);
    }
};

/// The window over an input [N, C, spatial …] by the node's attributes; `kernel` is the fallback of kernel_shape.
/// Errors: BadInput (rank, sizes that are not positive, a window larger than the padded image).
Result<Window> windowOf(const OperatorContext& context, const Shape& input, std::vector<std::int64_t> kernel);

/// The window whose transpose a ConvTranspose node is: its `out` is that node's input, its `in` the image made of it.
/// Errors: as windowOf, and pads that leave nothing.
Result<Window> transposedWindowOf(const OperatorContext& context, const Shape& input, std::vector<std::int64_t> kernel);

} // namespace hounsfield::nn
