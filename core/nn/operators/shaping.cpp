#include "core/nn/operators/support.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::nn {

namespace {

Shapes flattenShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    const Shape& shape = inputs[0].shape;
    const auto rank = static_cast<std::int64_t>(shape.size());
    std::int64_t axis = context.node.integer("axis", 1);
    if (axis != rank) // one past the last is allowed here
        axis = TRY(axisOf(context, axis, rank));
    const auto at = static_cast<std::size_t>(axis);
    return infos(inputs[0].type, {productOf(shape, 0, at), productOf(shape, at, shape.size())});
}

Shapes reshapeShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0));
    const Shape& from = inputs[0].shape;
    Shape to = context.opset < 5 && context.node.has("shape") ? context.node.integers("shape")
                                                              : TRY(listOf(context, known, 1));
    const bool isZeroKept = context.node.integer("allowzero", 0) != 0;
    std::ptrdiff_t open = -1;
    for (std::size_t d = 0; d < to.size(); ++d) {
        if (to[d] == 0 && !isZeroKept) {
            if (d >= from.size())
                return wrong(context,
                    text("nn", "Shape %1 copies a dimension that %2 has not.").with(written(to), written(from)));
            to[d] = from[d];
        } else if (to[d] == -1 && open < 0) {
            open = static_cast<std::ptrdiff_t>(d);
        } else if (to[d] < 0) {
            return wrong(context, text("nn", "%1 is no shape to reshape to.").with(written(to)));
        }
    }
    const std::int64_t count = productOf(from, 0, from.size());
    std::int64_t others = 1;
    for (std::size_t d = 0; d < to.size(); ++d)
        if (static_cast<std::ptrdiff_t>(d) != open) {
            if (to[d] > 0 && others > (std::int64_t{1} << 40) / to[d])
                return wrong(context, text("nn", "%1 is no shape to reshape to.").with(written(to)));
            others *= to[d];
        }
    if (open >= 0 && count >= 0 && others > 0)
        to[static_cast<std::size_t>(open)] = count / others;
    if (count >= 0 && productOf(to, 0, to.size()) != count)
        return wrong(context, text("nn", "%1 values cannot take the shape %2.").with(count, written(to)));
    return infos(inputs[0].type, to);
}

// ---- Transpose

Result<std::vector<std::int64_t>> permutationOf(const OperatorContext& context, std::size_t rank)
{
    std::vector<std::int64_t> order = context.node.integers("perm");
    if (order.empty()) {
        order.resize(rank);
        std::iota(order.rbegin(), order.rend(), 0);
    }
    auto sorted = order;
    std::ranges::sort(sorted);
    std::vector<std::int64_t> all(rank);
    std::iota(all.begin(), all.end(), 0);
    if (sorted != all)
        return wrong(context, text("nn", "The attribute perm does not name each of %1 axes once.").with(rank));
    return order;
}

Shapes transposeShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    Shape shape;
    for (const std::int64_t axis : TRY(permutationOf(context, inputs[0].shape.size())))
        shape.push_back(inputs[0].shape[static_cast<std::size_t>(axis)]);
    return infos(inputs[0].type, shape);
}

std::vector<std::int64_t> permutedStrides(const Shape& shape, const std::vector<std::int64_t>& order)
{
    const auto own = stridesOf(shape);
    std::vector<std::int64_t> strides;
    for (const std::int64_t axis : order)
        strides.push_back(own[static_cast<std::size_t>(axis)]);
    return strides;
}

Result<void> transposeForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const auto order = TRY(permutationOf(context, inputs[0]->shape().size()));
    const Shape shape = outputs[0].shape();
    copyWalked(*inputs[0], outputs[0], shape, permutedStrides(inputs[0]->shape(), order), stridesOf(shape));
    return {};
}

Result<Tensors> transposeBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const auto order = TRY(permutationOf(context, inputs[0]->shape().size()));
    const Shape& shape = gradients[0].shape();
    Tensor dx(gradients[0].type(), inputs[0]->shape());
    copyWalked(gradients[0], dx, shape, stridesOf(shape), permutedStrides(inputs[0]->shape(), order));
    return Tensors{std::move(dx)};
}

// ---- Concat

Result<std::size_t> concatAxis(const OperatorContext& context, std::size_t rank)
{
    const std::int64_t fallback = context.opset < 4 ? 1 : 0;
    return static_cast<std::size_t>(
        TRY(axisOf(context, context.node.integer("axis", fallback), static_cast<std::int64_t>(rank))));
}

Shapes concatShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    Shape shape = inputs[0].shape;
    const std::size_t axis = TRY(concatAxis(context, shape.size()));
    for (std::size_t i = 1; i < inputs.size(); ++i) {
        TRY(needLikeFirst(context, inputs, i));
        Shape other = inputs[i].shape;
        const bool isSameRank = other.size() == shape.size();
        const std::int64_t more = isSameRank ? other[axis] : 0;
        if (isSameRank)
            other[axis] = shape[axis];
        if (other != shape)
            return wrong(context, text("nn", "Shapes %1 and %2 cannot be put together along axis %3.")
                                      .with(written(shape), written(inputs[i].shape), axis));
        shape[axis] = shape[axis] < 0 || more < 0 ? -1 : shape[axis] + more;
    }
    return infos(inputs[0].type, shape);
}

Result<void> concatForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const std::size_t axis = TRY(concatAxis(context, outputs[0].shape().size()));
    const auto to = stridesOf(outputs[0].shape());
    std::int64_t first = 0;
    for (const Tensor* input : inputs) {
        copyWalked(*input, outputs[0], input->shape(), stridesOf(input->shape()), to, 0, first);
        first += input->shape()[axis] * to[axis];
    }
    return {};
}

Result<Tensors> concatBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const std::size_t axis = TRY(concatAxis(context, gradients[0].shape().size()));
    const auto from = stridesOf(gradients[0].shape());
    std::int64_t first = 0;
    Tensors result;
    for (const Tensor* input : inputs) {
        Tensor dx(gradients[0].type(), input->shape());
        copyWalked(gradients[0], dx, input->shape(), from, stridesOf(input->shape()), first, 0);
        first += input->shape()[axis] * from[axis];
        result.push_back(std::move(dx));
    }
    return result;
}

constexpr Operator rows[] = {
    {"Flatten", 1, run<flattenShapes, keepElements>, keepElementsBackward, flattenShapes},
    {"Reshape", 1, run<reshapeShapes, keepElements>, keepElementsBackward, reshapeShapes},
    {"Transpose", 1, run<transposeShapes, transposeForward>, transposeBackward, transposeShapes},
    {"Concat", 1, run<concatShapes, concatForward>, concatBackward, concatShapes},
};

} // namespace

std::span<const Operator> shapingOperators()
{
    return rows;
}

} // namespace hounsfield::nn
