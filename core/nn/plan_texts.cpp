#include "core/nn/plan_texts.h"

#include <array>
#include <span>

namespace hounsfield::nn {

namespace {

using Whole = std::vector<std::int64_t>;

bool isPermutation(const Node* node, const Whole& order)
{
    return node && node->op == "Transpose" && node->integers("perm") == order;
}

} // namespace

TextSteps::TextSteps(Plan& plan)
    : PlanView(plan)
{
    for (const Node& node : plan.graph->nodes) {
        if (find(node.outputs[0]) < 0 || m_parts.contains(&node))
            continue;
        auto step = node.op == "MatMul" ? attention(node) : node.op == "Mul" ? gelu(node) : recurrent(node);
        if (step)
            m_patterns.emplace(&node, std::move(*step));
    }
}

std::optional<PlannedStep> TextSteps::stepAt(const Node& node) const
{
    if (const auto found = m_patterns.find(&node); found != m_patterns.end())
        return found->second;
    return ofOneNode(node);
}

/// Transpose – RNN, GRU or LSTM – Transpose – Reshape as one batch-first step, in the place of the cell: only there its
/// lengths are made.
std::optional<PlannedStep> TextSteps::recurrent(const Node& cell)
{
    if (!isPlainCell(cell))
        return {};
    const Node* before = makerOf(cell.inputs[0], "Transpose");
    const Node* behind = onlyUser(find(cell.outputs[0]));
    const Node* reshape = isPermutation(behind, {2, 0, 1, 3}) ? onlyUser(find(behind->outputs[0])) : nullptr;
    if (!isPermutation(before, {1, 0, 2}) || !reshape || reshape->op != "Reshape" || !isBatched(before->inputs[0]))
        return {};
    const Shape& x = value(find(before->inputs[0])).shape;
    const Shape& r = value(find(cell.inputs[2])).shape;
    const int made = find(reshape->outputs[0]);
    if (x.size() != 3 || value(made).shape != Shape{x[0], x[1], r[0] * r[2]})
        return {};
    PlannedStep step = plain(cell, StepKind::Recurrent);
    step.inputs.resize(5, -1);
    step.inputs[0] = find(before->inputs[0]);
    step.outputs = {made};
    m_parts.insert({before, behind, reshape});
    return step;
}

/// What the kernels compute: default activations, nothing clipped, no peepholes, states that start at 0, no other
/// output than the states of all times.
bool TextSteps::isPlainCell(const Node& node) const
{
    if ((node.op != "RNN" && node.op != "GRU" && node.op != "LSTM") || node.attributes.contains("activations")
        || node.attributes.contains("clip") || node.integer("layout", 0) != 0 || node.integer("input_forget", 0) != 0
        || (node.op == "GRU" && node.integer("linear_before_reset", 0) == 0) || !hasOneOutput(node))
        return false;
    for (std::size_t i = 5; i < node.inputs.size(); ++i)
        if (!node.inputs[i].empty())
            return false;
    return isWeight(node.inputs[1]) && isWeight(node.inputs[2]) && (!isGiven(node, 3) || isWeight(node.inputs[3]))
           && m_plan.entryOf(find(node.inputs[1])).order == Weights::Order::Directions
           && m_plan.entryOf(find(node.inputs[2])).order == Weights::Order::Directions;
}

/// The cut of a value into heads by a Reshape and a Transpose that nobody else needs.
TextSteps::Side TextSteps::headsBefore(const std::string& name, const Whole& order) const
{
    const Node* turn = makerOf(name, "Transpose");
    return {turn, isPermutation(turn, order) ? makerOf(turn->inputs[0], "Reshape") : nullptr};
}

/// The product of queries and keys that a Softmax takes, with its factor and the mask that is added.
std::optional<TextSteps::Scores> TextSteps::scoresBefore(const Node& softmax) const
{
    Scores scores;
    std::string name = softmax.inputs[0];
    const Shape& shape = value(find(name)).shape;
    if (const Node* add = makerOf(name, "Add")) {
        const Node* mask = makerOf(add->inputs[1], "Unsqueeze");
        if (shape.size() != 4 || !mask || !isFlat(mask->inputs[0])
            || value(find(mask->inputs[0])).shape != Shape{shape[0], shape[3]}
            || value(find(mask->outputs[0])).shape != Shape{shape[0], 1, 1, shape[3]}
            || value(find(mask->inputs[0])).needsGradient)
            return {};
        scores.mask = find(mask->inputs[0]);
        scores.nodes.insert({add, mask});
        name = add->inputs[0];
    }
    if (const Node* scaled = makerOf(name, "Mul")) {
        const auto scale = numberOf(scaled->inputs[1]);
        if (!scale)
            return {};
        scores.scale = *scale;
        scores.nodes.insert(scaled);
        name = scaled->inputs[0];
    }
    scores.product = makerOf(name, "MatMul");
    return scores.product ? std::optional(scores) : std::nullopt;
}

/// Self-attention of several heads (Vaswani et al. 2017) in the place of its second product: queries, keys and values
/// are cut into heads, the scores scaled and perhaps masked, the heads joined again.
std::optional<PlannedStep> TextSteps::attention(const Node& product)
{
    const Node* softmax = makerOf(product.inputs[0], "Softmax");
    const Node* turn = onlyUser(find(product.outputs[0]));
    const Node* joined = isPermutation(turn, {0, 2, 1, 3}) ? onlyUser(find(turn->outputs[0])) : nullptr;
    if (!softmax || !isSoftmaxOf(*softmax, 3) || !joined || joined->op != "Reshape")
        return {};
    const auto scores = scoresBefore(*softmax);
    if (!scores)
        return {};
    const std::array<Side, 3> sides{headsBefore(scores->product->inputs[0], {0, 2, 1, 3}),
        headsBefore(scores->product->inputs[1], {0, 2, 3, 1}), headsBefore(product.inputs[1], {0, 2, 1, 3})};
    std::set<const Node*> parts{softmax, scores->product};
    parts.insert(scores->nodes.begin(), scores->nodes.end());
    PlannedStep step = plain(product, StepKind::Attention);
    step.inputs.clear();
    const Shape& whole = value(find(joined->outputs[0])).shape;
    for (const Side& side : sides) {
        if (!side.reshape || !isFlat(side.reshape->inputs[0]) || value(find(side.reshape->inputs[0])).shape != whole)
            return {};
        const Shape& heads = value(find(side.reshape->outputs[0])).shape;
        if (whole.size() != 3 || heads.size() != 4 || heads[0] != whole[0] || heads[1] != whole[1]
            || (step.heads != 0 && heads[2] != step.heads))
            return {};
        step.heads = static_cast<int>(heads[2]);
        step.inputs.push_back(find(side.reshape->inputs[0]));
        parts.insert({side.turn, side.reshape});
    }
    step.inputs.push_back(scores->mask);
    step.outputs = {find(joined->outputs[0])};
    step.scale = scores->scale;
    parts.insert({turn, joined});
    m_parts.merge(parts);
    return step;
}

/// The factors of a product of products that nobody else needs; gets the products inside.
std::vector<std::string> TextSteps::factorsOf(const Node& product, std::set<const Node*>& inside) const
{
    std::vector<std::string> factors;
    std::vector<const Node*> products{&product};
    while (!products.empty()) {
        const Node& node = *products.back();
        products.pop_back();
        for (const std::string& name : node.inputs)
            if (const Node* maker = makerOf(name, "Mul")) {
                inside.insert(maker);
                products.push_back(maker);
            } else {
                factors.push_back(name);
            }
    }
    return factors;
}

/// x · Φ(x) written out: the product of x, 0.5 and 1 + erf(x / √2) in any order, in the place of its last factor.
std::optional<PlannedStep> TextSteps::gelu(const Node& product)
{
    std::set<const Node*> before;
    const auto factors = factorsOf(product, before);
    const Node* add = nullptr;
    std::string x;
    bool hasHalf = false;
    for (const std::string& name : factors)
        if (isNumber(name, 0.5))
            hasHalf = true;
        else if (const Node* maker = makerOf(name, "Add"))
            add = maker;
        else
            x = name;
    const int one = add && isNumber(add->inputs[0], 1) ? 0 : 1;
    if (factors.size() != 3 || !hasHalf || !add || !isFlat(x) || !isNumber(add->inputs[one], 1))
        return {};
    const Node* erf = makerOf(add->inputs[1 - one], "Erf");
    const Node* scaled = erf ? m_plan.graph->producerOf(erf->inputs[0]) : nullptr;
    const bool isScaled = scaled && onlyUser(find(erf->inputs[0])) && scaled->inputs.size() == 2
                          && scaled->inputs[0] == x
                          && ((scaled->op == "Mul" && isNumber(scaled->inputs[1], std::sqrt(0.5)))
                              || (scaled->op == "Div" && isNumber(scaled->inputs[1], std::sqrt(2.0))));
    if (!isScaled)
        return {};
    before.insert({add, erf, scaled});
    PlannedStep step = plain(product, StepKind::Gelu);
    step.inputs = {find(x)};
    m_parts.merge(before);
    return step;
}

std::optional<PlannedStep> TextSteps::ofOneNode(const Node& node) const
{
    if (node.op == "Gather" && isEmbedding(node))
        return plain(node, StepKind::Embedding);
    if (node.inputs.empty() || !isFlat(node.inputs[0]))
        return node.op == "Add" || node.op == "Mul" ? withShared(node) : std::nullopt;
    if (node.op == "Tanh" || node.op == "Sigmoid")
        return plain(node, StepKind::Curve);
    if (node.op == "Dropout" && m_plan.request.isTraining() && isPlainDropout(node))
        return plain(node, StepKind::Dropout);
    if (node.op == "LayerNormalization" && isLayerNormalization(node))
        return plain(node, StepKind::LayerNormalization);
    const auto rank = static_cast<std::int64_t>(value(find(node.inputs[0])).shape.size());
    if (node.op == "Softmax" && (isSoftmaxOf(node, rank - 1) || (rank == 3 && isSoftmaxOf(node, 1))))
        return plain(node, StepKind::Softmax);
    if (node.op == "ReduceMean" && isMeanOfWords(node))
        return plain(node, StepKind::GlobalAverage);
    return node.op == "Add" || node.op == "Mul" ? withShared(node) : std::nullopt;
}

/// An Add or Mul of a value with numbers that all samples, and perhaps all of their rows, share.
std::optional<PlannedStep> TextSteps::withShared(const Node& node) const
{
    for (std::size_t i = 0; i < 2; ++i) {
        const int x = find(node.inputs[i]), shared = find(node.inputs[1 - i]);
        if (!isFlat(node.inputs[i]) || shared < 0 || value(shared).type != ElementType::Float
            || (value(shared).entry < 0 && !value(shared).constant)
            || value(find(node.outputs[0])).shape != value(x).shape)
            continue;
        const Shape& whole = value(x).shape;
        Shape part = value(shared).shape;
        part.erase(part.begin(), std::ranges::find_if(part, [](std::int64_t size) { return size != 1; }));
        if (part.size() >= whole.size() || !std::ranges::equal(part, std::span(whole).last(part.size())))
            continue;
        PlannedStep step = plain(node, StepKind::Shared);
        step.inputs = {x, shared};
        return step;
    }
    return {};
}

bool TextSteps::isEmbedding(const Node& node) const
{
    const PlannedValue& words = value(find(node.inputs[1]));
    return isWeight(node.inputs[0]) && node.integer("axis", 0) == 0 && value(find(node.inputs[0])).shape.size() == 2
           && words.type == ElementType::Int64 && !words.constant && !words.shape.empty()
           && words.shape[0] == m_plan.batch && isFlat(node.outputs[0]);
}

bool TextSteps::isPlainDropout(const Node& node) const
{
    const bool isKnown = !isGiven(node, 1) || value(find(node.inputs[1])).constant;
    return isKnown && !isGiven(node, 2) && hasOneOutput(node);
}

bool TextSteps::isLayerNormalization(const Node& node) const
{
    const Shape& x = value(find(node.inputs[0])).shape;
    const Shape row{x.back()};
    const std::int64_t axis = node.integer("axis", -1);
    return x.size() > 1 && (axis == -1 || axis == static_cast<std::int64_t>(x.size()) - 1) && hasOneOutput(node)
           && isWeightOf(node.inputs[1], row) && (!isGiven(node, 2) || isWeightOf(node.inputs[2], row));
}

/// Before opset 13 a softmax ran over all axes from its own on.
bool TextSteps::isSoftmaxOf(const Node& node, std::int64_t axis) const
{
    const auto rank = static_cast<std::int64_t>(value(find(node.inputs[0])).shape.size());
    const std::int64_t given = node.integer("axis", -1);
    return m_plan.graph->opset >= 13 && rank > 1 && (given < 0 ? given + rank : given) == axis;
}

bool TextSteps::isMeanOfWords(const Node& node) const
{
    return value(find(node.inputs[0])).shape.size() == 3 && node.integers("axes") == Whole{1};
}

} // namespace hounsfield::nn
