#include "core/image/model_picture.h"

#include "core/image/picture.h"
#include "core/image/voxels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace hounsfield::image {

namespace {

constexpr double white8 = 255, white16 = 65535;

using Range = std::array<double, 2>;

/// How a grey value becomes one that is fed: by a window or a VOI LUT, else by a line.
struct Mapping {
    const Window* window = nullptr;
    const LookupTable* lut = nullptr;
    double slope = 1, offset = 0;
    bool isScaled = false; ///< from 0 to white
};

Mapping scaled(const Range& range, double white, bool isInverted)
{
    const double slope = white / (range[1] - range[0]);
    return isInverted ? Mapping{nullptr, nullptr, -slope, slope * range[1], true}
                      : Mapping{nullptr, nullptr, slope, -slope * range[0], true};
}

bool isEightBit(const Volume& volume)
{
    return volume.type == ScalarType::UInt8 && (volume.components == 3 || volume.storedRange);
}

const Window* windowOf(const Volume& volume, std::int64_t slice)
{
    if (static_cast<std::int64_t>(volume.sliceWindows.size()) == volume.geometry.size[2])
        return &volume.sliceWindows[static_cast<std::size_t>(slice)];
    return volume.windows.empty() ? nullptr : &volume.windows.front();
}

/// 127.5 and 255 as well as 128 and 256 are meant to show 8 bits as they are.
bool showsAll(const Window& window, const Volume& volume)
{
    if (window.function == Window::Function::Sigmoid || !volume.storedRange)
        return false;
    const bool isLinear = window.function == Window::Function::Linear;
    const double middle = window.center - (isLinear ? 0.5 : 0), half = (window.width - (isLinear ? 1 : 0)) / 2;
    return std::abs(middle - half - (*volume.storedRange)[0]) <= 1
           && std::abs(middle + half - (*volume.storedRange)[1]) <= 1;
}

/// The fewest bits that hold all values of a slice, where it may well have been stored with more: 8, 10 … 16.
std::optional<Range> rangeOfContent(const Volume& volume, std::int64_t slice)
{
    const auto count = static_cast<std::size_t>(volume.geometry.size[0] * volume.geometry.size[1]);
    double least = 0, greatest = 0;
    visitVoxels(volume, [&](auto all) {
        for (const auto stored : all.subspan(static_cast<std::size_t>(slice) * count, count)) {
            const auto value = static_cast<double>(stored);
            if (!std::isfinite(value) || volume.isPadding(value))
                continue;
            least = std::min(least, value);
            greatest = std::max(greatest, value);
        }
    });
    for (const double most : {255.0, 1023.0, 4095.0, 16383.0, 65535.0})
        if (least >= 0 && greatest <= most)
            return Range{0, most};
    return std::nullopt;
}

Mapping mappingOf(const Volume& volume, std::int64_t slice, double white)
{
    if (volume.components == 3)
        return {nullptr, nullptr, white / white8, 0};
    const bool isHu = volume.unit == "HU";
    const Window* window = isHu ? nullptr : windowOf(volume, slice);
    if (window && showsAll(*window, volume))
        return scaled(*volume.storedRange, white, volume.isInverted);
    if (window)
        return {window};
    if (!isHu && volume.voiLut && !volume.voiLut->data.empty())
        return {nullptr, &*volume.voiLut};
    if (!isHu && isEightBit(volume))
        return scaled(*volume.storedRange, white, volume.isInverted);
    if (!isHu && white == white8)
        if (const auto range = rangeOfContent(volume, slice))
            return scaled(*range, white, volume.isInverted);
    if (!volume.isInverted)
        return {};
    // About the middle of what could be stored: as if the file had been written the other way round.
    return {nullptr, nullptr, -1, volume.storedRange ? (*volume.storedRange)[0] + (*volume.storedRange)[1] : white};
}

/// Values that stand for nothing get black: 0 where that is black, else the least of the others.
void blacken(std::vector<float>& values, const std::vector<char>& isNothing, bool isZeroBlack)
{
    float least = isZeroBlack ? 0 : INFINITY;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!isNothing[i])
            least = std::min(least, values[i]);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (isNothing[i])
            values[i] = std::isfinite(least) ? least : 0;
}

