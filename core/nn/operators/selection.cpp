#include "core/nn/operators/support.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::nn {

namespace {

/// The runs that TopK looks at: `count` of them, `length` elements `stride` apart, of which `chosen` are taken.
struct Selection {
    std::size_t axis = 0;
    std::int64_t length = 0, stride = 1, chosen = 0;

    std::int64_t first(std::int64_t run, std::int64_t size) const
    {
        return run / stride * size * stride + run % stride;
    }
};

/// The attribute `k` up to opset 9, the second input since 10.
Result<Selection> selectionOf(const OperatorContext& context, const Shape& shape, const Inputs& known)
{
    Selection s;
    s.axis = static_cast<std::size_t>(
        TRY(axisOf(context, context.node.integer("axis", -1), static_cast<std::int64_t>(shape.size()))));
    s.length = shape[s.axis];
    s.stride = productOf(shape, s.axis + 1, shape.size());
    s.chosen = context.node.integer("k", 0);
    if (context.opset >= 10) {
        const auto list = TRY(listOf(context, known, 1));
        if (list.size() != 1)
            return wrong(context, text("nn", "Input %1 has to be one number.").with(2));
        s.chosen = list[0];
    }
    if (s.chosen < 0 || (s.length >= 0 && s.chosen > s.length))
        return wrong(context, text("nn", "%1 elements cannot be taken of %2.").with(s.chosen, s.length));
    return s;
}

Shapes topShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0, numeric));
    const Selection s = TRY(selectionOf(context, inputs[0].shape, known));
    Shape shape = inputs[0].shape;
    shape[s.axis] = s.chosen;
    auto result = infos(inputs[0].type, shape);
    result.push_back({"made", ElementType::Int64, shape});
    return result;
}

/// Of equal ones the first goes before; what is no number counts as larger than all, as in NumPy.
Result<void> topForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Selection s = TRY(selectionOf(context, inputs[0]->shape(), inputs));
    const bool isLargest = context.node.integer("largest", 1) != 0;
    const auto x = doublesOf(*inputs[0]);
    const auto y = outputs[1].as<std::int64_t>();
    std::vector<double> values(y.size());
    std::vector<std::int64_t> order(static_cast<std::size_t>(s.length));
    const auto less = [](double a, double b) { return std::isnan(b) ? !std::isnan(a) : a < b; };
    for (std::int64_t run = 0; run * s.chosen < std::ssize(y); ++run) {
        const auto value = [&](std::int64_t i) {
            return x[static_cast<std::size_t>(s.first(run, s.length) + i * s.stride)];
        };
        std::iota(order.begin(), order.end(), 0);
        std::partial_sort(order.begin(), order.begin() + s.chosen, order.end(), [&](std::int64_t a, std::int64_t b) {
            if (less(value(a), value(b)) || less(value(b), value(a)))
                return isLargest ? less(value(b), value(a)) : less(value(a), value(b));
            return a < b;
        });
        for (std::int64_t i = 0; i < s.chosen; ++i) {
            const auto at = static_cast<std::size_t>(s.first(run, s.chosen) + i * s.stride);
            y[at] = order[static_cast<std::size_t>(i)];
            values[at] = value(y[at]);
        }
    }
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), values);
    return {};
}

Result<Tensors> topBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Selection s = TRY(selectionOf(context, inputs[0]->shape(), inputs));
    const auto taken = TRY((run<topShapes, topForward>(context, inputs)));
    const auto places = taken[1].as<std::int64_t>();
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(static_cast<std::size_t>(inputs[0]->count()), 0);
    for (std::int64_t run = 0; run * s.chosen < std::ssize(places); ++run)
        for (std::int64_t i = 0; i < s.chosen; ++i) {
            const auto at = static_cast<std::size_t>(s.first(run, s.chosen) + i * s.stride);
            if (at < dy.size())
                dx[static_cast<std::size_t>(s.first(run, s.length) + places[at] * s.stride)] += dy[at];
        }
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx);
    return result;
}

constexpr Operator rows[] = {
    {"TopK", 1, run<topShapes, topForward>, topBackward, topShapes},
};

} // namespace

std::span<const Operator> selectionOperators()
{
    return rows;
}

} // namespace hounsfield::nn
