#include "core/learning/predictor.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::learning {

struct Predictor::State {
    std::shared_ptr<const nn::Graph> graph;
    std::shared_ptr<nn::Weights> weights;
    Preprocessing preprocessing;
    std::int64_t classes = 2;
    int threads = 1;
    std::int64_t batch = 64;
    std::map<std::int64_t, nn::Executor> executors; ///< by the number of samples

    Result<nn::Executor*> executorFor(std::int64_t samples);
    void prepare(std::int64_t sample, const Read& read, float* to) const;
    void addProbabilities(std::int64_t first, const nn::Tensor& logits, std::vector<float>& sums) const;
};

Result<nn::Executor*> Predictor::State::executorFor(std::int64_t samples)
{
    if (const auto found = executors.find(samples); found != executors.end())
        return &found->second;
    nn::PlanRequest request;
    request.inputs["image"] = {samples, preprocessing.channels, preprocessing.height, preprocessing.width};
    request.threads = threads;
    if (graph->outputs.front().name != "logits")
        request.keep = {"logits"};
    auto executor = TRY(nn::Executor::plan(graph, weights, std::move(request)));
    return &executors.emplace(samples, std::move(executor)).first->second;
}

/// Sample s is shift s mod shifts of image s / shifts; written channels first, as ONNX has it.
void Predictor::State::prepare(std::int64_t sample, const Read& read, float* to) const
{
    const auto shifts = static_cast<std::int64_t>(preprocessing.shifts.size());
    const auto elements = static_cast<std::size_t>(preprocessing.elements());
    std::vector<float> values(elements), moved(elements);
    read(sample / shifts, values.data());
    preprocessing.toUnit(values);
    preprocessing.normalise(values);
    preprocessing.shifted(values, preprocessing.shifts[static_cast<std::size_t>(sample % shifts)], moved);
    const auto channels = static_cast<std::size_t>(preprocessing.channels);
    const std::size_t plane = elements / channels;
    for (std::size_t i = 0; i < plane; ++i)
        for (std::size_t c = 0; c < channels; ++c)
            to[c * plane + i] = moved[i * channels + c];
}

/// Adds the softmax of each row to the sum of its image.
void Predictor::State::addProbabilities(std::int64_t first, const nn::Tensor& logits, std::vector<float>& sums) const
{
    const auto width = static_cast<std::size_t>(classes);
    const auto values = logits.as<float>();
    const auto shifts = static_cast<std::int64_t>(preprocessing.shifts.size());
    for (std::size_t row = 0; row * width < values.size(); ++row) {
        const auto scores = values.subspan(row * width, width);
        const double most = *std::ranges::max_element(scores);
        double sum = 0;
        for (const float score : scores)
            sum += std::exp(score - most);
        const auto imageNumber = static_cast<std::size_t>((first + static_cast<std::int64_t>(row)) / shifts);
        for (std::size_t c = 0; c < width; ++c)
            sums[imageNumber * width + c] +=
                static_cast<float>(std::exp(scores[c] - most) / sum / static_cast<double>(shifts));
    }
}

Predictor::Predictor(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
Predictor::Predictor(Predictor&&) noexcept = default;
Predictor& Predictor::operator=(Predictor&&) noexcept = default;
Predictor::~Predictor() = default;

Result<Predictor> Predictor::make(std::shared_ptr<const nn::Graph> graph, std::shared_ptr<nn::Weights> weights,
    Preprocessing preprocessing, std::int64_t classes, int threads)
{
    auto state = std::make_unique<State>();
    state->weights = weights ? std::move(weights) : std::make_shared<nn::Weights>(*graph);
    state->graph = std::move(graph);
    state->batch = std::clamp<std::int64_t>((std::int64_t{1} << 22) / preprocessing.elements(), 1, 64);
    state->preprocessing = std::move(preprocessing);
    state->classes = classes;
    state->threads = threads > 0 ? threads : processorCount();
    return Predictor(std::move(state));
}

Result<std::vector<float>> Predictor::probabilities(std::int64_t images, const Read& read, const Monitor& monitor)
{
    State& state = *m_state;
    const Preprocessing& form = state.preprocessing;
    const std::int64_t samples = images * static_cast<std::int64_t>(form.shifts.size());
    std::vector<float> sums(static_cast<std::size_t>(images * state.classes));
    for (std::int64_t first = 0; first < samples; first += state.batch) {
        TRY(monitor.at(text("learning", "Scoring images"), static_cast<double>(first) / static_cast<double>(samples)));
        const std::int64_t count = std::min(state.batch, samples - first);
        nn::Tensor input(nn::ElementType::Float, {count, form.channels, form.height, form.width});
        float* values = input.as<float>().data();
        parallelFor(count, state.threads,
            [&](std::int64_t i) { state.prepare(first + i, read, values + i * form.elements()); });
        nn::Executor& executor = *TRY(state.executorFor(count));
        TRY(executor.setInput("image", input));
        TRY(executor.forward(monitor));
        state.addProbabilities(first, executor.value("logits"), sums);
    }
    return sums;
}

Result<Scores> Predictor::scores(const DataSet& data, std::span<const std::int64_t> cases,
    std::span<const std::int64_t> units, const Monitor& monitor)
{
    Scores scores;
    scores.classes = static_cast<int>(m_state->classes);
    scores.probabilities = TRY(probabilities(
        static_cast<std::int64_t>(cases.size()),
        [&](std::int64_t i, float* values) { data.images.read(cases[static_cast<std::size_t>(i)], values); }, monitor));
    for (const std::int64_t i : cases) {
        scores.labels.push_back(data.cases[static_cast<std::size_t>(i)].label);
        scores.units.push_back(units[static_cast<std::size_t>(i)]);
    }
    return scores;
}

} // namespace hounsfield::learning
