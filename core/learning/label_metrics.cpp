#include "core/learning/label_metrics.h"

#include "core/learning/bootstrap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace hounsfield::learning {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t meanCount = 4; ///< in the order of LabelMeans
using Means = std::array<double, meanCount>;
using Weights = std::span<const std::int32_t>;

struct Calls {
    double right = 0, wrong = 0, missed = 0;
    double f1() const { return right > 0 ? 2 * right / (2 * right + wrong + missed) : 0; }
};

/// One label's cases in falling order of its probability, so that all weighted figures are one pass.
class RankedLabel {
  public:
    RankedLabel(const LabelScores& scores, std::int64_t label, double threshold)
    {
        const auto at = [&](std::int32_t i) { return static_cast<std::size_t>(i * scores.labels + label); };
        std::vector<std::int32_t> order(static_cast<std::size_t>(scores.count()));
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(order, std::greater{}, [&](std::int32_t i) { return scores.probabilities[at(i)]; });
        for (std::size_t k = 0; k < order.size(); ++k) {
            const float own = scores.probabilities[at(order[k])];
            const bool isLast = k + 1 == order.size() || scores.probabilities[at(order[k + 1])] != own;
            m_places.push_back({order[k], scores.truth[at(order[k])] != 0, isLast});
            m_called += static_cast<double>(own) >= threshold ? 1 : 0;
        }
    }

    struct Figures {
        double positives = 0, negatives = 0, auc = undefined, averagePrecision = undefined;
        Calls calls;
        bool isDefined() const { return positives > 0 && negatives > 0; }
    };

    Figures figures(Weights weights) const
    {
        Figures all;
        double pairs = 0, precisions = 0, tiedPositives = 0, tiedNegatives = 0;
        for (std::size_t k = 0; k < m_places.size(); ++k) {
            const Place& place = m_places[k];
            (place.isPositive ? tiedPositives : tiedNegatives) += weights[static_cast<std::size_t>(place.index)];
            if (!place.endsTie)
                continue;
            pairs += tiedNegatives * (all.positives + tiedPositives / 2);
            all.positives += tiedPositives;
            all.negatives += tiedNegatives;
            if (tiedPositives > 0)
                precisions += tiedPositives * all.positives / (all.positives + all.negatives);
            tiedPositives = tiedNegatives = 0;
            if (k + 1 == m_called)
                all.calls = {all.positives, all.negatives, 0};
        }
        all.calls.missed = all.positives - all.calls.right;
        if (all.isDefined()) {
            all.auc = pairs / (all.positives * all.negatives);
            all.averagePrecision = precisions / all.positives;
        }
        return all;
    }

  private:
    struct Place {
        std::int32_t index = 0;
        bool isPositive = false;
        bool endsTie = false; ///< the next case has another probability
    };
    std::vector<Place> m_places;
    std::size_t m_called = 0; ///< so many places from the front
};

std::vector<RankedLabel> rankedLabels(const LabelScores& scores, double threshold)
{
    std::vector<RankedLabel> labels;
    for (std::int64_t label = 0; label < scores.labels; ++label)
        labels.emplace_back(scores, label, threshold);
    return labels;
}

Means meansOf(const std::vector<RankedLabel>& labels, Weights weights)
{
    Means means{};
    double defined = 0;
    Calls together;
    for (const RankedLabel& label : labels) {
        const RankedLabel::Figures figures = label.figures(weights);
        together.right += figures.calls.right;
        together.wrong += figures.calls.wrong;
        together.missed += figures.calls.missed;
        if (!figures.isDefined())
            continue;
        ++defined;
        means[0] += figures.auc;
        means[1] += figures.averagePrecision;
        means[2] += figures.calls.f1();
    }
    for (std::size_t m = 0; m + 1 < meanCount; ++m)
        means[m] = defined > 0 ? means[m] / defined : undefined;
    means.back() = together.right + together.missed > 0 ? together.f1() : undefined;
    return means;
}

