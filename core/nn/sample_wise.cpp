// Which nodes of the operator table treat each sample by itself: their groups can run beside each other.

#include "core/nn/plan.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hounsfield::nn {

namespace {

constexpr std::array elementwise{"Abs", "Neg", "Exp", "Log", "Sqrt", "Erf", "Gelu", "Elu", "Selu", "Softplus",
    "LeakyRelu", "HardSigmoid", "HardSwish", "Sigmoid", "Tanh", "Relu", "Clip", "Add", "Sub", "Mul", "Div", "Pow",
    "Min", "Max", "Where"};
constexpr std::array byAxis{"Softmax", "LogSoftmax", "LayerNormalization"};
constexpr std::array byAxes{"ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL2", "Unsqueeze", "Squeeze"};

template <typename List> bool contains(const List& list, std::string_view op)
{
    return std::ranges::find(list, op) != list.end();
}

const PlannedValue* input(const Plan& plan, const Node& node, std::size_t index)
{
    const int value = index < node.inputs.size() ? plan.find(node.inputs[index]) : -1;
    return value < 0 ? nullptr : &plan.value(value);
}

/// A weight or constant that broadcasts over the samples instead of being one for each.
bool isShared(const PlannedValue& value, std::size_t rank)
{
    return !value.isBatched && (value.entry >= 0 || value.constant)
           && (value.shape.size() < rank || value.shape.empty() || value.shape[0] == 1);
}

/// Batched values of the output's rank, and what all samples share.
bool broadcastsBySample(const Plan& plan, const Node& node, std::size_t rank)
{
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        const PlannedValue* value = input(plan, node, i);
        if (value && !(value->isBatched && value->shape.size() == rank) && !isShared(*value, rank))
            return false;
    }
    return true;
}

bool isBehindSamples(std::int64_t axis, std::size_t rank)
{
    return axis != 0 && axis != -static_cast<std::int64_t>(rank);
}

/// The axes of a node, an attribute in older opsets, where they are known; empty: not known or all.
std::vector<std::int64_t> axesOf(const Plan& plan, const Node& node)
{
    const PlannedValue* given = input(plan, node, 1);
    if (given && given->constant && given->type == ElementType::Int64) {
        const auto values = given->constant->as<std::int64_t>();
        return {values.begin(), values.end()};
    }
    return given ? std::vector<std::int64_t>() : node.integers("axes");
}

bool isProduct(const Plan& plan, const Node& node)
{
    const PlannedValue* a = input(plan, node, 0);
    const PlannedValue* b = input(plan, node, 1);
    const std::size_t rank = a->shape.size();
    return rank > 1 && (b->isBatched ? b->shape.size() == rank && rank > 2 : b->entry >= 0 && b->shape.size() == 2);
}

/// Keeps the first dimension, whatever it is.
bool isReshapeOfSamples(const Plan& plan, const Node& node)
{
    const PlannedValue* shape = input(plan, node, 1);
    return shape && shape->constant && shape->constant->count() > 0 && node.integer("allowzero", 0) == 0
           && shape->constant->as<std::int64_t>()[0] == 0;
}

} // namespace

bool isSampleWise(const Plan& plan, const Node& node)
{
    const PlannedValue* x = input(plan, node, 0);
    if (plan.find(node.outputs[0]) < 0)
        return false;
    for (const std::string& name : node.outputs)
        if (const int value = plan.find(name); value >= 0 && !plan.value(value).isBatched)
            return false;
    const std::size_t rank = plan.value(plan.find(node.outputs[0])).shape.size();
    if (contains(elementwise, node.op))
        return broadcastsBySample(plan, node, rank);
    if (!x || !x->isBatched)
        return false;
    if (contains(byAxis, node.op))
        return isBehindSamples(node.integer("axis", -1), x->shape.size()) && plan.graph->opset >= 13
               && broadcastsBySample(plan, node, rank);
    if (contains(byAxes, node.op)) {
        const auto axes = axesOf(plan, node);
        return !axes.empty() && std::ranges::all_of(axes, [&](auto axis) {
            return isBehindSamples(axis, std::max(rank, x->shape.size()));
        });
    }
    if (node.op == "Transpose")
        return !node.integers("perm").empty() && node.integers("perm")[0] == 0;
    if (node.op == "MatMul")
        return isProduct(plan, node);
    return node.op == "Reshape" && isReshapeOfSamples(plan, node);
}

} // namespace hounsfield::nn
