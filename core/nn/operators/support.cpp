#include "core/nn/operators/support.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

constexpr std::int64_t mostBytes = std::int64_t{1} << 31;

std::int64_t bytesOf(ElementType type)
{
    constexpr std::int64_t sizes[] = {4, 8, 4, 8, 1, 1};
    return sizes[static_cast<std::size_t>(type)];
}

} // namespace

tl::unexpected<Error> wrong(const OperatorContext& context, Text what)
{
    return badInput(std::move(what), context.node.place());
}

Result<void> need(const OperatorContext& context, Infos inputs, std::size_t i, unsigned types)
{
    if (!isThere(inputs, i))
        return wrong(context, text("nn", "Input %1 is missing.").with(i + 1));
    if (!(bit(inputs[i].type) & types))
        return unsupported(
            text("nn", "Input %1 cannot be of type %2.").with(i + 1, nameOf(inputs[i].type)), context.node.place());
    return {};
}

Result<void> needLikeFirst(const OperatorContext& context, Infos inputs, std::size_t i)
{
    if (!isThere(inputs, i))
        return wrong(context, text("nn", "Input %1 is missing.").with(i + 1));
    return optionalLikeFirst(context, inputs, i);
}

Result<void> optionalLikeFirst(const OperatorContext& context, Infos inputs, std::size_t i)
{
    if (isThere(inputs, i) && inputs[i].type != inputs[0].type)
        return wrong(context, text("nn", "Input %1 is of type %2, but the first of type %3.")
                                  .with(i + 1, nameOf(inputs[i].type), nameOf(inputs[0].type)));
    return {};
}

Result<std::int64_t> axisOf(const OperatorContext& context, std::int64_t axis, std::int64_t rank)
{
    if (axis < -rank || axis >= rank)
        return wrong(context, text("nn", "Axis %1 does not exist in %2 dimensions.").with(axis, rank));
    return axis < 0 ? axis + rank : axis;
}

Result<std::vector<std::int64_t>> axesOf(
    const OperatorContext& context, std::vector<std::int64_t> axes, std::int64_t rank)
{
    for (auto& axis : axes)
        axis = TRY(axisOf(context, axis, rank));
    std::sort(axes.begin(), axes.end());
    if (const auto twice = std::adjacent_find(axes.begin(), axes.end()); twice != axes.end())
        return wrong(context, text("nn", "Axis %1 is named twice.").with(*twice));
    return axes;
}

Result<std::vector<std::int64_t>> listOf(const OperatorContext& context, const Inputs& known, std::size_t i)
{
    const Tensor* list = inputAt(known, i);
    if (!list)
        return unsupported(text("nn", "Input %1 has to be known before the model runs.").with(i + 1),
            context.node.place(), text("nn", "Export the model with fixed shapes."));
    if (!(bit(list->type()) & indexing) || list->rank() > 1)
        return wrong(context, text("nn", "Input %1 has to be a list of integers.").with(i + 1));
    if (list->type() == ElementType::Int32)
        return std::vector<std::int64_t>(list->as<std::int32_t>().begin(), list->as<std::int32_t>().end());
    return std::vector<std::int64_t>(list->as<std::int64_t>().begin(), list->as<std::int64_t>().end());
}

Result<ElementType> numberedType(const OperatorContext& context, std::int64_t number)
{
    constexpr std::pair<std::int64_t, ElementType> types[] = {{1, ElementType::Float}, {2, ElementType::UInt8},
        {6, ElementType::Int32}, {7, ElementType::Int64}, {9, ElementType::Bool}, {11, ElementType::Double}};
    for (const auto& [known, type] : types)
        if (known == number)
            return type;
    return unsupported(text("nn", "A cast to type %1 is not known here.").with(number), context.node.place());
}

Result<double> numberOf(const OperatorContext& context, const Inputs& known, std::size_t i, double fallback)
{
    const Tensor* number = inputAt(known, i);
    if (!number)
        return fallback;
    if (number->count() != 1)
        return wrong(context, text("nn", "Input %1 has to be one number.").with(i + 1));
    return doublesOf(*number)[0];
}

Result<Shape> broadcastOf(const OperatorContext& context, const Shape& a, const Shape& b)
{
    Shape result(std::max(a.size(), b.size()));
    for (std::size_t back = 1; back <= result.size(); ++back) {
        const std::int64_t left = back <= a.size() ? a[a.size() - back] : 1;
        const std::int64_t right = back <= b.size() ? b[b.size() - back] : 1;
        if (left != right && left != 1 && right != 1 && left >= 0 && right >= 0)
            return wrong(context, text("nn", "Shapes %1 and %2 do not fit together.").with(written(a), written(b)));
        result[result.size() - back] = left == 1 ? right : right == 1 ? left : std::max(left, right);
    }
    return result;
}

