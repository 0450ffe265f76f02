#include "core/nn/operators/support.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

// ---- GatherElements, ScatterElements: an index for every element, along one axis

struct Along {
    std::size_t axis = 0;
    Shape shape;                             ///< of the indices
    std::vector<std::int64_t> data, strides; ///< strides in the data, with and without those of the axis
};

Result<Along> alongOf(const OperatorContext& context, const Shape& data, const Shape& indices)
{
    Along along;
    along.axis = static_cast<std::size_t>(TRY(axisOf(context, context.node.integer("axis", 0), std::ssize(data))));
    bool fits = data.size() == indices.size();
    for (std::size_t d = 0; fits && d < data.size(); ++d)
        fits = d == along.axis || indices[d] <= data[d] || data[d] < 0;
    if (!fits)
        return wrong(context, text("nn", "Indices %1 do not fit data of %2.").with(written(indices), written(data)));
    along.shape = indices;
    along.data = stridesOf(data);
    along.strides = along.data;
    along.strides[along.axis] = 0;
    return along;
}

/// Calls body(element of the indices, element of the data it names).
template <typename Body> Result<void> walkAlong(const OperatorContext& context, const Inputs& inputs, Body&& body)
{
    const Along along = TRY(alongOf(context, inputs[0]->shape(), inputs[1]->shape()));
    const auto length = static_cast<double>(inputs[0]->shape()[along.axis]);
    const auto indices = doublesOf(*inputs[1]);
    const auto outside = std::ranges::find_if(indices, [&](double i) { return i < -length || i >= length; });
    if (outside != indices.end())
        return wrong(context, text("nn", "Index %1 lies outside an axis of %2.").with(*outside, length));
    std::size_t at = 0;
    walk(along.shape, along.strides, along.strides, [&](std::int64_t place, std::int64_t) {
        const auto index = static_cast<std::int64_t>(indices[at] < 0 ? indices[at] + length : indices[at]);
        body(at++, static_cast<std::size_t>(place + index * along.data[along.axis]));
    });
    return {};
}

Shapes gatherShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    TRY(need(context, inputs, 1, indexing));
    return infos(inputs[0].type, TRY(alongOf(context, inputs[0].shape, inputs[1].shape)).shape);
}

// ---- GatherND, ScatterND: the last axis of the indices names a place in the data's first axes

struct Places {
    std::size_t shared = 0, depth = 0; ///< axes that indices and data share, axes that an index names behind them
    std::int64_t slice = 1;            ///< elements at each place
    Shape tail;                        ///< their shape
};

Result<Places> namedPlaces(const OperatorContext& context, const Shape& data, const Shape& indices)
{
    const std::int64_t shared = context.node.op == "GatherND" ? context.node.integer("batch_dims", 0) : 0;
    const std::int64_t depth = indices.empty() ? 0 : indices.back(), rank = std::ssize(data);
    bool fits = shared >= 0 && shared < std::ssize(indices) && depth >= 1 && depth <= rank && shared <= rank - depth;
    for (std::int64_t d = 0; fits && d < shared; ++d)
        fits = data[static_cast<std::size_t>(d)] == indices[static_cast<std::size_t>(d)];
    if (!fits)
        return wrong(context, text("nn", "Indices %1 do not fit data of %2.").with(written(indices), written(data)));
    const auto first = static_cast<std::size_t>(shared + depth);
    return Places{static_cast<std::size_t>(shared), static_cast<std::size_t>(depth),
        productOf(data, first, data.size()), Shape(data.begin() + static_cast<std::ptrdiff_t>(first), data.end())};
}

/// Calls body(element of the updates or the output, element of the data).
template <typename Body> Result<void> walkPlaces(const OperatorContext& context, const Inputs& inputs, Body&& body)
{
    const Shape &data = inputs[0]->shape(), &shape = inputs[1]->shape();
    const Places places = TRY(namedPlaces(context, data, shape));
    const auto strides = stridesOf(data);
    const auto indices = doublesOf(*inputs[1]);
    const std::int64_t perShared = productOf(shape, places.shared, shape.size() - 1);
    const std::int64_t shared = productOf(shape, 0, places.shared);
    std::size_t at = 0, to = 0;
    for (std::int64_t i = 0; i < shared * perShared; ++i) {
        std::int64_t place = i / perShared * (places.shared > 0 ? strides[places.shared - 1] : 0);
        for (std::size_t d = places.shared; d < places.shared + places.depth; ++d, ++at) {
            const auto length = static_cast<double>(data[d]);
            if (indices[at] < -length || indices[at] >= length)
                return wrong(context, text("nn", "Index %1 lies outside an axis of %2.").with(indices[at], data[d]));
            place += static_cast<std::int64_t>(indices[at] < 0 ? indices[at] + length : indices[at]) * strides[d];
        }
        for (std::int64_t s = 0; s < places.slice; ++s)
            body(to++, static_cast<std::size_t>(place + s));
    }
    return {};
}

