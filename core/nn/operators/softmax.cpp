#include "core/nn/operators/support.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

/// The numbers that one softmax runs over: `size` of them, `stride` apart, `outer · stride` times.
struct Runs {
    std::int64_t outer = 1, size = 1, stride = 1;

    template <typename Body> void walk(Body&& body) const
    {
        for (std::int64_t o = 0; o < outer; ++o)
            for (std::int64_t s = 0; s < stride; ++s)
                body(o * size * stride + s);
    }
};

/// Opsets up to 12 took the input as a matrix, everything from `axis` on in one run; since 13 the run is one axis.
Result<Runs> runsOf(const OperatorContext& context, const Shape& shape)
{
    const bool isMatrix = context.opset < 13;
    const auto rank = static_cast<std::int64_t>(shape.size());
    const std::int64_t named = context.node.integer("axis", isMatrix ? 1 : -1);
    if (isMatrix && named == rank)
        return Runs{productOf(shape, 0, shape.size()), 1, 1};
    const auto axis = static_cast<std::size_t>(TRY(axisOf(context, named, rank)));
    const std::int64_t before = productOf(shape, 0, axis);
    if (isMatrix)
        return Runs{before, productOf(shape, axis, shape.size()), 1};
    return Runs{before, shape[axis], productOf(shape, axis + 1, shape.size())};
}

Shapes softmaxShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    TRY(runsOf(context, inputs[0].shape));
    return infos(inputs[0].type, inputs[0].shape);
}

enum class Form { Plain, Logarithm };

template <Form form> Result<void> softmaxForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Runs runs = TRY(runsOf(context, inputs[0]->shape()));
    auto values = doublesOf(*inputs[0]);
    runs.walk([&](std::int64_t first) {
        const auto at = [&](std::int64_t i) -> double& {
            return values[static_cast<std::size_t>(first + i * runs.stride)];
        };
        double largest = -std::numeric_limits<double>::infinity();
        for (std::int64_t i = 0; i < runs.size; ++i)
            largest = std::max(largest, at(i));
        double sum = 0;
        for (std::int64_t i = 0; i < runs.size; ++i)
            sum += std::exp(at(i) - largest);
        for (std::int64_t i = 0; i < runs.size; ++i)
            at(i) = form == Form::Plain ? std::exp(at(i) - largest) / sum : at(i) - largest - std::log(sum);
    });
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), values);
    return {};
}

template <Form form>
Result<Tensors> softmaxBackward(const OperatorContext& context, const Inputs& inputs, std::span<const Tensor> outputs,
    std::span<const Tensor> gradients)
{
    const Runs runs = TRY(runsOf(context, inputs[0]->shape()));
    const auto y = doublesOf(outputs[0]);
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(y.size());
    runs.walk([&](std::int64_t first) {
        double sum = 0;
        for (std::int64_t k = 0; k < runs.size; ++k) {
            const auto i = static_cast<std::size_t>(first + k * runs.stride);
            sum += form == Form::Plain ? dy[i] * y[i] : dy[i];
        }
        for (std::int64_t k = 0; k < runs.size; ++k) {
            const auto i = static_cast<std::size_t>(first + k * runs.stride);
            dx[i] = form == Form::Plain ? y[i] * (dy[i] - sum) : dy[i] - std::exp(y[i]) * sum;
        }
    });
    return Tensors{fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx)};
}

/// 1 for the first of the largest numbers of each run, 0 for the others.
Result<void> hardmaxForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Runs runs = TRY(runsOf(context, inputs[0]->shape()));
    const auto x = doublesOf(*inputs[0]);
    std::vector<double> y(x.size(), 0);
    runs.walk([&](std::int64_t first) {
        const auto at = [&](std::int64_t i) { return static_cast<std::size_t>(first + i * runs.stride); };
        std::int64_t best = 0;
        for (std::int64_t i = 1; i < runs.size; ++i)
            if (x[at(i)] > x[at(best)])
                best = i;
        if (runs.size > 0)
            y[at(best)] = 1;
    });
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

constexpr Operator rows[] = {
    {"Hardmax", 1, run<softmaxShapes, hardmaxForward>, nullptr, softmaxShapes},
    {"Softmax", 1, run<softmaxShapes, softmaxForward<Form::Plain>>, softmaxBackward<Form::Plain>, softmaxShapes},
    {"LogSoftmax", 1, run<softmaxShapes, softmaxForward<Form::Logarithm>>, softmaxBackward<Form::Logarithm>,
        softmaxShapes},
};

} // namespace

std::span<const Operator> softmaxOperators()
{
    return rows;
}

} // namespace hounsfield::nn
