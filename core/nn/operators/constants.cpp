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

constexpr Operator rows[] = {
    {"Constant", 1, run<constantShapes, constantForward>, nullptr, constantShapes},
    {"ConstantOfShape", 9, run<filledShapes, filledForward>, nullptr, filledShapes},
};

} // namespace

std::span<const Operator> constantOperators()
{
    return rows;
}

} // namespace hounsfield::nn
