#include "core/synthesis/pair_networks.h"

#include "core/base/random.h"
#include "core/nn/builder.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::synthesis {

namespace {

using Whole = std::vector<std::int64_t>;
constexpr std::int64_t smallest = 4; ///< side of the first maps made and of the last ones judged
constexpr double slope = 0.1;        ///< of LeakyRelu

/// How often the side doubles from the smallest maps to the image.
int levelsOf(const PairForm& form)
{
    int levels = 0;
    while (smallest << levels < form.size)
        ++levels;
    return levels;
}

/// Layers that both networks of a pair are made of.
class Layers {
  public:
    Layers(const std::string& name, const PairForm& form)
        : m_builder(name, form.seed)
        , m_form(form)
        , m_name(name)
    {
    }

    nn::Builder& builder() { return m_builder; }

    /// N(0, 0.02²), as DCGAN (Radford et al. 2016), or wider where a layer must not begin quiet.
    std::string weights(const std::string& name, nn::Shape shape, double deviation)
    {
        nn::Tensor tensor(nn::ElementType::Float, std::move(shape));
        Random random(m_form.seed, m_name + ", weights of " + name);
        for (float& value : tensor.as<float>())
            value = static_cast<float>(deviation * random.normal());
        return m_builder.initializer(name, std::move(tensor));
    }

    std::string filled(const std::string& name, nn::Shape shape, float value)
    {
        nn::Tensor tensor(nn::ElementType::Float, std::move(shape));
        std::ranges::fill(tensor.as<float>(), value);
        return m_builder.initializer(name, std::move(tensor));
    }

    /// x · W (+ b), [N, from] → [N, to].
    std::string dense(const std::string& x, const std::string& name, std::int64_t to, float bias)
    {
        const std::int64_t from = m_builder.shapeOf(x)[1];
        return m_builder.node("Gemm",
            {x, weights(name + ".weight", {to, from}, 1 / std::sqrt(static_cast<double>(from))),
                filled(name + ".bias", {to}, bias)},
            {{"transB", std::int64_t{1}}}, name);
    }

    std::string convolution(const std::string& x, const std::string& name, std::int64_t channels, std::int64_t kernel,
        std::int64_t stride, bool hasBias = true)
    {
        const std::int64_t from = m_builder.shapeOf(x)[1], pad = (kernel - stride + 1) / 2;
        std::vector<std::string> inputs{
            x, weights(name + ".weight", {channels, from, kernel, kernel}, wide(from, kernel))};
        if (hasBias)
            inputs.push_back(filled(name + ".bias", {channels}, 0));
        return m_builder.node("Conv", inputs,
            {{"kernel_shape", Whole{kernel, kernel}}, {"strides", Whole{stride, stride}}, {"pads", Whole(4, pad)}},
            name);
    }

    /// Twice the side by a transposed convolution of 4 × 4, whose kernel the stride divides: no checkerboard of
    /// uneven overlap.
    std::string enlarged(const std::string& x, const std::string& name, std::int64_t channels)
    {
        const std::int64_t from = m_builder.shapeOf(x)[1];
        return m_builder.node("ConvTranspose", {x, weights(name + ".weight", {from, channels, 4, 4}, wide(from, 2))},
            {{"kernel_shape", Whole{4, 4}}, {"strides", Whole{2, 2}}, {"pads", Whole(4, 1)}}, name);
    }

    /// Batch normalisation with scale and shift of the sample's class (Dumoulin et al. 2017), then Relu.
    std::string conditioned(const std::string& x, const std::string& name)
    {
        const std::int64_t channels = m_builder.shapeOf(x)[1];
        const std::string plain = m_builder.node("BatchNormalization",
            {x, filled(name + ".scale", {channels}, 1), filled(name + ".shift", {channels}, 0),
                filled(name + ".mean", {channels}, 0), filled(name + ".variance", {channels}, 1)},
            {{"epsilon", 1e-5}, {"momentum", 0.9}}, name);
        const auto ofClass = [&](const std::string& what, float start) {
            const std::string table = filled(name + "." + what, {m_form.classes, channels}, start);
            const std::string row = m_builder.node("MatMul", {"label", table});
            return m_builder.node("Unsqueeze", {row, axes()});
        };
        const std::string scaled = m_builder.node("Mul", {plain, ofClass("class_scale", 1)});
        return m_builder.relu(m_builder.node("Add", {scaled, ofClass("class_shift", 0)}));
    }

