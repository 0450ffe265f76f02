#include "core/nn/operators/convolution_loops.h"
#include "core/nn/operators/windows.h"

namespace hounsfield::nn {

namespace {

Shapes convShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    TRY(needLikeFirst(context, inputs, 1));
    TRY(optionalLikeFirst(context, inputs, 2));
    const Shape& x = inputs[0].shape;
    const Shape& w = inputs[1].shape;
    const std::int64_t group = context.node.integer("group", 1);
    const bool fits = x.size() == w.size() && x.size() >= 3 && group >= 1 && group <= w[0] && w[0] % group == 0
                      && w[1] <= x[1] && w[1] * group == x[1];
    if (!fits)
        return wrong(context,
            text("nn", "Weights %1 in %2 groups do not fit an input of %3.").with(written(w), group, written(x)));
    const std::vector<std::int64_t> kernel(w.begin() + 2, w.end());
    if (context.node.has("kernel_shape") && context.node.integers("kernel_shape") != kernel)
        return wrong(context, text("nn", "kernel_shape is not that of the weights %1.").with(written(w)));
    if (isThere(inputs, 2) && inputs[2].shape != Shape{w[0]})
        return wrong(context, text("nn", "The bias %1 has not %2 values.").with(written(inputs[2].shape), w[0]));
    const Window window = TRY(windowOf(context, x, kernel));
    return infos(inputs[0].type, window.outShape(x[0], w[0]));
}

/// Sizes of one convolution, and its loops: body(output, input, weight) for every product, grouped by output.
struct Convolution {
    Window window;
    std::int64_t samples = 0;
    std::int64_t channels = 0; ///< made
    std::int64_t perGroup = 0; ///< input channels a group
    std::int64_t group = 1;

    template <typename Body> void products(Body&& body) const
    {
        const std::int64_t outChannels = channels / group;
        for (std::int64_t n = 0; n < samples; ++n)
            for (std::int64_t m = 0; m < channels; ++m) {
                const std::int64_t firstIn = (n * group + m / outChannels) * perGroup;
                window.places([&](std::int64_t number, std::int64_t z, std::int64_t y, std::int64_t x) {
                    const std::int64_t output = (n * channels + m) * window.outCount() + number;
                    for (std::int64_t c = 0; c < perGroup; ++c)
                        window.taps(z, y, x, [&](std::int64_t place, std::int64_t tap) {
                            body(static_cast<std::size_t>(output),
                                static_cast<std::size_t>((firstIn + c) * window.inCount() + place),
                                static_cast<std::size_t>((m * perGroup + c) * window.kernelCount() + tap));
                        });
                });
            }
    }
    /// The channel whose bias an element of the output takes.
    std::size_t biasAt(std::size_t output) const
    {
        return output / static_cast<std::size_t>(window.outCount()) % static_cast<std::size_t>(channels);
    }
};

Convolution convolutionOf(const OperatorContext& context, const Inputs& inputs)
{
    const Shape& w = inputs[1]->shape();
    Convolution convolution;
    convolution.window = *windowOf(context, inputs[0]->shape(), {w.begin() + 2, w.end()});
    convolution.samples = inputs[0]->shape()[0];
    convolution.channels = w[0];
    convolution.perGroup = w[1];
    convolution.group = context.node.integer("group", 1);
    return convolution;
}

Result<void> convForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    convolve(convolutionOf(context, inputs), inputs, outputs);
    return {};
}

Result<Tensors> convBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    return convolveBackward(convolutionOf(context, inputs), inputs, gradients[0]);
}

constexpr Operator rows[] = {
    {"Conv", 1, run<convShapes, convForward>, convBackward, convShapes},
};

} // namespace

std::span<const Operator> convolutionOperators()
{
    return rows;
}

} // namespace hounsfield::nn
