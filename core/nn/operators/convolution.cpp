#include "core/nn/operators/window.h"

namespace hounsfield::nn {

namespace {

/// What a Conv node computes: N images of `channels`, `group` groups, `made` output channels.
struct Convolution {
    Sliding sliding;
    std::int64_t images = 0, channels = 0, made = 0, group = 1;

    std::int64_t groupIn() const { return channels / group; }
    std::int64_t groupOut() const { return made / group; }

    /// Calls body(image, output channel, input channel, weight channel) for every pair of channels that are connected;
    /// places are counted in planes.
    template <typename Body> void walkPlanes(Body&& body) const
    {
        for (std::int64_t n = 0; n < images; ++n)
            for (std::int64_t o = 0; o < made; ++o)
                for (std::int64_t c = 0; c < groupIn(); ++c)
                    body(n * made + o, n * channels + o / groupOut() * groupIn() + c, o * groupIn() + c);
    }
};

Result<Convolution> convolutionOf(const OperatorContext& context, const Shape& x, const Shape& w)
{
    if (x.size() < 3 || x.size() != w.size())
        return wrong(context, text("nn", "Input %1 and weights %2 do not fit together.").with(written(x), written(w)));
    Convolution c;
    c.images = x[0];
    c.channels = x[1];
    c.made = w[0];
    c.group = context.node.integer("group", 1);
    if (c.group < 1 || w[1] < 1 || c.made < 1 || c.made % c.group != 0 || c.channels != w[1] * c.group)
        return wrong(context, text("nn", "Input %1 and weights %2 do not fit together in %3 groups.")
                                  .with(written(x), written(w), c.group));
    const std::vector<std::int64_t> kernel(w.begin() + 2, w.end());
    if (const auto named = context.node.integers("kernel_shape"); !named.empty() && named != kernel)
        return wrong(context, text("nn", "The attribute kernel_shape is not that of the weights, %1.").with(written(w)));
    c.sliding = TRY(slidingOf(context, x, kernel));
    return c;
}

Shapes convolutionShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    TRY(needLikeFirst(context, inputs, 1));
    TRY(optionalLikeFirst(context, inputs, 2));
    const auto c = TRY(convolutionOf(context, inputs[0].shape, inputs[1].shape));
    if (isThere(inputs, 2) && inputs[2].shape != Shape{c.made})
        return wrong(context, text("nn", "The bias has the shape %1, not %2.").with(written(inputs[2].shape), c.made));
    Shape shape{c.images, c.made};
    for (const std::int64_t size : c.sliding.outShape())
        shape.push_back(size);
    return infos(inputs[0].type, shape);
}

Result<void> convolutionForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const auto c = TRY(convolutionOf(context, inputs[0]->shape(), inputs[1]->shape()));
    const auto x = doublesOf(*inputs[0]);
    const auto w = doublesOf(*inputs[1]);
    std::vector<double> y(static_cast<std::size_t>(outputs[0].count()), 0);
    const std::int64_t in = c.sliding.inCount(), out = c.sliding.outCount(), kernel = c.sliding.kernelCount();
    c.walkPlanes([&](std::int64_t made, std::int64_t taken, std::int64_t weight) {
        double* yPlane = y.data() + made * out;
        const double* xPlane = x.data() + taken * in;
        const double* wPlane = w.data() + weight * kernel;
        c.sliding.walkPairs([&](std::int64_t o, std::int64_t i, std::int64_t k) { yPlane[o] += xPlane[i] * wPlane[k]; });
    });
    if (const Tensor* bias = inputAt(inputs, 2)) {
        const auto b = doublesOf(*bias);
        for (std::size_t i = 0; i < y.size(); ++i)
            y[i] += b[static_cast<std::size_t>(static_cast<std::int64_t>(i) / out % c.made)];
    }
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

Result<Tensors> convolutionBackward(const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>,
    std::span<const Tensor> gradients)
{
    const auto c = TRY(convolutionOf(context, inputs[0]->shape(), inputs[1]->shape()));
    const auto x = doublesOf(*inputs[0]);
    const auto w = doublesOf(*inputs[1]);
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(x.size(), 0);
    std::vector<double> dw(w.size(), 0);
    const std::int64_t in = c.sliding.inCount(), out = c.sliding.outCount(), kernel = c.sliding.kernelCount();
    c.walkPlanes([&](std::int64_t made, std::int64_t taken, std::int64_t weight) {
        const double* dyPlane = dy.data() + made * out;
        const double* xPlane = x.data() + taken * in;
        double* dxPlane = dx.data() + taken * in;
        const double* wPlane = w.data() + weight * kernel;
        double* dwPlane = dw.data() + weight * kernel;
        c.sliding.walkPairs([&](std::int64_t o, std::int64_t i, std::int64_t k) {
            dxPlane[i] += dyPlane[o] * wPlane[k];
            dwPlane[k] += dyPlane[o] * xPlane[i];
        });
    });
    const ElementType type = inputs[0]->type();
    Tensors result{fromDoubles(type, inputs[0]->shape(), dx), fromDoubles(type, inputs[1]->shape(), dw)};
    if (inputAt(inputs, 2)) {
        std::vector<double> db(static_cast<std::size_t>(c.made), 0);
        for (std::size_t i = 0; i < dy.size(); ++i)
            db[static_cast<std::size_t>(static_cast<std::int64_t>(i) / out % c.made)] += dy[i];
        result.push_back(fromDoubles(type, inputs[2]->shape(), db));
    }
    return result;
}

constexpr Operator rows[] = {
    {"Conv", 1, run<convolutionShapes, convolutionForward>, convolutionBackward, convolutionShapes},
};

} // namespace

std::span<const Operator> convolutionOperators()
{
    return rows;
}

} // namespace hounsfield::nn
