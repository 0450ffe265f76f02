#include "core/image/statistics.h"

#include "core/image/voxels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace hounsfield::image {

namespace {

constexpr std::size_t mostSamples = 1 << 20;
constexpr double airInHu = -900;
constexpr double backgroundShare = 0.05;

/// Finite, unpadded values; of big volumes evenly drawn ones, by a step that shares no factor with rows and columns.
std::vector<float> samplesOf(const Volume& volume, std::int64_t slice)
{
    return visitVoxels(volume, [&](auto all) {
        auto values = all;
        if (slice >= 0) {
            const auto count = all.size() / static_cast<std::size_t>(volume.geometry.size[2]);
            values = all.subspan(static_cast<std::size_t>(slice) * count, count);
        }
        std::size_t step = values.size() / mostSamples + 1;
        if (step > 1)
            step |= 1;
        std::vector<float> samples;
        samples.reserve(values.size() / step + 1);
        for (std::size_t i = 0; i < values.size(); i += step) {
            const auto value = static_cast<double>(values[i]);
            if (std::isfinite(value) && !volume.isPadding(value))
                samples.push_back(static_cast<float>(value));
        }
        return samples;
    });
}

void dropBackground(std::vector<float>& samples, bool isHu)
{
    const auto isLeast = [least = *std::ranges::min_element(samples)](float value) { return value == least; };
    const auto isAir = [](float value) { return value <= airInHu; };
    const double share =
        static_cast<double>(std::ranges::count_if(samples, isLeast)) / static_cast<double>(samples.size());
    std::vector<float> kept;
    std::ranges::copy_if(samples, std::back_inserter(kept),
        [&](float value) { return !(share > backgroundShare && isLeast(value)) && !(isHu && isAir(value)); });
    if (kept.size() * 100 >= samples.size())
        samples.swap(kept);
}

float percentile(std::vector<float>& samples, double share)
{
    const auto place = static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(samples.size() - 1)));
    std::ranges::nth_element(samples, samples.begin() + place);
    return samples[static_cast<std::size_t>(place)];
}

} // namespace

void Statistics::add(const Statistics& other)
{
    notFinite += other.notFinite;
    if (other.count == 0)
        return;
    least = count ? std::min(least, other.least) : other.least;
    greatest = count ? std::max(greatest, other.greatest) : other.greatest;
    const auto all = static_cast<double>(count + other.count);
    mean = mean * (static_cast<double>(count) / all) + other.mean * (static_cast<double>(other.count) / all);
    count += other.count;
}

Statistics statisticsOf(const Volume& volume, Padding padding)
{
    Statistics total;
    visitVoxels(volume, [&](auto values) {
        const auto perSlice =
            values.size() / static_cast<std::size_t>(std::max<std::int64_t>(volume.geometry.size[2], 1));
        for (std::size_t begin = 0; begin < values.size(); begin += perSlice) {
            Statistics slice{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
            double sum = 0;
            for (const auto voxel : values.subspan(begin, perSlice)) {
                const auto value = static_cast<double>(voxel);
                if (!std::isfinite(value)) {
                    ++slice.notFinite;
                    continue;
                }
                if (padding == Padding::LeftOut && volume.isPadding(value))
                    continue;
                slice.least = std::min(slice.least, value);
                slice.greatest = std::max(slice.greatest, value);
                sum += value;
                ++slice.count;
            }
            slice.mean = slice.count ? sum / static_cast<double>(slice.count) : 0;
            total.add(slice);
        }
    });
    return total;
}

Window autoWindow(const Volume& volume, std::int64_t slice)
{
    std::vector<float> samples = samplesOf(volume, slice);
    if (samples.empty())
        return {0, 1, Window::Function::LinearExact, {}};
    dropBackground(samples, volume.unit == "HU");
    const double low = percentile(samples, 0.01);
    const double high = percentile(samples, 0.99);
    const double width = high > low ? high - low : 1;
    return {(low + high) / 2, width, Window::Function::LinearExact, {}};
}

Window defaultWindow(const Volume& volume)
{
    return volume.windows.empty() ? autoWindow(volume) : volume.windows.front();
}

} // namespace hounsfield::image
