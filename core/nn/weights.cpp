#include "core/nn/weights.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <set>

namespace hounsfield::nn {

namespace {

/// Float inputs that are settings of an operator, not numbers that training changes.
struct Setting {
    std::string_view op;
    std::size_t input;
};
constexpr Setting settings[] = {{"Clip", 1}, {"Clip", 2}, {"Dropout", 1}, {"Pad", 2}, {"Resize", 1}, {"Resize", 2},
    {"Upsample", 1}, {"Range", 0}, {"Range", 1}, {"Range", 2}, {"OneHot", 2}, {"NegativeLogLikelihoodLoss", 2},
    {"SoftmaxCrossEntropyLoss", 2}};

struct Use {
    const Node* node;
    std::size_t input;
};

std::vector<Use> usesOf(const Graph& graph, const std::string& value)
{
    std::vector<Use> uses;
    for (const Node& node : graph.nodes)
        for (std::size_t i = 0; i < node.inputs.size(); ++i)
            if (node.inputs[i] == value)
                uses.push_back({&node, i});
    return uses;
}

bool isSetting(const Use& use)
{
    return std::ranges::any_of(
        settings, [&](const Setting& s) { return s.op == use.node->op && s.input == use.input; });
}

bool isStatistic(const Use& use)
{
    return use.node->op == "BatchNormalization" && use.input >= 3;
}

bool isRecurrent(std::string_view op)
{
    return op == "RNN" || op == "GRU" || op == "LSTM";
}

bool isDecayed(const Use& use)
{
    const std::string& op = use.node->op;
    return ((op == "Conv" || op == "Gemm" || op == "ConvTranspose") && use.input == 1) || op == "MatMul"
           || op == "Einsum" || (isRecurrent(op) && (use.input == 1 || use.input == 2));
}

Weights::Order orderOf(const Graph& graph, const std::vector<Use>& uses, const Shape& shape)
{
    if (uses.size() != 1)
        return Weights::Order::Onnx;
    const Node& node = *uses[0].node;
    if (isRecurrent(node.op) && (uses[0].input == 1 || uses[0].input == 2) && shape.size() == 3)
        return Weights::Order::Directions;
    if (uses[0].input != 1)
        return Weights::Order::Onnx;
    if (node.op == "Gemm" && node.integer("transB", 0) == 1 && shape.size() == 2)
        return Weights::Order::Transposed;
    if (node.op == "ConvTranspose" && shape.size() == 4 && node.integer("group", 1) == 1)
        return Weights::Order::OutputLast;
    if (node.op != "Conv" || shape.size() != 4)
        return Weights::Order::Onnx;
    return isBeforePooling(graph, node) ? Weights::Order::OutputFirst : Weights::Order::OutputLast;
}

/// Calls visit(index in ONNX order, index in the block) for every element.
template <typename Visit> void visitElements(const Weights::Entry& entry, const Visit& visit)
{
    const Shape& s = entry.shape;
    if (entry.order == Weights::Order::Onnx) {
        for (std::int64_t i = 0; i < entry.count; ++i)
            visit(i, i);
        return;
    }
    if (entry.order == Weights::Order::Directions) {
        const std::int64_t gates = s[1], inputs = s[2];
        for (std::int64_t onnx = 0; onnx < entry.count; ++onnx) {
            const std::int64_t direction = onnx / (gates * inputs), gate = onnx / inputs % gates, input = onnx % inputs;
            visit(onnx, (direction * inputs + input) * gates + gate);
        }
        return;
    }
    // Transposed is OutputLast with kernels of one element.
    const std::int64_t m = s[0], c = s[1], taps = entry.count / std::max<std::int64_t>(1, m * c);
    std::int64_t onnx = 0;
    for (std::int64_t o = 0; o < m; ++o)
        for (std::int64_t i = 0; i < c; ++i)
            for (std::int64_t tap = 0; tap < taps; ++tap, ++onnx)
                visit(onnx,
                    entry.order == Weights::Order::OutputFirst ? (o * taps + tap) * c + i : (tap * c + i) * m + o);
}

} // namespace

bool isBeforePooling(const Graph& graph, const Node& convolution)
{
    const auto ones = [](const std::vector<std::int64_t>& list, std::int64_t value) {
        return std::ranges::all_of(list, [&](std::int64_t x) { return x == value; });
    };
    if (convolution.words("auto_pad", "NOTSET") != "NOTSET" || !ones(convolution.integers("pads"), 0)
        || !ones(convolution.integers("strides"), 1) || !ones(convolution.integers("dilations"), 1)
        || convolution.integer("group", 1) != 1)
        return false;
    const auto relu = usesOf(graph, convolution.outputs[0]);
    if (relu.size() != 1 || relu[0].node->op != "Relu")
        return false;
    const auto pool = usesOf(graph, relu[0].node->outputs[0]);
    if (pool.size() != 1 || pool[0].node->op != "MaxPool")
        return false;
    const Node& node = *pool[0].node;
    const auto kernel = node.integers("kernel_shape");
    return kernel.size() == 2 && ones(kernel, 2) && node.integers("strides").size() == 2
           && ones(node.integers("strides"), 2) && ones(node.integers("pads"), 0) && ones(node.integers("dilations"), 1)
           && node.integer("ceil_mode", 0) == 0 && node.words("auto_pad", "NOTSET") == "NOTSET"
           && (node.outputs.size() < 2 || node.outputs[1].empty());
}

Weights::Weights(const Graph& graph)
{
    std::int64_t offset = 0;
    for (const auto& [name, value] : graph.initializers) {
        const auto uses = usesOf(graph, name);
        if (value.type() != ElementType::Float || uses.empty() || std::ranges::all_of(uses, isSetting))
            continue;
        Entry entry{name, value.shape(), offset, value.count()};
        entry.isTrained = !std::ranges::any_of(uses, isStatistic);
        entry.isDecayed = std::ranges::any_of(uses, isDecayed);
        entry.order = orderOf(graph, uses, entry.shape);
        offset += (entry.count + 15) / 16 * 16;
        m_entries.push_back(std::move(entry));
    }
    m_values.assign(static_cast<std::size_t>(offset), 0.0F);
    for (const Entry& entry : m_entries)
        set(entry.name, graph.initializers.at(entry.name));
}

const Weights::Entry* Weights::find(const std::string& name) const
{
    const auto found = std::ranges::find(m_entries, name, &Entry::name);
    return found == m_entries.end() ? nullptr : &*found;
}

Tensor Weights::tensor(const std::string& name) const
{
    const Entry* entry = find(name);
    assert(entry);
    return inOnnxOrder(*entry, std::span(m_values).subspan(static_cast<std::size_t>(entry->offset)));
}

void Weights::set(const std::string& name, const Tensor& value)
{
    const Entry* entry = find(name);
    assert(entry && value.shape() == entry->shape && value.type() == ElementType::Float);
    inOwnOrder(*entry, value.as<float>(), values().subspan(static_cast<std::size_t>(entry->offset)));
}

void Weights::writeInto(Graph& graph) const
{
    for (const Entry& entry : m_entries)
        graph.initializers[entry.name] = tensor(entry.name);
}

Tensor inOnnxOrder(const Weights::Entry& entry, std::span<const float> block)
{
    std::vector<float> elements(static_cast<std::size_t>(entry.count));
    visitElements(entry, [&](std::int64_t onnx, std::int64_t own) {
        elements[static_cast<std::size_t>(onnx)] = block[static_cast<std::size_t>(own)];
    });
    return {entry.shape, std::move(elements)};
}

void inOwnOrder(const Weights::Entry& entry, std::span<const float> onnxOrder, std::span<float> block)
{
    visitElements(entry, [&](std::int64_t onnx, std::int64_t own) {
        block[static_cast<std::size_t>(own)] = onnxOrder[static_cast<std::size_t>(onnx)];
    });
}

} // namespace hounsfield::nn
