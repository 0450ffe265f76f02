#include "core/diagnosis/placement.h"

#include "core/nn/operators/table.h"

#include <algorithm>
#include <optional>

namespace hounsfield::diagnosis {

namespace {

/// What is known of the values of a graph: shapes, and where their cells look.
struct Known {
    std::map<std::string, nn::ValueInfo> infos;
    std::map<std::string, Placement> places;
};

constexpr std::string_view windows[] = {"Conv", "MaxPool", "AveragePool"};
constexpr std::string_view cellwise[] = {"Relu", "LeakyRelu", "Sigmoid", "Tanh", "Clip", "BatchNormalization",
    "Dropout", "Identity", "Add", "Sub", "Mul", "Div", "Concat"};
constexpr std::string_view activations[] = {"Relu", "LeakyRelu", "Sigmoid", "Tanh", "Clip"};

bool isOneOf(std::string_view op, std::span<const std::string_view> names)
{
    return std::ranges::find(names, op) != names.end();
}

/// Infers the outputs of one node; false where the operator table cannot.
bool inferShapes(const nn::Graph& graph, const nn::Node& node, Known& known)
{
    const nn::Operator* op = nn::findOperator(node.op);
    if (!op || !op->shapes)
        return false;
    std::vector<nn::ValueInfo> infos;
    nn::Inputs constants;
    for (const std::string& input : node.inputs) {
        const auto info = known.infos.find(input);
        if (!input.empty() && info == known.infos.end())
            return false;
        infos.push_back(input.empty() ? nn::ValueInfo{} : info->second);
        const auto constant = graph.initializers.find(input);
        constants.push_back(constant == graph.initializers.end() ? nullptr : &constant->second);
    }
    const auto made = op->shapes({node, graph.opset}, infos, constants);
    if (!made)
        return false;
    for (std::size_t i = 0; i < std::min(made->size(), node.outputs.size()); ++i)
        known.infos[node.outputs[i]] = (*made)[i];
    return true;
}

/// Zeros before the first row or column that auto_pad makes.
double automaticPad(const std::string& rule, std::int64_t size, std::int64_t reach, std::int64_t stride)
{
    const std::int64_t total = std::max<std::int64_t>(((size + stride - 1) / stride - 1) * stride + reach - size, 0);
    return static_cast<double>(rule == "SAME_LOWER" ? (total + 1) / 2 : total / 2);
}

std::optional<Placement> placeOfWindow(const nn::Node& node, const Known& known)
{
    const auto before = known.places.find(node.inputs[0]);
    const auto input = known.infos.find(node.inputs[0]);
    if (before == known.places.end() || input == known.infos.end() || input->second.shape.size() != 4)
        return std::nullopt;
    auto kernel = node.integers("kernel_shape");
    if (kernel.empty() && node.op == "Conv")
        if (const auto weight = known.infos.find(node.inputs[1]);
            weight != known.infos.end() && weight->second.shape.size() == 4)
            kernel.assign(weight->second.shape.begin() + 2, weight->second.shape.end());
    const auto strides = node.integers("strides", {1, 1});
    const auto dilations = node.integers("dilations", {1, 1});
    const auto pads = node.integers("pads", {0, 0, 0, 0});
    if (kernel.size() != 2 || strides.size() != 2 || dilations.size() != 2 || pads.size() != 4)
        return std::nullopt;
    const std::string rule = node.words("auto_pad", "NOTSET");
    Placement place = before->second;
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t reach = (kernel[axis] - 1) * dilations[axis] + 1;
        const double pad = rule.starts_with("SAME")
                               ? automaticPad(rule, input->second.shape[axis + 2], reach, strides[axis])
                           : rule == "VALID" ? 0.0
                                             : static_cast<double>(pads[axis]);
        place.offset[axis] += (static_cast<double>(reach - 1) / 2 - pad) * place.jump[axis];
        place.jump[axis] *= static_cast<double>(strides[axis]);
    }
    return place;
}

std::optional<Placement> placeOf(const nn::Node& node, const Known& known)
{
    if (isOneOf(node.op, windows) && !node.inputs.empty())
        return placeOfWindow(node, known);
    if (isOneOf(node.op, cellwise))
        for (const std::string& input : node.inputs)
            if (const auto before = known.places.find(input); before != known.places.end())
                return before->second;
    return std::nullopt;
}

Known know(const nn::Graph& graph, const nn::Shape& input)
{
    Known known;
    for (const auto& [name, tensor] : graph.initializers)
        known.infos[name] = {name, tensor.type(), tensor.shape()};
    if (!graph.inputs.empty()) {
        known.infos[graph.inputs[0].name] = {graph.inputs[0].name, graph.inputs[0].type, input};
        known.places[graph.inputs[0].name] = {};
    }
    for (const nn::Node& node : graph.nodes)
        if (inferShapes(graph, node, known) && !node.outputs.empty())
            if (const auto place = placeOf(node, known))
                known.places[node.outputs[0]] = *place;
    return known;
}

/// The value behind the normalisation, addition and activation that follow a convolution.
std::string finished(const nn::Graph& graph, const std::string& made)
{
    std::string value = made;
    while (true) {
        const nn::Node* user = nullptr;
        int users = 0;
        for (const nn::Node& node : graph.nodes)
            if (std::ranges::find(node.inputs, value) != node.inputs.end()) {
                user = &node;
                ++users;
            }
        if (users != 1 || user->outputs.empty())
            return value;
        const bool isActivation = isOneOf(user->op, activations);
        if (!isActivation && user->op != "BatchNormalization" && user->op != "Add")
            return value;
        value = user->outputs[0];
        if (isActivation)
            return value;
    }
}

} // namespace

Result<std::vector<MapLayer>> mapLayers(const nn::Graph& graph, const nn::Shape& input)
{
    if (input.size() != 4)
        return badInput(
            text("diagnosis", "The model's input has %1 dimensions; heat maps need four.").with(input.size()),
            graph.name);
    const Known known = know(graph, input);
    std::vector<MapLayer> layers;
    for (const nn::Node& node : graph.nodes) {
        if (node.op != "Conv" || node.outputs.empty())
            continue;
        const std::string value = finished(graph, node.outputs[0]);
        const auto place = known.places.find(value);
        const auto info = known.infos.find(value);
        if (place == known.places.end() || info == known.infos.end() || info->second.shape.size() != 4)
            continue;
        const nn::Shape& shape = info->second.shape;
        layers.push_back(
            {node.name.empty() ? node.outputs[0] : node.name, value, shape[2], shape[3], shape[1], place->second});
    }
    return layers;
}

std::ptrdiff_t defaultLayer(const std::vector<MapLayer>& layers)
{
    std::ptrdiff_t best = -1;
    std::int64_t most = 0;
    for (std::size_t i = 0; i < layers.size(); ++i)
        if (layers[i].height >= 6 && layers[i].width >= 6)
            best = static_cast<std::ptrdiff_t>(i);
    for (std::size_t i = 0; best < 0 && i < layers.size(); ++i)
        most = std::max(most, layers[i].height * layers[i].width);
    for (std::size_t i = 0; best < 0 && i < layers.size(); ++i)
        if (layers[i].height * layers[i].width == most)
            best = static_cast<std::ptrdiff_t>(i);
    return best;
}

} // namespace hounsfield::diagnosis