Shape placedShape(const OperatorContext& context, const Shape& a, const Shape& b)
{
    Shape placed = b;
    if (context.opset >= 7 || context.node.integer("broadcast", 0) == 0 || !context.node.has("axis"))
        return placed;
    const auto rank = static_cast<std::int64_t>(a.size());
    std::int64_t axis = context.node.integer("axis", 0);
    if (axis < 0)
        axis += rank;
    if (axis < 0 || axis > rank)
        return placed;
    for (auto after = axis + static_cast<std::int64_t>(b.size()); after < rank; ++after)
        placed.push_back(1);
    return placed;
}

std::vector<std::int64_t> stridesOf(const Shape& shape)
{
    std::vector<std::int64_t> strides(shape.size(), 1);
    for (std::size_t d = shape.size(); d-- > 1;)
        strides[d - 1] = strides[d] * shape[d];
    return strides;
}

std::vector<std::int64_t> broadcastStrides(const Shape& shape, const Shape& target)
{
    const auto own = stridesOf(shape);
    std::vector<std::int64_t> strides(target.size(), 0);
    for (std::size_t back = 1; back <= shape.size(); ++back)
        if (shape[shape.size() - back] != 1)
            strides[target.size() - back] = own[shape.size() - back];
    return strides;
}

std::int64_t productOf(const Shape& shape, std::size_t from, std::size_t to)
{
    std::int64_t product = 1;
    for (std::size_t d = from; d < to; ++d) {
        if (shape[d] < 0)
            return -1;
        product *= shape[d];
    }
    return product;
}

std::vector<ValueInfo> infos(ElementType type, Shape shape)
{
    return {ValueInfo{"made", type, std::move(shape)}};
}

std::vector<ValueInfo> infosOf(const Inputs& inputs)
{
    std::vector<ValueInfo> result;
    result.reserve(inputs.size());
    for (const Tensor* input : inputs)
        result.push_back(input ? ValueInfo{"given", input->type(), input->shape()} : ValueInfo{});
    return result;
}

Result<Tensor> made(const OperatorContext& context, const ValueInfo& info)
{
    std::int64_t bytes = bytesOf(info.type);
    for (const auto dimension : info.shape) {
        if (dimension < 0)
            return wrong(context, text("nn", "The shape %1 is not known.").with(written(info.shape)));
        // Empty ones are held to the same limit, so that no stride can overflow.
        if (dimension > mostBytes || (bytes *= std::max<std::int64_t>(dimension, 1)) > mostBytes)
            return unsupported(
                text("nn", "A value of shape %1 is too large.").with(written(info.shape)), context.node.place());
    }
    return Tensor(info.type, info.shape);
}

std::vector<double> doublesOf(const Tensor& tensor)
{
    return withElements(tensor, [](auto elements) {
        std::vector<double> values(elements.size());
        for (std::size_t i = 0; i < elements.size(); ++i)
            values[i] = static_cast<double>(elements[i]);
        return values;
    });
}

Tensor fromDoubles(ElementType type, Shape shape, std::span<const double> values)
{
    Tensor::Elements elements = Tensor(type, Shape{0}).elements();
    std::visit(
        [&]<typename T>(std::vector<T>& all) {
            all.resize(values.size());
            for (std::size_t i = 0; i < values.size(); ++i)
                all[i] = converted<T>(values[i]);
        },
        elements);
    return Tensor(std::move(shape), std::move(elements));
}

void copyWalked(const Tensor& source, Tensor& target, const Shape& shape, const std::vector<std::int64_t>& from,
    const std::vector<std::int64_t>& to, std::int64_t sourceFirst, std::int64_t targetFirst)
{
    withElements(source, [&]<typename T>(std::span<const T> elements) {
        T* out = target.as<T>().data();
        walk(shape, from, to, [&](std::int64_t i, std::int64_t j) {
            out[targetFirst + j] = elements[static_cast<std::size_t>(sourceFirst + i)];
        });
    });
}

Result<Tensors> computed(const OperatorContext& context, const Inputs& inputs, ShapesRule shapes, Compute compute)
{
    const auto outputs = TRY(shapes(context, infosOf(inputs), inputs));
    Tensors tensors;
    for (const auto& info : outputs)
        tensors.push_back(TRY(made(context, info)));
    TRY(compute(context, inputs, tensors));
    return tensors;
}

Result<void> keepElements(const OperatorContext&, const Inputs& inputs, Tensors& outputs)
{
    outputs[0] = inputs[0]->reshaped(outputs[0].shape());
    return {};
}

Result<Tensors> keepElementsBackward(
    const OperatorContext&, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    Tensors result(inputs.size()); // a shape or axes behind the first have no gradient
    result[0] = gradients[0].reshaped(inputs[0]->shape());
    return result;
}

} // namespace hounsfield::nn
