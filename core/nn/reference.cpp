#include "core/nn/reference.h"

#include "core/nn/operators/table.h"

#include <algorithm>
#include <set>

namespace hounsfield::nn {

namespace {

bool isNothing(const Tensor& tensor)
{
    return tensor.shape().empty()
           && std::visit([](const auto& elements) { return elements.empty(); }, tensor.elements());
}

OperatorContext contextOf(const Graph& graph, const Node& node, const ReferenceOptions& options)
{
    return {node, graph.opset, options.isTraining, options.seed, options.step};
}

Result<const Operator*> operatorOf(const Node& node, std::int64_t opset)
{
    const bool isKnownDomain = node.domain.empty() || node.domain == "ai.onnx.preview.training";
    const Operator* found = isKnownDomain ? findOperator(node.op) : nullptr;
    if (!found)
        return unsupported(
            text("nn", "The operator %1 (version %2) is not known here.").with(node.op, opset), node.place());
    return found;
}

Inputs inputsOf(const Node& node, const std::map<std::string, Tensor>& values)
{
    Inputs inputs;
    for (const std::string& name : node.inputs) {
        const auto found = values.find(name);
        inputs.push_back(name.empty() || found == values.end() ? nullptr : &found->second);
    }
    return inputs;
}

void add(std::map<std::string, Tensor>& gradients, const std::string& name, Tensor gradient)
{
    const auto [place, isNew] = gradients.try_emplace(name, std::move(gradient));
    if (isNew)
        return;
    const Tensor more = std::move(gradient); // not moved from: try_emplace leaves it where it does not insert
    if (more.type() == ElementType::Double)
        std::ranges::transform(
            place->second.as<double>(), more.as<double>(), place->second.as<double>().begin(), std::plus<>());
    else
        std::ranges::transform(
            place->second.as<float>(), more.as<float>(), place->second.as<float>().begin(), std::plus<>());
}

/// Gradients of a node's outputs: those that are there, zeros for the others. Empty when none is.
std::vector<Tensor> outputGradients(const Node& node, const ReferenceRun& run, std::span<const Tensor> outputs)
{
    std::vector<Tensor> result;
    bool isReached = false;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const auto found = i < node.outputs.size() ? run.gradients.find(node.outputs[i]) : run.gradients.end();
        isReached = isReached || found != run.gradients.end();
        result.push_back(found != run.gradients.end() ? found->second : Tensor(outputs[i].type(), outputs[i].shape()));
    }
    return isReached ? result : std::vector<Tensor>();
}

} // namespace

Result<ReferenceRun> referenceForward(
    const Graph& graph, std::map<std::string, Tensor> inputs, const ReferenceOptions& options)
{
    ReferenceRun run;
    run.values = std::move(inputs);
    run.values.insert(graph.initializers.begin(), graph.initializers.end());
    for (const ValueInfo& input : graph.inputs)
        if (!run.values.contains(input.name))
            return badInput(text("nn", "The input %1 was not given.").with(input.name), graph.name);
    for (const Node& node : graph.nodes) {
        const Operator* op = TRY(operatorOf(node, graph.opset));
        auto outputs = TRY(op->forward(contextOf(graph, node, options), inputsOf(node, run.values)));
        for (std::size_t i = 0; i < std::min(outputs.size(), node.outputs.size()); ++i)
            if (!node.outputs[i].empty())
                run.values.insert_or_assign(node.outputs[i], std::move(outputs[i]));
    }
    return run;
}

Result<void> referenceBackward(
    const Graph& graph, ReferenceRun& run, std::map<std::string, Tensor> given, const ReferenceOptions& options)
{
    run.gradients = std::move(given);
    for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
        std::vector<Tensor> outputs;
        for (const std::string& name : node->outputs) {
            const auto found = run.values.find(name);
            outputs.push_back(found == run.values.end() ? Tensor() : found->second);
        }
        const auto gradients = outputGradients(*node, run, outputs);
        const Operator* op = TRY(operatorOf(*node, graph.opset));
        if (gradients.empty() || !op->backward)
            continue;
        auto made =
            TRY(op->backward(contextOf(graph, *node, options), inputsOf(*node, run.values), outputs, gradients));
        for (std::size_t i = 0; i < std::min(made.size(), node->inputs.size()); ++i)
            if (!node->inputs[i].empty() && !isNothing(made[i]))
                add(run.gradients, node->inputs[i], std::move(made[i]));
    }
    return {};
}

Graph toDouble(const Graph& graph)
{
    const auto widen = [](Tensor& tensor) {
        if (tensor.type() != ElementType::Float)
            return;
        const auto values = std::as_const(tensor).as<float>();
        tensor = Tensor(tensor.shape(), std::vector<double>(values.begin(), values.end()));
    };
    constexpr std::int64_t toFloat = 1, toDouble = 11; // TensorProto.DataType
    Graph result = graph;
    for (auto& [name, tensor] : result.initializers)
        widen(tensor);
    for (Node& node : result.nodes) {
        if (node.op == "Cast" && node.integer("to", 0) == toFloat)
            node.attributes["to"] = toDouble;
        for (auto& [name, attribute] : node.attributes)
            if (auto* tensor = std::get_if<Tensor>(&attribute))
                widen(*tensor);
    }
    return result;
}

} // namespace hounsfield::nn
