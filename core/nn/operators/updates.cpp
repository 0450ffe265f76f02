// The updates of weights of ai.onnx.preview.training. No network holds them: they say in ONNX's terms what our
// optimizers do.

#include "core/nn/operators/support.h"

#include <array>

namespace hounsfield::nn {

namespace {

/// What an update knows besides the weights: attributes, the rate R and the count of updates T before.
struct Update {
    const Node& node;
    double rate = 0, count = 0;
    double alpha = 0, beta = 0, epsilon = 0, norm = 0;
};

/// One weight x with its gradient g and up to two states.
struct Element {
    double x = 0, g = 0;
    std::array<double, 2> states{};
};

/// Kingma and Ba 2015; alpha and beta are the decays of the first and second moment.
Element adam(const Update& u, Element e)
{
    const double g = u.norm * e.x + e.g;
    e.states[0] = u.alpha * e.states[0] + (1 - u.alpha) * g;
    e.states[1] = u.beta * e.states[1] + (1 - u.beta) * g * g;
    const double rate =
        u.count > 0 ? u.rate * std::sqrt(1 - std::pow(u.beta, u.count)) / (1 - std::pow(u.alpha, u.count)) : u.rate;
    e.x -= rate * e.states[0] / (std::sqrt(e.states[1]) + u.epsilon);
    e.x *= 1 - u.node.number("norm_coefficient_post", 0);
    return e;
}

/// Polyak 1964; Nesterov 1983 in the form of Sutskever et al. 2013. The first gradient enters whole.
Element momentum(const Update& u, Element e)
{
    const double g = u.norm * e.x + e.g;
    e.states[0] = u.alpha * e.states[0] + (u.count > 0 ? u.beta : 1) * g;
    const bool isNesterov = u.node.words("mode", "standard") == "nesterov";
    e.x -= u.rate * (isNesterov ? g + u.alpha * e.states[0] : e.states[0]);
    return e;
}

/// Duchi, Hazan and Singer 2011.
Element adagrad(const Update& u, Element e)
{
    const double g = u.norm * e.x + e.g;
    e.states[0] += g * g;
    e.x -= u.rate / (1 + u.count * u.node.number("decay_factor", 0)) * g / (std::sqrt(e.states[0]) + u.epsilon);
    return e;
}

struct Kind {
    std::size_t states = 1;
    double alpha = 0, beta = 0, epsilon = 0; ///< fallbacks of the attributes
    Element (*step)(const Update&, Element) = nullptr;
};
constexpr Kind adamKind{2, 0.9, 0.999, 1e-6, adam};
constexpr Kind momentumKind{1, 0, 0, 0, momentum};
constexpr Kind adagradKind{1, 0, 0, 1e-6, adagrad};

/// R, T, all X, all G, all of each state → all X, all of each state.
template <const Kind& kind> Shapes updateShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    TRY(need(context, inputs, 1, indexing));
    const std::size_t blocks = 2 + kind.states;
    for (const std::size_t i : {std::size_t{0}, std::size_t{1}})
        if (productOf(inputs[i].shape, 0, inputs[i].shape.size()) != 1)
            return wrong(context, text("nn", "Input %1 has to be one number.").with(i + 1));
    if (inputs.size() < 2 + blocks || (inputs.size() - 2) % blocks != 0)
        return wrong(context, text("nn", "%1 inputs are no weights with gradients and states.").with(inputs.size()));
    const std::size_t tensors = (inputs.size() - 2) / blocks;
    std::vector<ValueInfo> result;
    for (std::size_t i = 2; i < inputs.size(); ++i) {
        const std::size_t x = 2 + (i - 2) % tensors;
        TRY(need(context, inputs, x, floating));
        TRY(need(context, inputs, i, bit(inputs[x].type)));
        if (inputs[i].shape != inputs[x].shape)
            return wrong(context, text("nn", "Input %1 has the shape %2, not %3.")
                                      .with(i + 1, written(inputs[i].shape), written(inputs[x].shape)));
        if ((i - 2) / tensors != 1) // gradients are not made anew
            result.push_back({"made", inputs[x].type, inputs[x].shape});
    }
    return result;
}

template <const Kind& kind>
Result<void> updateForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Node& node = context.node;
    const Update update{node, doublesOf(*inputs[0])[0], doublesOf(*inputs[1])[0], node.number("alpha", kind.alpha),
        node.number("beta", kind.beta), node.number("epsilon", kind.epsilon), node.number("norm_coefficient", 0)};
    const std::size_t tensors = (inputs.size() - 2) / (2 + kind.states);
    for (std::size_t t = 0; t < tensors; ++t) {
        auto x = doublesOf(*inputs[2 + t]);
        const auto g = doublesOf(*inputs[2 + tensors + t]);
        std::array<std::vector<double>, 2> states;
        for (std::size_t s = 0; s < kind.states; ++s)
            states[s] = doublesOf(*inputs[2 + (2 + s) * tensors + t]);
        for (std::size_t i = 0; i < x.size(); ++i) {
            Element element{x[i], g[i], {}};
            for (std::size_t s = 0; s < kind.states; ++s)
                element.states[s] = states[s][i];
            element = kind.step(update, element);
            x[i] = element.x;
            for (std::size_t s = 0; s < kind.states; ++s)
                states[s][i] = element.states[s];
        }
        outputs[t] = fromDoubles(outputs[t].type(), outputs[t].shape(), x);
        for (std::size_t s = 0; s < kind.states; ++s) {
            Tensor& state = outputs[(1 + s) * tensors + t];
            state = fromDoubles(state.type(), state.shape(), states[s]);
        }
    }
    return {};
}

template <const Kind& kind> constexpr Operator update(std::string_view name)
{
    return {name, 1, run<updateShapes<kind>, updateForward<kind>>, nullptr, updateShapes<kind>};
}

constexpr Operator rows[] = {
    update<adamKind>("Adam"),
    update<momentumKind>("Momentum"),
    update<adagradKind>("Adagrad"),
};

} // namespace

std::span<const Operator> updateOperators()
{
    return rows;
}

} // namespace hounsfield::nn
