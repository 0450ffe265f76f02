#include "core/synthesis/adversarial_pair.h"

#include "core/base/parallel.h"
#include "core/nn/executor.h"
#include "core/nn/spectral_normalization.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::synthesis {

namespace {

using nn::Tensor;
constexpr int settlingIterations = 15; ///< of the power iteration before the first step

std::vector<float> blockOf(const nn::Weights& weights)
{
    const auto values = weights.values();
    return {values.begin(), values.end()};
}

std::size_t index(std::int64_t i)
{
    return static_cast<std::size_t>(i);
}

nn::OptimizerOptions adam(const PairOptions& options)
{
    nn::OptimizerOptions adam;
    adam.beta1 = options.beta1;
    adam.beta2 = options.beta2;
    adam.epsilon = 1e-8;
    return adam;
}

/// Channels first to channels last (`isBack` false), or back, image by image.
void reorder(const ImageForm& form, std::int64_t images, bool isBack, std::span<const float> from, std::span<float> to)
{
    const std::int64_t pixels = form.width * form.height;
    for (std::int64_t n = 0; n < images; ++n)
        for (std::int64_t c = 0; c < form.channels; ++c)
            for (std::int64_t p = 0; p < pixels; ++p) {
                const std::int64_t first = (n * form.channels + c) * pixels + p,
                                   last = (n * pixels + p) * form.channels + c;
                if (isBack)
                    to[index(first)] = from[index(last)];
                else
                    to[index(last)] = from[index(first)];
            }
}

} // namespace

bool PairFigures::isFinite() const
{
    return std::isfinite(discriminatorLoss) && std::isfinite(generatorLoss) && std::isfinite(generatorNorm);
}

void drawNoise(Random random, std::span<float> noise)
{
    for (float& value : noise)
        value = static_cast<float>(random.normal());
}

struct AdversarialPair::State {
    PairOptions options;
    ImageForm image;
    std::shared_ptr<const nn::Graph> generatorGraph, discriminatorGraph;
    std::shared_ptr<nn::Weights> generator, average;
    std::shared_ptr<nn::Weights> discriminator; ///< what the optimizer works on
    std::shared_ptr<nn::Weights> judge;         ///< the same, divided, as the executors use it
    nn::SpectralNormalization spectral;
    nn::Optimizer generatorOptimizer, discriminatorOptimizer;
    nn::Executor making, learning, judging;
    std::int64_t done = 0;
    std::vector<float> made, gradient, block; ///< images and their gradient, channels last; a gradient of weights
    std::vector<float> scores;                ///< of the real, then of the made images
    std::vector<AugmentDraw> draws;           ///< of the generator's turn

    std::int64_t labelOf(std::int64_t place) const { return place % options.form.classes; }
    Tensor labels() const;
    Result<void> makeImages(std::int64_t number, const Monitor& monitor);
    Result<void> teachDiscriminator(
        std::int64_t number, const Real& real, PairFigures& figures, const Monitor& monitor);
    Result<void> askDiscriminator(std::int64_t number, PairFigures& figures, const Monitor& monitor);
    Result<void> teachGenerator(std::int64_t number, const Allow& allow, PairFigures& figures, const Monitor& monitor);
    void apply(nn::Optimizer& optimizer, nn::Weights& weights, std::int64_t number, double rate);
    AugmentDraw drawOf(const char* purpose, std::int64_t number, std::int64_t place) const;
    std::span<float> imageAt(std::vector<float>& images, std::int64_t place) const;
    double meanScore(std::int64_t first) const;
    void follow(std::int64_t number);
    Result<PairFigures> step(const Real& real, const Allow& allow, const Monitor& monitor);
};

namespace {

Result<nn::Executor> plan(const std::shared_ptr<const nn::Graph>& graph, const std::shared_ptr<nn::Weights>& weights,
    std::int64_t samples, std::vector<std::string> from, std::vector<std::string> of, int threads)
{
    nn::PlanRequest request;
    for (const nn::ValueInfo& input : graph->inputs) {
        request.inputs[input.name] = input.shape;
        request.inputs[input.name][0] = samples;
    }
    request.mode = nn::Mode::Training;
    request.threads = threads;
    request.gradientsFrom = std::move(from);
    request.gradientsOf = std::move(of);
    return nn::Executor::plan(graph, weights, std::move(request));
}

std::vector<std::string> trainedOf(const nn::Weights& weights)
{
    std::vector<std::string> names;
    for (const auto& entry : weights.entries())
        if (entry.isTrained)
            names.push_back(entry.name);
    return names;
}

} // namespace

