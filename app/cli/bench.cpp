#include "app/cli/bench.h"

#include "app/cli/bench_networks.h"
#include "app/cli/bench_pair.h"
#include "core/base/clock.h"
#include "core/base/parallel.h"
#include "core/nn/executor.h"
#include "core/nn/losses.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace hounsfield::cli {

namespace {

constexpr int stepsBetweenRestores = 20; ///< of the start weights: on one batch gradients would die out

/// What is timed, and how.
struct Subject {
    const BenchNetwork& network;
    std::int64_t batch;
    int threads;

    nn::Shape shape() const
    {
        nn::Shape shape = network.input;
        shape.insert(shape.begin(), batch);
        return shape;
    }
};

nn::PlanRequest requestOf(const Subject& subject, const nn::Graph& graph, nn::Mode mode)
{
    nn::PlanRequest request;
    request.inputs[graph.inputs.front().name] = subject.shape();
    request.mode = mode;
    request.threads = subject.threads;
    return request;
}

/// Samples of a step as it is filled with them.
std::vector<float> channelsLast(const Subject& subject, std::uint32_t step)
{
    const std::vector<float> from = hashedSamples(subject.network, subject.batch, step);
    if (subject.network.isOfTexts())
        return from;
    const nn::Shape shape = subject.shape();
    const auto channels = static_cast<std::size_t>(shape[1]), pixels = static_cast<std::size_t>(shape[2] * shape[3]);
    std::vector<float> to(from.size());
    for (std::size_t image = 0; image < static_cast<std::size_t>(shape[0]); ++image)
        for (std::size_t c = 0; c < channels; ++c)
            for (std::size_t p = 0; p < pixels; ++p)
                to[(image * pixels + p) * channels + c] = from[(image * channels + c) * pixels + p];
    return to;
}

/// A network that learns alone.
class Training {
  public:
    explicit Training(const Subject& subject)
        : m_subject(subject)
        , m_graph(std::make_shared<const nn::Graph>(subject.network.build()))
        , m_weights(std::make_shared<nn::Weights>(*m_graph))
        , m_optimizer(m_weights, subject.network.optimizer)
    {
        const auto values = std::as_const(*m_weights).values();
        m_start.assign(values.begin(), values.end());
    }

    Result<void> load(std::uint32_t step)
    {
        m_samples = channelsLast(m_subject, step);
        m_classes = hashedClasses(m_subject.network, m_subject.batch, step);
        m_labels = hashedLabels(m_subject.network, m_subject.batch, step);
        if (!m_executor)
            return plan();
        return {};
    }

    Result<double> train()
    {
        m_optimizer.beginStep(++m_number, m_subject.network.rate);
        m_step.loss =
            m_subject.network.isOfTexts() ? nn::binaryCrossEntropy(m_labels) : nn::softmaxCrossEntropy(m_classes);
        return m_executor->train(m_step);
    }

    void restore() { std::ranges::copy(m_start, m_weights->values().begin()); }

  private:
    Result<void> plan()
    {
        m_executor = TRY(nn::Executor::plan(m_graph, m_weights, requestOf(m_subject, *m_graph, nn::Mode::Training)));
        m_step.samples = m_subject.batch;
        m_step.fill = [this, perSample = nn::elementCount(m_subject.network.input)](
                          std::string_view, nn::SampleRange range, float* data) {
            std::copy_n(m_samples.data() + range.first * perSample, range.count * perSample, data);
        };
        m_step.update = [this](std::int64_t begin, std::span<const float> gradient) {
            m_optimizer.update(begin, gradient);
        };
        return {};
    }

