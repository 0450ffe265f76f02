#include "core/nn/operators/support.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

/// The attribute `axes` up to opset 12, the second input since 13.
Result<std::vector<std::int64_t>> namedAxes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    if (context.opset >= 13 && isThere(inputs, 1))
        return listOf(context, known, 1);
    return context.node.integers("axes");
}

Shapes squeezeShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0));
    const Shape& from = inputs[0].shape;
    const auto axes =
        TRY(axesOf(context, TRY(namedAxes(context, inputs, known)), static_cast<std::int64_t>(from.size())));
    Shape shape;
    for (std::size_t d = 0; d < from.size(); ++d) {
        const bool isNamed = std::binary_search(axes.begin(), axes.end(), static_cast<std::int64_t>(d));
        if (isNamed && from[d] != 1)
            return wrong(context, text("nn", "Axis %1 of shape %2 is not of length 1.").with(d, written(from)));
        if (!isNamed && (!axes.empty() || from[d] != 1))
            shape.push_back(from[d]);
    }
    return infos(inputs[0].type, shape);
}

Shapes unsqueezeShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0));
    const auto named = TRY(namedAxes(context, inputs, known));
    Shape shape = inputs[0].shape;
    const auto axes = TRY(axesOf(context, named, static_cast<std::int64_t>(shape.size() + named.size())));
    for (const auto axis : axes) // sorted, so each finds its place
        shape.insert(shape.begin() + axis, 1);
    return infos(inputs[0].type, shape);
}

// ---- Shape

Result<std::pair<std::int64_t, std::int64_t>> shapePart(const OperatorContext& context, std::int64_t rank)
{
    const auto placed = [&](std::int64_t at) { return std::clamp<std::int64_t>(at < 0 ? at + rank : at, 0, rank); };
    const std::int64_t begin = placed(context.node.integer("start", 0));
    return std::pair(begin, std::max(begin, placed(context.node.integer("end", rank))));
}

Shapes shapeShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    const auto [begin, end] = TRY(shapePart(context, static_cast<std::int64_t>(inputs[0].shape.size())));
    return infos(ElementType::Int64, {end - begin});
}

Result<void> shapeForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const auto [begin, end] = TRY(shapePart(context, inputs[0]->rank()));
    const Shape& shape = inputs[0]->shape();
    std::copy(shape.begin() + begin, shape.begin() + end, outputs[0].as<std::int64_t>().begin());
    return {};
}

Shapes sizeShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    return infos(ElementType::Int64, {});
}

Result<void> sizeForward(const OperatorContext&, const Inputs& inputs, Tensors& outputs)
{
    outputs[0] = Tensor::scalar(inputs[0]->count());
    return {};
}

// ---- Expand

Shapes expandShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0));
    const Shape target = TRY(listOf(context, known, 1));
    if (std::any_of(target.begin(), target.end(), [](auto dimension) { return dimension < 0; }))
        return wrong(context, text("nn", "%1 is no shape.").with(written(target)));
    return infos(inputs[0].type, TRY(broadcastOf(context, inputs[0].shape, target)));
}

Result<void> expandForward(const OperatorContext&, const Inputs& inputs, Tensors& outputs)
{
    const Shape& shape = outputs[0].shape();
    const auto places = broadcastStrides(inputs[0]->shape(), shape);
    withElements(*inputs[0], [&]<typename T>(std::span<const T> from) {
        T* out = outputs[0].as<T>().data();
        walk(shape, places, places, [&](std::int64_t i, std::int64_t) { *out++ = from[static_cast<std::size_t>(i)]; });
    });
    return {};
}

Result<Tensors> expandBackward(
    const OperatorContext&, const Inputs& inputs, std::span<const Tensor> outputs, std::span<const Tensor> gradients)
{
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(static_cast<std::size_t>(inputs[0]->count()), 0);
    const auto places = broadcastStrides(inputs[0]->shape(), outputs[0].shape());
    std::size_t at = 0;
    walk(outputs[0].shape(), places, places,
        [&](std::int64_t i, std::int64_t) { dx[static_cast<std::size_t>(i)] += dy[at++]; });
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx);
    return result;
}

