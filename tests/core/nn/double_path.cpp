#include "tests/core/nn/double_path.h"

#include "core/base/random.h"
#include "core/nn/kernels/kernels.h"
#include "core/nn/losses.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hounsfield::nn::test {

namespace {

Bench emptyBench(Graph graph, std::int64_t batch)
{
    Bench bench{std::make_shared<const Graph>(std::move(graph)), {}, {}, {}};
    bench.weights = std::make_shared<Weights>(*bench.graph);
    Random random(1, "classes");
    const std::int64_t classes = bench.graph->outputs[0].shape.back();
    for (std::int64_t i = 0; i < batch; ++i)
        bench.classes.push_back(static_cast<std::int32_t>(random.below(classes)));
    return bench;
}

} // namespace

Bench textBenchOf(Graph graph, std::int64_t batch, std::int64_t length, std::int64_t vocabulary)
{
    Bench bench = emptyBench(std::move(graph), batch);
    bench.images = Tensor(ElementType::Int64, {batch, length});
    Random random(1, "texts");
    for (std::int64_t i = 0; i < batch; ++i) {
        const std::int64_t words = i == 0 ? length : 1 + random.below(length);
        for (std::int64_t t = 0; t < words; ++t)
            bench.images.as<std::int64_t>()[static_cast<std::size_t>(i * length + t)] = 1 + random.below(vocabulary - 1);
    }
    return bench;
}

Bench benchOf(Graph graph, std::int64_t batch)
{
    Bench bench = emptyBench(std::move(graph), batch);
    Shape shape = bench.graph->inputs[0].shape;
    shape[0] = batch;
    bench.images = Tensor(ElementType::Float, shape);
    Random random(1, "images");
    for (float& value : bench.images.as<float>())
        value = static_cast<float>(random.uniform(-1, 1));
    return bench;
}

PlanRequest requestOf(const Bench& bench, Mode mode, int threads)
{
    PlanRequest request;
    request.inputs[bench.graph->inputs[0].name] = bench.images.shape();
    request.mode = mode;
    request.threads = threads;
    return request;
}

Executor::Step stepOf(const Bench& bench)
{
    Executor::Step step;
    step.samples = bench.images.shape()[0];
    step.fill = [&bench](std::string_view, SampleRange range, float* data) {
        const Shape& s = bench.images.shape();
        if (bench.images.type() == ElementType::Int64) {
            const auto words = bench.images.as<std::int64_t>().subspan(static_cast<std::size_t>(range.first * s[1]));
            std::copy_n(words.begin(), range.count * s[1], data);
            return;
        }
        const std::int64_t channels = s[1], pixels = bench.images.count() / (s[0] * channels);
        const float* from = bench.images.as<float>().data();
        for (std::int64_t i = 0; i < range.count; ++i)
            for (std::int64_t c = 0; c < channels; ++c)
                for (std::int64_t p = 0; p < pixels; ++p)
                    data[(i * pixels + p) * channels + c] = from[((range.first + i) * channels + c) * pixels + p];
    };
    step.loss = softmaxCrossEntropy(std::span<const std::int32_t>(bench.classes));
    return step;
}

void stir(Weights& weights)
{
    Random random(2, "biases and scales");
    const auto values = weights.values();
    for (const Weights::Entry& entry : weights.entries())
        for (std::int64_t i = entry.offset;
             entry.isTrained && entry.shape.size() == 1 && i < entry.offset + entry.count; ++i)
            values[static_cast<std::size_t>(i)] += static_cast<float>(random.uniform(0.2, 0.6));
}

DoublePath doublePathOf(const Bench& bench, bool isTraining)
{
    Tensor images = bench.images;
    if (images.type() == ElementType::Float) {
        images = Tensor(ElementType::Double, bench.images.shape());
        std::ranges::copy(std::as_const(bench.images).as<float>(), images.as<double>().begin());
    }
    Graph graph = *bench.graph;
    bench.weights->writeInto(graph);
    graph = toDouble(graph);
    ReferenceOptions options;
    options.isTraining = isTraining;
    DoublePath path{*referenceForward(graph, {{graph.inputs[0].name, images}}, options), 0};
    const std::string& output = graph.outputs[0].name;
    const Tensor& logits = path.run.values.at(output);
    Tensor gradient(ElementType::Double, logits.shape());
    path.loss = softmaxCrossEntropy(logits.as<double>(), bench.classes, {}, gradient.as<double>());
    const bool isDone = referenceBackward(graph, path.run, {{output, gradient}}, options).has_value();
    Q_ASSERT(isDone);
    path.run.gradients[output] = gradient;
    return path;
}

double distance(const Tensor& a, const Tensor& b)
{
    double difference = 0, norm = 0;
    for (std::size_t i = 0; i < a.as<float>().size(); ++i) {
        difference += std::pow(static_cast<double>(a.as<float>()[i]) - b.as<double>()[i], 2);
        norm += std::pow(b.as<double>()[i], 2);
    }
    // A bias before a normalisation has no gradient but rounding.
    return std::sqrt(difference) / (std::sqrt(norm) + 1e-6);
}

QByteArray gradientsBeyond(double bar, const Bench& bench, const Executor& executor, const DoublePath& path)
{
    QByteArray beyond;
    for (const Weights::Entry& entry : bench.weights->entries()) {
        if (!entry.isTrained)
            continue;
        const auto flat = executor.flatGradient().subspan(
            static_cast<std::size_t>(entry.offset), static_cast<std::size_t>(entry.count));
        const double far = distance(inOnnxOrder(entry, flat), path.run.gradients.at(entry.name));
        if (!(far < bar))
            beyond += QByteArray(entry.name.c_str()) + ' ' + QByteArray::number(far) + "; ";
    }
    return beyond;
}

QByteArray loadedLevel()
{
    return kernels::levelName();
}

QByteArray wantedLevel()
{
    return qEnvironmentVariableIsSet("HOUNSFIELD_LEVEL") ? qgetenv("HOUNSFIELD_LEVEL") : loadedLevel();
}

QByteArray missingLevel()
{
    return loadedLevel() < wantedLevel() ? wantedLevel() : QByteArray();
}

} // namespace hounsfield::nn::test