/// Of the stored values of a slice that no window cuts.
int bitsOf(const Volume& volume, std::int64_t slice)
{
    const auto count = static_cast<std::size_t>(volume.geometry.size[0] * volume.geometry.size[1]);
    double greatest = 0;
    bool isWhole = true;
    visitVoxels(volume, [&](auto all) {
        for (const auto stored : all.subspan(static_cast<std::size_t>(slice) * count, count)) {
            const auto value = static_cast<double>(stored);
            if (!std::isfinite(value) || volume.isPadding(value))
                continue;
            isWhole = isWhole && value >= 0 && value <= white16 && value == std::round(value);
            greatest = std::max(greatest, value);
        }
    });
    return !isWhole ? 32 : greatest > white8 ? 16 : 8;
}

/// For each output position the input positions that make it, and their weights.
struct Taps {
    std::vector<std::int64_t> first;
    std::vector<std::vector<float>> weights;
};

Taps tapsFor(std::int64_t from, std::int64_t to)
{
    Taps taps;
    const double scale = static_cast<double>(from) / static_cast<double>(to);
    for (std::int64_t i = 0; i < to; ++i) {
        const double centre = (static_cast<double>(i) + 0.5) * scale;
        const double reach = scale > 1 ? scale / 2 : 1; // box when shrinking, triangle when growing
        const double low = scale > 1 ? centre - reach : centre - 0.5 - reach,
                     high = scale > 1 ? centre + reach : centre - 0.5 + reach;
        const auto start = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(low)));
        const auto end = std::min<std::int64_t>(from, static_cast<std::int64_t>(std::ceil(high)) + 1);
        std::vector<float> weights;
        double sum = 0;
        for (std::int64_t j = start; j < end; ++j) {
            const double position = static_cast<double>(j);
            const double weight = scale > 1 ? std::max(0.0, std::min(high, position + 1) - std::max(low, position))
                                            : std::max(0.0, 1 - std::abs(position - (centre - 0.5)));
            weights.push_back(static_cast<float>(weight));
            sum += weight;
        }
        for (float& weight : weights)
            weight = static_cast<float>(weight / sum);
        taps.first.push_back(start);
        taps.weights.push_back(std::move(weights));
    }
    return taps;
}

Raster<float> across(const Raster<float>& from, std::int64_t width)
{
    if (width == from.width)
        return from;
    const Taps taps = tapsFor(from.width, width);
    Raster<float> to(width, from.height, from.channels);
    for (std::int64_t y = 0; y < to.height; ++y)
        for (std::int64_t x = 0; x < width; ++x) {
            const auto& weights = taps.weights[static_cast<std::size_t>(x)];
            const std::int64_t first = taps.first[static_cast<std::size_t>(x)];
            for (int c = 0; c < to.channels; ++c) {
                float sum = 0;
                for (std::size_t k = 0; k < weights.size(); ++k)
                    sum += weights[k] * from.at(first + static_cast<std::int64_t>(k), y, c);
                to.at(x, y, c) = sum;
            }
        }
    return to;
}

Raster<float> down(const Raster<float>& from, std::int64_t height)
{
    if (height == from.height)
        return from;
    const Taps taps = tapsFor(from.height, height);
    Raster<float> to(from.width, height, from.channels);
    const std::int64_t line = from.width * from.channels;
    for (std::int64_t y = 0; y < height; ++y) {
        const auto& weights = taps.weights[static_cast<std::size_t>(y)];
        float* target = to.pixels.data() + y * line;
        for (std::size_t k = 0; k < weights.size(); ++k) {
            const float* source =
                from.pixels.data() + (taps.first[static_cast<std::size_t>(y)] + static_cast<std::int64_t>(k)) * line;
            for (std::int64_t x = 0; x < line; ++x)
                target[x] += weights[k] * source[x];
        }
    }
    return to;
}

