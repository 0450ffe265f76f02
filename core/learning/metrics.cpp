#include "core/learning/metrics.h"

#include "core/learning/bootstrap.h"
#include "core/learning/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace hounsfield::learning {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : undefined;
}

/// Of one class against the rest.
Ranking rankingOf(const Scores& scores, int c)
{
    std::vector<float> probabilities;
    std::vector<char> isPositive;
    for (std::int64_t i = 0; i < scores.count(); ++i) {
        probabilities.push_back(scores.probabilities[static_cast<std::size_t>(i * scores.classes + c)]);
        isPositive.push_back(scores.labels[static_cast<std::size_t>(i)] == c);
    }
    return {probabilities, std::move(isPositive)};
}

/// All figures that have intervals, in one row: accuracy, balanced accuracy, macro area, then six a class.
class Statistics {
  public:
    static constexpr int general = 3;
    static constexpr int perClass = 6;

    Statistics(const Scores& scores, double threshold)
        : m_scores(scores)
        , m_classes(static_cast<std::size_t>(scores.classes))
    {
        for (std::int64_t i = 0; i < scores.count(); ++i)
            m_called.push_back(calledClass(scores, i, threshold));
        for (int c = 0; c < scores.classes; ++c)
            m_rankings.push_back(scores.classes == 2 && c == 0 ? Ranking{} : rankingOf(scores, c));
    }
    int count() const { return general + perClass * m_scores.classes; }

    std::vector<double> confusion(std::span<const std::int32_t> weights) const
    {
        std::vector<double> cells(m_classes * m_classes);
        for (std::size_t i = 0; i < m_called.size(); ++i)
            cells[static_cast<std::size_t>(m_scores.labels[i]) * m_classes + static_cast<std::size_t>(m_called[i])] +=
                weights[i];
        return cells;
    }

    void operator()(std::span<const std::int32_t> weights, std::span<double> values) const
    {
        const std::vector<double> cells = confusion(weights);
        std::vector<double> truths(m_classes), calls(m_classes);
        double all = 0, right = 0;
        for (std::size_t t = 0; t < m_classes; ++t)
            for (std::size_t k = 0; k < m_classes; ++k) {
                truths[t] += cells[t * m_classes + k];
                calls[k] += cells[t * m_classes + k];
                all += cells[t * m_classes + k];
                right += t == k ? cells[t * m_classes + k] : 0;
            }
        double sensitivities = 0, present = 0, areas = 0, areaCount = 0;
        for (std::size_t c = 0; c < m_classes; ++c) {
            const double hits = cells[c * m_classes + c];
            double* figures = &values[general + perClass * c];
            figures[0] = ratio(hits, truths[c]);
            figures[1] = ratio(all - truths[c] - calls[c] + hits, all - truths[c]);
            figures[2] = ratio(hits, calls[c]);
            figures[3] = ratio(all - truths[c] - calls[c] + hits, all - calls[c]);
            figures[4] = ratio(2 * hits, truths[c] + calls[c]);
            figures[5] = area(c, weights);
            if (truths[c] > 0) {
                sensitivities += figures[0];
                ++present;
            }
            if (std::isfinite(figures[5])) {
                areas += figures[5];
                ++areaCount;
            }
        }
        values[0] = ratio(right, all);
        values[1] = ratio(sensitivities, present);
        values[2] = ratio(areas, areaCount);
    }

  private:
    /// With two classes the first ranks exactly opposite to the second.
    double area(std::size_t c, std::span<const std::int32_t> weights) const
    {
        const std::size_t ranked = m_classes == 2 ? 1 : c;
        return m_rankings[ranked].area(weights);
    }

    const Scores& m_scores;
    std::size_t m_classes;
    std::vector<int> m_called;
    std::vector<Ranking> m_rankings;
};

Figure figureOf(double value, const Interval& interval, double n)
{
    Figure figure;
    figure.n = static_cast<std::int64_t>(n);
    if (std::isfinite(value))
        figure.value = value;
    figure.low = std::isfinite(interval.low) ? interval.low : (std::isfinite(value) ? value : 0);
    figure.high = std::isfinite(interval.high) ? interval.high : (std::isfinite(value) ? value : 0);
    return figure;
}

int mostProbable(const Scores& scores, std::int64_t i)
{
    int best = 0;
    for (int c = 1; c < scores.classes; ++c)
        if (scores.probability(i, c) > scores.probability(i, best))
            best = c;
    return best;
}

double calibrationError(const Scores& scores)
{
    constexpr std::size_t bins = 15;
    std::array<double, bins> confidence{}, right{};
    for (std::int64_t i = 0; i < scores.count(); ++i) {
        const int called = mostProbable(scores, i);
        const double p = scores.probability(i, called);
        const std::size_t bin = std::min(bins - 1, static_cast<std::size_t>(std::max(0.0, p) * bins));
        confidence[bin] += p;
        right[bin] += called == scores.labels[static_cast<std::size_t>(i)];
    }
    double sum = 0;
    for (std::size_t b = 0; b < bins; ++b)
        sum += std::abs(right[b] - confidence[b]);
    return scores.count() > 0 ? sum / static_cast<double>(scores.count()) : 0;
}

