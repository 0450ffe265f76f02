#include "core/nn/operators/support.h"

namespace hounsfield::nn {

namespace {

/// Layer, instance and group normalization are one thing: runs of elements that lie one behind the other are brought to
/// mean 0 and variance 1, then scaled and shifted. They differ in what a run is and whose scale an element has.
struct Form {
    Shape view;             ///< the input's elements, as scale and bias broadcast to them
    Shape scale, bias;      ///< of rank ≤ that of the view
    Shape runs;             ///< shape of Mean and InvStdDev
    std::int64_t size = 1;  ///< elements of a run
    bool tellsRuns = false; ///< Mean and InvStdDev are outputs too
};
using FormRule = Result<Form> (*)(const OperatorContext&, Infos);

/// Ba, Kiros and Hinton 2016.
Result<Form> layerForm(const OperatorContext& context, Infos inputs)
{
    const Shape& shape = inputs[0].shape;
    const auto axis = static_cast<std::size_t>(
        TRY(axisOf(context, context.node.integer("axis", -1), static_cast<std::int64_t>(shape.size()))));
    Form form{shape, inputs[1].shape, isThere(inputs, 2) ? inputs[2].shape : Shape{}, shape,
        productOf(shape, axis, shape.size()), true};
    std::fill(form.runs.begin() + static_cast<std::ptrdiff_t>(axis), form.runs.end(), 1);
    const Shape run(shape.begin() + static_cast<std::ptrdiff_t>(axis), shape.end());
    for (const Shape& own : {form.scale, form.bias})
        if (TRY(broadcastOf(context, run, own)) != run)
            return wrong(context, text("nn", "Shapes %1 and %2 do not fit together.").with(written(run), written(own)));
    return form;
}

/// Runs are `groups` stretches of channels; `scales` stretches have a scale and a bias of their own.
Result<Form> channelForm(const OperatorContext& context, Infos inputs, std::int64_t groups, std::int64_t scales)
{
    const Shape& shape = inputs[0].shape;
    const std::int64_t plane = productOf(shape, 2, shape.size());
    Form form{{shape[0], scales, shape[1] / scales * plane}, {scales, 1}, {scales, 1}, {shape[0], groups},
        shape[1] / groups * plane};
    for (std::size_t i = 1; i < 3; ++i) {
        TRY(needLikeFirst(context, inputs, i));
        if (inputs[i].shape != Shape{scales})
            return wrong(context, text("nn", "Input %1 has the shape %2, not %3.")
                                      .with(i + 1, written(inputs[i].shape), written(Shape{scales})));
    }
    return form;
}

Result<void> needChannels(const OperatorContext& context, const Shape& shape)
{
    if (shape.size() < 2 || shape[1] < 1)
        return wrong(context, text("nn", "An input of shape %1 has no channels.").with(written(shape)));
    return {};
}

/// Ulyanov, Vedaldi and Lempitsky 2016.
Result<Form> instanceForm(const OperatorContext& context, Infos inputs)
{
    TRY(needChannels(context, inputs[0].shape));
    return channelForm(context, inputs, inputs[0].shape[1], inputs[0].shape[1]);
}

/// Wu and He 2018. Scale and bias belong to groups in opset 18, to channels since 21.
Result<Form> groupForm(const OperatorContext& context, Infos inputs)
{
    TRY(needChannels(context, inputs[0].shape));
    const std::int64_t channels = inputs[0].shape[1], groups = context.node.integer("num_groups", 0);
    if (groups < 1 || channels % groups != 0)
        return wrong(context, text("nn", "%1 channels do not make %2 groups.").with(channels, groups));
    return channelForm(context, inputs, groups, context.opset >= 21 ? channels : groups);
}

template <FormRule formOf> Shapes normalShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    TRY(needLikeFirst(context, inputs, 1));
    TRY(optionalLikeFirst(context, inputs, 2));
    const Form form = TRY(formOf(context, inputs));
    auto result = infos(inputs[0].type, inputs[0].shape);
    if (form.tellsRuns)
        result.insert(result.end(), 2, {"made", inputs[0].type, form.runs});
    return result;
}

/// Mean and 1 / √(variance + epsilon) of every run.
struct Moments {
    std::vector<double> mean, inverse;
};

Moments momentsOf(const OperatorContext& context, const Form& form, const std::vector<double>& x)
{
    const double epsilon = context.node.number("epsilon", 1e-5), count = static_cast<double>(form.size);
    const auto size = static_cast<std::size_t>(form.size);
    Moments moments;
    for (std::size_t first = 0; size > 0 && first < x.size(); first += size) {
        double mean = 0, variance = 0;
        for (std::size_t i = 0; i < size; ++i)
            mean += x[first + i] / count;
        for (std::size_t i = 0; i < size; ++i)
            variance += (x[first + i] - mean) * (x[first + i] - mean) / count;
        moments.mean.push_back(mean);
        moments.inverse.push_back(1 / std::sqrt(variance + epsilon));
    }
    return moments;
}

/// Calls body(element, its run, place of its scale, place of its bias).
template <typename Body> void walkElements(const Form& form, Body&& body)
{
    std::size_t at = 0;
    walk(form.view, broadcastStrides(form.scale, form.view), broadcastStrides(form.bias, form.view),
        [&](std::int64_t scale, std::int64_t bias) {
            body(at, at / static_cast<std::size_t>(form.size), static_cast<std::size_t>(scale),
                static_cast<std::size_t>(bias));
            ++at;
        });
}

template <FormRule formOf>
Result<void> normalForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Form form = TRY(formOf(context, infosOf(inputs)));
    const auto x = doublesOf(*inputs[0]);
    const auto scale = doublesOf(*inputs[1]);
    const auto bias = inputAt(inputs, 2) ? doublesOf(*inputs[2]) : std::vector<double>{0};
    const Moments moments = momentsOf(context, form, x);
    std::vector<double> y(x.size());
    walkElements(form, [&](std::size_t i, std::size_t run, std::size_t s, std::size_t b) {
        y[i] = (x[i] - moments.mean[run]) * moments.inverse[run] * scale[s] + bias[b];
    });
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    if (form.tellsRuns && !moments.mean.empty()) {
        outputs[1] = fromDoubles(outputs[1].type(), outputs[1].shape(), moments.mean);
        outputs[2] = fromDoubles(outputs[2].type(), outputs[2].shape(), moments.inverse);
    }
    return {};
}

