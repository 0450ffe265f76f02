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

/// The means, then the figures of each label where the row is long enough for them.
void fill(const std::vector<RankedLabel>& labels, Weights weights, std::span<double> row)
{
    std::array<double, 3> sums{};
    double defined = 0;
    Calls together;
    for (std::size_t k = 0; k < labels.size(); ++k) {
        const RankedLabel::Figures figures = labels[k].figures(weights);
        together.right += figures.calls.right;
        together.wrong += figures.calls.wrong;
        together.missed += figures.calls.missed;
        const std::array own{
            figures.auc, figures.averagePrecision, figures.isDefined() ? figures.calls.f1() : undefined};
        if (row.size() > meanCount)
            std::ranges::copy(own, row.begin() + static_cast<std::ptrdiff_t>(meanCount + own.size() * k));
        if (!figures.isDefined())
            continue;
        ++defined;
        std::ranges::transform(sums, own, sums.begin(), std::plus{});
    }
    for (std::size_t m = 0; m < sums.size(); ++m)
        row[m] = defined > 0 ? sums[m] / defined : undefined;
    row[meanCount - 1] = together.right + together.missed > 0 ? together.f1() : undefined;
}

/// Figures of the cases as they are, with intervals. @param fill  writes `count` of them from weights of the cases
template <typename Fill>
std::vector<Figure> bootstrapped(
    const LabelScores& scores, std::size_t count, int resamples, std::uint64_t seed, const Fill& fill)
{
    std::vector<double> values(count, undefined);
    std::vector<Interval> intervals(count);
    fill(std::vector<std::int32_t>(scores.units.size(), 1), std::span(values));
    if (resamples > 0)
        intervals = bootstrapIntervals(scores.units, static_cast<int>(count), resamples, seed, fill);
    std::vector<Figure> figures;
    for (std::size_t m = 0; m < count; ++m) {
        Figure& figure = figures.emplace_back(Figure{{}, intervals[m].low, intervals[m].high, scores.count()});
        if (std::isfinite(values[m]))
            figure.value = values[m];
    }
    return figures;
}

/// Accuracy and macro F1 of calling the most probable class.
class CalledClasses {
  public:
    explicit CalledClasses(const LabelScores& scores)
        : m_classes(static_cast<std::size_t>(scores.labels))
    {
        for (std::int64_t i = 0; i < scores.count(); ++i)
            m_pairs.emplace_back(
                largest(scores.truth, i, scores.labels), largest(scores.probabilities, i, scores.labels));
    }

    void operator()(Weights weights, std::span<double> row) const
    {
        std::vector<Calls> classes(m_classes);
        double right = 0, all = 0;
        for (std::size_t i = 0; i < m_pairs.size(); ++i) {
            const auto& [truth, called] = m_pairs[i];
            all += weights[i];
            right += truth == called ? weights[i] : 0;
            (truth == called ? classes[truth].right : classes[truth].missed) += weights[i];
            classes[called].wrong += truth == called ? 0 : weights[i];
        }
        double sum = 0, present = 0;
        for (const Calls& calls : classes)
            if (calls.right + calls.missed > 0) {
                sum += calls.f1();
                ++present;
            }
        row[0] = all > 0 ? right / all : undefined;
        row[1] = present > 0 ? sum / present : undefined;
    }

  private:
    template <typename Values> static std::size_t largest(const Values& values, std::int64_t i, std::int64_t width)
    {
        const auto begin = values.begin() + i * width;
        return static_cast<std::size_t>(std::max_element(begin, begin + width) - begin);
    }

    std::size_t m_classes;
    std::vector<std::pair<std::size_t, std::size_t>> m_pairs; ///< truth and call of each case
};

LabelMeans meansFrom(const std::vector<Figure>& row)
{
    return {row[0], row[1], row[2], row[3]};
}

} // namespace

LabelMetrics computeLabelMetrics(const LabelScores& scores, double threshold, int resamples, std::uint64_t seed)
{
    const std::vector<RankedLabel> labels = rankedLabels(scores, threshold);
    const auto row = bootstrapped(scores, meanCount + 3 * labels.size(), resamples, seed,
        [&](Weights weights, std::span<double> values) { fill(labels, weights, values); });
    LabelMetrics metrics{scores.count(), threshold, {}, meansFrom(row)};
    for (std::size_t k = 0; k < labels.size(); ++k) {
        const Figure* own = &row[meanCount + 3 * k];
        metrics.perLabel.push_back({0, own[0], own[1], own[2]});
        for (std::size_t i = k; i < scores.truth.size(); i += labels.size())
            metrics.perLabel.back().positives += scores.truth[i] != 0;
    }
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
    const auto subtract = [&](Weights weights, std::span<double> gain) {
        std::array<double, meanCount> less{};
        fill(before, weights, less);
        fill(after, weights, gain);
        std::ranges::transform(gain, less, gain.begin(), std::minus{});
    };
    return meansFrom(bootstrapped(first.scores, meanCount, resamples, seed, subtract));
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

ClassMeans figuresByMostProbable(const LabelScores& scores, int resamples, std::uint64_t seed)
{
    const auto row = bootstrapped(scores, 2, resamples, seed, CalledClasses(scores));
    return {row[0], row[1]};
}

} // namespace hounsfield::learning
