#include "core/nn/operators/support.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

enum class Reduction { None, Sum, Mean };

Result<Reduction> reductionOf(const OperatorContext& context)
{
    const std::string name = context.node.words("reduction", "mean");
    if (name != "none" && name != "sum" && name != "mean")
        return wrong(context, text("nn", "%1 is no reduction of a loss.").with(name));
    return name == "none" ? Reduction::None : name == "sum" ? Reduction::Sum : Reduction::Mean;
}

/// Scores [N, C, …], classes [N, …], weights of the classes [C].
Shapes lossShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    TRY(need(context, inputs, 1, indexing));
    TRY(optionalLikeFirst(context, inputs, 2));
    const Shape &x = inputs[0].shape, &classes = inputs[1].shape;
    Shape places = x;
    if (x.size() >= 2)
        places.erase(places.begin() + 1);
    if (x.size() < 2 || places != classes)
        return wrong(
            context, text("nn", "Classes %1 do not fit scores of shape %2.").with(written(classes), written(x)));
    if (isThere(inputs, 2) && inputs[2].shape != Shape{x[1]})
        return wrong(context,
            text("nn", "Input %1 has the shape %2, not %3.").with(3, written(inputs[2].shape), written(Shape{x[1]})));
    return infos(inputs[0].type, TRY(reductionOf(context)) == Reduction::None ? classes : Shape{});
}

Shapes entropyShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    auto result = TRY(lossShapes(context, inputs, known));
    result.push_back({"made", inputs[0].type, inputs[0].shape}); // log_prob
    return result;
}

/// What each place of the classes weighs in the loss, and the score of its class.
struct Places {
    std::vector<double> weights; ///< 0 where the class is ignored; divided by their sum for the mean
    std::vector<std::size_t> scores;
};

Result<Places> placesOf(const OperatorContext& context, const Inputs& inputs)
{
    const Shape& shape = inputs[0]->shape();
    const std::int64_t plane = productOf(shape, 2, shape.size());
    const auto each = inputAt(inputs, 2) ? doublesOf(*inputs[2]) : std::vector<double>();
    const auto classes = doublesOf(*inputs[1]);
    const bool ignores = context.node.has("ignore_index");
    const auto ignored = static_cast<double>(context.node.integer("ignore_index", 0));
    Places places;
    double sum = 0;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const bool isIgnored = ignores && classes[i] == ignored;
        if (!isIgnored && !(classes[i] >= 0 && classes[i] < static_cast<double>(shape[1])))
            return wrong(context, text("nn", "There is no class %1 among %2.").with(classes[i], shape[1]));
        const auto label = isIgnored ? 0 : static_cast<std::int64_t>(classes[i]);
        const auto at = static_cast<std::int64_t>(i);
        places.scores.push_back(static_cast<std::size_t>((at / plane * shape[1] + label) * plane + at % plane));
        places.weights.push_back(isIgnored ? 0 : each.empty() ? 1 : each[static_cast<std::size_t>(label)]);
        sum += places.weights.back();
    }
    if (TRY(reductionOf(context)) == Reduction::Mean)
        for (double& weight : places.weights)
            weight /= sum;
    return places;
}

/// The loss from logarithms of probabilities.
Result<Tensor> lossOf(
    const OperatorContext& context, const Inputs& inputs, const Tensor& logarithms, const Tensor& like)
{
    const Places places = TRY(placesOf(context, inputs));
    const auto x = doublesOf(logarithms);
    std::vector<double> y(static_cast<std::size_t>(like.count()), 0);
    const bool isEach = TRY(reductionOf(context)) == Reduction::None;
    for (std::size_t i = 0; i < places.weights.size(); ++i)
        if (places.weights[i] != 0)
            y[isEach ? i : 0] -= places.weights[i] * x[places.scores[i]];
    return fromDoubles(like.type(), like.shape(), y);
}

/// The gradient of the logarithms from that of the loss.
Result<std::vector<double>> lossGradient(const OperatorContext& context, const Inputs& inputs, const Tensor& gradient)
{
    const Places places = TRY(placesOf(context, inputs));
    const auto dy = doublesOf(gradient);
    std::vector<double> dx(static_cast<std::size_t>(inputs[0]->count()), 0);
    const bool isEach = TRY(reductionOf(context)) == Reduction::None;
    for (std::size_t i = 0; i < places.weights.size(); ++i)
        dx[places.scores[i]] -= places.weights[i] * dy[isEach ? i : 0];
    return dx;
}

Result<void> likelihoodForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    outputs[0] = TRY(lossOf(context, inputs, *inputs[0], outputs[0]));
    return {};
}

Result<Tensors> likelihoodBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), TRY(lossGradient(context, inputs, gradients[0])));
    return result;
}

// ---- SoftmaxCrossEntropyLoss: the same behind a LogSoftmax over the classes

const Node& logarithmNode()
{
    static const Node node{"LogSoftmax", {}, {}, {}, {{"axis", std::int64_t{1}}}, {}};
    return node;
}

Result<void> entropyForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    auto logarithms = TRY(findOperator("LogSoftmax")->forward({logarithmNode()}, {inputs[0]}));
    outputs[0] = TRY(lossOf(context, inputs, logarithms[0], outputs[0]));
    outputs[1] = std::move(logarithms[0]);
    return {};
}

Result<Tensors> entropyBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Operator* logarithm = findOperator("LogSoftmax");
    const OperatorContext inner{logarithmNode()};
    const auto logarithms = TRY(logarithm->forward(inner, {inputs[0]}));
    auto dy = TRY(lossGradient(context, inputs, gradients[0]));
    if (gradients.size() > 1 && gradients[1].shape() == inputs[0]->shape()) {
        const auto more = doublesOf(gradients[1]);
        std::ranges::transform(dy, more, dy.begin(), std::plus<>());
    }
    const Tensor gradient = fromDoubles(inputs[0]->type(), inputs[0]->shape(), dy);
    auto result = TRY(logarithm->backward(inner, {inputs[0]}, logarithms, std::span(&gradient, 1)));
    result.resize(inputs.size());
    return result;
}

constexpr Operator rows[] = {
    {"NegativeLogLikelihoodLoss", 12, run<lossShapes, likelihoodForward>, likelihoodBackward, lossShapes},
    {"SoftmaxCrossEntropyLoss", 12, run<entropyShapes, entropyForward>, entropyBackward, entropyShapes},
};

} // namespace

std::span<const Operator> classLossOperators()
{
    return rows;
}

} // namespace hounsfield::nn
