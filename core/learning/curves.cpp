#include "core/learning/metrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hounsfield::learning {

namespace {

/// How many cases of the class and of the rest have at least a probability, for each distinct one, falling.
struct Step {
    double probability = 0;
    double positives = 0;
    double negatives = 0;
};

std::vector<Step> stepsOf(const Scores& scores, int c)
{
    std::vector<std::int64_t> order(static_cast<std::size_t>(scores.count()));
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater{}, [&](std::int64_t i) { return scores.probability(i, c); });
    std::vector<Step> steps;
    double positives = 0, negatives = 0;
    for (const std::int64_t i : order) {
        (scores.labels[static_cast<std::size_t>(i)] == c ? positives : negatives) += 1;
        const double p = scores.probability(i, c);
        if (steps.empty() || steps.back().probability != p)
            steps.push_back({p, 0, 0});
        steps.back().positives = positives;
        steps.back().negatives = negatives;
    }
    return steps;
}

} // namespace

std::vector<CurvePoint> rocCurve(const Scores& scores, int c)
{
    const std::vector<Step> steps = stepsOf(scores, c);
    if (steps.empty() || steps.back().positives == 0 || steps.back().negatives == 0)
        return {};
    std::vector<CurvePoint> points{{0, 0, 1}};
    for (const Step& step : steps)
        points.push_back(
            {step.negatives / steps.back().negatives, step.positives / steps.back().positives, step.probability});
    return points;
}

std::vector<CurvePoint> precisionRecallCurve(const Scores& scores, int c)
{
    const std::vector<Step> steps = stepsOf(scores, c);
    if (steps.empty() || steps.back().positives == 0)
        return {};
    std::vector<CurvePoint> points;
    for (const Step& step : steps)
        points.push_back({step.positives / steps.back().positives, step.positives / (step.positives + step.negatives),
            step.probability});
    return points;
}

double chooseThreshold(const Scores& validation)
{
    if (validation.classes != 2)
        return 0.5;
    const std::vector<Step> steps = stepsOf(validation, 1);
    if (steps.empty() || steps.back().positives == 0 || steps.back().negatives == 0)
        return 0.5;
    const double positives = steps.back().positives, negatives = steps.back().negatives;
    struct Choice {
        double threshold, balanced, error;
    };
    std::vector<Choice> choices;
    for (std::size_t k = 0; k < steps.size(); ++k) {
        // Every threshold in (low, high] calls the same cases.
        const double high = steps[k].probability;
        const double low = k + 1 < steps.size() ? steps[k + 1].probability : 0;
        const double sensitivity = steps[k].positives / positives, specificity = 1 - steps[k].negatives / negatives;
        const double threshold = low < 0.5 && 0.5 <= high ? 0.5 : (low + high) / 2;
        choices.push_back({threshold, (sensitivity + specificity) / 2,
            std::sqrt(sensitivity * (1 - sensitivity) / positives + specificity * (1 - specificity) / negatives) / 2});
    }
    const Choice best = *std::ranges::max_element(choices, {}, &Choice::balanced);
    double chosen = best.threshold;
    for (const Choice& choice : choices)
        if (choice.balanced >= best.balanced - best.error - 1e-12
            && std::abs(choice.threshold - 0.5) < std::abs(chosen - 0.5))
            chosen = choice.threshold;
    return chosen;
}

} // namespace hounsfield::learning
