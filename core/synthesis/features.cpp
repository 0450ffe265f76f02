#include "core/synthesis/features.h"

#include "core/base/parallel.h"
#include "core/nn/executor.h"

#include <algorithm>
#include <map>

namespace hounsfield::synthesis {

struct FeatureNetwork::State {
    std::shared_ptr<const nn::Graph> graph;
    std::shared_ptr<nn::Weights> weights;
    learning::Preprocessing preprocessing;
    std::string value; ///< of the features
    std::string name;
    int threads = 1;
    std::map<std::int64_t, nn::Executor> executors; ///< by the number of images

    Result<nn::Executor*> executorFor(std::int64_t images);
    void prepare(std::int64_t i, const Read& read, float* to) const;
};

Result<nn::Executor*> FeatureNetwork::State::executorFor(std::int64_t images)
{
    if (const auto found = executors.find(images); found != executors.end())
        return &found->second;
    nn::PlanRequest request;
    request.inputs["image"] = {images, preprocessing.channels, preprocessing.height, preprocessing.width};
    request.threads = threads;
    request.keep = {value};
    return &executors.emplace(images, TRY(nn::Executor::plan(graph, weights, std::move(request)))).first->second;
}

/// Channels first, as ONNX has it.
void FeatureNetwork::State::prepare(std::int64_t i, const Read& read, float* to) const
{
    const auto elements = static_cast<std::size_t>(preprocessing.elements());
    const auto channels = static_cast<std::size_t>(preprocessing.channels);
    std::vector<float> values(elements);
    read(i, values.data());
    preprocessing.toUnit(values);
    preprocessing.normalise(values);
    for (std::size_t k = 0; k < elements; ++k)
        to[k % channels * (elements / channels) + k / channels] = values[k];
}

FeatureNetwork::FeatureNetwork(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
FeatureNetwork::FeatureNetwork(FeatureNetwork&&) noexcept = default;
FeatureNetwork& FeatureNetwork::operator=(FeatureNetwork&&) noexcept = default;
FeatureNetwork::~FeatureNetwork() = default;

Result<FeatureNetwork> FeatureNetwork::make(const learning::Model& model, int threads)
{
    auto state = std::make_unique<State>();
    const nn::Node* last = model.graph->producerOf("logits");
    while (last && last->op == "Identity")
        last = model.graph->producerOf(last->inputs[0]);
    if (!last || last->op != "Gemm")
        return badInput(text("synthesis", "This classifier has no dense layer to take features from."), model.file);
    state->graph = model.graph;
    state->weights = std::make_shared<nn::Weights>(*model.graph);
    state->preprocessing = model.preprocessing;
    state->value = last->inputs[0];
    state->threads = threads > 0 ? threads : processorCount();
    const std::int64_t width = model.graph->initializers.at(last->inputs[1]).shape()[1];
    state->name = model.network + ", " + std::to_string(width) + " features";
    return FeatureNetwork(std::move(state));
}

Result<Impression> FeatureNetwork::see(std::int64_t images, const Read& read, const Monitor& monitor)
{
    State& s = *m_state;
    const learning::Preprocessing& form = s.preprocessing;
    constexpr std::int64_t batch = 64;
    Impression seen;
    for (std::int64_t first = 0; first < images; first += batch) {
        TRY(monitor.at(
            text("synthesis", "Looking at images"), static_cast<double>(first) / static_cast<double>(images)));
        const std::int64_t count = std::min(batch, images - first);
        nn::Tensor input(nn::ElementType::Float, {count, form.channels, form.height, form.width});
        float* values = input.as<float>().data();
        parallelFor(
            count, s.threads, [&](std::int64_t i) { s.prepare(first + i, read, values + i * form.elements()); });
        nn::Executor& executor = *TRY(s.executorFor(count));
        TRY(executor.setInput("image", input));
        TRY(executor.forward(monitor));
        const nn::Tensor features = executor.value(s.value), chances = executor.value("probabilities");
        const auto add = [](const nn::Tensor& from, std::vector<float>& to) {
            to.insert(to.end(), from.as<float>().begin(), from.as<float>().end());
        };
        add(features, seen.features.values);
        add(chances, seen.probabilities);
        seen.features.width = features.count() / count;
        seen.features.count += count;
    }
    return seen;
}

const std::string& FeatureNetwork::name() const
{
    return m_state->name;
}

} // namespace hounsfield::synthesis
