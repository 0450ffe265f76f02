#include "core/synthesis/copies.h"

#include "core/base/random.h"
#include "core/synthesis/distances.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::synthesis {

namespace {

constexpr std::int64_t fewestTraining = 20;

Result<void> checkPair(const ImagesAndFeatures& images, const Text& kind, std::int64_t fewest)
{
    TRY(checkFeatures(images.pixels, kind, fewest));
    TRY(checkFeatures(images.features, kind, fewest));
    if (images.pixels.count != images.features.count)
        return badInput(text("synthesis", "There are pixels of %1 and features of %2 %3.")
                            .with(images.pixels.count, images.features.count, kind));
    return {};
}

Result<void> check(const CopySearch& search, const CopyOptions& options)
{
    TRY(checkPair(search.training, text("synthesis", "training images"), fewestTraining));
    for (const ImagesAndFeatures* images : {&search.heldOut, &search.samples}) {
        const Text kind =
            images == &search.samples ? text("synthesis", "synthetic images") : text("synthesis", "held-out images");
        TRY(checkPair(*images, kind, 0));
        if (images->features.width != search.training.features.width)
            return badInput(text("synthesis", "Training images have %1 features, not %2 (%3).")
                                .with(search.training.features.width, images->features.width, kind));
    }
    if (options.references < fewestTraining || options.percentile < 0 || options.percentile > 100)
        return badInput(text("synthesis", "Percentile %1 of %2 images sets no limit.")
                            .with(options.percentile, options.references));
    return {};
}

/// Distance to the nearest other row.
Result<std::vector<double>> nearestFeatures(
    const FromTo& sets, std::span<const std::int64_t> own, const Monitor& monitor)
{
    std::vector<double> nearest(static_cast<std::size_t>(sets.from.count));
    TRY(visitSquaredDistances(sets, monitor, [&](std::int64_t row, std::span<double> distances) {
        const auto i = static_cast<std::size_t>(row);
        if (!own.empty())
            distances[static_cast<std::size_t>(own[i])] = HUGE_VAL;
        nearest[i] = std::sqrt(*std::ranges::min_element(distances));
    }));
    return nearest;
}

double ratioOf(const NearestImage& nearest)
{
    return nearest.meanOfNeighbours > 0 ? nearest.distance / nearest.meanOfNeighbours : 1;
}

/// Linear between order statistics, of what is above 0: a training image that was given twice tells nothing of how
/// near two different ones come. 0 when there is nothing else.
double percentileOf(std::vector<double> values, double percent)
{
    std::erase(values, 0.0);
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    const double place = percent / 100 * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

/// The signs of some images, not yet judged.
Result<std::vector<CopySign>> signsOf(const ImagesAndFeatures& images, const CopySearch& search,
    std::span<const std::int64_t> own, const SearchOptions& options, const Monitor& monitor)
{
    if (images.pixels.count == 0)
        return std::vector<CopySign>();
    const auto nearest = TRY(
        findNearestImages({images.pixels, search.training.pixels, search.shape, own}, options, monitor.part(0, 0.9)));
    const auto features = TRY(nearestFeatures({images.features, search.training.features}, own, monitor.part(0.9, 1)));
    std::vector<CopySign> signs;
    for (std::size_t i = 0; i < nearest.size(); ++i)
        signs.push_back({nearest[i], features[i], ratioOf(nearest[i])});
    return signs;
}

/// Sets the report's limits by some training images, whose nearest others are real.
Result<void> setLimits(CopyReport& report, const CopySearch& search, const CopyOptions& options, const Monitor& monitor)
{
    auto rows = Random(options.seed, "references of copies").permutation(search.training.pixels.count);
    rows.resize(std::min(rows.size(), static_cast<std::size_t>(options.references)));
    const FeatureSet pixels = rowsOf(search.training.pixels, rows), features = rowsOf(search.training.features, rows);
    const auto signs = TRY(signsOf({pixels, features}, search, rows, options.pixels, monitor));
    std::vector<double> byPixels, byFeatures;
    for (const CopySign& sign : signs) {
        byPixels.push_back(sign.nearest.distance);
        byFeatures.push_back(sign.featureDistance);
    }
    report.pixelLimit = percentileOf(byPixels, options.percentile);
    report.featureLimit = percentileOf(byFeatures, options.percentile);
    return {};
}

void judge(std::vector<CopySign>& signs, const CopyReport& limits, const CopyOptions& options)
{
    for (CopySign& sign : signs) {
        sign.isSuspicious = sign.ratio < options.suspiciousRatio;
        sign.isCopy = sign.nearest.distance <= limits.pixelLimit
                      && (sign.featureDistance <= limits.featureLimit || sign.isSuspicious);
    }
}

double share(std::span<const CopySign> signs, bool CopySign::*mark)
{
    const auto count = static_cast<double>(std::ranges::count(signs, true, mark));
    return signs.empty() ? 0 : count / static_cast<double>(signs.size());
}

} // namespace

Result<CopyReport> findCopies(const CopySearch& search, const CopyOptions& options, const Monitor& monitor)
{
    TRY(check(search, options));
    CopyReport report;
    TRY(setLimits(report, search, options, monitor.part(0, 0.4)));
    report.samples = TRY(signsOf(search.samples, search, {}, options.pixels, monitor.part(0.4, 0.8)));
    report.heldOut = TRY(signsOf(search.heldOut, search, {}, options.pixels, monitor.part(0.8, 1)));
    judge(report.samples, report, options);
    judge(report.heldOut, report, options);
    return report;
}

double copyShare(std::span<const CopySign> signs)
{
    return share(signs, &CopySign::isCopy);
}

double suspiciousShare(std::span<const CopySign> signs)
{
    return share(signs, &CopySign::isSuspicious);
}

} // namespace hounsfield::synthesis