    std::string leaky(const std::string& x) { return m_builder.node("LeakyRelu", {x}, {{"alpha", slope}}); }

    /// The first maps, [N, channels, 4, 4], of the noise.
    std::string firstMaps(std::int64_t channels)
    {
        const std::string flat = dense("noise", "dense", channels * smallest * smallest, 0);
        const std::string shape =
            m_builder.initializer("first_maps", nn::Tensor({4}, Whole{0, channels, smallest, smallest}));
        return m_builder.node("Reshape", {flat, shape});
    }

    /// The sum of a map's pixels, [N, C]; then w · h + e_label · h (Miyato and Koyama 2018).
    void projected(const std::string& x)
    {
        const nn::Shape shape = m_builder.shapeOf(x);
        const std::string mean = m_builder.flatten(m_builder.globalAveragePool(x));
        const auto pixels = static_cast<float>(shape[2] * shape[3]);
        const std::string count = m_builder.node("Constant", {}, {{"value", nn::Tensor::scalar(pixels)}});
        const std::string h = m_builder.node("Mul", {mean, count});
        const std::string table = weights("classes", {m_form.classes, shape[1]}, 1 / std::sqrt(double(shape[1])));
        const std::string product = m_builder.node("Mul", {h, m_builder.node("MatMul", {"label", table})});
        const std::string axis = m_builder.initializer("last_axis", nn::Tensor({1}, Whole{1}));
        const std::string match = m_builder.node("ReduceSum", {product, axis}, {{"keepdims", std::int64_t{1}}});
        m_builder.node("Add", {dense(h, "judge", 1, 0), match}, {}, "score");
    }

  private:
    static double wide(std::int64_t channels, std::int64_t side)
    {
        return std::sqrt(2 / static_cast<double>(channels * side * side));
    }

    /// The axes of rows and columns, for Unsqueeze.
    std::string axes()
    {
        if (m_axes.empty())
            m_axes = m_builder.initializer("image_axes", nn::Tensor({2}, Whole{2, 3}));
        return m_axes;
    }