/// What stands at the places named: the indices without their last axis, then the data's axes behind the places.
Result<Shape> shapeAtPlaces(const OperatorContext& context, const Shape& data, const Shape& indices)
{
    const Places places = TRY(namedPlaces(context, data, indices));
    Shape shape(indices.begin(), indices.end() - 1);
    shape.insert(shape.end(), places.tail.begin(), places.tail.end());
    return shape;
}

Shapes gatherPlacesShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    TRY(need(context, inputs, 1, indexing));
    return infos(inputs[0].type, TRY(shapeAtPlaces(context, inputs[0].shape, inputs[1].shape)));
}

Shapes scatterPlacesShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    TRY(need(context, inputs, 1, indexing));
    TRY(needLikeFirst(context, inputs, 2));
    const Shape wanted = TRY(shapeAtPlaces(context, inputs[0].shape, inputs[1].shape));
    if (inputs[2].shape != wanted)
        return wrong(context,
            text("nn", "Input %1 has the shape %2, not %3.").with(3, written(inputs[2].shape), written(wanted)));
    return infos(inputs[0].type, inputs[0].shape);
}

// ---- what both namings share

/// How indices name elements of the data.
enum class Naming { Elements, Places };

template <Naming naming, typename Body>
Result<void> walkNamed(const OperatorContext& context, const Inputs& inputs, Body&& body)
{
    if constexpr (naming == Naming::Elements)
        return walkAlong(context, inputs, body);
    else
        return walkPlaces(context, inputs, body);
}

template <Naming naming>
Result<void> gatherForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    return withElements(*inputs[0], [&]<typename T>(std::span<const T> from) {
        const auto out = outputs[0].as<T>();
        return walkNamed<naming>(context, inputs, [&](std::size_t to, std::size_t i) { out[to] = from[i]; });
    });
}

template <Naming naming>
Result<Tensors> gatherBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(static_cast<std::size_t>(inputs[0]->count()), 0);
    TRY(walkNamed<naming>(context, inputs, [&](std::size_t to, std::size_t i) { dx[i] += dy[to]; }));
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx);
    return result;
}

Shapes scatterShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    TRY(need(context, inputs, 1, indexing));
    TRY(needLikeFirst(context, inputs, 2));
    TRY(alongOf(context, inputs[0].shape, inputs[1].shape));
    if (inputs[1].shape != inputs[2].shape)
        return wrong(context, text("nn", "Input %1 has the shape %2, not %3.")
                                  .with(3, written(inputs[2].shape), written(inputs[1].shape)));
    return infos(inputs[0].type, inputs[0].shape);
}

using Join = double (*)(double old, double update);

Result<Join> joinOf(const OperatorContext& context)
{
    constexpr std::pair<std::string_view, Join> joins[] = {{"none", [](double, double update) { return update; }},
        {"add", [](double old, double update) { return old + update; }},
        {"mul", [](double old, double update) { return old * update; }},
        {"min", [](double old, double update) { return std::min(old, update); }},
        {"max", [](double old, double update) { return std::max(old, update); }}};
    const std::string name = context.node.words("reduction", "none");
    for (const auto& [known, join] : joins)
        if (known == name)
            return join;
    return unsupported(text("nn", "The reduction %1 is not known here.").with(name), context.node.place());
}

template <Naming naming>
Result<void> scatterForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Join join = TRY(joinOf(context));
    auto values = doublesOf(*inputs[0]);
    const auto updates = doublesOf(*inputs[2]);
    TRY(walkNamed<naming>(
        context, inputs, [&](std::size_t from, std::size_t i) { values[i] = join(values[i], updates[from]); }));
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), values);
    return {};
}

