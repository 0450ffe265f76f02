#include "core/nn/operators/recurrent.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

/// Inputs by position.
enum : std::size_t { X, W, R, B, Lengths, InitialH, InitialC, Peepholes };

/// Sizes of one node, and where a sample's numbers lie. With layout 1 samples come first.
struct Sizes {
    std::int64_t steps = 0, samples = 0, inputs = 0, hidden = 0, directions = 1;
    bool isSampleFirst = false;

    std::size_t x(std::int64_t step, std::int64_t sample) const
    {
        return static_cast<std::size_t>((isSampleFirst ? sample * steps + step : step * samples + sample) * inputs);
    }
    std::size_t y(std::int64_t step, std::int64_t direction, std::int64_t sample) const
    {
        return static_cast<std::size_t>(hidden
                                        * (isSampleFirst ? (sample * steps + step) * directions + direction
                                                         : (step * directions + direction) * samples + sample));
    }
    std::size_t state(std::int64_t direction, std::int64_t sample) const
    {
        return static_cast<std::size_t>(
            hidden * (isSampleFirst ? sample * directions + direction : direction * samples + sample));
    }
    Shape stateShape() const
    {
        return isSampleFirst ? Shape{samples, directions, hidden} : Shape{directions, samples, hidden};
    }
};

Result<std::int64_t> directionsOf(const OperatorContext& context)
{
    const std::string direction = context.node.words("direction", "forward");
    if (direction != "forward" && direction != "reverse" && direction != "bidirectional")
        return wrong(context, text("nn", "%1 is no direction.").with(direction));
    return direction == "bidirectional" ? 2 : 1;
}

Result<Sizes> sizesOf(const OperatorContext& context, Infos inputs, const Cell& cell)
{
    const Shape &x = inputs[X].shape, &w = inputs[W].shape, &r = inputs[R].shape;
    Sizes s;
    s.directions = TRY(directionsOf(context));
    s.isSampleFirst = context.node.integer("layout", 0) != 0;
    if (x.size() != 3)
        return wrong(context, text("nn", "An input of shape %1 is no sequence.").with(written(x)));
    s.steps = x[s.isSampleFirst ? 1 : 0];
    s.samples = x[s.isSampleFirst ? 0 : 1];
    s.inputs = x[2];
    s.hidden = w.size() == 3 ? w[1] / cell.gates : 0;
    const bool fits = w.size() == 3 && r.size() == 3 && w[0] == s.directions && r[0] == s.directions && s.hidden > 0
                      && w[1] % cell.gates == 0 && r[1] == w[1] && r[2] == s.hidden && w[2] == s.inputs
                      && context.node.integer("hidden_size", s.hidden) == s.hidden;
    if (!fits)
        return wrong(context,
            text("nn", "Weights %1 and %2 do not fit an input of %3.").with(written(w), written(r), written(x)));
    return s;
}

// Functions that ONNX knows inside recurrent nodes only.
constexpr Unary affine{"Affine", floating, 1, 0, [](double x, const Parameters& p) { return p.alpha * x + p.beta; },
    [](double, double, const Parameters& p) { return p.alpha; }};
constexpr Unary scaledTanh{"ScaledTanh", floating, 1, 1,
    [](double x, const Parameters& p) { return p.alpha * std::tanh(p.beta * x); },
    [](double x, double, const Parameters& p) {
        const double t = std::tanh(p.beta * x);
        return p.alpha * p.beta * (1 - t * t);
    }};

const Unary* activationNamed(const std::string& name)
{
    constexpr std::string_view known[] = {
        "Relu", "Tanh", "Sigmoid", "LeakyRelu", "ThresholdedRelu", "HardSigmoid", "Elu", "Softsign", "Softplus"};
    if (name == affine.name)
        return &affine;
    if (name == scaledTanh.name)
        return &scaledTanh;
    return std::ranges::find(known, name) == std::end(known) ? nullptr : findUnary(name);
}

/// Takes the next value of activation_alpha or activation_beta for a function that has such a number.
double nextParameter(const std::vector<double>& given, std::size_t& at, const Unary* function, double fallback)
{
    const bool hasOne = fallback != 0 || function == &affine;
    return hasOne && at < given.size() ? given[at++] : fallback;
}