/// The gradients of Mean or InvStdDev; zeros where nobody asks for them.
std::vector<double> runGradient(std::span<const Tensor> gradients, std::size_t i, const Form& form)
{
    if (form.tellsRuns && i < gradients.size() && gradients[i].shape() == form.runs)
        return doublesOf(gradients[i]);
    return std::vector<double>(static_cast<std::size_t>(elementCount(form.runs)), 0);
}

template <FormRule formOf>
Result<Tensors> normalBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Form form = TRY(formOf(context, infosOf(inputs)));
    const auto x = doublesOf(*inputs[0]);
    const auto scale = doublesOf(*inputs[1]);
    const auto dy = doublesOf(gradients[0]);
    const Moments moments = momentsOf(context, form, x);
    std::vector<double> dScale(scale.size(), 0);
    std::vector<double> dBias(static_cast<std::size_t>(inputAt(inputs, 2) ? inputs[2]->count() : 1), 0);
    // With n = (x − mean) · inverse: dx = inverse · (dn − mean of dn − n · mean of dn·n), where Mean and InvStdDev
    // add their own shares to those two means.
    auto sum = runGradient(gradients, 1, form);
    auto product = runGradient(gradients, 2, form);
    for (std::size_t run = 0; run < moments.mean.size(); ++run) {
        sum[run] /= -moments.inverse[run];
        product[run] *= moments.inverse[run];
    }
    walkElements(form, [&](std::size_t i, std::size_t run, std::size_t s, std::size_t b) {
        const double normal = (x[i] - moments.mean[run]) * moments.inverse[run];
        dScale[s] += dy[i] * normal;
        dBias[b] += dy[i];
        sum[run] += dy[i] * scale[s];
        product[run] += dy[i] * scale[s] * normal;
    });
    std::vector<double> dx(x.size());
    const double part = 1 / static_cast<double>(form.size);
    walkElements(form, [&](std::size_t i, std::size_t run, std::size_t s, std::size_t) {
        const double normal = (x[i] - moments.mean[run]) * moments.inverse[run];
        dx[i] = moments.inverse[run] * (dy[i] * scale[s] - part * (sum[run] + normal * product[run]));
    });
    Tensors result{fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx),
        fromDoubles(inputs[1]->type(), inputs[1]->shape(), dScale)};
    if (const Tensor* bias = inputAt(inputs, 2))
        result.push_back(fromDoubles(bias->type(), bias->shape(), dBias));
    return result;
}

template <FormRule formOf> constexpr Operator normalization(std::string_view name, int since)
{
    return {
        name, since, run<normalShapes<formOf>, normalForward<formOf>>, normalBackward<formOf>, normalShapes<formOf>};
}

constexpr Operator rows[] = {
    normalization<layerForm>("LayerNormalization", 17),
    normalization<instanceForm>("InstanceNormalization", 1),
    normalization<groupForm>("GroupNormalization", 18),
};

} // namespace

std::span<const Operator> runNormalizationOperators()
{
    return rows;
}

} // namespace hounsfield::nn
