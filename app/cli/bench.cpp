#include "app/cli/bench.h"

#include "app/cli/bench_networks.h"
#include "core/base/clock.h"
#include "core/base/parallel.h"
#include "core/nn/executor.h"
#include "core/nn/losses.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace hounsfield::cli {

namespace {

constexpr int stepsBetweenRestores = 20; ///< of the start weights: on one batch gradients would die out

/// One batch, and the graph that learns or judges it.
struct Subject {
    const BenchNetwork& network;
    std::int64_t batch;
    int threads;
    std::shared_ptr<const nn::Graph> graph;
    std::shared_ptr<nn::Weights> weights;
    nn::Tensor samples; ///< ONNX order
    std::vector<std::int32_t> classes;
    std::vector<float> labels; ///< of texts

    const std::string& input() const { return graph->inputs.front().name; }
};

Subject subjectOf(const BenchNetwork& network, std::int64_t batch, int threads)
{
    auto graph = std::make_shared<const nn::Graph>(network.build());
    auto weights = std::make_shared<nn::Weights>(*graph);
    nn::Shape shape = network.input;
    shape.insert(shape.begin(), batch);
    std::vector<float> numbers = hashedSamples(network, batch, 0);
    if (network.isOfTexts())
        return {network, batch, threads, graph, weights,
            nn::Tensor(shape, std::vector<std::int64_t>(numbers.begin(), numbers.end())), {},
            hashedLabels(network, batch, 0)};
    return {network, batch, threads, graph, weights, nn::Tensor(shape, std::move(numbers)),
        hashedClasses(network, batch, 0), {}};
}

nn::PlanRequest requestOf(const Subject& subject, nn::Mode mode)
{
    nn::PlanRequest request;
    request.inputs[subject.input()] = subject.samples.shape();
    request.mode = mode;
    request.threads = subject.threads;
    return request;
}

/// The samples as a step is filled with them.
std::vector<float> channelsLast(const Subject& subject)
{
    if (subject.network.isOfTexts())
        return hashedSamples(subject.network, subject.batch, 0);
    const auto from = subject.samples.as<float>();
    const auto& shape = subject.samples.shape();
    const auto channels = static_cast<std::size_t>(shape[1]), pixels = static_cast<std::size_t>(shape[2] * shape[3]);
    std::vector<float> to(from.size());
    for (std::size_t image = 0; image < static_cast<std::size_t>(shape[0]); ++image)
        for (std::size_t c = 0; c < channels; ++c)
            for (std::size_t p = 0; p < pixels; ++p)
                to[(image * pixels + p) * channels + c] = from[(image * channels + c) * pixels + p];
    return to;
}

struct Timing {
    std::vector<double> milliseconds;
};

/// Runs `step` for some seconds, two rounds to warm up; `restore` every 20 steps is not timed.
Result<Timing> timed(double seconds, const Monitor& monitor, const std::function<Result<double>()>& step,
    const std::function<void()>& restore)
{
    Timing timing;
    for (int i = 0; i < 2; ++i)
        TRY(step());
    const Stopwatch all;
    while (all.seconds() < seconds || timing.milliseconds.size() < 3) {
        TRY(monitor.at(text("cli", "Timing"), std::min(1.0, all.seconds() / seconds)));
        if (timing.milliseconds.size() % stepsBetweenRestores == 0)
            restore();
        const Stopwatch one;
        TRY(step());
        timing.milliseconds.push_back(one.seconds() * 1e3);
    }
    return timing;
}

Result<Timing> timeTraining(Subject& subject, double seconds, const Monitor& monitor)
{
    auto executor = TRY(nn::Executor::plan(subject.graph, subject.weights, requestOf(subject, nn::Mode::Training)));
    nn::Optimizer optimizer(subject.weights, subject.network.optimizer);
    const std::vector<float> samples = channelsLast(subject);
    const auto values = std::as_const(*subject.weights).values();
    const std::vector<float> start(values.begin(), values.end());
    const std::int64_t perSample = nn::elementCount(subject.network.input);
    nn::Executor::Step step;
    step.samples = subject.batch;
    step.fill = [&](std::string_view, nn::SampleRange range, float* data) {
        std::copy_n(samples.data() + range.first * perSample, range.count * perSample, data);
    };
    step.loss =
        subject.network.isOfTexts() ? nn::binaryCrossEntropy(subject.labels) : nn::softmaxCrossEntropy(subject.classes);
    step.update = [&](std::int64_t begin, std::span<const float> gradient) { optimizer.update(begin, gradient); };
    std::int64_t number = 0;
    return timed(
        seconds, monitor,
        [&]() -> Result<double> {
            optimizer.beginStep(++number, subject.network.rate);
            return executor.train(step);
        },
        [&] { std::ranges::copy(start, subject.weights->values().begin()); });
}

Result<Timing> timeInference(Subject& subject, double seconds, const Monitor& monitor)
{
    auto executor = TRY(nn::Executor::plan(subject.graph, subject.weights, requestOf(subject, nn::Mode::Inference)));
    TRY(executor.setInput(subject.input(), subject.samples));
    return timed(
        seconds, monitor,
        [&]() -> Result<double> {
            TRY(executor.forward());
            return 0.0;
        },
        [] {});
}

Result<Answer> bench(const Call& call)
{
    const auto& networks = benchNetworks();
    const auto network = std::ranges::find(networks, call.options.words("network"), &BenchNetwork::name);
    const std::int64_t batch = call.options.has("batch") ? call.options.integer("batch") : network->batch;
    const int threads =
        call.options.has("threads") ? static_cast<int>(call.options.integer("threads")) : processorCount();
    Subject subject = subjectOf(*network, batch, threads);
    const bool isTraining = call.options.words("mode") == "train";
    const double seconds = call.options.number("seconds");
    Timing timing =
        TRY(isTraining ? timeTraining(subject, seconds, call.monitor) : timeInference(subject, seconds, call.monitor));
    auto& times = timing.milliseconds;
    std::ranges::sort(times);
    const double best = times.front(), median = times[times.size() / 2];
    const nlohmann::ordered_json answer{{"ms_best", best}, {"ms_median", median}, {"steps", times.size()},
        {"per_s_best", static_cast<double>(batch) * 1e3 / best}};
    return Answer{network->name + ": " + Text::written(best) + " ms a step at best, " + Text::written(median)
                      + " ms in the middle, " + std::to_string(times.size()) + " steps",
        answer.dump()};
}

} // namespace

Verb benchVerb()
{
    Verb verb{"bench", "Times training steps or forward passes of a network.",
        "hounsfield-cli bench --network seed_cnn --mode train --threads 2 --seconds 5 --json"};
    std::vector<std::string> names;
    for (const BenchNetwork& network : benchNetworks())
        names.push_back(network.name);
    verb.options = {
        {"network", Option::Kind::Choice, "", text("cli", "Which network."), 0, 0, names, true},
        {"mode", Option::Kind::Choice, "train", text("cli", "Training steps or forward passes."), 0, 0,
            {"train", "infer"}},
        {"batch", Option::Kind::Integer, "", text("cli", "Samples of a batch; without it the network's usual number."),
            1, 65536},
        {"threads", Option::Kind::Integer, "", text("cli", "Threads; without it all processors."), 1, 256},
        {"seconds", Option::Kind::Number, "5", text("cli", "How long to measure."), 0.01, 3600},
    };
    verb.run = bench;
    return verb;
}

} // namespace hounsfield::cli
