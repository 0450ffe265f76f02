#include "core/learning/text_graph.h"

#include "core/base/random.h"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace hounsfield::learning {

using nn::ElementType;
using nn::Tensor;

namespace {

using Whole = std::vector<std::int64_t>;

constexpr std::int64_t int32_ = 6, float_ = 1; // TensorProto.DataType

std::int64_t gatesOf(const std::string& op)
{
    return op == "GRU" ? 3 : op == "LSTM" ? 4 : 1;
}

} // namespace

TextGraph::TextGraph(std::string name, std::uint64_t seed)
    : m_seed(seed)
{
    m_graph.name = std::move(name);
    m_graph.inputs.push_back({"tokens", ElementType::Int64, {-1, -1}});
}

std::string TextGraph::nextName(const std::string& op)
{
    std::string name = op;
    const bool isShort = std::ranges::none_of(name, [](char c) { return std::islower(static_cast<unsigned char>(c)); });
    for (std::size_t i = 0; i < (isShort ? name.size() : 1); ++i) // "gru1", "matMul1"
        name[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[i])));
    return name + std::to_string(++m_counts[op]);
}

std::string TextGraph::node(const std::string& op, std::vector<std::string> inputs,
    std::map<std::string, nn::Attribute> attributes, std::string name)
{
    if (name.empty())
        name = nextName(op);
    m_graph.nodes.push_back({op, name, std::move(inputs), {name}, std::move(attributes), {}});
    return name;
}

std::string TextGraph::whole(Whole values)
{
    const std::string name = nextName("Numbers");
    const auto count = static_cast<std::int64_t>(values.size());
    m_graph.initializers[name] = Tensor({count}, std::move(values));
    return name;
}

std::string TextGraph::constant(float value)
{
    return node("Constant", {}, {{"value", Tensor::scalar(value)}});
}

std::string TextGraph::uniform(const std::string& name, nn::Shape shape, double limit)
{
    Tensor weights(ElementType::Float, std::move(shape));
    Random random(m_seed, "weights of " + name);
    for (float& weight : weights.as<float>())
        weight = static_cast<float>(random.uniform(-limit, limit));
    m_graph.initializers[name] = std::move(weights);
    return name;
}

std::string TextGraph::normal(const std::string& name, nn::Shape shape, double deviation)
{
    Tensor weights(ElementType::Float, std::move(shape));
    Random random(m_seed, "weights of " + name);
    for (float& weight : weights.as<float>())
        weight = static_cast<float>(deviation * random.normal());
    m_graph.initializers[name] = std::move(weights);
    return name;
}

std::string TextGraph::filled(const std::string& name, nn::Shape shape, float value)
{
    Tensor weights(ElementType::Float, std::move(shape));
    for (float& weight : weights.as<float>())
        weight = value;
    m_graph.initializers[name] = std::move(weights);
    return name;
}

std::string TextGraph::embedding(const std::string& tokens, std::int64_t vocabulary, std::int64_t width)
{
    return node("Gather", {normal("words", {vocabulary, width}, 1.0), tokens}, {}, "embedding");
}

std::string TextGraph::dense(
    const std::string& x, std::int64_t from, std::int64_t to, const std::string& name, float bias)
{
    const double limit = std::sqrt(6.0 / static_cast<double>(from + to));
    const auto product = node("MatMul", {x, uniform(name + ".weight", {from, to}, limit)}, {}, name + ".product");
    return node("Add", {product, filled(name + ".bias", {to}, bias)}, {}, name);
}

std::string TextGraph::dropout(const std::string& x, double ratio)
{
    return ratio > 0 ? node("Dropout", {x, constant(static_cast<float>(ratio))}) : x;
}

std::string TextGraph::layerNorm(const std::string& x, std::int64_t width, const std::string& name)
{
    return node("LayerNormalization", {x, filled(name + ".scale", {width}, 1), filled(name + ".bias", {width}, 0)},
        {{"axis", std::int64_t{-1}}, {"epsilon", 1e-5}}, name);
}

std::string TextGraph::transpose(const std::string& x, Whole permutation)
{
    return node("Transpose", {x}, {{"perm", std::move(permutation)}});
}

std::string TextGraph::reshape(const std::string& x, Whole shape)
{
    return node("Reshape", {x, whole(std::move(shape))});
}

TextGraph::Mask TextGraph::mask(const std::string& tokens)
{
    const auto isPadding = node("Equal", {tokens, whole({0})});
    const auto isWord = node("Not", {isPadding});
    const auto words = node("Cast", {isWord}, {{"to", int32_}});
    const auto lengths = node("ReduceSum", {words, whole({1})}, {{"keepdims", std::int64_t{0}}}, "lengths");
    const auto padding = node("Cast", {isPadding}, {{"to", float_}});
    const auto forbidden = node("Mul", {padding, constant(-1e9F)}, {}, "forbidden");
    const auto ones = node("Cast", {isWord}, {{"to", float_}});
    const auto count = node("ReduceSum", {ones, whole({1})}, {{"keepdims", std::int64_t{1}}});
    const auto share = node("Unsqueeze", {node("Div", {ones, count}), whole({1})}, {}, "share");
    return {lengths, forbidden, share};
}

std::string TextGraph::recurrent(const std::string& op, const std::string& x, const std::string& lengths,
    std::int64_t from, std::int64_t units, bool isBothWays)
{
    const std::int64_t directions = isBothWays ? 2 : 1, gates = gatesOf(op) * units;
    const double limit = 1 / std::sqrt(static_cast<double>(units));
    const std::string name = nextName(op);
    std::vector<std::string> inputs{transpose(x, {1, 0, 2}), uniform(name + ".w", {directions, gates, from}, limit),
        uniform(name + ".r", {directions, gates, units}, limit), uniform(name + ".b", {directions, 2 * gates}, limit)};
    if (!lengths.empty())
        inputs.push_back(lengths);
    std::map<std::string, nn::Attribute> attributes{
        {"hidden_size", units}, {"direction", std::string(isBothWays ? "bidirectional" : "forward")}};
    if (op == "GRU")
        attributes["linear_before_reset"] = std::int64_t{1};
    node(op, inputs, std::move(attributes), name);
    return node("Reshape", {transpose(name, {2, 0, 1, 3}), whole({0, 0, -1})}, {}, name + ".states");
}

nn::Graph TextGraph::finish(std::int64_t labels)
{
    m_graph.outputs = {{"logits", ElementType::Float, {-1, labels}}};
    return std::move(m_graph);
}

} // namespace hounsfield::learning
