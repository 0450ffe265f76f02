#include "core/base/parallel.h"
#include "core/nn/executor.h"
#include "core/synthesis/adversarial_pair.h"
#include "core/synthesis/generator.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace hounsfield::synthesis {

namespace {

using nn::Tensor;

std::vector<float> noiseOf(const Sampler::Wish& wish)
{
    std::vector<float> noise(noiseLength);
    drawNoise(
        Random(wish.seed, "sample", static_cast<std::uint64_t>(wish.label), static_cast<std::uint64_t>(wish.number)),
        noise);
    return noise;
}

/// Share `t` of the way on the arc between two directions, the length between theirs (Shoemake 1985).
std::vector<float> onArc(const std::vector<float>& from, const std::vector<float>& to, double t)
{
    double product = 0, first = 0, second = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        product += static_cast<double>(from[i]) * static_cast<double>(to[i]);
        first += static_cast<double>(from[i]) * static_cast<double>(from[i]);
        second += static_cast<double>(to[i]) * static_cast<double>(to[i]);
    }
    const double angle = std::acos(std::clamp(product / std::sqrt(first * second), -1.0, 1.0));
    const bool isFlat = std::sin(angle) < 1e-6;
    const double a = isFlat ? 1 - t : std::sin((1 - t) * angle) / std::sin(angle);
    const double b = isFlat ? t : std::sin(t * angle) / std::sin(angle);
    std::vector<float> between(from.size());
    for (std::size_t i = 0; i < from.size(); ++i)
        between[i] = static_cast<float>(a * static_cast<double>(from[i]) + b * static_cast<double>(to[i]));
    return between;
}

} // namespace

struct Sampler::State {
    std::shared_ptr<const nn::Graph> graph;
    std::shared_ptr<nn::Weights> weights;
    ImageFrame frame;
    int threads = 1;
    std::map<std::int64_t, nn::Executor> executors; ///< by the number of images

    std::int64_t classes() const { return graph->inputs[1].shape[1]; }
    Result<nn::Executor*> executorFor(std::int64_t images);
    Result<void> run(const Tensor& noise, const Tensor& label, MadeImages& made, const Monitor& monitor);
};

Result<nn::Executor*> Sampler::State::executorFor(std::int64_t images)
{
    if (const auto found = executors.find(images); found != executors.end())
        return &found->second;
    nn::PlanRequest request;
    request.inputs = {{"noise", {images, noiseLength}}, {"label", {images, classes()}}};
    request.threads = threads;
    return &executors.emplace(images, TRY(nn::Executor::plan(graph, weights, std::move(request)))).first->second;
}

/// Appends the images of some noise.
Result<void> Sampler::State::run(const Tensor& noise, const Tensor& label, MadeImages& made, const Monitor& monitor)
{
    const std::int64_t count = noise.shape()[0];
    nn::Executor& executor = *TRY(executorFor(count));
    TRY(executor.setInput("noise", noise));
    TRY(executor.setInput("label", label));
    TRY(executor.forward(monitor));
    const Tensor images = executor.value("image");
    const ImageForm form = frame.form();
    const auto elements = static_cast<std::size_t>(form.elements()), stored = static_cast<std::size_t>(made.elements);
    const auto channels = static_cast<std::size_t>(form.channels);
    const std::size_t at = made.values.size();
    made.values.resize(at + static_cast<std::size_t>(count) * stored);
    parallelFor(count, threads, [&](std::int64_t i) {
        const auto first = images.as<float>().subspan(static_cast<std::size_t>(i) * elements, elements);
        std::vector<float> last(elements);
        for (std::size_t k = 0; k < elements; ++k)
            last[k] = first[k % channels * (elements / channels) + k / channels];
        frame.leave(last, std::span(made.values).subspan(at + static_cast<std::size_t>(i) * stored, stored));
    });
    made.count += count;
    return {};
}

Sampler::Sampler(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
Sampler::Sampler(Sampler&&) noexcept = default;
Sampler& Sampler::operator=(Sampler&&) noexcept = default;
Sampler::~Sampler() = default;

Result<Sampler> Sampler::make(
    std::shared_ptr<const nn::Graph> graph, std::shared_ptr<nn::Weights> weights, const ImageFrame& frame, int threads)
{
    auto state = std::make_unique<State>();
    state->weights = weights ? std::move(weights) : std::make_shared<nn::Weights>(*graph);
    state->graph = std::move(graph);
    state->frame = frame;
    state->threads = threads > 0 ? threads : processorCount();
    TRY(state->executorFor(1)); // a graph that cannot run is refused here
    return Sampler(std::move(state));
}

Result<MadeImages> Sampler::make(std::span<const Wish> wishes, const Monitor& monitor)
{
    State& s = *m_state;
    MadeImages made;
    made.elements = s.frame.preprocessing.elements();
    const auto count = static_cast<std::int64_t>(wishes.size());
    const std::int64_t batch = std::clamp<std::int64_t>((std::int64_t{1} << 17) / s.frame.form().elements(), 1, 64);
    for (std::int64_t first = 0; first < count; first += batch) {
        TRY(monitor.at(text("synthesis", "Making images"), static_cast<double>(first) / static_cast<double>(count)));
        const std::int64_t now = std::min(batch, count - first);
        Tensor noise(nn::ElementType::Float, {now, noiseLength}), label(nn::ElementType::Float, {now, s.classes()});
        for (std::int64_t i = 0; i < now; ++i) {
            const Wish& wish = wishes[static_cast<std::size_t>(first + i)];
            std::ranges::copy(noiseOf(wish), noise.as<float>().begin() + i * noiseLength);
            label.as<float>()[static_cast<std::size_t>(i * s.classes() + wish.label)] = 1;
            made.labels.push_back(wish.label);
        }
        TRY(s.run(noise, label, made, monitor));
    }
    return made;
}

Result<MadeImages> Sampler::make(
    std::uint64_t seed, int label, std::int64_t first, std::int64_t count, const Monitor& monitor)
{
    std::vector<Wish> wishes;
    for (std::int64_t i = 0; i < count; ++i)
        wishes.push_back({seed, label, first + i});
    return make(wishes, monitor);
}

Result<MadeImages> Sampler::between(const Wish& from, const Wish& to, std::int64_t count, const Monitor& monitor)
{
    State& s = *m_state;
    MadeImages made;
    made.elements = s.frame.preprocessing.elements();
    Tensor noise(nn::ElementType::Float, {count, noiseLength}), label(nn::ElementType::Float, {count, s.classes()});
    for (std::int64_t i = 0; i < count; ++i) {
        const double t = count > 1 ? static_cast<double>(i) / static_cast<double>(count - 1) : 0;
        std::ranges::copy(onArc(noiseOf(from), noiseOf(to), t), noise.as<float>().begin() + i * noiseLength);
        const auto row = label.as<float>().subspan(static_cast<std::size_t>(i * s.classes()));
        row[static_cast<std::size_t>(from.label)] += static_cast<float>(1 - t);
        row[static_cast<std::size_t>(to.label)] += static_cast<float>(t);
        made.labels.push_back(t < 0.5 ? from.label : to.label);
    }
    TRY(s.run(noise, label, made, monitor));
    return made;
}

} // namespace hounsfield::synthesis