Raster<float> withChannels(const Raster<float>& picture, int channels)
{
    if (picture.channels == channels)
        return picture;
    Raster<float> changed(picture.width, picture.height, channels);
    const auto pixels = static_cast<std::size_t>(picture.width * picture.height);
    for (std::size_t i = 0; i < pixels; ++i) {
        const float* from = picture.pixels.data() + i * static_cast<std::size_t>(picture.channels);
        const float grey = picture.channels == 1 ? from[0]
                                                 : static_cast<float>(0.299 * static_cast<double>(from[0])
                                                                      + 0.587 * static_cast<double>(from[1])
                                                                      + 0.114 * static_cast<double>(from[2]));
        std::fill_n(changed.pixels.begin() + static_cast<std::ptrdiff_t>(i) * channels, channels, grey);
    }
    return changed;
}

} // namespace

ModelPicture modelPictureOf(const Volume& volume, std::int64_t slice, double white)
{
    const Mapping mapping = mappingOf(volume, slice, white);
    const bool isWindowed = mapping.window || mapping.lut;
    ModelPicture picture{Raster<float>(volume.geometry.size[0], volume.geometry.size[1], volume.components), 8};
    auto& values = picture.values.pixels;
    std::vector<char> isNothing(values.size());
    visitVoxels(volume, [&](auto all) {
        const auto stored = all.subspan(static_cast<std::size_t>(slice) * values.size(), values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto value = static_cast<double>(stored[i]);
            isNothing[i] = !std::isfinite(value) || (volume.components == 1 && volume.isPadding(value));
            double fed = mapping.slope * value + mapping.offset;
            if (isWindowed) {
                const double grey = greyOf(mapping.window, mapping.lut, value);
                fed = white * (volume.isInverted ? 1 - grey : grey);
            }
            values[i] = static_cast<float>(fed);
        }
    });
    if (std::ranges::find(isNothing, 1) != isNothing.end())
        blacken(values, isNothing, isWindowed || mapping.isScaled);
    if (isEightBit(volume) || (isWindowed && image::bytesOf(volume.type) == 1))
        picture.bits = 8;
    else if (isWindowed || (volume.type == ScalarType::UInt16 && volume.storedRange))
        picture.bits = 16;
    else
        picture.bits = bitsOf(volume, slice);
    return picture;
}

Fit fitOf(std::int64_t columns, std::int64_t rows, std::int64_t width, std::int64_t height)
{
    const double scale = std::min(static_cast<double>(width) / static_cast<double>(columns),
        static_cast<double>(height) / static_cast<double>(rows));
    Fit fit;
    fit.width = std::clamp<std::int64_t>(std::llround(static_cast<double>(columns) * scale), 1, width);
    fit.height = std::clamp<std::int64_t>(std::llround(static_cast<double>(rows) * scale), 1, height);
    fit.left = (width - fit.width) / 2;
    fit.top = (height - fit.height) / 2;
    return fit;
}

Raster<float> fitted(const Raster<float>& picture, int channels, std::int64_t width, std::int64_t height)
{
    const Fit fit = fitOf(picture.width, picture.height, width, height);
    Raster<float> inner = down(across(withChannels(picture, channels), fit.width), fit.height);
    if (fit.width == width && fit.height == height)
        return inner;
    Raster<float> whole(width, height, channels);
    // Black is 0, or the least of a picture whose values go below.
    const float black = std::min(0.0F, *std::ranges::min_element(inner.pixels));
    std::ranges::fill(whole.pixels, black);
    const std::int64_t line = fit.width * channels;
    for (std::int64_t y = 0; y < fit.height; ++y)
        std::copy_n(inner.pixels.begin() + y * line, line,
            whole.pixels.begin() + ((fit.top + y) * width + fit.left) * channels);
    return whole;
}

} // namespace hounsfield::image