double meanCrossEntropy(const Scores& scores)
{
    double sum = 0;
    for (std::int64_t i = 0; i < scores.count(); ++i)
        sum -= std::log(std::max(1e-12, scores.probability(i, scores.labels[static_cast<std::size_t>(i)])));
    return scores.count() > 0 ? sum / static_cast<double>(scores.count()) : 0;
}

/// Many classes make a resample dear: fewer of them then, and none where even a hundred would take long.
int affordable(const Scores& scores, int resamples)
{
    const double each = static_cast<double>(scores.count()) * scores.classes + 1.0 * scores.classes * scores.classes;
    const int most = static_cast<int>(std::min(1e9, 4e8 / std::max(1.0, each)));
    return most < 100 ? 0 : std::min(resamples, most);
}

} // namespace

int calledClass(const Scores& scores, std::int64_t i, double threshold)
{
    if (scores.classes == 2)
        return scores.probability(i, 1) >= threshold ? 1 : 0;
    return mostProbable(scores, i);
}

Metrics computeMetrics(const Scores& scores, double threshold, int resamples, std::uint64_t seed)
{
    Metrics metrics;
    metrics.n = scores.count();
    metrics.threshold = threshold;
    std::vector<std::int64_t> units = scores.units;
    std::ranges::sort(units);
    metrics.units = std::ranges::distance(units.begin(), std::ranges::unique(units).begin());
    const Statistics statistics(scores, threshold);
    const std::vector<std::int32_t> once(static_cast<std::size_t>(scores.count()), 1);
    std::vector<double> values(static_cast<std::size_t>(statistics.count()), undefined);
    statistics(once, values);
    std::vector<Interval> intervals(values.size(), {undefined, undefined});
    if (const int draws = affordable(scores, resamples); draws > 0 && metrics.n > 0)
        intervals = bootstrapIntervals(scores.units, statistics.count(), draws, seed, statistics);
    const std::vector<double> cells = statistics.confusion(once);
    const auto classes = static_cast<std::size_t>(scores.classes);
    const auto n = static_cast<double>(metrics.n);
    metrics.accuracy = figureOf(values[0], intervals[0], n);
    metrics.balancedAccuracy = figureOf(values[1], intervals[1], n);
    metrics.auc = figureOf(values[2], intervals[2], n);
    for (std::size_t c = 0; c < classes; ++c) {
        double truths = 0, calls = 0;
        metrics.confusion.emplace_back();
        for (std::size_t k = 0; k < classes; ++k) {
            truths += cells[c * classes + k];
            calls += cells[k * classes + c];
            metrics.confusion.back().push_back(static_cast<std::int64_t>(cells[c * classes + k]));
        }
        const std::size_t at = Statistics::general + Statistics::perClass * c;
        const auto figure = [&](std::size_t k, double count) {
            return figureOf(values[at + k], intervals[at + k], count);
        };
        metrics.perClass.push_back({figure(0, truths), figure(1, n - truths), figure(2, calls), figure(3, n - calls),
            figure(4, n), figure(5, n)});
    }
    metrics.ece = calibrationError(scores);
    metrics.crossEntropy = meanCrossEntropy(scores);
    return metrics;
}

AtThreshold figuresAt(const Scores& scores, double threshold)
{
    const Metrics metrics = computeMetrics(scores, threshold, 0);
    AtThreshold at{threshold, metrics.accuracy.value.value_or(0), 0, 0};
    if (scores.classes == 2) {
        at.sensitivity = metrics.perClass[1].sensitivity.value.value_or(0);
        at.specificity = metrics.perClass[1].specificity.value.value_or(0);
        return at;
    }
    for (const ClassFigures& figures : metrics.perClass) {
        at.sensitivity += figures.sensitivity.value.value_or(0) / scores.classes;
        at.specificity += figures.specificity.value.value_or(0) / scores.classes;
    }
    return at;
}

std::optional<double> areaUnderCurve(const Scores& scores, int c)
{
    const std::vector<std::int32_t> once(static_cast<std::size_t>(scores.count()), 1);
    const double area = rankingOf(scores, c).area(once);
    return std::isfinite(area) ? std::optional(area) : std::nullopt;
}

std::optional<double> macroAreaUnderCurve(const Scores& scores)
{
    double sum = 0;
    int defined = 0;
    for (int c = scores.classes == 2 ? 1 : 0; c < scores.classes; ++c)
        if (const auto area = areaUnderCurve(scores, c)) {
            sum += *area;
            ++defined;
        }
    return defined > 0 ? std::optional(sum / defined) : std::nullopt;
}

} // namespace hounsfield::learning