/// All activations, `cell.activations` for each direction. The lists of alpha and beta are used up in order.
Result<std::vector<Activation>> activationsOf(const OperatorContext& context, const Cell& cell, std::int64_t directions)
{
    const auto listOf = [&]<typename T>(const char* name, T none) {
        const auto found = context.node.attributes.find(name);
        const T* list = found == context.node.attributes.end() ? nullptr : std::get_if<T>(&found->second);
        return list ? *list : none;
    };
    const auto names = listOf("activations", std::vector<std::string>());
    const auto alphas = listOf("activation_alpha", std::vector<double>());
    const auto betas = listOf("activation_beta", std::vector<double>());
    const std::size_t count = cell.activations * static_cast<std::size_t>(directions);
    if (!names.empty() && names.size() != count)
        return wrong(context, text("nn", "%1 activations are named, not %2.").with(names.size(), count));
    std::vector<Activation> result;
    std::size_t alpha = 0, beta = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name(names.empty() ? cell.fallback[i % cell.activations] : names[i]);
        const Unary* function = activationNamed(name);
        if (!function)
            return unsupported(text("nn", "The activation %1 is not known here.").with(name), context.node.place());
        Activation made{function, {nextParameter(alphas, alpha, function, function->alpha),
                                      nextParameter(betas, beta, function, function->beta)}};
        if (const double clip = context.node.number("clip", 0); clip > 0)
            made.clip = clip;
        result.push_back(made);
    }
    return result;
}

/// An optional input has this shape where it is there; free dimensions fit any.
Result<void> optionalOf(const OperatorContext& context, Infos inputs, std::size_t i, const Shape& shape)
{
    const auto fits = [](std::int64_t a, std::int64_t b) { return a == b || a < 0 || b < 0; };
    if (isThere(inputs, i) && !std::ranges::equal(inputs[i].shape, shape, fits))
        return wrong(context,
            text("nn", "Input %1 has the shape %2, not %3.").with(i + 1, written(inputs[i].shape), written(shape)));
    return {};
}

template <const Cell& cell> Shapes recurrentShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, X, floating));
    TRY(needLikeFirst(context, inputs, W));
    TRY(needLikeFirst(context, inputs, R));
    for (const std::size_t i : {B, InitialH, InitialC, Peepholes})
        TRY(optionalLikeFirst(context, inputs, i));
    if (isThere(inputs, Lengths))
        TRY(need(context, inputs, Lengths, indexing));
    const Sizes s = TRY(sizesOf(context, inputs, cell));
    TRY(optionalOf(context, inputs, B, {s.directions, 2 * cell.gates * s.hidden}));
    TRY(optionalOf(context, inputs, Lengths, {s.samples}));
    TRY(optionalOf(context, inputs, InitialH, s.stateShape()));
    TRY(optionalOf(context, inputs, InitialC, s.stateShape()));
    TRY(optionalOf(context, inputs, Peepholes, {s.directions, 3 * s.hidden}));
    TRY(activationsOf(context, cell, s.directions));
    const ElementType type = inputs[X].type;
    auto result = infos(type, s.isSampleFirst ? Shape{s.samples, s.steps, s.directions, s.hidden}
                                              : Shape{s.steps, s.directions, s.samples, s.hidden});
    for (std::int64_t state = 0; state < cell.states; ++state)
        result.push_back({"made", type, s.stateShape()});
    return result;
}

/// Everything a node is given, in double; absent inputs are zeros.
struct Layer {
    const Cell& cell;
    Sizes sizes;
    std::array<std::vector<double>, 8> values;
    std::vector<std::int64_t> lengths;
    std::vector<Activation> activations;
    bool isFirstReversed = false;
    bool isLinearBeforeReset = false, isForgetCoupled = false;