/// Of updates that meet in one place the last one counts, or all where they are added.
template <Naming naming>
Result<Tensors> scatterBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const std::string reduction = context.node.words("reduction", "none");
    if (reduction != "none" && reduction != "add")
        return unsupported(
            text("nn", "There is no gradient of the reduction %1.").with(reduction), context.node.place());
    auto dx = doublesOf(gradients[0]);
    const auto dy = dx;
    std::vector<double> dUpdates(static_cast<std::size_t>(inputs[2]->count()), 0);
    std::vector<std::size_t> last(dx.size(), dUpdates.size());
    TRY(walkNamed<naming>(context, inputs, [&](std::size_t from, std::size_t i) {
        dUpdates[from] = dy[i];
        if (reduction == "add")
            return;
        dx[i] = 0;
        if (last[i] < dUpdates.size())
            dUpdates[last[i]] = 0;
        last[i] = from;
    }));
    return Tensors{fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx), Tensor(),
        fromDoubles(inputs[2]->type(), inputs[2]->shape(), dUpdates)};
}

// ---- OneHot

struct Heat {
    std::int64_t depth = 0;
    std::size_t axis = 0;
};

Result<Heat> heatOf(const OperatorContext& context, const Shape& indices, const Inputs& known)
{
    const Tensor* depth = inputAt(known, 1);
    if (!depth)
        return unsupported(text("nn", "Input %1 has to be known before the model runs.").with(2), context.node.place(),
            text("nn", "Export the model with fixed shapes."));
    const double value = TRY(numberOf(context, known, 1, 0));
    if (!(value >= 1 && value <= 2147483648.0))
        return wrong(context, text("nn", "%1 is no depth.").with(value));
    const std::int64_t rank = std::ssize(indices) + 1;
    return Heat{static_cast<std::int64_t>(value),
        static_cast<std::size_t>(TRY(axisOf(context, context.node.integer("axis", -1), rank)))};
}

Shapes oneHotShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0, numeric));
    TRY(need(context, inputs, 1, numeric));
    TRY(need(context, inputs, 2));
    if (inputs[2].shape != Shape{2})
        return wrong(context, text("nn", "Input %1 has the shape %2, not %3.").with(3, written(inputs[2].shape), 2));
    const Heat heat = TRY(heatOf(context, inputs[0].shape, known));
    Shape shape = inputs[0].shape;
    shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(heat.axis), heat.depth);
    return infos(inputs[2].type, shape);
}

/// Indices outside −depth … depth − 1 leave only the value for off.
Result<void> oneHotForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Heat heat = TRY(heatOf(context, inputs[0]->shape(), inputs));
    const auto depth = static_cast<double>(heat.depth);
    const auto values = doublesOf(*inputs[2]), indices = doublesOf(*inputs[0]);
    const std::int64_t inner = productOf(outputs[0].shape(), heat.axis + 1, outputs[0].shape().size());
    std::vector<double> y(static_cast<std::size_t>(outputs[0].count()), values[0]);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        const double index = std::trunc(indices[i] < 0 ? indices[i] + depth : indices[i]);
        const auto at = static_cast<std::int64_t>(i);
        if (index >= 0 && index < depth)
            y[static_cast<std::size_t>(
                (at / inner * heat.depth + static_cast<std::int64_t>(index)) * inner + at % inner)] = values[1];
    }
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

template <Naming naming, ShapesRule shapes> constexpr Operator gather(std::string_view name)
{
    return {name, 11, run<shapes, gatherForward<naming>>, gatherBackward<naming>, shapes};
}
template <Naming naming, ShapesRule shapes> constexpr Operator scatter(std::string_view name)
{
    return {name, 9, run<shapes, scatterForward<naming>>, scatterBackward<naming>, shapes};
}

constexpr Operator rows[] = {
    gather<Naming::Elements, gatherShapes>("GatherElements"),
    gather<Naming::Places, gatherPlacesShapes>("GatherND"),
    scatter<Naming::Elements, scatterShapes>("Scatter"),
    scatter<Naming::Elements, scatterShapes>("ScatterElements"),
    scatter<Naming::Places, scatterPlacesShapes>("ScatterND"),
    {"OneHot", 9, run<oneHotShapes, oneHotForward>, nullptr, oneHotShapes},
};

} // namespace

std::span<const Operator> elementOperators()
{
    return rows;
}

} // namespace hounsfield::nn
