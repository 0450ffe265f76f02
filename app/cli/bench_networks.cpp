#include "app/cli/bench_networks.h"

#include "app/cli/bench_pair.h"
#include "app/cli/bench_text_networks.h"
#include "core/nn/builder.h"

#include <cmath>

namespace hounsfield::cli {

namespace {

using nn::Attribute;
using nn::Builder;
using Integers = std::vector<std::int64_t>;

/// Layers whose weights carry the names that the hash is made of.
class Layers {
  public:
    Layers(const std::string& name, nn::Shape input, bool isGlorot)
        : m_builder(name, 1)
        , m_isGlorot(isGlorot)
    {
        input.insert(input.begin(), -1);
        m_builder.input("image", input);
    }

    std::string convolution(const std::string& x, const std::string& name, std::int64_t outputs, std::int64_t kernel,
        std::int64_t stride, std::int64_t pad, bool hasBias)
    {
        std::vector<std::string> inputs{
            x, weight(name + ".weight", {outputs, m_builder.shapeOf(x)[1], kernel, kernel})};
        if (hasBias)
            inputs.push_back(weight(name + ".bias", {outputs}));
        return m_builder.node("Conv", inputs,
            {{"kernel_shape", Integers{kernel, kernel}}, {"strides", Integers{stride, stride}},
                {"pads", Integers(4, pad)}},
            name);
    }

    std::string dense(const std::string& x, const std::string& name, std::int64_t outputs)
    {
        return m_builder.node("Gemm",
            {x, weight(name + ".weight", {outputs, m_builder.shapeOf(x)[1]}), weight(name + ".bias", {outputs})},
            {{"transB", std::int64_t{1}}}, name);
    }

    std::string normalization(const std::string& x, const std::string& name)
    {
        const nn::Shape shape{m_builder.shapeOf(x)[1]};
        return m_builder.node("BatchNormalization",
            {x, weight(name + ".weight", shape), weight(name + ".bias", shape), weight(name + ".running_mean", shape),
                weight(name + ".running_var", shape)},
            {{"epsilon", 1e-5}, {"momentum", 0.9}}, name);
    }

    std::string pool(const std::string& x, std::int64_t kernel, std::int64_t stride, std::int64_t pad)
    {
        return m_builder.maxPool(x, {{kernel, kernel}, {stride, stride}, Integers(4, pad)});
    }

    /// A basic block of a residual network.
    std::string block(const std::string& x, const std::string& name, std::int64_t outputs, std::int64_t stride)
    {
        std::string y = convolution(x, name + ".conv1", outputs, 3, stride, 1, false);
        y = m_builder.relu(normalization(y, name + ".bn1"));
        y = normalization(convolution(y, name + ".conv2", outputs, 3, 1, 1, false), name + ".bn2");
        std::string shortcut = x;
        if (stride != 1 || m_builder.shapeOf(x)[1] != outputs)
            shortcut =
                normalization(convolution(x, name + ".short.0", outputs, 1, stride, 0, false), name + ".short.1");
        return m_builder.relu(m_builder.add(y, shortcut));
    }

    Builder& builder() { return m_builder; }

  private:
    std::string weight(const std::string& name, const nn::Shape& shape)
    {
        return m_builder.initializer(name, hashedWeights(name, shape, m_isGlorot));
    }