    std::size_t part(std::size_t input, std::int64_t direction) const
    {
        return values[input].size() / static_cast<std::size_t>(sizes.directions) * static_cast<std::size_t>(direction);
    }
    Direction direction(std::int64_t number) const
    {
        Direction d{sizes.inputs, sizes.hidden};
        d.w = values[W].data() + part(W, number);
        d.r = values[R].data() + part(R, number);
        d.b = values[B].data() + part(B, number);
        d.p = values[Peepholes].data() + part(Peepholes, number);
        const auto first = activations.begin() + number * static_cast<std::ptrdiff_t>(cell.activations);
        std::copy_n(first, cell.activations, d.activations.begin());
        d.isLinearBeforeReset = isLinearBeforeReset;
        d.isForgetCoupled = isForgetCoupled;
        return d;
    }
    /// The step of the sequence that is the k-th a direction comes to.
    std::int64_t stepAt(std::int64_t direction, std::int64_t k, std::int64_t length) const
    {
        return (direction == 1) != isFirstReversed ? length - 1 - k : k;
    }
};

Result<Layer> layerOf(const OperatorContext& context, const Inputs& inputs, const Cell& cell)
{
    Layer layer{cell, TRY(sizesOf(context, infosOf(inputs), cell)), {}, {}, {}};
    const Sizes& s = layer.sizes;
    const auto count = [](std::int64_t size) { return static_cast<std::size_t>(size); };
    layer.values[B].resize(count(s.directions * 2 * cell.gates * s.hidden));
    layer.values[InitialH].resize(count(elementCount(s.stateShape())));
    layer.values[InitialC] = layer.values[InitialH];
    layer.values[Peepholes].resize(count(s.directions * 3 * s.hidden));
    for (const std::size_t i : {X, W, R, B, InitialH, InitialC, Peepholes})
        if (const Tensor* input = inputAt(inputs, i))
            layer.values[i] = doublesOf(*input);
    layer.lengths.assign(count(s.samples), s.steps);
    if (inputAt(inputs, Lengths))
        layer.lengths = TRY(listOf(context, inputs, Lengths));
    for (const std::int64_t length : layer.lengths)
        if (length < 0 || length > s.steps)
            return wrong(context, text("nn", "A sequence of %1 steps does not fit %2.").with(length, s.steps));
    layer.activations = TRY(activationsOf(context, cell, s.directions));
    layer.isFirstReversed = context.node.words("direction", "forward") == "reverse";
    layer.isLinearBeforeReset = context.node.integer("linear_before_reset", 0) != 0;
    layer.isForgetCoupled = context.node.integer("input_forget", 0) != 0;
    return layer;
}

/// One sample in one direction: the states before each step and after the last, and what the steps saved.
struct Trace {
    std::vector<double> states, saved;
};

Trace traced(const Layer& layer, std::int64_t number, std::int64_t sample)
{
    const Sizes& s = layer.sizes;
    const Direction direction = layer.direction(number);
    const std::int64_t length = layer.lengths[static_cast<std::size_t>(sample)];
    const std::int64_t state = layer.cell.states * s.hidden, saved = layer.cell.savedPerUnit * s.hidden;
    Trace trace;
    trace.states.resize(static_cast<std::size_t>((length + 1) * state));
    trace.saved.resize(static_cast<std::size_t>(length * saved));
    for (std::int64_t part = 0; part < layer.cell.states; ++part)
        std::copy_n(layer.values[part == 0 ? InitialH : InitialC].data() + s.state(number, sample), s.hidden,
            trace.states.data() + part * s.hidden);
    for (std::int64_t k = 0; k < length; ++k)
        layer.cell.forward(direction, layer.values[X].data() + s.x(layer.stepAt(number, k, length), sample),
            trace.states.data() + k * state, trace.saved.data() + k * saved, trace.states.data() + (k + 1) * state);
    return trace;
}

template <const Cell& cell>
Result<void> recurrentForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Layer layer = TRY(layerOf(context, inputs, cell));
    const Sizes& s = layer.sizes;
    std::vector<std::vector<double>> y;
    for (const Tensor& output : outputs)
        y.emplace_back(static_cast<std::size_t>(output.count()), 0);
    for (std::int64_t d = 0; d < s.directions; ++d)
        for (std::int64_t n = 0; n < s.samples; ++n) {
            const Trace trace = traced(layer, d, n);
            const std::int64_t length = layer.lengths[static_cast<std::size_t>(n)];
            const double* state = trace.states.data();
            for (std::int64_t k = 0; k < length; ++k) {
                state += cell.states * s.hidden;
                std::copy_n(state, s.hidden, y[0].data() + s.y(layer.stepAt(d, k, length), d, n));
            }
            for (std::int64_t part = 0; part < cell.states; ++part)
                std::copy_n(
                    state + part * s.hidden, s.hidden, y[static_cast<std::size_t>(1 + part)].data() + s.state(d, n));
        }
    for (std::size_t i = 0; i < outputs.size(); ++i)
        outputs[i] = fromDoubles(outputs[i].type(), outputs[i].shape(), y[i]);
    return {};
}

