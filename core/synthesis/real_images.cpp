#include "core/synthesis/real_images.h"

#include "core/learning/training.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::synthesis {

using learning::DataSet;
using learning::Part;

void ImageFrame::enter(std::span<const float> stored, std::span<float> pair) const
{
    const auto& form = preprocessing;
    std::vector<float> unit(stored.begin(), stored.end());
    form.toUnit(unit);
    for (std::int64_t y = 0; y < size; ++y) {
        const std::int64_t row = std::clamp<std::int64_t>(y - top(), 0, form.height - 1);
        for (std::int64_t x = 0; x < size; ++x) {
            const std::int64_t column = std::clamp<std::int64_t>(x - left(), 0, form.width - 1);
            for (std::int64_t c = 0; c < form.channels; ++c)
                pair[static_cast<std::size_t>((y * size + x) * form.channels + c)] =
                    2 * unit[static_cast<std::size_t>((row * form.width + column) * form.channels + c)] - 1;
        }
    }
}

void ImageFrame::leave(std::span<const float> pair, std::span<float> stored) const
{
    const auto& form = preprocessing;
    const auto low = static_cast<float>(form.low), range = static_cast<float>(form.high - form.low);
    for (std::int64_t y = 0; y < form.height; ++y)
        for (std::int64_t x = 0; x < form.width; ++x)
            for (std::int64_t c = 0; c < form.channels; ++c) {
                const float value =
                    pair[static_cast<std::size_t>(((y + top()) * size + x + left()) * form.channels + c)];
                const float unit = std::clamp((value + 1) / 2, 0.0F, 1.0F);
                stored[static_cast<std::size_t>((y * form.width + x) * form.channels + c)] =
                    std::nearbyint(low + unit * range);
            }
}

std::vector<std::int64_t> PairSplit::training() const
{
    std::vector<std::int64_t> all = members;
    all.insert(all.end(), heldBack.begin(), heldBack.end());
    std::ranges::sort(all);
    return all;
}

namespace {

/// Divides the training cases once more, by the same rule and unit.
void holdBack(const DataSet& data, std::uint64_t seed, PairSplit& split)
{
    std::vector<std::int64_t> training;
    std::vector<learning::Case> cases;
    for (std::size_t i = 0; i < data.cases.size(); ++i) {
        if (split.split.parts[i] == Part::Test)
            split.test.push_back(static_cast<std::int64_t>(i));
        if (split.split.parts[i] != Part::Train || data.cases[i].isSynthetic)
            continue; // a pair learns from patients alone
        training.push_back(static_cast<std::int64_t>(i));
        cases.push_back(data.cases[i]);
        cases.back().hasOwnPart = false;
    }
    constexpr double share = 0.1;
    const auto inner = learning::makeSplit(cases, static_cast<int>(data.classes.size()), {seed, 0, share});
    for (std::size_t i = 0; i < training.size(); ++i)
        (inner.parts[i] == Part::Train ? split.members : split.heldBack).push_back(training[i]);
}

} // namespace

Result<PairSplit> splitForPair(const DataSet& data, const std::map<std::string, std::string>& options)
{
    PairSplit split;
    split.split = TRY(learning::plannedSplit(data, "small-resnet", options));
    const auto seed = options.find("seed");
    holdBack(data, seed == options.end() ? 1 : std::stoull(seed->second), split);
    std::vector<std::int64_t> counts(data.classes.size());
    for (const std::int64_t i : split.members)
        ++counts[static_cast<std::size_t>(data.cases[static_cast<std::size_t>(i)].label)];
    for (std::size_t c = 0; c < counts.size(); ++c)
        if (counts[c] == 0)
            return badInput(
                text("synthesis", "No training image of \"%1\" is left to learn from.").with(data.classes[c]),
                data.name, text("synthesis", "Add images of this class, or leave the class out."));
    return split;
}

Result<DataSet> openForPair(
    files::ReaderPool& readers, learning::DataRequest request, std::int64_t size, const Monitor& monitor)
{
    request.width = request.height = 0;
    request.autoSize = size;
    DataSet data = TRY(learning::openDataSet(readers, request, monitor.part(0, 0.5)));
    const auto isNear = [size](std::int64_t side) { return side <= size && 4 * side >= 3 * size; };
    if (isNear(data.images.width) && isNear(data.images.height))
        return data;
    request.width = request.height = size;
    return learning::openDataSet(readers, request, monitor.part(0.5, 1));
}

} // namespace hounsfield::synthesis