    Builder m_builder;
    bool m_isGlorot;
};

nn::Graph seedCnn()
{
    Layers layers("seed_cnn", {3, 32, 32}, true);
    Builder& b = layers.builder();
    std::string x = layers.pool(b.relu(layers.convolution("image", "conv1", 32, 3, 1, 0, true)), 2, 2, 0);
    x = layers.pool(b.relu(layers.convolution(x, "conv2", 64, 3, 1, 0, true)), 2, 2, 0);
    x = b.flatten(b.relu(layers.convolution(x, "conv3", 64, 3, 1, 0, true)));
    return b.finish({layers.dense(b.relu(layers.dense(x, "fc1", 64)), "fc2", 10)});
}

nn::Graph residual(
    const std::string& name, nn::Shape input, const Integers& widths, int depth, bool isLarge, std::int64_t classes)
{
    Layers layers(name, std::move(input), false);
    Builder& b = layers.builder();
    std::string x =
        layers.convolution("image", "conv", widths[0], isLarge ? 7 : 3, isLarge ? 2 : 1, isLarge ? 3 : 1, false);
    x = b.relu(layers.normalization(x, "bn"));
    if (isLarge)
        x = layers.pool(x, 3, 2, 1);
    int number = 0;
    for (std::size_t k = 0; k < widths.size(); ++k)
        for (int d = 0; d < depth; ++d, ++number)
            x = layers.block(x, "blocks." + std::to_string(number), widths[k], k > 0 && d == 0 ? 2 : 1);
    return b.finish({layers.dense(b.flatten(b.globalAveragePool(x)), "fc", classes)});
}

const Integers narrow{8, 16, 32, 64}, wide{64, 128, 256, 512};

nn::OptimizerOptions adam()
{
    return {};
}

nn::OptimizerOptions adamOfPair()
{
    nn::OptimizerOptions options;
    options.beta1 = 0.5;
    return options;
}

/// 0 … below − 1.
std::vector<float> wholeNumbers(std::int64_t count, std::int64_t below, std::uint32_t step)
{
    std::vector<float> numbers(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = std::floor(hashedUniform(static_cast<std::uint32_t>(i), 1001 + step) * static_cast<float>(below));
    return numbers;
}

nn::OptimizerOptions nesterov()
{
    nn::OptimizerOptions options;
    options.kind = nn::OptimizerOptions::Kind::Sgd;
    return options;
}

} // namespace

const std::vector<BenchNetwork>& benchNetworks()
{
    // clang-format off
    static const std::vector<BenchNetwork> table{
        {"seed_cnn",        {3, 32, 32},   10,   64,  0,    adam(),     1e-3, seedCnn},
        {"small_resnet_28", {1, 28, 28},   10,   128, 0.5F, nesterov(), 1e-2, [] { return residual("small_resnet_28", {1, 28, 28}, narrow, 1, false, 10); }},
        {"resnet18_224",    {3, 224, 224}, 1000, 16,  0.5F, nesterov(), 1e-2, [] { return residual("resnet18_224", {3, 224, 224}, wide, 2, true, 1000); }},
        {"resnet18_64",     {3, 64, 64},   10,   64,  0.5F, nesterov(), 1e-2, [] { return residual("resnet18_64", {3, 64, 64}, wide, 2, true, 10); }},
        {"resnet18_64s",    {3, 64, 64},   10,   16,  0.5F, nesterov(), 1e-2, [] { return residual("resnet18_64s", {3, 64, 64}, wide, 2, false, 10); }},
        {"bigru_attn",      {120},         14,   32,  0,    adam(),     1e-3, benchBigru, 5000},
        {"bilstm_attn",     {120},         14,   32,  0,    adam(),     1e-3, benchBilstm, 5000},
        {"transformer2",    {128},         14,   32,  0,    adam(),     1e-3, benchTransformer, 5000},
        {"dcgan_64",        {100, 1, 1},   1,    64,  0,    adamOfPair(), 2e-4, benchGenerator, 0, benchDiscriminator},
    };
    // clang-format on
    return table;
}

nn::Tensor hashedWeights(const std::string& name, const nn::Shape& shape, bool isGlorot)
{
    nn::Tensor tensor(nn::ElementType::Float, shape);
    const auto values = tensor.as<float>();
    if (shape.size() < 2) {
        const bool isOne = name.ends_with(".weight") || name.ends_with(".running_var");
        for (float& value : values)
            value = isOne ? 1.0F : 0.0F;
        return tensor;
    }
    const double count = static_cast<double>(tensor.count()), outputs = static_cast<double>(shape[0]);
    const double fanIn = count / outputs, fanOut = outputs * count / (outputs * static_cast<double>(shape[1]));
    const auto limit = static_cast<float>(isGlorot ? std::sqrt(6 / (fanIn + fanOut)) : std::sqrt(3 / fanIn));
    const std::uint32_t seed = hashOfName(name);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = (hashedUniform(static_cast<std::uint32_t>(i), seed) * 2 - 1) * limit;
    return tensor;
}

float hashedUniform(std::uint32_t index, std::uint32_t seed)
{
    std::uint32_t x = index * 0x9E3779B1U + seed;
    x ^= x >> 16;
    x *= 0x7FEB352DU;
    x ^= x >> 15;
    x *= 0x846CA68BU;
    x ^= x >> 16;
    return static_cast<float>(x >> 8) / 16777216.0F;
}

std::uint32_t hashOfName(const std::string& name) // FNV-1a
{
    std::uint32_t hash = 0x811C9DC5U;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    return hash;
}

std::vector<float> hashedSamples(const BenchNetwork& network, std::int64_t batch, std::uint32_t step)
{
    const std::int64_t count = batch * nn::elementCount(network.input);
    if (network.isOfTexts())
        return wholeNumbers(count, network.vocabulary, step);
    if (network.isOfPair())
        return hashedNoise(count, 7000 + step);
    std::vector<float> images(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < images.size(); ++i)
        images[i] = hashedUniform(static_cast<std::uint32_t>(i), 1 + step) - network.shift;
    return images;
}

std::vector<float> hashedNoise(std::int64_t count, std::uint32_t step)
{
    std::vector<float> numbers(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = (hashedUniform(static_cast<std::uint32_t>(i), 1 + step) - 0.5F) * 2;
    return numbers;
}

std::vector<std::int32_t> hashedClasses(const BenchNetwork& network, std::int64_t batch, std::uint32_t step)
{
    const std::vector<float> numbers = wholeNumbers(batch, network.classes, step);
    return {numbers.begin(), numbers.end()};
}

std::vector<float> hashedLabels(const BenchNetwork& network, std::int64_t batch, std::uint32_t step)
{
    return wholeNumbers(batch * network.classes, 2, step + 500);
}

} // namespace hounsfield::cli
