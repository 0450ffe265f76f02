#include "core/nn/operators/support.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

/// The bounds stand in attributes up to opset 10, in inputs since 11.
struct Bounds {
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
};

Result<Bounds> boundsOf(const OperatorContext& context, const Inputs& inputs)
{
    const Bounds open;
    if (context.opset < 11)
        return Bounds{context.node.number("min", open.least), context.node.number("max", open.most)};
    return Bounds{TRY(numberOf(context, inputs, 1, open.least)), TRY(numberOf(context, inputs, 2, open.most))};
}

Shapes clipShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    TRY(optionalLikeFirst(context, inputs, 1));
    TRY(optionalLikeFirst(context, inputs, 2));
    return infos(inputs[0].type, inputs[0].shape);
}

Result<void> clipForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Bounds bounds = TRY(boundsOf(context, inputs));
    auto values = doublesOf(*inputs[0]);
    for (double& value : values) // the upper bound goes before where the bounds cross, as ONNX says
        value = std::min(std::max(value, bounds.least), bounds.most);
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), values);
    return {};
}

Result<Tensors> clipBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Bounds bounds = TRY(boundsOf(context, inputs));
    const auto x = doublesOf(*inputs[0]);
    auto dx = doublesOf(gradients[0]);
    for (std::size_t i = 0; i < x.size(); ++i)
        if (x[i] < bounds.least || x[i] > bounds.most)
            dx[i] = 0;
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx);
    return result;
}

constexpr Operator rows[] = {
    {"Clip", 1, run<clipShapes, clipForward>, clipBackward, clipShapes},
};

} // namespace

std::span<const Operator> clipOperators()
{
    return rows;
}

} // namespace hounsfield::nn
