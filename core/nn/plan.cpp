#include "core/nn/plan.h"

#include "core/nn/operators/windows.h"

#include <algorithm>
#include <cassert>
#include <set>

namespace hounsfield::nn {

void Border::grow(const Border& other)
{
    top = std::max(top, other.top);
    left = std::max(left, other.left);
    bottom = std::max(bottom, other.bottom);
    right = std::max(right, other.right);
}

int Plan::find(const std::string& name) const
{
    const auto found = name.empty() ? indexOf.end() : indexOf.find(name);
    return found == indexOf.end() ? -1 : found->second;
}

bool Plan::isLedBack(const PlannedStep& step) const
{
    const auto needsGradient = [this](int index) { return index >= 0 && value(index).needsGradient; };
    return std::ranges::any_of(step.outputs, needsGradient) && std::ranges::any_of(step.inputs, needsGradient);
}

const Weights::Entry& Plan::entryOf(int value) const
{
    return weights->entries()[static_cast<std::size_t>(this->value(value).entry)];
}

ImageWindow windowOf(const Node& node, const Shape& input, std::array<std::int64_t, 2> kernel)
{
    const auto list = [&](const char* attribute, std::int64_t fallback, std::size_t size) {
        auto values = node.integers(attribute);
        values.resize(size, fallback);
        return values;
    };
    const auto strides = list("strides", 1, 2), dilations = list("dilations", 1, 2);
    auto pads = list("pads", 0, 4);
    const std::string automatic = node.words("auto_pad", "NOTSET");
    for (std::size_t axis = 0; axis < 2 && automatic.starts_with("SAME"); ++axis) {
        const std::int64_t size = input[2 + axis], out = (size + strides[axis] - 1) / strides[axis];
        const std::int64_t reach = dilations[axis] * (kernel[axis] - 1) + 1;
        const std::int64_t all = std::max<std::int64_t>(0, (out - 1) * strides[axis] + reach - size);
        pads[axis] = automatic == "SAME_LOWER" ? all - all / 2 : all / 2;
        pads[axis + 2] = all - pads[axis];
    }
    const auto whole = [](std::int64_t x) { return static_cast<int>(x); };
    return {whole(kernel[0]), whole(kernel[1]), whole(strides[0]), whole(strides[1]), whole(dilations[0]),
        whole(dilations[1]), whole(pads[0]), whole(pads[1]), whole(pads[2]), whole(pads[3])};
}

ImageWindow transposedWindowOf(const Node& node, const Shape& input, std::array<std::int64_t, 2> kernel)
{
    const auto window = transposedWindowOf({node}, input, std::vector<std::int64_t>(kernel.begin(), kernel.end()));
    assert(window); // its shapes were inferred
    const auto pair = [](const std::array<std::int64_t, 3>& axes) {
        return std::array{static_cast<int>(axes[1]), static_cast<int>(axes[2])};
    };
    const auto strides = pair(window->stride), dilations = pair(window->dilation), before = pair(window->before),
               after = pair(window->after);
    return {static_cast<int>(kernel[0]), static_cast<int>(kernel[1]), strides[0], strides[1], dilations[0],
        dilations[1], before[0], before[1], after[0], after[1]};
}

namespace {

int addValue(Plan& plan, PlannedValue value)
{
    const int index = static_cast<int>(plan.values.size());
    plan.indexOf[value.name] = index;
    value.isBatched = !value.constant && value.entry < 0 && value.type == ElementType::Float && !value.shape.empty()
                      && value.shape[0] == plan.batch;
    plan.values.push_back(std::move(value));
    return index;
}

Result<void> addInputs(Plan& plan)
{
    bool isFirst = true;
    for (const ValueInfo& input : plan.graph->inputs) {
        const auto given = plan.request.inputs.find(input.name);
        if (given == plan.request.inputs.end())
            return badInput(text("nn", "The shape of the network's input %1 is not given.").with(input.name));
        const Shape& shape = given->second;
        bool fits = shape.size() == input.shape.size();
        for (std::size_t i = 0; fits && i < shape.size(); ++i)
            fits = shape[i] > 0 && (input.shape[i] < 0 || input.shape[i] == shape[i] || i == 0);
        if (!fits)
            return badInput(text("nn", "The network's input %1 has the shape %2, not %3.")
                                .with(input.name, written(input.shape), written(shape)));
        if (isFirst && !shape.empty())
            plan.batch = shape[0];
        isFirst = false;
        PlannedValue value{input.name, input.type, shape};
        value.isInput = true;
        addValue(plan, std::move(value));
    }
    return {};
}

void addInitializers(Plan& plan)
{
    for (const auto& [name, tensor] : plan.graph->initializers) {
        PlannedValue value{name, tensor.type(), tensor.shape()};
        if (const Weights::Entry* entry = plan.weights->find(name))
            value.entry = static_cast<int>(entry - plan.weights->entries().data());
        else
            value.constant = tensor;
        addValue(plan, std::move(value));
    }
}

/// Shapes and types of a node's outputs, and their elements where all it takes is known.
Result<void> addOutputs(Plan& plan, const Node& node)
{
    const Operator* op = findOperator(node.op);
    if (!op || !node.domain.empty())
        return unsupported(text("nn", "The operator %1 is not known.").with(node.op), node.name);
    const OperatorContext context{node, plan.graph->opset, plan.request.isTraining()};
    std::vector<ValueInfo> inputs;
    Inputs known;
    bool isAllKnown = true;
    for (const std::string& name : node.inputs) {
        const int index = plan.find(name);
        if (!name.empty() && index < 0)
            return badInput(text("nn", "The value %1 is used before it is made.").with(name), node.name);
        inputs.push_back(index < 0 ? ValueInfo{} : ValueInfo{name, plan.value(index).type, plan.value(index).shape});
        known.push_back(index >= 0 && plan.value(index).constant ? &*plan.value(index).constant : nullptr);
        isAllKnown = isAllKnown && (index < 0 || plan.value(index).constant);
    }
    std::vector<Tensor> computed;
    const auto infos = TRY(op->shapes(context, inputs, known));
    if ((node.op == "Shape" || node.op == "Size") && !isAllKnown) {
        const Shape& shape = inputs[0].shape;
        const Tensor only(ElementType::Float, shape);
        computed = TRY(op->forward(context, {&only}));
    } else if (isAllKnown) {
        computed = TRY(op->forward(context, known));
    }
    for (std::size_t i = 0; i < node.outputs.size() && i < infos.size(); ++i) {
        if (node.outputs[i].empty())
            continue;
        PlannedValue value{node.outputs[i], infos[i].type, infos[i].shape};
        if (i < computed.size())
            value.constant = std::move(computed[i]);
        addValue(plan, std::move(value));
    }
    return {};
}

/// Whether a gradient can pass through a value: comparisons, indices and what is known when planning end its way.
bool isPassable(const Plan& plan, int index)
{
    return index >= 0 && plan.value(index).type == ElementType::Float && !plan.value(index).constant;
}

/// Marks the values between where gradients start and where they are asked.
Result<void> markGradients(Plan& plan)
{
    std::set<int> reached, leading;
    for (const std::string& name : plan.request.gradientsOf) {
        const int index = plan.find(name);
        if (index < 0)
            return badInput(text("nn", "The network has no value %1.").with(name));
        reached.insert(index);
        plan.value(index).isGradientKept = true;
    }
    for (const std::string& name : plan.request.gradientsFrom) {
        const int index = plan.find(name);
        if (index < 0)
            return badInput(text("nn", "The network has no value %1.").with(name));
        leading.insert(index);
        plan.value(index).isStart = true;
    }
    const auto& nodes = plan.graph->nodes;
    for (const Node& node : nodes) {
        const bool isReached = std::ranges::any_of(
            node.inputs, [&](const std::string& name) { return reached.contains(plan.find(name)); });
        for (const std::string& name : node.outputs)
            if (isReached && isPassable(plan, plan.find(name)))
                reached.insert(plan.find(name));
    }
    for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
        const bool isLeading = std::ranges::any_of(
            node->outputs, [&](const std::string& name) { return leading.contains(plan.find(name)); });
        for (const std::string& name : node->inputs)
            if (isLeading && isPassable(plan, plan.find(name)))
                leading.insert(plan.find(name));
    }
    for (int i = 0; i < static_cast<int>(plan.values.size()); ++i) {
        PlannedValue& value = plan.value(i);
        value.needsGradient = reached.contains(i) && leading.contains(i) && isPassable(plan, i);
    }
    return {};
}

Result<void> markKept(Plan& plan)
{
    std::vector<std::string> names = plan.request.keep;
    for (const ValueInfo& output : plan.graph->outputs)
        names.push_back(output.name);
    for (const std::string& name : names) {
        const int index = plan.find(name);
        if (index < 0)
            return badInput(text("nn", "The network has no value %1.").with(name));
        plan.value(index).isKept = true;
    }
    for (const Node& node : plan.graph->nodes)
        for (const std::string& name : node.inputs)
            if (const int index = plan.find(name); index >= 0)
                ++plan.value(index).users;
    return {};
}

} // namespace

Result<Plan> makePlan(std::shared_ptr<const Graph> graph, std::shared_ptr<Weights> weights, PlanRequest request)
{
    Plan plan;
    plan.graph = std::move(graph);
    plan.weights = std::move(weights);
    plan.request = std::move(request);
    TRY(addInputs(plan));
    addInitializers(plan);
    for (const Node& node : plan.graph->nodes)
        TRY(addOutputs(plan, node));
    TRY(markKept(plan));
    TRY(markGradients(plan));
    TRY(chooseSteps(plan));
    return plan;
}

} // namespace hounsfield::nn
