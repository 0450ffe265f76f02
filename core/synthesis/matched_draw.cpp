#include "core/synthesis/matched_draw.h"

#include "core/base/random.h"

#include <algorithm>
#include <string_view>

namespace hounsfield::synthesis {

namespace {

using ClassRows = std::vector<std::vector<std::int64_t>>;

struct ClassRowsOfSides {
    ClassRows real, synthetic;
};

std::int64_t sizeOf(const std::vector<std::int64_t>& rows)
{
    return static_cast<std::int64_t>(rows.size());
}

Result<std::vector<std::int64_t>> matchedCounts(const ClassRowsOfSides& rows, std::int64_t most)
{
    std::int64_t reals = 0;
    for (const auto& real : rows.real)
        reals += sizeOf(real);
    double share = std::min(0.5, static_cast<double>(most) / static_cast<double>(std::max<std::int64_t>(1, reals)));
    for (std::size_t c = 0; c < rows.real.size(); ++c) {
        const std::int64_t real = sizeOf(rows.real[c]), synthetic = sizeOf(rows.synthetic[c]);
        if ((real == 0) != (synthetic == 0))
            return badInput(text("synthesis", "Class %1 has %2 real images and %3 synthetic ones: the two sets cannot "
                                              "have the same mix of classes.")
                                .with(c, real, synthetic));
        if (real > 0)
            share = std::min(share, static_cast<double>(synthetic) / static_cast<double>(real));
    }
    std::vector<std::int64_t> counts;
    for (std::size_t c = 0; c < rows.real.size(); ++c) {
        // A quotient times its divisor may come out a rounding below the whole number.
        counts.push_back(static_cast<std::int64_t>(share * static_cast<double>(rows.real[c].size()) + 1e-9));
        if (counts.back() == 0 && !rows.real[c].empty())
            return badInput(text(
                "synthesis", "Class %1 has %2 real images and %3 synthetic ones: too few for its share of %4 a side.")
                                .with(c, rows.real[c].size(), rows.synthetic[c].size(), most));
    }
    return counts;
}

FeatureSet drawn(
    const FeatureSet& features, const ClassRows& rows, const std::vector<std::int64_t>& counts, Random random)
{
    std::vector<std::int64_t> chosen;
    for (std::size_t c = 0; c < counts.size(); ++c) {
        const std::vector<std::int64_t> order = random.permutation(sizeOf(rows[c]));
        for (std::int64_t i = 0; i < counts[c]; ++i)
            chosen.push_back(rows[c][static_cast<std::size_t>(order[static_cast<std::size_t>(i)])]);
    }
    return rowsOf(features, chosen);
}

} // namespace

Result<std::vector<std::vector<std::int64_t>>> rowsByClass(const LabelledFeatures& images, const Text& kind)
{
    TRY(checkFeatures(images.features, kind, 1));
    if (images.labels.size() != static_cast<std::size_t>(images.features.count))
        return badInput(text("synthesis", "There are %1 labels for %2 %3.")
                            .with(images.labels.size(), images.features.count, kind));
    const auto [lowest, highest] = std::ranges::minmax(images.labels);
    if (lowest < 0)
        return badInput(text("synthesis", "%1 is no class (%2).").with(lowest, kind));
    ClassRows rows(static_cast<std::size_t>(highest) + 1);
    for (std::size_t i = 0; i < images.labels.size(); ++i)
        rows[static_cast<std::size_t>(images.labels[i])].push_back(static_cast<std::int64_t>(i));
    return rows;
}

Result<MatchedDraw> drawMatched(const LabelledSides& sides, std::int64_t most, std::uint64_t seed)
{
    ClassRowsOfSides rows{TRY(rowsByClass(sides.real, text("synthesis", "real images"))),
        TRY(rowsByClass(sides.synthetic, text("synthesis", "synthetic images")))};
    const std::size_t classes = std::max(rows.real.size(), rows.synthetic.size());
    rows.real.resize(classes);
    rows.synthetic.resize(classes);
    const std::vector<std::int64_t> counts = TRY(matchedCounts(rows, most));
    return MatchedDraw{drawn(sides.real.features, rows.real, counts, Random(seed, "matched real images")),
        drawn(sides.synthetic.features, rows.synthetic, counts, Random(seed, "matched synthetic images")), counts};
}

} // namespace hounsfield::synthesis