using Blocks = std::array<std::vector<double>, 8>;

/// Back through one sample in one direction. `dy` are the gradients of Y, Y_h, Y_c; empty where there are none.
void backThrough(
    const Layer& layer, std::int64_t d, std::int64_t n, const std::vector<std::vector<double>>& dy, Blocks& to)
{
    const Cell& cell = layer.cell;
    const Sizes& s = layer.sizes;
    const Direction direction = layer.direction(d);
    const Trace trace = traced(layer, d, n);
    const std::int64_t length = layer.lengths[static_cast<std::size_t>(n)], size = cell.states * s.hidden;
    const DirectionGradient gradient{to[W].data() + layer.part(W, d), to[R].data() + layer.part(R, d),
        to[B].data() + layer.part(B, d), to[Peepholes].data() + layer.part(Peepholes, d)};
    std::vector<double> dState(static_cast<std::size_t>(size), 0), dBefore = dState;
    const auto add = [&](const std::vector<double>& from, std::size_t first, std::int64_t part) {
        for (std::int64_t j = 0; j < s.hidden && !from.empty(); ++j)
            dState[static_cast<std::size_t>(part * s.hidden + j)] += from[first + static_cast<std::size_t>(j)];
    };
    for (std::int64_t part = 0; part < cell.states; ++part)
        add(dy[static_cast<std::size_t>(1 + part)], s.state(d, n), part);
    for (std::int64_t k = length; k-- > 0;) {
        const std::int64_t step = layer.stepAt(d, k, length);
        add(dy[0], s.y(step, d, n), 0);
        const double* before = trace.states.data() + k * size;
        cell.backward(direction, layer.values[X].data() + s.x(step, n), before,
            trace.saved.data() + k * cell.savedPerUnit * s.hidden, before + size, dState.data(), gradient,
            to[X].data() + s.x(step, n), dBefore.data());
        std::swap(dState, dBefore);
    }
    for (std::int64_t part = 0; part < cell.states; ++part)
        for (std::int64_t j = 0; j < s.hidden; ++j)
            to[part == 0 ? InitialH : InitialC][s.state(d, n) + static_cast<std::size_t>(j)] +=
                dState[static_cast<std::size_t>(part * s.hidden + j)];
}

template <const Cell& cell>
Result<Tensors> recurrentBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Layer layer = TRY(layerOf(context, inputs, cell));
    const auto made = TRY(recurrentShapes<cell>(context, infosOf(inputs), inputs));
    std::vector<std::vector<double>> dy(made.size());
    for (std::size_t i = 0; i < made.size() && i < gradients.size(); ++i)
        if (gradients[i].shape() == made[i].shape) // an output without a name has none
            dy[i] = doublesOf(gradients[i]);
    Blocks to;
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i].assign(layer.values[i].size(), 0);
    for (std::int64_t d = 0; d < layer.sizes.directions; ++d)
        for (std::int64_t n = 0; n < layer.sizes.samples; ++n)
            backThrough(layer, d, n, dy, to);
    Tensors result(inputs.size());
    for (std::size_t i = 0; i < std::min(result.size(), to.size()); ++i)
        if (inputs[i] && i != Lengths)
            result[i] = fromDoubles(inputs[i]->type(), inputs[i]->shape(), to[i]);
    return result;
}

template <const Cell& cell> constexpr Operator recurrent(std::string_view name)
{
    return {
        name, 1, run<recurrentShapes<cell>, recurrentForward<cell>>, recurrentBackward<cell>, recurrentShapes<cell>};
}

constexpr Operator rows[] = {
    recurrent<simpleCell>("RNN"),
    recurrent<gatedCell>("GRU"),
    recurrent<memoryCell>("LSTM"),
};

} // namespace

std::span<const Operator> recurrentOperators()
{
    return rows;
}

} // namespace hounsfield::nn