Result<AdversarialPair> AdversarialPair::make(const PairNetwork& network, const PairOptions& options)
{
    const auto generator = std::make_shared<const nn::Graph>(network.generator(options.form));
    const auto discriminator = std::make_shared<const nn::Graph>(network.discriminator(options.form));
    const auto maker = std::make_shared<nn::Weights>(*generator);
    const auto raw = std::make_shared<nn::Weights>(*discriminator);
    const auto judge = std::make_shared<nn::Weights>(*discriminator);
    nn::SpectralNormalization spectral(*raw, options.seed);
    for (int i = 0; i < settlingIterations; ++i)
        spectral.iterate(std::as_const(*raw).values(), judge->values());
    auto making = TRY(plan(generator, maker, options.batch, {"image"}, trainedOf(*maker), options.threads));
    auto learning = TRY(plan(discriminator, judge, 2 * options.batch, {}, {}, options.threads));
    auto judging = TRY(plan(discriminator, judge, options.batch, {"score"}, {"image"}, options.threads));
    auto state = std::make_unique<State>(State{options, {options.form.size, options.form.size, options.form.channels},
        generator, discriminator, maker, std::make_shared<nn::Weights>(*generator), raw, judge, std::move(spectral),
        nn::Optimizer(maker, adam(options)), nn::Optimizer(raw, adam(options)), std::move(making), std::move(learning),
        std::move(judging), 0, {}, {}, {}, {}, {}});
    state->made.resize(index(options.batch * state->image.elements()));
    state->gradient.resize(state->made.size());
    state->scores.resize(index(2 * options.batch));
    state->draws.resize(index(options.batch));
    return AdversarialPair(std::move(state));
}

