#include "core/learning/text_networks.h"

#include "core/learning/text_graph.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::learning {

namespace {

using Form = TextNetworkForm;
using Whole = std::vector<std::int64_t>;

/// Rare labels begin rare.
float startingBias(const Form& form)
{
    return form.isMultiLabel ? -2.0F : 0.0F;
}

TextGraph::Mask maskOf(TextGraph& net, const Form& form)
{
    return form.isPadded ? net.mask("tokens") : TextGraph::Mask{};
}

/// Scores of [N, …, L, …] without those of padding; `axes` are those that the mask [N, L] lacks.
std::string allowed(TextGraph& net, const TextGraph::Mask& mask, const std::string& scores, const Whole& axes)
{
    return mask.forbidden.empty() ? scores
                                  : net.node("Add", {scores, net.node("Unsqueeze", {mask.forbidden, net.whole(axes)})});
}

/// The mean over a text's words, [N, width].
std::string meanOfWords(TextGraph& net, const TextGraph::Mask& mask, const std::string& x)
{
    if (mask.share.empty())
        return net.node("ReduceMean", {x}, {{"axes", Whole{1}}, {"keepdims", std::int64_t{0}}});
    return net.reshape(net.node("MatMul", {mask.share, x}), {0, -1});
}

std::string logits(TextGraph& net, const Form& form, const std::string& x, std::int64_t width)
{
    return net.dense(x, width, form.labels, "logits", startingBias(form));
}

/// h_t = tanh(W x_t + U h_{t−1} + b), the states' mean classified.
nn::Graph rnn(const Form& form)
{
    TextGraph net("rnn", form.seed);
    const auto mask = maskOf(net, form);
    const auto words = net.dropout(net.embedding("tokens", form.vocabulary, form.width), form.dropout);
    const auto states = net.recurrent("RNN", words, mask.lengths, form.width, 2 * form.units, false);
    logits(net, form, net.dropout(meanOfWords(net, mask, states), form.dropout), 2 * form.units);
    return net.finish(form.labels);
}

/// Both directions, then additive attention with a query of its own for each label (Bahdanau et al. 2015, Lin et al.
/// 2017), one weight vector a label on the attended state.
nn::Graph recurrentAttention(const std::string& name, const std::string& op, const Form& form)
{
    TextGraph net(name, form.seed);
    const std::int64_t width = 2 * form.units;
    const auto mask = maskOf(net, form);
    const auto words = net.dropout(net.embedding("tokens", form.vocabulary, form.width), form.dropout);
    const auto states = net.dropout(net.recurrent(op, words, mask.lengths, form.width, form.units, true), form.dropout);
    const std::int64_t depth = form.keys > 0 ? form.keys : width;
    const auto keys = net.node("Tanh", {net.dense(states, width, depth, "keys")});
    constexpr double small = 0.05; // attention begins as a mean over all words, and no label is called yet
    const auto scores = net.node("MatMul", {keys, net.uniform("queries", {depth, form.labels}, small)});
    const auto attention =
        net.node("Softmax", {allowed(net, mask, scores, {2})}, {{"axis", std::int64_t{1}}}, "attention");
    const auto attended = net.dropout(net.node("MatMul", {net.transpose(attention, {0, 2, 1}), states}), form.dropout);
    const auto votes = net.node("Mul", {attended, net.uniform("votes", {form.labels, width}, small)});
    const auto sums = net.node("ReduceSum", {votes, net.whole({2})}, {{"keepdims", std::int64_t{0}}});
    net.node("Add", {sums, net.filled("logits.bias", {form.labels}, startingBias(form))}, {}, "logits");
    return net.finish(form.labels);
}

nn::Graph bigruAttention(const Form& form)
{
    return recurrentAttention("bigru-attention", "GRU", form);
}

nn::Graph bilstmAttention(const Form& form)
{
    return recurrentAttention("bilstm-attention", "LSTM", form);
}

/// Each token encoded by an MLP to h_i, s(h_i, h_j) = h_iᵀ W h_j / √d, a_ij = exp s(h_i, h_j) / Σ_k exp s(h_i, h_k),
/// the attended vectors pooled by their mean over the words.
nn::Graph seedAttention(const Form& form)
{
    TextGraph net("seed-attention", form.seed);
    const std::int64_t d = 2 * form.units;
    const auto mask = maskOf(net, form);
    const auto words = net.dropout(net.embedding("tokens", form.vocabulary, form.width), form.dropout);
    const auto hidden = net.node("Relu", {net.dense(words, form.width, d, "mlp1")});
    const auto h = net.dense(hidden, d, d, "mlp2");
    const double limit = std::sqrt(6.0 / static_cast<double>(2 * d));
    const auto turned = net.node("MatMul", {h, net.uniform("score", {d, d}, limit)});
    const auto products = net.node("MatMul", {turned, net.transpose(h, {0, 2, 1})});
    const auto scores = net.node("Mul", {products, net.constant(1.0F / std::sqrt(static_cast<float>(d)))});
    const auto attention =
        net.node("Softmax", {allowed(net, mask, scores, {1})}, {{"axis", std::int64_t{-1}}}, "attention");
    const auto attended = net.node("MatMul", {attention, h});
    logits(net, form, net.dropout(meanOfWords(net, mask, attended), form.dropout), d);
    return net.finish(form.labels);
}

/// sin and cos of the place at wavelengths from 2π to 10000 · 2π (Vaswani et al. 2017).
nn::Tensor places(std::int64_t length, std::int64_t width)
{
    nn::Tensor table(nn::ElementType::Float, {length, width});
    auto values = table.as<float>();
    for (std::int64_t t = 0; t < length; ++t)
        for (std::int64_t c = 0; c < width; ++c) {
            const double angle =
                static_cast<double>(t) / std::pow(10000.0, static_cast<double>(c / 2 * 2) / static_cast<double>(width));
            values[static_cast<std::size_t>(t * width + c)] =
                static_cast<float>(c % 2 == 0 ? std::sin(angle) : std::cos(angle));
        }
    return table;
}

constexpr std::int64_t mostPlaces = 512;

std::string selfAttention(TextGraph& net, const std::string& x, const TextGraph::Mask& mask, std::int64_t width,
    const std::string& name, const std::string& attentionName)
{
    constexpr std::int64_t heads = 4;
    const std::int64_t each = width / heads;
    const auto split = [&](const std::string& wide, const std::vector<std::int64_t>& order) {
        return net.transpose(net.reshape(wide, {0, 0, heads, each}), order);
    };
    const auto queries = split(net.dense(x, width, width, name + ".queries"), {0, 2, 1, 3});
    // A bias of the keys would move all scores of a query alike, which softmax does not see.
    const double limit = std::sqrt(6.0 / static_cast<double>(2 * width));
    const auto keys =
        split(net.node("MatMul", {x, net.uniform(name + ".keys.weight", {width, width}, limit)}, {}, name + ".keys"),
            {0, 2, 3, 1});
    const auto values = split(net.dense(x, width, width, name + ".values"), {0, 2, 1, 3});
    const auto scores = net.node(
        "Mul", {net.node("MatMul", {queries, keys}), net.constant(1.0F / std::sqrt(static_cast<float>(each)))});
    const auto attention =
        net.node("Softmax", {allowed(net, mask, scores, {1, 2})}, {{"axis", std::int64_t{-1}}}, attentionName);
    const auto joined =
        net.reshape(net.transpose(net.node("MatMul", {attention, values}), {0, 2, 1, 3}), {0, 0, width});
    return net.dense(joined, width, width, name + ".joined");
}

/// The vectors of a text's places, as many as it has words.
std::string placesOf(TextGraph& net, const Form& form, std::int64_t width)
{
    if (form.places > 0)
        return net.normal("places", {form.places, width}, 0.02);
    const auto length = net.node("Slice", {net.node("Shape", {"tokens"}), net.whole({1}), net.whole({2})});
    const auto table = net.node("Constant", {}, {{"value", places(mostPlaces, width)}});
    return net.node("Slice", {table, net.whole({0}), length, net.whole({0})});
}

/// x behind an inner layer `times` as wide with GELU between.
std::string feedForward(
    TextGraph& net, const std::string& x, std::int64_t width, std::int64_t times, const std::string& name)
{
    const auto wide = net.dense(x, width, times * width, name + ".up");
    // GELU written out: its own operator is newer than opset 17.
    const auto part = net.node("Erf", {net.node("Mul", {wide, net.constant(0.70710678F)})});
    const auto bent =
        net.node("Mul", {net.node("Mul", {wide, net.constant(0.5F)}), net.node("Add", {part, net.constant(1.0F)})});
    return net.dense(bent, times * width, width, name + ".down");
}

/// Two pre-norm encoder layers of four heads, GELU, mean over the words.
nn::Graph transformer(const Form& form)
{
    TextGraph net("transformer", form.seed);
    const std::int64_t width = (form.width + 3) / 4 * 4;
    const auto mask = maskOf(net, form);
    auto x = net.node("Add", {net.embedding("tokens", form.vocabulary, width), placesOf(net, form, width)});
    x = net.dropout(x, form.dropout);
    constexpr int layers = 2;
    for (int layer = 1; layer <= layers; ++layer) {
        const std::string name = "layer" + std::to_string(layer);
        const auto read = net.layerNorm(x, width, name + ".norm1");
        const auto heard =
            selfAttention(net, read, mask, width, name, layer == layers ? "attention" : name + ".attention");
        x = net.node("Add", {x, net.dropout(heard, form.dropout)});
        const auto thought = net.layerNorm(x, width, name + ".norm2");
        x = net.node("Add", {x, net.dropout(feedForward(net, thought, width, form.feedForward, name), form.dropout)});
    }
    logits(net, form, meanOfWords(net, mask, net.layerNorm(x, width, "norm")), width);
    return net.finish(form.labels);
}

std::vector<TextNetwork> makeNetworks()
{
    return {
        {"bigru-attention",
            text("learning", "Gated recurrent network in both directions; each label attends to the words it needs."),
            text("learning", "Most tasks with reports, from some hundred of them on. The one to begin with."),
            bigruAttention, {}},
        {"bilstm-attention", text("learning", "The same with LSTM cells in place of GRU cells."),
            text("learning", "Longer reports; a little slower."), bilstmAttention, {}},
        {"rnn", text("learning", "Plain recurrent network: each state from the word and the state before."),
            text("learning", "A yardstick for the gated networks; short texts."), rnn, {{"rate", "0.002"}}},
        {"seed-attention",
            text("learning", "Each word weighs all others by a bilinear score; no order of words, no recurrence."),
            text("learning", "A yardstick for attention without order; fast."), seedAttention, {{"rate", "0.002"}}},
        {"transformer", text("learning", "Two encoder layers of four heads with places of words, normalised first."),
            text("learning", "Thousands of reports; slower than the recurrent networks on a processor."), transformer,
            {{"rate", "0.001"}}, mostPlaces},
    };
}

} // namespace

const std::vector<TextNetwork>& textNetworks()
{
    static const std::vector<TextNetwork> table = makeNetworks();
    return table;
}

Result<const TextNetwork*> findTextNetwork(const std::string& name)
{
    std::string all;
    for (const TextNetwork& network : textNetworks()) {
        if (network.name == name)
            return &network;
        all += (all.empty() ? "" : ", ") + network.name;
    }
    return badInput(text("learning", "There is no network of texts \"%1\".").with(name), {},
        text("learning", "Choose one of: %1.").with(all));
}

} // namespace hounsfield::learning
