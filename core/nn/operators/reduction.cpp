#include "core/nn/operators/support.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::nn {

namespace {

/// The axes that a node reduces: an attribute, or an input since opset 13 (ReduceSum) or 18. Empty: none is reduced.
Result<std::vector<std::int64_t>> reducedAxes(const OperatorContext& context, std::size_t rank, const Inputs& known)
{
    std::vector<std::int64_t> axes = context.node.integers("axes");
    if (context.node.inputs.size() > 1 || known.size() > 1)
        if (inputAt(known, 1) || (context.node.inputs.size() > 1 && !context.node.inputs[1].empty()))
            axes = TRY(listOf(context, known, 1));
    if (axes.empty() && context.node.integer("noop_with_empty_axes", 0) == 0) {
        axes.resize(rank);
        std::iota(axes.begin(), axes.end(), 0);
    }
    return axesOf(context, axes, static_cast<std::int64_t>(rank));
}

bool contains(const std::vector<std::int64_t>& axes, std::size_t axis)
{
    return std::binary_search(axes.begin(), axes.end(), static_cast<std::int64_t>(axis));
}

/// The input's shape with 1 where an axis is reduced.
Shape keptShape(Shape shape, const std::vector<std::int64_t>& axes)
{
    for (const auto axis : axes)
        shape[static_cast<std::size_t>(axis)] = 1;
    return shape;
}

Shapes reduceShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0, numeric));
    const auto axes = TRY(reducedAxes(context, inputs[0].shape.size(), known));
    const Shape kept = keptShape(inputs[0].shape, axes);
    if (context.node.integer("keepdims", 1) != 0)
        return infos(inputs[0].type, kept);
    Shape shape;
    for (std::size_t d = 0; d < kept.size(); ++d)
        if (!contains(axes, d))
            shape.push_back(kept[d]);
    return infos(inputs[0].type, shape);
}

/// A reduction as sum over f(x), finished by g; its gradient is f'(x) times a factor from (x, y, count).
enum class Reduction { Sum, Mean, Most, Least, Product, L1, L2, SumSquare, LogSum, LogSumExp };

template <Reduction kind> double started()
{
    const double infinite = std::numeric_limits<double>::infinity();
    return kind == Reduction::Most      ? -infinite
           : kind == Reduction::Least   ? infinite
           : kind == Reduction::Product ? 1
                                        : 0;
}

template <Reduction kind> double joined(double sum, double x)
{
    switch (kind) {
    case Reduction::Most:
        return std::isnan(x) ? x : std::max(x, sum);
    case Reduction::Least:
        return std::isnan(x) ? x : std::min(x, sum);
    case Reduction::Product:
        return sum * x;
    case Reduction::L1:
        return sum + std::abs(x);
    case Reduction::L2:
    case Reduction::SumSquare:
        return sum + x * x;
    case Reduction::LogSumExp:
        return sum + std::exp(x);
    default:
        return sum + x;
    }
}

template <Reduction kind> double slope(double x, double y, double count)
{
    switch (kind) {
    case Reduction::Mean:
        return 1 / count;
    case Reduction::Product:
        return y / x;
    case Reduction::L1:
        return x > 0 ? 1 : x < 0 ? -1 : 0;
    case Reduction::L2:
        return y > 0 ? x / y : 0;
    case Reduction::SumSquare:
        return 2 * x;
    case Reduction::LogSum:
        return std::exp(-y);
    case Reduction::LogSumExp:
        return std::exp(x - y);
    default:
        return 1;
    }
}

template <Reduction kind>
Result<void> reduceForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Shape& shape = inputs[0]->shape();
    const auto axes = TRY(reducedAxes(context, shape.size(), inputs));
    const auto x = doublesOf(*inputs[0]);
    std::vector<double> y(static_cast<std::size_t>(outputs[0].count()), started<kind>());
    const auto places = broadcastStrides(keptShape(shape, axes), shape);
    // The largest of each run is taken out of the exponentials, so that none overflows.
    std::vector<double> most(y.size(), 0);
    if (kind == Reduction::LogSumExp) {
        std::fill(most.begin(), most.end(), -std::numeric_limits<double>::infinity());
        walk(shape, stridesOf(shape), places, [&](std::int64_t i, std::int64_t o) {
            auto& largest = most[static_cast<std::size_t>(o)];
            largest = std::max(largest, x[static_cast<std::size_t>(i)]);
        });
    }
    walk(shape, stridesOf(shape), places, [&](std::int64_t i, std::int64_t o) {
        const auto at = static_cast<std::size_t>(o);
        y[at] = joined<kind>(y[at], x[static_cast<std::size_t>(i)] - (kind == Reduction::LogSumExp ? most[at] : 0));
    });
    const double count = y.empty() ? 1 : static_cast<double>(x.size()) / static_cast<double>(y.size());
    for (std::size_t o = 0; o < y.size(); ++o) {
        if (kind == Reduction::Mean)
            y[o] /= count;
        if (kind == Reduction::L2)
            y[o] = std::sqrt(y[o]);
        if (kind == Reduction::LogSum || kind == Reduction::LogSumExp)
            y[o] = std::log(y[o]) + most[o];
    }
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

