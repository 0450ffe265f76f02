#include "core/nn/operators/support.h"

namespace hounsfield::nn {

namespace {

bool isTraining(const OperatorContext& context)
{
    return context.isTraining || context.node.integer("training_mode", 0) != 0;
}

/// Input as [images, channels, plane].
struct Planes {
    std::int64_t images = 0, channels = 1, size = 1;
    explicit Planes(const Shape& shape)
        : images(shape[0])
        , channels(shape.size() > 1 ? shape[1] : 1)
        , size(productOf(shape, std::min<std::size_t>(2, shape.size()), shape.size()))
    {
    }
    double count() const { return static_cast<double>(images * size); }
    /// Calls body(element, channel) in row-major order.
    template <typename Body> void walk(Body&& body) const
    {
        std::size_t at = 0;
        for (std::int64_t n = 0; n < images; ++n)
            for (std::int64_t c = 0; c < channels; ++c)
                for (std::int64_t i = 0; i < size; ++i)
                    body(at++, static_cast<std::size_t>(c));
    }
};

struct Moments {
    std::vector<double> mean, variance;
};

/// Over images and planes; the variance is that of the batch itself (divided by n), as ONNX says.
Moments momentsOf(const Planes& planes, const std::vector<double>& x)
{
    Moments m{std::vector<double>(static_cast<std::size_t>(planes.channels), 0), {}};
    m.variance = m.mean;
    planes.walk([&](std::size_t i, std::size_t c) { m.mean[c] += x[i]; });
    for (double& mean : m.mean)
        mean /= planes.count();
    planes.walk([&](std::size_t i, std::size_t c) { m.variance[c] += (x[i] - m.mean[c]) * (x[i] - m.mean[c]); });
    for (double& variance : m.variance)
        variance /= planes.count();
    return m;
}

Moments momentsFor(const OperatorContext& context, const Inputs& inputs, const std::vector<double>& x)
{
    if (isTraining(context))
        return momentsOf(Planes(inputs[0]->shape()), x);
    return {doublesOf(*inputs[3]), doublesOf(*inputs[4])};
}

/// Y, and in training the running statistics after it, whether the node names them or not.
Shapes batchShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    if (inputs[0].shape.empty())
        return wrong(context, text("nn", "A scalar has no channels."));
    const Shape channels{inputs[0].shape.size() > 1 ? inputs[0].shape[1] : 1};
    for (std::size_t i = 1; i < 5; ++i) {
        TRY(need(context, inputs, i, floating));
        if (inputs[i].shape != channels && channels[0] >= 0)
            return wrong(context, text("nn", "Input %1 has the shape %2, the channels are %3.")
                                      .with(i + 1, written(inputs[i].shape), channels[0]));
    }
    if (context.opset < 9 && context.node.integer("spatial", 1) == 0)
        return unsupported(
            text("nn", "Normalization of each place on its own is not known here."), context.node.place());
    auto result = infos(inputs[0].type, inputs[0].shape);
    if (isTraining(context))
        for (std::size_t i = 3; i < 5; ++i)
            result.push_back({"made", inputs[i].type, channels});
    return result;
}

Result<void> batchForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const auto x = doublesOf(*inputs[0]);
    const auto scale = doublesOf(*inputs[1]);
    const auto bias = doublesOf(*inputs[2]);
    const Moments moments = momentsFor(context, inputs, x);
    const double epsilon = context.node.number("epsilon", 1e-5);
    std::vector<double> y(x.size());
    Planes(inputs[0]->shape()).walk([&](std::size_t i, std::size_t c) {
        y[i] = (x[i] - moments.mean[c]) / std::sqrt(moments.variance[c] + epsilon) * scale[c] + bias[c];
    });
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    const double momentum = context.node.number("momentum", 0.9);
    for (std::size_t k = 1; k < outputs.size(); ++k) {
        auto running = doublesOf(*inputs[k + 2]);
        const auto& batch = k == 1 ? moments.mean : moments.variance;
        for (std::size_t c = 0; c < running.size(); ++c)
            running[c] = running[c] * momentum + batch[c] * (1 - momentum);
        outputs[k] = fromDoubles(outputs[k].type(), outputs[k].shape(), running);
    }
    return {};
}

/// Ioffe and Szegedy 2015, section 3; in inference the statistics are constants.
Result<Tensors> batchBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Planes planes(inputs[0]->shape());
    const auto x = doublesOf(*inputs[0]);
    const auto scale = doublesOf(*inputs[1]);
    const auto dy = doublesOf(gradients[0]);
    const Moments moments = momentsFor(context, inputs, x);
    std::vector<double> inverse(moments.variance.size());
    for (std::size_t c = 0; c < inverse.size(); ++c)
        inverse[c] = 1 / std::sqrt(moments.variance[c] + context.node.number("epsilon", 1e-5));
    std::vector<double> dScale(inverse.size(), 0);
    std::vector<double> dBias(inverse.size(), 0);
    planes.walk([&](std::size_t i, std::size_t c) {
        dScale[c] += dy[i] * (x[i] - moments.mean[c]) * inverse[c];
        dBias[c] += dy[i];
    });
    std::vector<double> dx(x.size());
    const double part = isTraining(context) ? 1 / planes.count() : 0;
    planes.walk([&](std::size_t i, std::size_t c) {
        const double normal = (x[i] - moments.mean[c]) * inverse[c];
        dx[i] = scale[c] * inverse[c] * (dy[i] - part * (dBias[c] + normal * dScale[c]));
    });
    return Tensors{fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx),
        fromDoubles(inputs[1]->type(), inputs[1]->shape(), dScale),
        fromDoubles(inputs[2]->type(), inputs[2]->shape(), dBias), Tensor(), Tensor()};
}

constexpr Operator rows[] = {
    {"BatchNormalization", 1, run<batchShapes, batchForward>, batchBackward, batchShapes},
};

} // namespace

std::span<const Operator> normalizationOperators()
{
    return rows;
}

} // namespace hounsfield::nn
