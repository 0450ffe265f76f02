#include "core/learning/residual_network.h"

#include "core/base/random.h"
#include "core/nn/builder.h"

namespace hounsfield::learning {

namespace {

using nn::Builder;

std::string convolution(Builder& net, const std::string& x, std::int64_t channels, std::int64_t kernel,
    std::int64_t stride, std::int64_t pad)
{
    Builder::Convolution options;
    options.channels = channels;
    options.kernel = {kernel, kernel};
    options.strides = {stride, stride};
    options.pads = {pad, pad, pad, pad};
    options.hasBias = false;
    options.start = Builder::Start::HeNormal;
    return net.convolution(x, options);
}

std::string basicBlock(Builder& net, const std::string& x, std::int64_t channels, std::int64_t stride)
{
    Builder::Normalization identityAtStart;
    identityAtStart.scale = 0;
    std::string y = net.relu(net.batchNormalization(convolution(net, x, channels, 3, stride, 1)));
    y = net.batchNormalization(convolution(net, y, channels, 3, 1, 1), identityAtStart);
    std::string shortcut = x;
    if (stride != 1 || net.shapeOf(x)[1] != channels)
        shortcut = net.batchNormalization(convolution(net, x, channels, 1, stride, 0));
    return net.relu(net.add(y, shortcut));
}

nn::Tensor smallNormal(std::uint64_t seed, const std::string& name, const nn::Shape& shape)
{
    std::vector<float> values(static_cast<std::size_t>(nn::elementCount(shape)));
    Random random(seed, name);
    for (float& value : values)
        value = static_cast<float>(0.01 * random.normal());
    return nn::Tensor(shape, std::move(values));
}

} // namespace

nn::Graph residualNetwork(const std::string& name, const ResidualForm& residual, const NetworkForm& form)
{
    Builder net(name, form.seed);
    std::string x = net.input("image", {-1, form.channels, form.height, form.width});
    const bool isImage = residual.stem == ResidualForm::Stem::Image;
    x = convolution(net, x, residual.widths.front(), isImage ? 7 : 3, isImage ? 2 : 1, isImage ? 3 : 1);
    x = net.relu(net.batchNormalization(x));
    if (isImage)
        x = net.maxPool(x, {{3, 3}, {2, 2}, {1, 1, 1, 1}});
    for (std::size_t stage = 0; stage < residual.widths.size(); ++stage)
        for (int block = 0; block < residual.blocks; ++block)
            x = basicBlock(net, x, residual.widths[stage], stage > 0 && block == 0 ? 2 : 1);
    x = net.flatten(net.globalAveragePool(x));
    const nn::Shape shape{form.classes, net.shapeOf(x)[1]};
    const auto weight = net.initializer("logits.weight", smallNormal(form.seed, "logits.weight", shape));
    const auto bias = net.initializer("logits.bias", nn::Tensor(nn::ElementType::Float, {form.classes}));
    net.node("Gemm", {x, weight, bias}, {{"transB", std::int64_t{1}}}, "logits");
    return net.finish({"logits"});
}

} // namespace hounsfield::learning
