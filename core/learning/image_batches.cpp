#include "core/learning/image_batches.h"

#include "core/learning/sampling.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::learning {

namespace {

/// The values below which 0.1 % and 99.9 % of some training pixels lie.
std::array<double, 2> robustRange(const ImageStore& images, const std::vector<std::int64_t>& training)
{
    constexpr std::size_t most = 200;
    const std::size_t step = std::max<std::size_t>(1, training.size() / most);
    std::vector<float> all, values(static_cast<std::size_t>(images.elements()));
    for (std::size_t i = 0; i < training.size(); i += step) {
        images.read(training[i], values.data());
        std::ranges::copy_if(values, std::back_inserter(all), [](float value) { return std::isfinite(value); });
    }
    if (all.empty())
        return {0, 1};
    std::ranges::sort(all);
    const auto at = [&](double share) {
        return static_cast<double>(all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))]);
    };
    return {at(0.001), at(0.999)};
}

void measure(const ImageStore& images, const std::vector<std::int64_t>& training, Preprocessing& preprocessing)
{
    const auto channels = static_cast<std::size_t>(preprocessing.channels);
    std::vector<double> sums(channels), squares(channels);
    std::vector<float> values(static_cast<std::size_t>(images.elements()));
    for (const std::int64_t i : training) {
        images.read(i, values.data());
        preprocessing.toUnit(values);
        for (std::size_t k = 0; k < values.size(); ++k) {
            const double value = values[k];
            sums[k % channels] += value;
            squares[k % channels] += value * value;
        }
    }
    const double count = static_cast<double>(training.size()) * static_cast<double>(values.size() / channels);
    for (std::size_t c = 0; c < channels; ++c) {
        preprocessing.mean[c] = sums[c] / count;
        const double variance = squares[c] / count - preprocessing.mean[c] * preprocessing.mean[c];
        // Constant pictures have no deviation to divide by.
        preprocessing.deviation[c] = variance > 1e-10 ? std::sqrt(variance) : 1;
    }
}

} // namespace

Result<Preprocessing> preprocessingFor(
    const DataSet& data, const std::vector<std::int64_t>& training, const OptionValues& options)
{
    Preprocessing preprocessing;
    preprocessing.channels = data.images.channels;
    preprocessing.width = data.images.width;
    preprocessing.height = data.images.height;
    preprocessing.spacing = data.facts.spacing;
    preprocessing.mean.assign(static_cast<std::size_t>(preprocessing.channels), 0.0);
    preprocessing.deviation.assign(static_cast<std::size_t>(preprocessing.channels), 1.0);
    preprocessing.white = data.facts.bits > 8 ? 65535 : 255;
    if (data.facts.bits > 8) {
        const auto range = robustRange(data.images, training);
        preprocessing.low = range[0];
        preprocessing.high = range[1] > range[0] ? range[1] : range[0] + 1;
    }
    if (options.has("low"))
        preprocessing.low = options.number("low");
    if (options.has("high"))
        preprocessing.high = options.number("high");
    if (preprocessing.high <= preprocessing.low)
        return badInput(text("learning", "The range of pixel values is empty: %1 to %2.")
                            .with(preprocessing.low, preprocessing.high),
            "--low, --high");
    if (options.words("normalise") == "mean-std")
        measure(data.images, training, preprocessing);
    static constexpr std::array<std::array<int, 2>, 5> cross{{{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}}};
    preprocessing.shifts.assign(cross.begin(), cross.begin() + options.integer("shifts"));
    return preprocessing;
}

Augmentation augmentationFrom(const OptionValues& options)
{
    Augmentation augmentation;
    augmentation.rotation = options.number("rotation");
    augmentation.shift = options.number("shift");
    augmentation.zoom = options.number("zoom");
    augmentation.contrast = options.number("contrast");
    augmentation.brightness = options.number("brightness");
    augmentation.crop = options.number("crop");
    augmentation.noise = options.number("noise");
    augmentation.mirror = options.words("mirror") == "yes";
    return augmentation;
}

BatchSource imageBatches(const DataSet& data, std::vector<std::int64_t> training, const Preprocessing& preprocessing,
    const OptionValues& options)
{
    const auto cases = std::make_shared<const std::vector<std::int64_t>>(std::move(training));
    std::vector<int> labels;
    for (const std::int64_t i : *cases)
        labels.push_back(data.cases[static_cast<std::size_t>(i)].label);
    const auto seed = static_cast<std::uint64_t>(options.integer("seed"));
    const auto sampling = options.words("sampling") == "balanced" ? Sampling::Balanced : Sampling::Shuffled;
    const auto last = options.words("last-batch") == "dropped" ? LastBatch::Dropped : LastBatch::Smaller;
    const Augmentation augmentation = augmentationFrom(options);
    BatchSource source;
    source.shapes = [preprocessing](const Batch& batch) -> std::map<std::string, nn::Shape> {
        return {{"image", {static_cast<std::int64_t>(batch.size()), preprocessing.channels, preprocessing.height,
                              preprocessing.width}}};
    };
    source.batches = [=, classes = static_cast<int>(data.classes.size()), batch = options.integer("batch")](
                         std::int64_t epoch) {
        return batchesOf(drawEpoch(labels, classes, sampling, seed, epoch), batch, last);
    };
    source.fill = [=, &data](const std::string&, const BatchSource::Draw& draw, std::span<float> span) {
        data.images.read((*cases)[static_cast<std::size_t>(draw.caseNumber)], span.data());
        preprocessing.toUnit(span);
        if (!augmentation.isNone())
            augment(augmentation, {preprocessing.width, preprocessing.height, preprocessing.channels},
                Random(seed, "augment", static_cast<std::uint64_t>(draw.epoch), static_cast<std::uint64_t>(draw.place)),
                span);
        preprocessing.normalise(span);
    };
    source.target = [labels](std::int64_t caseNumber) {
        return static_cast<std::int32_t>(labels[static_cast<std::size_t>(caseNumber)]);
    };
    return source;
}

} // namespace hounsfield::learning