// ---- Gather

Shapes gatherShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    TRY(need(context, inputs, 1, indexing));
    Shape shape = inputs[0].shape;
    const auto axis = TRY(axisOf(context, context.node.integer("axis", 0), static_cast<std::int64_t>(shape.size())));
    shape.erase(shape.begin() + axis);
    shape.insert(shape.begin() + axis, inputs[1].shape.begin(), inputs[1].shape.end());
    return infos(inputs[0].type, shape);
}

/// Calls body(output element, input element) for everything gathered. Errors: BadInput where an index is out of range.
template <typename Body> Result<void> gathered(const OperatorContext& context, const Inputs& inputs, Body&& body)
{
    const Shape& shape = inputs[0]->shape();
    const auto axis =
        static_cast<std::size_t>(TRY(axisOf(context, context.node.integer("axis", 0), inputs[0]->rank())));
    const std::int64_t outer = productOf(shape, 0, axis);
    const std::int64_t inner = productOf(shape, axis + 1, shape.size());
    std::vector<std::int64_t> rows;
    for (const double index : doublesOf(*inputs[1])) {
        const auto length = static_cast<double>(shape[axis]);
        if (index < -length || index >= length)
            return wrong(context, text("nn", "Index %1 lies outside an axis of %2.").with(index, shape[axis]));
        rows.push_back(static_cast<std::int64_t>(index < 0 ? index + length : index));
    }
    std::size_t at = 0;
    for (std::int64_t o = 0; o < outer; ++o)
        for (const std::int64_t row : rows)
            for (std::int64_t i = 0; i < inner; ++i)
                body(at++, static_cast<std::size_t>((o * shape[axis] + row) * inner + i));
    return {};
}

Result<void> gatherForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    return withElements(*inputs[0], [&]<typename T>(std::span<const T> from) {
        const auto out = outputs[0].as<T>();
        return gathered(context, inputs, [&](std::size_t to, std::size_t i) { out[to] = from[i]; });
    });
}

Result<Tensors> gatherBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(static_cast<std::size_t>(inputs[0]->count()), 0);
    TRY(gathered(context, inputs, [&](std::size_t to, std::size_t i) { dx[i] += dy[to]; }));
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx);
    return result;
}

// ---- Cast

Shapes castShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    return infos(TRY(numberedType(context, context.node.integer("to", 0))), inputs[0].shape);
}

/// CastLike: to the type of the second input.
Shapes castLikeShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    TRY(need(context, inputs, 1));
    return infos(inputs[1].type, inputs[0].shape);
}

Result<void> castForward(const OperatorContext&, const Inputs& inputs, Tensors& outputs)
{
    if (inputs[0]->type() == outputs[0].type())
        outputs[0] = *inputs[0];
    else
        outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), doublesOf(*inputs[0]));
    return {};
}

/// Only between floating types is there a gradient.
Result<Tensors> castBackward(
    const OperatorContext&, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const bool isSmooth = (bit(inputs[0]->type()) & floating) && (bit(gradients[0].type()) & floating);
    if (!isSmooth)
        return Tensors(inputs.size());
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), doublesOf(gradients[0]));
    return result;
}

constexpr Operator rows[] = {
    {"Squeeze", 1, run<squeezeShapes, keepElements>, keepElementsBackward, squeezeShapes},
    {"Unsqueeze", 1, run<unsqueezeShapes, keepElements>, keepElementsBackward, unsqueezeShapes},
    {"Shape", 1, run<shapeShapes, shapeForward>, nullptr, shapeShapes},
    {"Size", 1, run<sizeShapes, sizeForward>, nullptr, sizeShapes},
    {"Expand", 8, run<expandShapes, expandForward>, expandBackward, expandShapes},
    {"Gather", 1, run<gatherShapes, gatherForward>, gatherBackward, gatherShapes},
    {"Cast", 6, run<castShapes, castForward>, castBackward, castShapes},
    {"CastLike", 15, run<castLikeShapes, castForward>, castBackward, castLikeShapes},
};

} // namespace

std::span<const Operator> axesOperators()
{
    return rows;
}

} // namespace hounsfield::nn
