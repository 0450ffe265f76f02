#include "core/base/random.h"
#include "core/nn/operators/support.h"

namespace hounsfield::nn {

namespace {

/// What a Dropout node does at the moment: the form of its attributes and inputs changed with opsets 7, 10 and 12.
struct Dropout {
    double ratio = 0.5;
    bool isTraining = false;
};

Result<Dropout> dropoutOf(const OperatorContext& context, const Inputs& inputs)
{
    Dropout dropout{context.node.number("ratio", 0.5), context.isTraining};
    if (context.opset >= 12) {
        dropout.ratio = TRY(numberOf(context, inputs, 1, 0.5));
        if (TRY(numberOf(context, inputs, 2, 0)) != 0)
            dropout.isTraining = true;
    }
    if (!(dropout.ratio >= 0 && dropout.ratio < 1))
        return wrong(context, text("nn", "A share of %1 cannot be dropped.").with(dropout.ratio));
    return dropout;
}

/// What each element is multiplied with: 0, or 1 / (1 − ratio). A pure function of (seed, node, step, sample).
std::vector<double> factorsOf(const OperatorContext& context, const Dropout& dropout, const Shape& shape)
{
    const std::int64_t count = elementCount(shape);
    std::vector<double> factors(static_cast<std::size_t>(count), 1);
    if (!dropout.isTraining || dropout.ratio == 0)
        return factors;
    const std::int64_t samples = shape.empty() ? 1 : shape[0];
    const std::int64_t each = samples > 0 ? count / samples : 0;
    const std::string purpose = "dropout " + (context.node.outputs.empty() ? std::string() : context.node.outputs[0]);
    for (std::int64_t s = 0; s < samples; ++s) {
        Random random(context.seed, purpose, context.step, static_cast<std::uint64_t>(s));
        for (std::int64_t i = 0; i < each; ++i)
            factors[static_cast<std::size_t>(s * each + i)] =
                random.uniform() < dropout.ratio ? 0 : 1 / (1 - dropout.ratio);
    }
    return factors;
}

Shapes dropoutShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    auto result = infos(inputs[0].type, inputs[0].shape);
    if (context.node.outputs.size() > 1)
        result.push_back({"made", context.opset >= 10 ? ElementType::Bool : inputs[0].type, inputs[0].shape});
    return result;
}

Result<void> dropoutForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Dropout dropout = TRY(dropoutOf(context, inputs));
    auto values = doublesOf(*inputs[0]);
    auto factors = factorsOf(context, dropout, inputs[0]->shape());
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] *= factors[i];
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), values);
    if (outputs.size() > 1) {
        for (double& factor : factors)
            factor = factor != 0 ? 1 : 0;
        outputs[1] = fromDoubles(outputs[1].type(), outputs[1].shape(), factors);
    }
    return {};
}

Result<Tensors> dropoutBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Dropout dropout = TRY(dropoutOf(context, inputs));
    auto dx = doublesOf(gradients[0]);
    const auto factors = factorsOf(context, dropout, inputs[0]->shape());
    for (std::size_t i = 0; i < dx.size(); ++i)
        dx[i] *= factors[i];
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx);
    return result;
}

constexpr Operator rows[] = {
    {"Dropout", 1, run<dropoutShapes, dropoutForward>, dropoutBackward, dropoutShapes},
};

} // namespace

std::span<const Operator> dropoutOperators()
{
    return rows;
}

} // namespace hounsfield::nn