    Subject m_subject;
    std::shared_ptr<const nn::Graph> m_graph;
    std::shared_ptr<nn::Weights> m_weights;
    nn::Optimizer m_optimizer;
    std::vector<float> m_start, m_samples, m_labels;
    std::vector<std::int32_t> m_classes;
    std::optional<nn::Executor> m_executor;
    nn::Executor::Step m_step;
    std::int64_t m_number = 0;
};

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

template <typename Learner> Result<Timing> timeTraining(Learner& learner, double seconds, const Monitor& monitor)
{
    TRY(learner.load(0));
    return timed(
        seconds, monitor, [&] { return learner.train(); }, [&] { learner.restore(); });
}

/// The losses of the first steps, each on a batch of its own.
template <typename Learner> Result<Answer> lossesOf(Learner& learner, std::int64_t steps, const Monitor& monitor)
{
    std::vector<double> losses;
    std::string lines;
    for (std::int64_t step = 0; step < steps; ++step) {
        TRY(monitor.at(text("cli", "Training"), static_cast<double>(step) / static_cast<double>(steps)));
        TRY(learner.load(static_cast<std::uint32_t>(step)));
        losses.push_back(TRY(learner.train()));
        lines += Text::written(losses.back()) + (step + 1 < steps ? "\n" : "");
    }
    return Answer{lines, nlohmann::ordered_json{{"losses", losses}}.dump()};
}

Result<Timing> timeInference(const Subject& subject, double seconds, const Monitor& monitor)
{
    const auto graph = std::make_shared<const nn::Graph>(subject.network.build());
    auto executor = TRY(nn::Executor::plan(
        graph, std::make_shared<nn::Weights>(*graph), requestOf(subject, *graph, nn::Mode::Inference)));
    const std::vector<float> samples = hashedSamples(subject.network, subject.batch, 0);
    const std::string& input = graph->inputs.front().name;
    if (subject.network.isOfTexts())
        TRY(executor.setInput(
            input, nn::Tensor(subject.shape(), std::vector<std::int64_t>(samples.begin(), samples.end()))));
    else
        TRY(executor.setInput(input, samples));
    return timed(
        seconds, monitor,
        [&]() -> Result<double> {
            TRY(executor.forward());
            return 0.0;
        },
        [] {});
}

Answer answerOf(const Subject& subject, Timing timing)
{
    auto& times = timing.milliseconds;
    std::ranges::sort(times);
    const double best = times.front(), median = times[times.size() / 2];
    const nlohmann::ordered_json answer{{"ms_best", best}, {"ms_median", median}, {"steps", times.size()},
        {"per_s_best", static_cast<double>(subject.batch) * 1e3 / best}};
    return {subject.network.name + ": " + Text::written(best) + " ms a step at best, " + Text::written(median)
                + " ms in the middle, " + std::to_string(times.size()) + " steps",
        answer.dump()};
}

template <typename Learner> Result<Answer> benchTraining(Learner& learner, const Subject& subject, const Call& call)
{
    if (call.options.has("losses"))
        return lossesOf(learner, call.options.integer("losses"), call.monitor);
    return answerOf(subject, TRY(timeTraining(learner, call.options.number("seconds"), call.monitor)));
}

Result<Answer> bench(const Call& call)
{
    const auto& networks = benchNetworks();
    const auto network = std::ranges::find(networks, call.options.words("network"), &BenchNetwork::name);
    const Subject subject{*network, call.options.has("batch") ? call.options.integer("batch") : network->batch,
        call.options.has("threads") ? static_cast<int>(call.options.integer("threads")) : processorCount()};
    if (call.options.words("mode") == "infer")
        return answerOf(subject, TRY(timeInference(subject, call.options.number("seconds"), call.monitor)));
    if (network->isOfPair()) {
        auto pair = TRY(BenchPair::plan(*network, subject.batch, subject.threads));
        return benchTraining(pair, subject, call);
    }
    Training training(subject);
    return benchTraining(training, subject, call);
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
        {"losses", Option::Kind::Integer, "",
            text("cli", "Print the losses of so many training steps, each on a batch of its own, instead of timing."),
            1, 1'000'000},
    };
    verb.run = bench;
    return verb;
}

} // namespace hounsfield::cli
