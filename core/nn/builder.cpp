#include "core/nn/builder.h"

#include "core/base/random.h"
#include "core/nn/operators/table.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::nn {

namespace {

/// "conv" of "Conv", "batchNormalization" of "BatchNormalization".
std::string lowered(const std::string& op)
{
    std::string name = op;
    name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
    return name;
}

std::vector<std::int64_t> orElse(const std::vector<std::int64_t>& given, std::size_t count, std::int64_t fallback)
{
    return given.empty() ? std::vector<std::int64_t>(count, fallback) : given;
}

} // namespace

Builder::Builder(std::string name, std::uint64_t seed)
    : m_seed(seed)
{
    m_graph.name = std::move(name);
}

std::string Builder::input(const std::string& name, Shape shape, ElementType type)
{
    m_graph.inputs.push_back({name, type, shape});
    m_values[name] = {name, type, std::move(shape)};
    return name;
}

std::string Builder::initializer(const std::string& name, Tensor value)
{
    m_values[name] = {name, value.type(), value.shape()};
    m_graph.initializers[name] = std::move(value);
    return name;
}

const Shape& Builder::shapeOf(const std::string& value) const
{
    const auto found = m_values.find(value);
    assert(found != m_values.end());
    return found->second.shape;
}

std::string Builder::nextName(const std::string& op)
{
    return lowered(op) + std::to_string(++m_counts[op]);
}

Tensor Builder::startingWeights(const std::string& name, const Shape& shape, Start start) const
{
    Tensor weights(ElementType::Float, shape);
    if (start == Start::Zeros)
        return weights;
    double field = 1;
    for (std::size_t d = 2; d < shape.size(); ++d)
        field *= static_cast<double>(shape[d]);
    const double fanOut = field * static_cast<double>(shape[0]);
    const double fanIn = field * static_cast<double>(shape.size() > 1 ? shape[1] : 1);
    Random random(m_seed, "weights of " + name);
    const double limit = start == Start::GlorotUniform ? std::sqrt(6 / (fanIn + fanOut)) : std::sqrt(6 / fanIn);
    for (float& weight : weights.as<float>())
        weight = static_cast<float>(
            start == Start::HeNormal ? random.normal() * std::sqrt(2 / fanOut) : random.uniform(-limit, limit));
    return weights;
}

std::string Builder::node(const std::string& op, std::vector<std::string> inputs,
    std::map<std::string, Attribute> attributes, std::string name, int outputs)
{
    if (name.empty())
        name = nextName(op);
    Node node{op, name, std::move(inputs), {name}, std::move(attributes), {}};
    for (int i = 1; i < outputs; ++i)
        node.outputs.push_back(name + "." + std::to_string(i));
    std::vector<ValueInfo> given;
    Inputs known;
    for (const auto& input : node.inputs) {
        given.push_back(input.empty() ? ValueInfo{} : m_values.at(input));
        known.push_back(knownValue(input));
    }
    const Operator* row = findOperator(op);
    assert(row && row->shapes);
    const auto made = row->shapes({node, m_graph.opset}, given, known);
    assert(made && made->size() >= node.outputs.size());
    for (std::size_t i = 0; i < node.outputs.size(); ++i)
        m_values[node.outputs[i]] = {node.outputs[i], (*made)[i].type, (*made)[i].shape};
    fold(node, *row, known);
    m_graph.nodes.push_back(std::move(node));
    return name;
}

const Tensor* Builder::knownValue(const std::string& name) const
{
    if (const auto constant = m_graph.initializers.find(name); constant != m_graph.initializers.end())
        return &constant->second;
    const auto folded = m_folded.find(name);
    return folded == m_folded.end() ? nullptr : &folded->second;
}

void Builder::fold(const Node& node, const Operator& row, std::vector<const Tensor*> known)
{
    Tensor only; // of the input of Shape and Size the shape is enough
    const auto isFree = [](std::int64_t dimension) { return dimension < 0; };
    if ((node.op == "Shape" || node.op == "Size") && std::ranges::none_of(shapeOf(node.inputs[0]), isFree))
        known[0] = &(only = Tensor(ElementType::Bool, shapeOf(node.inputs[0])));
    const bool isWhole = m_values.at(node.outputs[0]).type != ElementType::Float;
    const bool isKnown = std::ranges::find(known, nullptr) == known.end();
    if (!isWhole || !isKnown)
        return;
    if (const auto values = row.forward({node, m_graph.opset}, known))
        for (std::size_t i = 0; i < node.outputs.size(); ++i)
            m_folded[node.outputs[i]] = (*values)[i];
}