AdversarialPair::AdversarialPair(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
AdversarialPair::AdversarialPair(AdversarialPair&&) noexcept = default;
AdversarialPair& AdversarialPair::operator=(AdversarialPair&&) noexcept = default;
AdversarialPair::~AdversarialPair() = default;

Tensor AdversarialPair::State::labels() const
{
    Tensor labels(nn::ElementType::Float, {options.batch, options.form.classes});
    for (std::int64_t i = 0; i < options.batch; ++i)
        labels.as<float>()[index(i * options.form.classes + labelOf(i))] = 1;
    return labels;
}

AugmentDraw AdversarialPair::State::drawOf(const char* purpose, std::int64_t number, std::int64_t place) const
{
    return drawAugment(options.augment, image,
        Random(options.seed, purpose, static_cast<std::uint64_t>(number), static_cast<std::uint64_t>(place)));
}

std::span<float> AdversarialPair::State::imageAt(std::vector<float>& images, std::int64_t place) const
{
    return std::span(images).subspan(index(place * image.elements()), index(image.elements()));
}

Result<void> AdversarialPair::State::makeImages(std::int64_t number, const Monitor& monitor)
{
    Tensor noise(nn::ElementType::Float, {options.batch, noiseLength});
    for (std::int64_t i = 0; i < options.batch; ++i)
        drawNoise(Random(options.seed, "noise", static_cast<std::uint64_t>(number), static_cast<std::uint64_t>(i)),
            noise.as<float>().subspan(index(i * noiseLength), noiseLength));
    TRY(making.setInput("noise", noise));
    TRY(making.setInput("label", labels()));
    TRY(making.forward(monitor));
    reorder(image, options.batch, false, making.valueView("image"), made);
    return {};
}

double AdversarialPair::State::meanScore(std::int64_t first) const
{
    double sum = 0;
    for (std::int64_t i = first; i < first + options.batch; ++i)
        sum += static_cast<double>(scores[index(i)]);
    return sum / static_cast<double>(options.batch);
}

Result<void> AdversarialPair::State::teachDiscriminator(
    std::int64_t number, const Real& real, PairFigures& figures, const Monitor& monitor)
{
    const std::int64_t batch = options.batch, classes = options.form.classes, elements = image.elements();
    nn::Executor::Step step;
    step.samples = 2 * batch;
    step.number = static_cast<std::uint64_t>(number);
    step.fill = [&](std::string_view input, nn::SampleRange range, float* data) {
        std::vector<float> plain(index(elements));
        for (std::int64_t i = range.first; i < range.first + range.count; ++i) {
            const std::int64_t place = i % batch;
            if (input == "label") {
                std::fill_n(data, classes, 0.0F);
                data[labelOf(place)] = 1;
                data += classes;
                continue;
            }
            if (i < batch)
                real(number, place, labelOf(place), plain);
            augment(drawOf("augment", number, i), image, i < batch ? std::span<float>(plain) : imageAt(made, place),
                {data, index(elements)});
            data += elements;
        }
    };
    step.loss = [&](nn::SampleRange range, std::span<const float> output, std::span<float> slopes) {
        double sum = 0;
        for (std::int64_t i = 0; i < range.count; ++i) {
            const std::int64_t sample = range.first + i;
            scores[index(sample)] = output[index(i)];
            const LossTerm term = discriminatorTerm(
                options.loss, sample < batch ? Origin::Real : Origin::Made, static_cast<double>(output[index(i)]));
            slopes[index(i)] = static_cast<float>(term.slope / static_cast<double>(batch));
            sum += 2 * term.loss;
        }
        return sum;
    };
    figures.discriminatorLoss = TRY(learning.train(step, monitor));
    figures.realScore = meanScore(0);
    figures.madeScore = meanScore(batch);
    if (!std::isfinite(figures.discriminatorLoss))
        return {};
    const auto flat = learning.flatGradient();
    block.assign(flat.begin(), flat.end());
    spectral.pullBack(std::as_const(*judge).values(), block);
    apply(discriminatorOptimizer, *discriminator, number, options.discriminatorRate);
    spectral.iterate(std::as_const(*discriminator).values(), judge->values());
    return {};
}

Result<void> AdversarialPair::State::askDiscriminator(std::int64_t number, PairFigures& figures, const Monitor& monitor)
{
    const std::int64_t batch = options.batch;
    parallelFor(batch, options.threads, [&](std::int64_t i) {
        draws[index(i)] = drawOf("augment for generator", number, i);
        augment(draws[index(i)], image, imageAt(made, i), imageAt(gradient, i));
    });
    std::vector<float> seen(gradient.size());
    reorder(image, batch, true, gradient, seen);
    TRY(judging.setInput("image", seen));
    TRY(judging.setInput("label", labels()));
    TRY(judging.forward(monitor));
    const auto judged = judging.valueView("score");
    std::vector<float> slopes(index(batch));
    double sum = 0;
    for (std::size_t i = 0; i < index(batch); ++i) {
        const LossTerm term = generatorTerm(options.loss, static_cast<double>(judged[i]));
        slopes[i] = static_cast<float>(term.slope / static_cast<double>(batch));
        sum += term.loss;
    }
    figures.generatorLoss = sum / static_cast<double>(batch);
    judging.setGradient("score", slopes);
    TRY(judging.backward(monitor));
    std::vector<float> back(gradient.size());
    reorder(image, batch, false, judging.gradientView("image"), back);
    parallelFor(batch, options.threads,
        [&](std::int64_t i) { augmentBackward(draws[index(i)], image, imageAt(back, i), imageAt(gradient, i)); });
    return {};
}

Result<void> AdversarialPair::State::teachGenerator(
    std::int64_t number, const Allow& allow, PairFigures& figures, const Monitor& monitor)
{
    std::vector<float> wanted(gradient.size());
    reorder(image, options.batch, true, gradient, wanted);
    making.setGradient("image", wanted);
    TRY(making.backward(monitor));
    const auto flat = making.flatGradient();
    block.assign(flat.begin(), flat.end());
    double squares = 0;
    for (const float value : block)
        squares += static_cast<double>(value) * static_cast<double>(value);
    figures.generatorNorm = std::sqrt(squares);
    if (!figures.isFinite() || (allow && !allow(figures)))
        return {};
    apply(generatorOptimizer, *generator, number, options.generatorRate);
    follow(number);
    return {};
}

/// New weights from the gradient in `block`.
void AdversarialPair::State::apply(nn::Optimizer& optimizer, nn::Weights& weights, std::int64_t number, double rate)
{
    constexpr std::int64_t piece = 16384;
    const auto count = static_cast<std::int64_t>(block.size());
    optimizer.beginStep(number, rate);
    parallelFor((count + piece - 1) / piece, options.threads, [&](std::int64_t task) {
        const std::int64_t begin = task * piece;
        optimizer.update(
            begin, std::span<const float>(block).subspan(index(begin), index(std::min(piece, count - begin))));
    });
    weights.markChanged();
}

void AdversarialPair::State::follow(std::int64_t number)
{
    const auto t = static_cast<double>(number);
    const auto decay = static_cast<float>(std::min(options.averaging, (1 + t) / (10 + t)));
    const auto from = std::as_const(*generator).values();
    const auto to = average->values();
    for (std::size_t i = 0; i < from.size(); ++i)
        to[i] = decay * to[i] + (1 - decay) * from[i];
}

Result<PairFigures> AdversarialPair::State::step(const Real& real, const Allow& allow, const Monitor& monitor)
{
    const std::int64_t number = done + 1;
    PairFigures figures;
    TRY(makeImages(number, monitor));
    TRY(teachDiscriminator(number, real, figures, monitor));
    if (figures.isFinite()) {
        TRY(askDiscriminator(number, figures, monitor));
        TRY(teachGenerator(number, allow, figures, monitor));
    }
    return figures;
}

Result<PairFigures> AdversarialPair::step(const Real& real, const Allow& allow, const Monitor& monitor)
{
    const PairState before = state();
    auto figures = m_state->step(real, allow, monitor);
    if (!figures || !figures->isFinite())
        TRY(restore(before));
    if (figures)
        ++m_state->done;
    return figures;
}

PairState AdversarialPair::state() const
{
    const State& s = *m_state;
    PairState state{
        s.done, blockOf(*s.generator), blockOf(*s.average), blockOf(*s.discriminator), {}, {}, s.spectral.state()};
    const auto copy = [](const nn::Optimizer& optimizer) {
        const auto moments = optimizer.state();
        return std::vector<std::vector<float>>(moments.begin(), moments.end());
    };
    state.generatorMoments = copy(s.generatorOptimizer);
    state.discriminatorMoments = copy(s.discriminatorOptimizer);
    return state;
}

Result<void> AdversarialPair::restore(const PairState& state)
{
    State& s = *m_state;
    const auto fits = [](const std::vector<float>& block, const std::shared_ptr<nn::Weights>& weights) {
        return block.size() == std::as_const(*weights).values().size();
    };
    if (!fits(state.generator, s.generator) || !fits(state.average, s.average)
        || !fits(state.discriminator, s.discriminator))
        return badInput(text("synthesis", "The saved training belongs to a pair of another form."));
    TRY(s.generatorOptimizer.restore(state.generatorMoments));
    TRY(s.discriminatorOptimizer.restore(state.discriminatorMoments));
    TRY(s.spectral.restore(state.spectral));
    std::ranges::copy(state.generator, s.generator->values().begin());
    std::ranges::copy(state.average, s.average->values().begin());
    std::ranges::copy(state.discriminator, s.discriminator->values().begin());
    s.spectral.divide(state.discriminator, s.judge->values());
    s.done = state.step;
    return {};
}

nn::Graph AdversarialPair::generator() const
{
    nn::Graph graph = *m_state->generatorGraph;
    m_state->average->writeInto(graph);
    return graph;
}

nn::Graph AdversarialPair::discriminator() const
{
    nn::Graph graph = *m_state->discriminatorGraph;
    m_state->judge->writeInto(graph);
    return graph;
}

} // namespace hounsfield::synthesis