    nn::Builder m_builder;
    PairForm m_form;
    std::string m_name;
    std::string m_axes;
};

Layers generatorLayers(const PairForm& form)
{
    Layers layers("generator", form);
    layers.builder().input("noise", {-1, noiseLength});
    layers.builder().input("label", {-1, form.classes});
    return layers;
}

Layers discriminatorLayers(const PairForm& form)
{
    Layers layers("discriminator", form);
    layers.builder().input("image", {-1, form.channels, form.size, form.size});
    layers.builder().input("label", {-1, form.classes});
    return layers;
}

/// Channels of a generator's maps before level `level` doubles them: 128, 64, 32, 16 for 32 pixels.
std::int64_t generatorWidth(const PairForm& form, int level)
{
    constexpr std::int64_t least = 16, most = 256;
    return std::clamp(least << (levelsOf(form) - level), least, most);
}

nn::Graph finishedImage(Layers& layers, const PairForm& form, const std::string& x)
{
    layers.builder().node("Tanh", {layers.convolution(x, "image_conv", form.channels, 3, 1)}, {}, "image");
    return layers.builder().finish({"image"});
}

nn::Graph dcganGenerator(const PairForm& form)
{
    Layers layers = generatorLayers(form);
    std::string x = layers.firstMaps(generatorWidth(form, 0));
    for (int level = 0; level < levelsOf(form); ++level) {
        x = layers.conditioned(x, "norm" + std::to_string(level));
        x = layers.enlarged(x, "up" + std::to_string(level), generatorWidth(form, level + 1));
    }
    return finishedImage(layers, form, layers.conditioned(x, "norm"));
}

nn::Graph dcganDiscriminator(const PairForm& form)
{
    Layers layers = discriminatorLayers(form);
    std::int64_t width = 16;
    std::string x = layers.leaky(layers.convolution("image", "conv", width, 3, 1));
    for (int level = 0; level < levelsOf(form); ++level) {
        width = std::min<std::int64_t>(256, 2 * width);
        x = layers.leaky(layers.convolution(x, "down" + std::to_string(level), width, 4, 2));
    }
    layers.projected(x);
    return layers.builder().finish({"score"});
}

/// Two convolutions behind conditional normalisations, beside a shortcut of 1 × 1; the side doubles by repetition.
std::string upBlock(Layers& layers, const std::string& x, const std::string& name, std::int64_t channels)
{
    nn::Builder& b = layers.builder();
    const auto twice = [&](const std::string& from) {
        const std::string scales = b.initializer(
            name + (from == x ? ".short" : "") + ".scales", nn::Tensor({4}, std::vector<float>{1, 1, 2, 2}));
        return b.node("Resize", {from, "", scales},
            {{"mode", std::string("nearest")}, {"nearest_mode", std::string("floor")},
                {"coordinate_transformation_mode", std::string("asymmetric")}});
    };
    std::string y = twice(layers.conditioned(x, name + ".norm1"));
    y = layers.convolution(y, name + ".conv1", channels, 3, 1);
    y = layers.convolution(layers.conditioned(y, name + ".norm2"), name + ".conv2", channels, 3, 1);
    return b.add(y, twice(layers.convolution(x, name + ".shortcut", channels, 1, 1)));
}

nn::Graph residualGenerator(const PairForm& form)
{
    Layers layers = generatorLayers(form);
    std::string x = layers.firstMaps(128);
    const int levels = levelsOf(form);
    for (int level = 0; level < levels; ++level)
        x = upBlock(layers, x, "up" + std::to_string(level), std::max(16, 128 >> std::max(0, level + 4 - levels)));
    return finishedImage(layers, form, layers.conditioned(x, "norm"));
}

/// Two convolutions beside a shortcut of 1 × 1, the side halved by means where asked.
std::string downBlock(
    Layers& layers, const std::string& x, const std::string& name, std::int64_t channels, std::int64_t stride)
{
    nn::Builder& b = layers.builder();
    const auto half = [&](const std::string& from) {
        return stride == 1 ? from : b.averagePool(from, {{2, 2}, {2, 2}, {}});
    };
    std::string y = layers.convolution(layers.leaky(x), name + ".conv1", channels, 3, 1);
    y = half(layers.convolution(layers.leaky(y), name + ".conv2", channels, 3, 1));
    if (stride == 1 && b.shapeOf(x)[1] == channels)
        return b.add(y, x);
    return b.add(y, half(layers.convolution(x, name + ".shortcut", channels, 1, 1)));
}

nn::Graph residualDiscriminator(const PairForm& form)
{
    Layers layers = discriminatorLayers(form);
    const int levels = levelsOf(form);
    std::string x = layers.convolution("image", "conv", std::max(16, 64 >> std::max(0, levels - 3)), 3, 1);
    for (int level = 0; level < levels; ++level)
        x = downBlock(
            layers, x, "down" + std::to_string(level), std::max(16, 128 >> std::max(0, levels - 2 - level)), 2);
    x = downBlock(layers, x, "last", 128, 1);
    layers.projected(layers.leaky(x));
    return layers.builder().finish({"score"});
}

std::vector<PairNetwork> makeTable()
{
    return {
        {"dcgan",
            text("synthesis", "Small pair of transposed and strided convolutions; the class scales and shifts the "
                              "generator's maps and is compared with what the discriminator sees."),
            text("synthesis", "Most sets; minutes at 32 pixels, an hour or two at 64. The one to begin with."),
            dcganGenerator, dcganDiscriminator},
        {"residual",
            text("synthesis", "Pair of residual blocks with the same conditioning; about ten times the work a step."),
            text("synthesis", "Finer structure where hours of training are at hand."), residualGenerator,
            residualDiscriminator},
    };
}

} // namespace

const std::vector<PairNetwork>& pairNetworks()
{
    static const std::vector<PairNetwork> table = makeTable();
    return table;
}

Result<const PairNetwork*> findPairNetwork(const std::string& name)
{
    std::string all;
    for (const PairNetwork& pair : pairNetworks()) {
        if (pair.name == name)
            return &pair;
        all += (all.empty() ? "" : ", ") + pair.name;
    }
    return badInput(text("synthesis", "There is no pair of networks \"%1\".").with(name), {},
        text("synthesis", "Choose one of: %1.").with(all));
}

} // namespace hounsfield::synthesis