/// The means of the cases as they are, with intervals.
template <typename MeansOf>
LabelMeans bootstrapped(const LabelScores& scores, int resamples, std::uint64_t seed, const MeansOf& meansOf)
{
    const Means values = meansOf(std::vector<std::int32_t>(scores.units.size(), 1));
    std::vector<Interval> intervals(meanCount);
    if (resamples > 0)
        intervals = bootstrapIntervals(scores.units, static_cast<int>(meanCount), resamples, seed,
            [&](Weights weights, std::span<double> row) { std::ranges::copy(meansOf(weights), row.begin()); });
    const auto figure = [&](std::size_t m) {
        Figure figure{{}, intervals[m].low, intervals[m].high, scores.count()};
        if (std::isfinite(values[m]))
            figure.value = values[m];
        return figure;
    };
    return {figure(0), figure(1), figure(2), figure(3)};
}

} // namespace

LabelMetrics computeLabelMetrics(const LabelScores& scores, double threshold, int resamples, std::uint64_t seed)
{
    const std::vector<RankedLabel> labels = rankedLabels(scores, threshold);
    const std::vector<std::int32_t> once(scores.units.size(), 1);
    LabelMetrics metrics{scores.count(), threshold, {}, {}};
    for (const RankedLabel& label : labels) {
        const RankedLabel::Figures figures = label.figures(once);
        LabelFigures& own = metrics.perLabel.emplace_back();
        own.positives = static_cast<std::int64_t>(figures.positives);
        if (figures.isDefined())
            own = {own.positives, figures.auc, figures.averagePrecision, figures.calls.f1()};
    }
    metrics.means = bootstrapped(scores, resamples, seed, [&](Weights weights) { return meansOf(labels, weights); });
    return metrics;
}

Result<LabelMeans> computeGain(const JudgedScores& first, const JudgedScores& second, int resamples, std::uint64_t seed)
{
    if (first.scores.labels != second.scores.labels || first.scores.truth != second.scores.truth
        || first.scores.units != second.scores.units)
        return badInput(
            text("learning", "The two models were not judged on the same cases: %1 cases with %2 labels "
                             "against %3 with %4, or other answers.")
                .with(first.scores.count(), first.scores.labels, second.scores.count(), second.scores.labels));
    const std::vector<RankedLabel> before = rankedLabels(first.scores, first.threshold);
    const std::vector<RankedLabel> after = rankedLabels(second.scores, second.threshold);
    return bootstrapped(first.scores, resamples, seed, [&](Weights weights) {
        Means gain = meansOf(after, weights);
        std::ranges::transform(gain, meansOf(before, weights), gain.begin(), std::minus{});
        return gain;
    });
}

double globalThreshold(const LabelScores& validation)
{
    double best = 0.5, bestF1 = -1;
    for (int hundredths = 2; hundredths <= 97; ++hundredths) {
        const double threshold = hundredths / 100.0;
        Calls calls;
        for (std::size_t i = 0; i < validation.truth.size(); ++i) {
            const bool isCalled = static_cast<double>(validation.probabilities[i]) >= threshold;
            if (validation.truth[i])
                ++(isCalled ? calls.right : calls.missed);
            else
                calls.wrong += isCalled ? 1 : 0;
        }
        if (calls.f1() > bestF1) {
            bestF1 = calls.f1();
            best = threshold;
        }
    }
    return best;
}

ClassMeans figuresByMostProbable(const LabelScores& scores)
{
    std::vector<Calls> classes(static_cast<std::size_t>(scores.labels));
    double right = 0;
    for (std::int64_t i = 0; i < scores.count(); ++i) {
        const auto begin = i * scores.labels, end = begin + scores.labels;
        const auto called = std::max_element(scores.probabilities.begin() + begin, scores.probabilities.begin() + end)
                            - scores.probabilities.begin() - begin;
        const auto truth =
            std::max_element(scores.truth.begin() + begin, scores.truth.begin() + end) - scores.truth.begin() - begin;
        if (called == truth) {
            ++right;
            ++classes[static_cast<std::size_t>(truth)].right;
            continue;
        }
        ++classes[static_cast<std::size_t>(called)].wrong;
        ++classes[static_cast<std::size_t>(truth)].missed;
    }
    if (scores.count() == 0)
        return {};
    double sum = 0, present = 0;
    for (const Calls& calls : classes)
        if (calls.right + calls.missed > 0) {
            sum += calls.f1();
            ++present;
        }
    return {right / static_cast<double>(scores.count()), sum / present};
}

} // namespace hounsfield::learning
