#include "core/nn/operators/support.h"

namespace hounsfield::nn {

namespace {

/// The tensor that a Constant node holds in one of its attributes.
Result<Tensor> constantOf(const OperatorContext& context)
{
    const auto& attributes = context.node.attributes;
    const auto get = [&]<typename T>(const char* name, T) -> const T* {
        const auto found = attributes.find(name);
        return found == attributes.end() ? nullptr : std::get_if<T>(&found->second);
    };
    if (const auto* tensor = get("value", Tensor()))
        return *tensor;
    if (const auto* number = get("value_float", double{}))
        return Tensor::scalar(static_cast<float>(*number));
    if (const auto* number = get("value_int", std::int64_t{}))
        return Tensor::scalar(*number);
    if (const auto* list = get("value_floats", std::vector<double>()))
        return Tensor(Shape{static_cast<std::int64_t>(list->size())}, std::vector<float>(list->begin(), list->end()));
    if (const auto* list = get("value_ints", std::vector<std::int64_t>()))
        return Tensor(Shape{static_cast<std::int64_t>(list->size())}, *list);
    return unsupported(text("nn", "The constant is of a kind that is not known here."), context.node.place());
}

Shapes constantShapes(const OperatorContext& context, Infos, const Inputs&)
{
    const Tensor value = TRY(constantOf(context));
    return infos(value.type(), value.shape());
}

Result<void> constantForward(const OperatorContext& context, const Inputs&, Tensors& outputs)
{
    outputs[0] = TRY(constantOf(context));
    return {};
}

Tensor fillOf(const OperatorContext& context)
{
    const auto found = context.node.attributes.find("value");
    const Tensor* value = found == context.node.attributes.end() ? nullptr : std::get_if<Tensor>(&found->second);
    return value && value->count() == 1 ? *value : Tensor::scalar(0.0f);
}

Shapes filledShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0, bit(ElementType::Int64)));
    const Shape shape = TRY(listOf(context, known, 0));
    for (const std::int64_t dimension : shape)
        if (dimension < 0)
            return wrong(context, text("nn", "%1 is no shape.").with(written(shape)));
    return infos(fillOf(context).type(), shape);
}

Result<void> filledForward(const OperatorContext& context, const Inputs&, Tensors& outputs)
{
    const double value = doublesOf(fillOf(context))[0];
    const std::vector<double> values(static_cast<std::size_t>(outputs[0].count()), value);
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), values);
    return {};
}

// ---- Range

Shapes rangeShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0, floating | indexing));
    TRY(needLikeFirst(context, inputs, 1));
    TRY(needLikeFirst(context, inputs, 2));
    double numbers[3] = {};
    for (std::size_t i = 0; i < 3; ++i) {
        if (!inputAt(known, i))
            return unsupported(text("nn", "Input %1 has to be known before the model runs.").with(i + 1),
                context.node.place(), text("nn", "Export the model with fixed shapes."));
        numbers[i] = TRY(numberOf(context, known, i, 0));
    }
    const double count = std::ceil((numbers[1] - numbers[0]) / numbers[2]);
    if (!(count <= 2147483648.0))
        return wrong(context,
            text("nn", "There is no range from %1 to %2 in steps of %3.").with(numbers[0], numbers[1], numbers[2]));
    return infos(inputs[0].type, {count > 0 ? static_cast<std::int64_t>(count) : 0});
}

Result<void> rangeForward(const OperatorContext&, const Inputs& inputs, Tensors& outputs)
{
    const double start = doublesOf(*inputs[0])[0], step = doublesOf(*inputs[2])[0];
    std::vector<double> values(static_cast<std::size_t>(outputs[0].count()));
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = start + static_cast<double>(i) * step;
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), values);
    return {};
}

// ---- EyeLike

Shapes eyeShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    if (inputs[0].shape.size() != 2)
        return wrong(context, text("nn", "The shape %1 is that of no matrix.").with(written(inputs[0].shape)));
    if (!context.node.has("dtype"))
        return infos(inputs[0].type, inputs[0].shape);
    return infos(TRY(numberedType(context, context.node.integer("dtype", 0))), inputs[0].shape);
}

Result<void> eyeForward(const OperatorContext& context, const Inputs&, Tensors& outputs)
{
    const Shape shape = outputs[0].shape();
    const auto diagonal = static_cast<double>(context.node.integer("k", 0));
    std::vector<double> values(static_cast<std::size_t>(outputs[0].count()), 0);
    for (std::int64_t row = 0; row < shape[0]; ++row)
        if (const double column = static_cast<double>(row) + diagonal;
            column >= 0 && column < static_cast<double>(shape[1]))
            values[static_cast<std::size_t>(row * shape[1] + static_cast<std::int64_t>(column))] = 1;
    outputs[0] = fromDoubles(outputs[0].type(), shape, values);
    return {};
}

constexpr Operator rows[] = {
    {"Constant", 1, run<constantShapes, constantForward>, nullptr, constantShapes},
    {"ConstantOfShape", 9, run<filledShapes, filledForward>, nullptr, filledShapes},
    {"Range", 11, run<rangeShapes, rangeForward>, nullptr, rangeShapes},
    {"EyeLike", 9, run<eyeShapes, eyeForward>, nullptr, eyeShapes},
};

} // namespace

std::span<const Operator> constantOperators()
{
    return rows;
}

} // namespace hounsfield::nn
