#include "core/synthesis/membership.h"

#include "core/learning/bootstrap.h"
#include "core/learning/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hounsfield::synthesis {

namespace {

using learning::Ranking;
using Weights = std::span<const std::int32_t>;

/// The cases of one class, and where they stand among all.
struct RankedClass {
    std::vector<std::size_t> cases;
    Ranking ranking;

    Ranking::Pairs pairs(Weights weights) const
    {
        std::vector<std::int32_t> own;
        for (const std::size_t i : cases)
            own.push_back(weights[i]);
        return ranking.pairs(own);
    }
};

Result<void> check(std::span<const MembershipCase> cases)
{
    for (std::size_t i = 0; i < cases.size(); ++i) {
        if (!std::isfinite(cases[i].score))
            return badInput(text("synthesis", "The score of image %1 is not a number.").with(i + 1));
        if (cases[i].label < 0 || cases[i].unit < 0)
            return badInput(text("synthesis", "Image %1 has no class or no patient.").with(i + 1));
    }
    return {};
}

std::vector<RankedClass> rankedClasses(std::span<const MembershipCase> cases)
{
    int classes = 0;
    for (const MembershipCase& image : cases)
        classes = std::max(classes, image.label + 1);
    std::vector<RankedClass> ranked(static_cast<std::size_t>(classes));
    for (std::size_t i = 0; i < cases.size(); ++i)
        ranked[static_cast<std::size_t>(cases[i].label)].cases.push_back(i);
    for (RankedClass& ofClass : ranked) {
        std::vector<float> scores;
        std::vector<char> isMember;
        for (const std::size_t i : ofClass.cases) {
            scores.push_back(cases[i].score);
            isMember.push_back(cases[i].isMember);
        }
        ofClass.ranking = Ranking(scores, std::move(isMember));
    }
    return ranked;
}

double areaOf(const Ranking::Pairs& pairs)
{
    return pairs.all > 0 ? pairs.won / pairs.all : std::numeric_limits<double>::quiet_NaN();
}

/// The pooled area first, then each class's.
void fill(const std::vector<RankedClass>& classes, Weights weights, std::span<double> areas)
{
    Ranking::Pairs sum;
    for (std::size_t c = 0; c < classes.size(); ++c) {
        const Ranking::Pairs pairs = classes[c].pairs(weights);
        areas[c + 1] = areaOf(pairs);
        sum.won += pairs.won;
        sum.all += pairs.all;
    }
    areas[0] = areaOf(sum);
}

learning::Figure figureOf(double area, const learning::Interval& interval, std::size_t n)
{
    if (!std::isfinite(area))
        return {std::nullopt, 0, 0, static_cast<std::int64_t>(n)};
    return {area, interval.low, interval.high, static_cast<std::int64_t>(n)};
}

} // namespace

Result<Membership> computeMembership(std::span<const MembershipCase> cases, int resamples, std::uint64_t seed)
{
    TRY(check(cases));
    const std::vector<RankedClass> classes = rankedClasses(cases);
    std::vector<double> areas(classes.size() + 1);
    fill(classes, std::vector<std::int32_t>(cases.size(), 1), areas);
    if (!std::isfinite(areas[0]))
        return badInput(
            text("synthesis", "No class has both images that were trained on and images that were held back."), {},
            text("synthesis", "Hold back some patients before training."));
    std::vector<std::int64_t> units;
    for (const MembershipCase& image : cases)
        units.push_back(image.unit);
    const auto intervals = learning::bootstrapIntervals(units, static_cast<int>(areas.size()), resamples, seed,
        [&](Weights weights, std::span<double> values) { fill(classes, weights, values); });
    Membership membership{figureOf(areas[0], intervals[0], cases.size()), {}};
    for (std::size_t c = 0; c < classes.size(); ++c)
        membership.perClass.push_back(figureOf(areas[c + 1], intervals[c + 1], classes[c].cases.size()));
    return membership;
}

} // namespace hounsfield::synthesis