template <Reduction kind>
Result<Tensors> reduceBackward(const OperatorContext& context, const Inputs& inputs, std::span<const Tensor> outputs,
    std::span<const Tensor> gradients)
{
    const Shape& shape = inputs[0]->shape();
    const auto axes = TRY(reducedAxes(context, shape.size(), inputs));
    const auto x = doublesOf(*inputs[0]);
    const auto y = doublesOf(outputs[0]);
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(x.size(), 0);
    std::vector<bool> isTaken(y.size(), false);
    const double count = y.empty() ? 1 : static_cast<double>(x.size()) / static_cast<double>(y.size());
    const auto places = broadcastStrides(keptShape(shape, axes), shape);
    walk(shape, stridesOf(shape), places, [&](std::int64_t place, std::int64_t to) {
        const auto i = static_cast<std::size_t>(place);
        const auto o = static_cast<std::size_t>(to);
        if (kind == Reduction::Most || kind == Reduction::Least) { // the first of equal ones receives it
            if (isTaken[o] || x[i] != y[o])
                return;
            isTaken[o] = true;
        }
        dx[i] = dy[o] * slope<kind>(x[i], y[o], count);
    });
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), shape, dx);
    return result;
}

// ---- ArgMax, ArgMin

Shapes argShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    Shape shape = inputs[0].shape;
    const auto axis = TRY(axisOf(context, context.node.integer("axis", 0), static_cast<std::int64_t>(shape.size())));
    if (shape[static_cast<std::size_t>(axis)] == 0)
        return wrong(context, text("nn", "Axis %1 of shape %2 is empty.").with(axis, written(shape)));
    if (context.node.integer("keepdims", 1) != 0)
        shape[static_cast<std::size_t>(axis)] = 1;
    else
        shape.erase(shape.begin() + axis);
    return infos(ElementType::Int64, shape);
}

template <bool isMost> Result<void> argForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Shape& shape = inputs[0]->shape();
    const auto axis = static_cast<std::size_t>(
        TRY(axisOf(context, context.node.integer("axis", 0), static_cast<std::int64_t>(shape.size()))));
    const bool takesLast = context.node.integer("select_last_index", 0) != 0;
    const auto x = doublesOf(*inputs[0]);
    const std::int64_t step = productOf(shape, axis + 1, shape.size());
    const auto y = outputs[0].as<std::int64_t>();
    for (std::size_t o = 0; o < y.size(); ++o) {
        const auto at = static_cast<std::int64_t>(o);
        const std::int64_t first = at / step * shape[axis] * step + at % step;
        std::int64_t best = 0;
        for (std::int64_t k = 1; k < shape[axis]; ++k) {
            const double now = x[static_cast<std::size_t>(first + k * step)];
            const double then = x[static_cast<std::size_t>(first + best * step)];
            if ((isMost ? now > then : now < then) || (takesLast && now == then))
                best = k;
        }
        y[o] = best;
    }
    return {};
}

// ---- CumSum

Shapes runningShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    TRY(need(context, inputs, 1, indexing));
    return infos(inputs[0].type, inputs[0].shape);
}

/// Sums along an axis, each without its own element where `exclusive`; its transpose runs the other way.
Result<std::vector<double>> runningSums(
    const OperatorContext& context, const Inputs& inputs, const std::vector<double>& x, bool isTransposed)
{
    const Shape& shape = inputs[0]->shape();
    const auto named = static_cast<std::int64_t>(std::clamp(TRY(numberOf(context, inputs, 1, 0)), -1e9, 1e9));
    const auto axis = static_cast<std::size_t>(TRY(axisOf(context, named, std::ssize(shape))));
    const bool isReversed = (context.node.integer("reverse", 0) != 0) != isTransposed;
    const bool isExclusive = context.node.integer("exclusive", 0) != 0;
    const std::int64_t length = shape[axis], step = productOf(shape, axis + 1, shape.size());
    std::vector<double> y(x.size());
    for (std::int64_t run = 0; run * length < std::ssize(x); ++run) {
        double sum = 0;
        for (std::int64_t k = 0; k < length; ++k) {
            const std::int64_t place = isReversed ? length - 1 - k : k;
            const auto at = static_cast<std::size_t>((run / step * length + place) * step + run % step);
            y[at] = isExclusive ? sum : sum + x[at];
            sum += x[at];
        }
    }
    return y;
}

Result<void> runningForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const auto y = TRY(runningSums(context, inputs, doublesOf(*inputs[0]), false));
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

Result<Tensors> runningBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    Tensors result(inputs.size());
    result[0] = fromDoubles(
        inputs[0]->type(), inputs[0]->shape(), TRY(runningSums(context, inputs, doublesOf(gradients[0]), true)));
    return result;
}

template <Reduction kind> constexpr Operator reduction(std::string_view name)
{
    return {name, 1, run<reduceShapes, reduceForward<kind>>, reduceBackward<kind>, reduceShapes};
}

constexpr Operator rows[] = {
    reduction<Reduction::Sum>("ReduceSum"),
    reduction<Reduction::Mean>("ReduceMean"),
    reduction<Reduction::Most>("ReduceMax"),
    reduction<Reduction::Least>("ReduceMin"),
    reduction<Reduction::Product>("ReduceProd"),
    reduction<Reduction::L1>("ReduceL1"),
    reduction<Reduction::L2>("ReduceL2"),
    reduction<Reduction::SumSquare>("ReduceSumSquare"),
    reduction<Reduction::LogSum>("ReduceLogSum"),
    reduction<Reduction::LogSumExp>("ReduceLogSumExp"),
    {"ArgMax", 1, run<argShapes, argForward<true>>, nullptr, argShapes},
    {"CumSum", 11, run<runningShapes, runningForward>, runningBackward, runningShapes},
    {"ArgMin", 1, run<argShapes, argForward<false>>, nullptr, argShapes},
};

} // namespace

std::span<const Operator> reductionOperators()
{
    return rows;
}

} // namespace hounsfield::nn
