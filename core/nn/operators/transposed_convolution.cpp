#include "core/nn/operators/convolution_loops.h"
#include "core/nn/operators/windows.h"

namespace hounsfield::nn {

namespace {

/// Weights are [C, M / group, kernel …]; Y is [N, M, …].
Shapes transposedShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    TRY(needLikeFirst(context, inputs, 1));
    TRY(optionalLikeFirst(context, inputs, 2));
    const Shape &x = inputs[0].shape, &w = inputs[1].shape;
    const std::int64_t group = context.node.integer("group", 1);
    const bool fits = x.size() == w.size() && x.size() >= 3 && x[1] == w[0] && group >= 1 && group <= x[1]
                      && x[1] % group == 0 && w[1] >= 0 && w[1] <= (std::int64_t{1} << 31) / group;
    if (!fits)
        return wrong(context,
            text("nn", "Weights %1 in %2 groups do not fit an input of %3.").with(written(w), group, written(x)));
    const std::vector<std::int64_t> kernel(w.begin() + 2, w.end());
    if (context.node.has("kernel_shape") && context.node.integers("kernel_shape") != kernel)
        return wrong(context, text("nn", "kernel_shape is not that of the weights %1.").with(written(w)));
    const std::int64_t channels = w[1] * group;
    if (isThere(inputs, 2) && inputs[2].shape != Shape{channels})
        return wrong(context, text("nn", "The bias %1 has not %2 values.").with(written(inputs[2].shape), channels));
    Window window = TRY(transposedWindowOf(context, x, kernel));
    std::swap(window.in, window.out);
    return infos(inputs[0].type, window.outShape(x[0], channels));
}

/// Sizes of one node, and its loops: body(output, input, weight) for every product.
struct TransposedConvolution {
    Window window;
    std::int64_t samples = 0;
    std::int64_t channels = 0; ///< of the input
    std::int64_t perGroup = 0; ///< channels made a group
    std::int64_t group = 1;

    template <typename Body> void products(Body&& body) const
    {
        for (std::int64_t n = 0; n < samples; ++n)
            for (std::int64_t c = 0; c < channels; ++c) {
                const std::int64_t firstOut = (n * group + c / (channels / group)) * perGroup;
                window.places([&](std::int64_t number, std::int64_t z, std::int64_t y, std::int64_t x) {
                    const auto input = static_cast<std::size_t>((n * channels + c) * window.outCount() + number);
                    for (std::int64_t m = 0; m < perGroup; ++m)
                        window.taps(z, y, x, [&](std::int64_t place, std::int64_t tap) {
                            body(static_cast<std::size_t>((firstOut + m) * window.inCount() + place), input,
                                static_cast<std::size_t>((c * perGroup + m) * window.kernelCount() + tap));
                        });
                });
            }
    }
    /// The channel whose bias an element of the output takes.
    std::size_t biasAt(std::size_t output) const
    {
        return output / static_cast<std::size_t>(window.inCount()) % static_cast<std::size_t>(perGroup * group);
    }
};

Result<TransposedConvolution> convolutionOf(const OperatorContext& context, const Inputs& inputs)
{
    const Shape &x = inputs[0]->shape(), &w = inputs[1]->shape();
    return TransposedConvolution{TRY(transposedWindowOf(context, x, {w.begin() + 2, w.end()})), x[0], x[1], w[1],
        context.node.integer("group", 1)};
}

Result<void> transposedForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    convolve(TRY(convolutionOf(context, inputs)), inputs, outputs);
    return {};
}

Result<Tensors> transposedBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    return convolveBackward(TRY(convolutionOf(context, inputs)), inputs, gradients[0]);
}

constexpr Operator rows[] = {
    {"ConvTranspose", 1, run<transposedShapes, transposedForward>, transposedBackward, transposedShapes},
};

} // namespace

std::span<const Operator> transposedConvolutionOperators()
{
    return rows;
}

} // namespace hounsfield::nn
