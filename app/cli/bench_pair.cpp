#include "app/cli/bench_pair.h"

#include "core/nn/builder.h"
#include "core/nn/losses.h"

#include <utility>

namespace hounsfield::cli {

namespace {

using nn::Builder;
using Integers = std::vector<std::int64_t>;

constexpr const char* inputName = "image";
constexpr std::int64_t side = 64; ///< pixels of an image
const Integers widths{512, 256, 128, 64};

struct Step {
    std::int64_t stride = 2, pad = 1;
};

/// A 4 × 4 convolution, from fine to coarse or back, without bias.
std::string convolution(
    Builder& b, const char* op, const std::string& x, const std::string& name, std::int64_t channels, const Step& step)
{
    const std::int64_t from = b.shapeOf(x)[1];
    const bool isTransposed = std::string_view(op) == "ConvTranspose";
    const nn::Shape shape{isTransposed ? from : channels, isTransposed ? channels : from, 4, 4};
    return b.node(op, {x, b.initializer(name + ".weight", hashedWeights(name + ".weight", shape, false))},
        {{"kernel_shape", Integers{4, 4}}, {"strides", Integers(2, step.stride)}, {"pads", Integers(4, step.pad)}},
        name);
}

std::string normalization(Builder& b, const std::string& x, const std::string& name)
{
    std::vector<std::string> inputs{x};
    for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
        inputs.push_back(b.initializer(name + part, hashedWeights(name + part, {b.shapeOf(x)[1]}, false)));
    return b.node("BatchNormalization", inputs, {{"epsilon", 1e-5}, {"momentum", 0.9}}, name);
}

std::string leakyRelu(Builder& b, const std::string& x)
{
    return b.node("LeakyRelu", {x}, {{"alpha", 0.2}});
}

/// The twin counts its layers, activations among them.
std::string layer(const char* network, int number)
{
    return network + ("." + std::to_string(number));
}

} // namespace

nn::Graph benchGenerator()
{
    Builder b("dcgan_64", 1);
    std::string x = b.input(inputName, {-1, 100, 1, 1});
    int number = 0;
    for (const std::int64_t width : widths) {
        const Step step = number == 0 ? Step{1, 0} : Step{};
        x = convolution(b, "ConvTranspose", x, layer("g", number), width, step);
        x = b.relu(normalization(b, x, layer("g", number + 1)));
        number += 3;
    }
    return b.finish({b.node("Tanh", {convolution(b, "ConvTranspose", x, layer("g", number), 1, {})})});
}

nn::Graph benchDiscriminator()
{
    Builder b("dcgan_64 discriminator", 1);
    std::string x = b.input(inputName, {-1, 1, side, side});
    x = leakyRelu(b, convolution(b, "Conv", x, "disc.0", widths.back(), {}));
    int number = 2;
    for (auto width = widths.rbegin() + 1; width != widths.rend(); ++width) {
        x = convolution(b, "Conv", x, layer("disc", number), *width, {});
        x = leakyRelu(b, normalization(b, x, layer("disc", number + 1)));
        number += 3;
    }
    return b.finish({convolution(b, "Conv", x, layer("disc", number), 1, {1, 0})});
}

Result<BenchPair::Side> BenchPair::sideOf(
    nn::Graph network, nn::Shape input, const nn::OptimizerOptions& options, int threads)
{
    const auto graph = std::make_shared<const nn::Graph>(std::move(network));
    auto weights = std::make_shared<nn::Weights>(*graph);
    nn::PlanRequest request;
    if (input[2] > 1)
        request.gradientsOf = {inputName};
    request.inputs[inputName] = std::move(input);
    request.mode = nn::Mode::Training;
    request.threads = threads;
    request.gradientsFrom = {graph->outputs[0].name};
    for (const nn::Weights::Entry& entry : weights->entries())
        if (entry.isTrained)
            request.gradientsOf.push_back(entry.name);
    auto executor = TRY(nn::Executor::plan(graph, weights, request));
    nn::Optimizer optimizer(weights, options);
    return Side{graph, weights, std::move(executor), std::move(optimizer), graph->outputs[0].name};
}

void BenchPair::Side::update(std::int64_t number, double rate)
{
    optimizer.beginStep(number, rate);
    executor.update([this](std::int64_t begin, std::span<const float> gradient) { optimizer.update(begin, gradient); });
}

Result<BenchPair> BenchPair::plan(const BenchNetwork& network, std::int64_t batch, int threads)
{
    nn::Shape noise = network.input;
    noise.insert(noise.begin(), batch);
    BenchPair pair(TRY(sideOf(network.build(), noise, network.optimizer, threads)),
        TRY(sideOf(network.buildDiscriminator(), {batch, 1, side, side}, network.optimizer, threads)));
    pair.m_batch = batch;
    pair.m_rate = network.rate;
    return pair;
}

Result<void> BenchPair::load(std::uint32_t step)
{
    m_real = hashedNoise(m_batch * side * side, step);
    return m_generator.executor.setInput(inputName, hashedNoise(m_batch * 100, 7000 + step));
}

Result<double> BenchPair::judge(float target)
{
    nn::Executor& executor = m_discriminator.executor;
    TRY(executor.forward());
    executor.commit();
    const auto scores = executor.valueView(m_discriminator.output);
    std::vector<double> gradient(scores.size());
    const double loss = nn::binaryCrossEntropy(
        std::vector<double>(scores.begin(), scores.end()), std::vector<float>(scores.size(), target), gradient);
    executor.setGradient(m_discriminator.output, std::vector<float>(gradient.begin(), gradient.end()));
    return loss;
}

Result<double> BenchPair::train()
{
    using WeightGradients = nn::Executor::WeightGradients;
    nn::Executor &generator = m_generator.executor, &discriminator = m_discriminator.executor;
    ++m_step;
    TRY(generator.forward());
    generator.commit();
    TRY(discriminator.setInput(inputName, m_real));
    double loss = TRY(judge(1));
    TRY(discriminator.backward({}, WeightGradients::Replaced));
    TRY(discriminator.setInput(inputName, generator.valueView(m_generator.output)));
    loss += TRY(judge(0));
    TRY(discriminator.backward({}, WeightGradients::Added));
    m_discriminator.update(m_step, m_rate);
    loss += TRY(judge(1));
    TRY(discriminator.backward({}, WeightGradients::Skipped));
    generator.setGradient(m_generator.output, discriminator.gradientView(inputName));
    TRY(generator.backward());
    m_generator.update(m_step, m_rate);
    return loss;
}

void BenchPair::restore()
{
    for (Side* each : {&m_generator, &m_discriminator})
        for (const nn::Weights::Entry& entry : each->weights->entries())
            each->weights->set(entry.name, each->graph->initializers.at(entry.name));
}

} // namespace hounsfield::cli