std::string Builder::convolution(const std::string& x, const Convolution& options)
{
    const std::string name = nextName("Conv");
    const std::size_t spatial = options.kernel.size();
    Shape shape{options.channels, shapeOf(x).at(1) / options.group};
    shape.insert(shape.end(), options.kernel.begin(), options.kernel.end());
    std::vector<std::string> inputs{
        x, initializer(name + ".weight", startingWeights(name + ".weight", shape, options.start))};
    if (options.hasBias)
        inputs.push_back(initializer(name + ".bias", Tensor(ElementType::Float, {options.channels})));
    return node("Conv", inputs,
        {{"kernel_shape", options.kernel}, {"strides", orElse(options.strides, spatial, 1)},
            {"pads", orElse(options.pads, 2 * spatial, 0)}, {"dilations", orElse(options.dilations, spatial, 1)},
            {"group", options.group}},
        name);
}

std::string Builder::dense(const std::string& x, std::int64_t units, Start start)
{
    const std::string name = nextName("Gemm");
    const Shape shape{units, shapeOf(x).at(1)};
    initializer(name + ".weight", startingWeights(name + ".weight", shape, start));
    initializer(name + ".bias", Tensor(ElementType::Float, {units}));
    return node("Gemm", {x, name + ".weight", name + ".bias"}, {{"transB", std::int64_t{1}}}, name);
}

std::string Builder::batchNormalization(const std::string& x, const Normalization& options)
{
    const std::string name = nextName("BatchNormalization");
    const Shape shape{shapeOf(x).at(1)};
    const std::vector<float> ones(static_cast<std::size_t>(shape[0]), 1.f);
    const std::vector<float> scales(ones.size(), static_cast<float>(options.scale));
    initializer(name + ".weight", Tensor(shape, scales));
    initializer(name + ".bias", Tensor(ElementType::Float, shape));
    initializer(name + ".mean", Tensor(ElementType::Float, shape));
    initializer(name + ".variance", Tensor(shape, ones));
    return node("BatchNormalization", {x, name + ".weight", name + ".bias", name + ".mean", name + ".variance"},
        {{"epsilon", options.epsilon}, {"momentum", options.momentum}}, name);
}

std::string Builder::maxPool(const std::string& x, const Pool& options)
{
    return node("MaxPool", {x},
        {{"kernel_shape", options.kernel}, {"strides", options.strides.empty() ? options.kernel : options.strides},
            {"pads", orElse(options.pads, 2 * options.kernel.size(), 0)}});
}

std::string Builder::averagePool(const std::string& x, const Pool& options)
{
    return node("AveragePool", {x},
        {{"kernel_shape", options.kernel}, {"strides", options.strides.empty() ? options.kernel : options.strides},
            {"pads", orElse(options.pads, 2 * options.kernel.size(), 0)}});
}

std::string Builder::globalAveragePool(const std::string& x)
{
    return node("GlobalAveragePool", {x});
}

std::string Builder::relu(const std::string& x)
{
    return node("Relu", {x});
}

std::string Builder::add(const std::string& a, const std::string& b)
{
    return node("Add", {a, b});
}

std::string Builder::flatten(const std::string& x)
{
    return node("Flatten", {x});
}

std::string Builder::dropout(const std::string& x, double ratio)
{
    const std::string name = nextName("Dropout");
    return node("Dropout", {x, initializer(name + ".ratio", Tensor::scalar(static_cast<float>(ratio)))}, {}, name);
}

std::string Builder::softmax(const std::string& x, std::int64_t axis)
{
    return node("Softmax", {x}, {{"axis", axis}});
}

std::string Builder::sigmoid(const std::string& x)
{
    return node("Sigmoid", {x});
}

Graph Builder::finish(const std::vector<std::string>& outputs) const
{
    Graph graph = m_graph;
    for (const auto& output : outputs)
        graph.outputs.push_back(m_values.at(output));
    [[maybe_unused]] const auto sound = graph.check();
    assert(sound);
    return graph;
}

} // namespace hounsfield::nn
