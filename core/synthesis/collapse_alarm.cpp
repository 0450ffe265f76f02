#include "core/synthesis/collapse_alarm.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <initializer_list>

namespace hounsfield::synthesis {

namespace {

constexpr std::int64_t fewestNorms = 20; ///< before a median says anything
constexpr double wildNorm = 100;         ///< times the median
constexpr std::int64_t mostSkipped = 10;
constexpr std::int64_t blockSteps = 100;
constexpr double wonGap = 2;
constexpr double wonGrowth = 1;           ///< a healthy loss goes up and down by up to half of it
constexpr std::int64_t settledStep = 500; ///< before, samples are alike because nothing is learnt yet
constexpr double leastVariance = 0.2;     ///< of the real images'
constexpr double meantCoverage = 0.2;     ///< below, coverage falls by half by chance

Alarm stop(Text reason, Text advice)
{
    return {AlarmAction::Stop, std::move(reason), std::move(advice)};
}

bool areFinite(std::initializer_list<double> values)
{
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

Alarm notFinite()
{
    return stop(text("synthesis", "The training came to values that are no numbers."),
        text("synthesis", "Take a lower learning rate and go on from the last checkpoint."));
}

/// NaN before there are enough norms.
double medianNorm(const AlarmState& state)
{
    if (state.normCount < fewestNorms)
        return std::nan("");
    std::vector<double> norms(state.norms.begin(),
        state.norms.begin() + std::min<std::int64_t>(state.normCount, static_cast<std::int64_t>(state.norms.size())));
    const auto middle = norms.begin() + static_cast<std::ptrdiff_t>(norms.size() / 2);
    std::nth_element(norms.begin(), middle, norms.end());
    return *middle;
}

Alarm wildStep(AlarmState& state, double norm, double median)
{
    ++state.skipped;
    const Text reason =
        text("synthesis", "The generator's gradient was %1 times its usual size: step skipped, %2 of %3.")
            .with(std::round(norm / median), state.skipped, mostSkipped);
    if (state.skipped < mostSkipped)
        return {AlarmAction::SkipStep, reason, {}};
    return stop(reason, text("synthesis", "Take a lower learning rate, or R1 for the discriminator."));
}

template <std::size_t Count> void push(std::array<double, Count>& values, double value)
{
    std::ranges::rotate(values, values.begin() + 1);
    values.back() = value;
}

bool hasDiscriminatorWon(const AlarmState& state)
{
    const auto& losses = state.losses;
    // The first block is left out: there the loss grows because the discriminator begins to learn.
    return state.blocks > static_cast<std::int64_t>(losses.size())
           && std::ranges::all_of(state.gaps, [](double gap) { return gap > wonGap; }) && std::ranges::is_sorted(losses)
           && losses.back() - losses.front() > wonGrowth;
}

Alarm addToBlock(AlarmState& state, const StepSigns& signs)
{
    state.gapSum += signs.realScore - signs.fakeScore;
    state.lossSum += signs.generatorLoss;
    if (++state.inBlock < blockSteps)
        return {};
    push(state.gaps, state.gapSum / static_cast<double>(blockSteps));
    push(state.losses, state.lossSum / static_cast<double>(blockSteps));
    ++state.blocks;
    state.gapSum = state.lossSum = 0;
    state.inBlock = 0;
    if (!hasDiscriminatorWon(state))
        return {};
    return stop(text("synthesis", "The discriminator has won: it tells real from synthetic images by %1, and the "
                                  "generator's loss has grown for 500 steps.")
                    .with(std::round(10 * state.gaps.back()) / 10),
        text("synthesis", "Take more augmentation, R1, or a lower learning rate of the discriminator."));
}

} // namespace

Alarm alarmAtStep(AlarmState& state, const StepSigns& signs)
{
    if (!areFinite(
            {signs.realScore, signs.fakeScore, signs.discriminatorLoss, signs.generatorLoss, signs.gradientNorm}))
        return notFinite();
    const double median = medianNorm(state);
    if (median > 0 && signs.gradientNorm > wildNorm * median)
        return wildStep(state, signs.gradientNorm, median);
    state.norms[static_cast<std::size_t>(state.normCount++) % state.norms.size()] = signs.gradientNorm;
    return addToBlock(state, signs);
}

Alarm alarmAtEvaluation(AlarmState& state, const EvaluationSigns& signs)
{
    if (!areFinite({signs.coverage}))
        return notFinite();
    for (const ClassVariance& variance : signs.classes) {
        if (!areFinite({variance.real, variance.samples}))
            return notFinite();
        if (signs.step >= settledStep && variance.samples < leastVariance * variance.real)
            return stop(text("synthesis", "Collapse: the samples of \"%1\" differ %2 % of what its real images do.")
                            .with(variance.name, std::round(100 * variance.samples / variance.real)),
                text("synthesis", "Take more augmentation or a lower learning rate; the best checkpoint is kept."));
    }
    const double best = std::max(state.bestCoverage, signs.coverage);
    if (best >= meantCoverage && signs.coverage < best / 2)
        return stop(text("synthesis", "Collapse: coverage fell from %1 to %2.")
                        .with(std::round(100 * best) / 100, std::round(100 * signs.coverage) / 100),
            text("synthesis", "Take more augmentation or a lower learning rate; the best checkpoint is kept."));
    state.bestCoverage = best;
    return {};
}

std::vector<double> numbersOf(const AlarmState& state)
{
    std::vector<double> numbers(state.norms.begin(), state.norms.end());
    numbers.insert(numbers.end(), state.gaps.begin(), state.gaps.end());
    numbers.insert(numbers.end(), state.losses.begin(), state.losses.end());
    for (const std::int64_t count : {state.normCount, state.skipped, state.blocks, state.inBlock})
        numbers.push_back(static_cast<double>(count));
    numbers.insert(numbers.end(), {state.gapSum, state.lossSum, state.bestCoverage});
    return numbers;
}

Result<AlarmState> alarmStateOf(std::span<const double> numbers)
{
    AlarmState state;
    const std::size_t expected = numbersOf(state).size();
    if (numbers.size() != expected)
        return badInput(
            text("synthesis", "The state of the alarms has %1 numbers, not %2.").with(numbers.size(), expected));
    auto next = numbers.begin();
    for (const std::span<double> values :
        {std::span<double>(state.norms), std::span<double>(state.gaps), std::span<double>(state.losses)})
        for (double& value : values)
            value = *next++;
    for (std::int64_t* count : {&state.normCount, &state.skipped, &state.blocks, &state.inBlock})
        *count = static_cast<std::int64_t>(*next++);
    for (double* value : {&state.gapSum, &state.lossSum, &state.bestCoverage})
        *value = *next++;
    return state;
}

double pixelVariance(std::span<const float> pixels, std::int64_t images)
{
    assert(images >= 2 && pixels.size() % static_cast<std::size_t>(images) == 0);
    const std::size_t width = pixels.size() / static_cast<std::size_t>(images);
    const auto n = static_cast<double>(images);
    double sum = 0;
    for (std::size_t p = 0; p < width; ++p) {
        double mean = 0, squares = 0;
        for (std::size_t i = p; i < pixels.size(); i += width)
            mean += static_cast<double>(pixels[i]) / n;
        for (std::size_t i = p; i < pixels.size(); i += width)
            squares += (static_cast<double>(pixels[i]) - mean) * (static_cast<double>(pixels[i]) - mean);
        sum += squares / (n - 1);
    }
    return sum / static_cast<double>(width);
}

} // namespace hounsfield::synthesis
