#include "core/synthesis/use_verdict.h"

#include "core/learning/ranking.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace hounsfield::synthesis {

namespace {

using Weights = std::span<const std::int32_t>;

/// Distribution of the mean of few values: t of 97.5 % for 1, 2 … 30 degrees of freedom, 1.96 beyond.
double studentsT(std::size_t freedom)
{
    constexpr std::array t{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045,
        2.042};
    return freedom <= t.size() ? t[freedom - 1] : 1.96;
}

double mean(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Half the width of the mean's 95 % interval; 0 with one value.
double halfWidth(std::span<const double> values)
{
    if (values.size() < 2)
        return 0;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean(values)) * (value - mean(values));
    const auto n = static_cast<double>(values.size());
    return studentsT(values.size() - 1) * std::sqrt(squares / (n - 1) / n);
}

Result<void> checkRow(const TrialRow& row)
{
    if (row.seeds.empty())
        return badInput(text("synthesis", "The row %1 was trained with no seed.").with(row.name));
    const learning::Scores& first = row.seeds.front();
    for (const learning::Scores& seed : row.seeds) {
        if (seed.classes < 2 || seed.units.size() != seed.labels.size()
            || seed.probabilities.size() != seed.labels.size() * static_cast<std::size_t>(seed.classes))
            return badInput(text("synthesis", "The row %1 has %2 probabilities, %3 answers and %4 patients.")
                                .with(row.name, seed.probabilities.size(), seed.labels.size(), seed.units.size()));
        if (seed.classes != first.classes || seed.labels != first.labels || seed.units != first.units)
            return badInput(
                text("synthesis", "The seeds of the row %1 were not judged on the same cases.").with(row.name));
        if (!std::ranges::all_of(seed.probabilities, [](float p) { return std::isfinite(p); }))
            return badInput(text("synthesis", "A probability of the row %1 is not a number.").with(row.name));
    }
    if (!learning::macroAreaUnderCurve(first))
        return badInput(text("synthesis", "The test cases of the row %1 are all of one class.").with(row.name));
    return {};
}

/// The mean area over a row's seeds, for any weights of the cases.
class RankedRow {
  public:
    explicit RankedRow(const TrialRow& row)
    {
        for (const learning::Scores& scores : row.seeds)
            for (int c = scores.classes == 2 ? 1 : 0; c < scores.classes; ++c) {
                std::vector<float> probabilities;
                std::vector<char> isOfClass;
                for (std::size_t i = 0; i < scores.labels.size(); ++i) {
                    probabilities.push_back(
                        scores
                            .probabilities[i * static_cast<std::size_t>(scores.classes) + static_cast<std::size_t>(c)]);
                    isOfClass.push_back(scores.labels[i] == c);
                }
                m_rankings.emplace_back(probabilities, std::move(isOfClass));
            }
    }

    /// Over the classes that are there; NaN when none is.
    double area(Weights weights) const
    {
        double sum = 0, defined = 0;
        for (const learning::Ranking& ranking : m_rankings)
            if (const double area = ranking.area(weights); std::isfinite(area)) {
                sum += area;
                ++defined;
            }
        return sum / defined;
    }

  private:
    std::vector<learning::Ranking> m_rankings;
};

std::string signedFigure(double value)
{
    // No difference has no sign.
    return std::abs(value) < 0.0005 ? "0.000" : fmt::format("{:+.3f}", value);
}

Text sentenceOf(const UseVerdict& verdict)
{
    const auto filled = [&](const Text& sentence) {
        return sentence.with(
            signedFigure(verdict.difference), signedFigure(verdict.interval.low), signedFigure(verdict.interval.high));
    };
    if (verdict.use == Use::Helped)
        return filled(text("synthesis", "Helped: AUC %1, interval %2 to %3."));
    if (verdict.use == Use::Harmed)
        return filled(text("synthesis", "Harmed: AUC %1, interval %2 to %3."));
    return filled(text("synthesis", "Did not help: AUC %1, interval %2 to %3."));
}

Result<void> checkComparison(const Comparison& rows)
{
    TRY(checkRow(rows.tried));
    TRY(checkRow(rows.control));
    const learning::Scores &tried = rows.tried.seeds.front(), &control = rows.control.seeds.front();
    if (rows.tried.seeds.size() != rows.control.seeds.size())
        return badInput(
            text("synthesis", "The row %1 was trained with %3 seeds and %2 with %4.")
                .with(rows.tried.name, rows.control.name, rows.tried.seeds.size(), rows.control.seeds.size()));
    if (tried.classes != control.classes || tried.labels != control.labels || tried.units != control.units)
        return badInput(text("synthesis", "The rows %1 and %2 were not judged on the same cases.")
                            .with(rows.tried.name, rows.control.name));
    return {};
}

} // namespace

Result<RowFigures> figuresOf(const TrialRow& row)
{
    TRY(checkRow(row));
    RowFigures figures;
    for (const learning::Scores& scores : row.seeds)
        figures.auc.push_back(*learning::macroAreaUnderCurve(scores));
    figures.mean = mean(figures.auc);
    if (const double half = halfWidth(figures.auc); figures.auc.size() > 1)
        figures.interval = learning::Interval{figures.mean - half, figures.mean + half};
    return figures;
}

Result<UseVerdict> judgeUse(const Comparison& rows, int resamples, std::uint64_t seed)
{
    TRY(checkComparison(rows));
    const RowFigures triedFigures = TRY(figuresOf(rows.tried)), controlFigures = TRY(figuresOf(rows.control));
    std::vector<double> differences;
    for (std::size_t s = 0; s < triedFigures.auc.size(); ++s)
        differences.push_back(triedFigures.auc[s] - controlFigures.auc[s]);
    const RankedRow tried(rows.tried), control(rows.control);
    const auto ofPatients = learning::bootstrapIntervals(rows.tried.seeds.front().units, 1, resamples, seed,
        [&](Weights weights, std::span<double> value) { value[0] = tried.area(weights) - control.area(weights); });
    if (!std::isfinite(ofPatients[0].low))
        return badInput(text("synthesis", "%1 resamples of the patients give no interval.").with(resamples));
    const double ofSeeds = halfWidth(differences);
    UseVerdict verdict;
    verdict.difference = mean(differences);
    verdict.interval = {verdict.difference - std::hypot(verdict.difference - ofPatients[0].low, ofSeeds),
        verdict.difference + std::hypot(ofPatients[0].high - verdict.difference, ofSeeds)};
    if (verdict.interval.low > 0)
        verdict.use = Use::Helped;
    else if (verdict.interval.high < 0)
        verdict.use = Use::Harmed;
    verdict.sentence = sentenceOf(verdict);
    return verdict;
}

} // namespace hounsfield::synthesis
