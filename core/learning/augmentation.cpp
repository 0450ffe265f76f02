#include "core/learning/augmentation.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace hounsfield::learning {

namespace {

bool isMoved(const Augmentation& options)
{
    return options.rotation > 0 || options.shift > 0 || options.zoom > 0 || options.crop > 0 || options.mirror;
}

/// Where each pixel of the changed image comes from, in pixel-centre coordinates.
cv::Matx23d sourceOf(const Augmentation& options, const ImageForm& form, Random& random)
{
    const auto width = static_cast<double>(form.width), height = static_cast<double>(form.height);
    const double angle = random.uniform(-options.rotation, options.rotation) * std::numbers::pi / 180;
    const double shiftX = random.uniform(-options.shift, options.shift) * width;
    const double shiftY = random.uniform(-options.shift, options.shift) * height;
    const double zoom = random.uniform(1 - options.zoom, 1 + options.zoom);
    const double left = random.uniform(0, options.crop), right = random.uniform(0, options.crop);
    const double top = random.uniform(0, options.crop), bottom = random.uniform(0, options.crop);
    const bool isMirrored = options.mirror && random.uniform() < 0.5;
    const double cx = (width - 1) / 2, cy = (height - 1) / 2;
    // Turned and enlarged about the centre …
    const double a = std::cos(angle) / zoom, b = std::sin(angle) / zoom;
    cv::Matx23d map(
        a, b, cx - a * (cx + shiftX) - b * (cy + shiftY), -b, a, cy + b * (cx + shiftX) - a * (cy + shiftY));
    // … of what was left after cropping.
    const double keptX = 1 - left - right, keptY = 1 - top - bottom;
    const double signX = isMirrored ? -keptX : keptX;
    const double firstX = isMirrored ? (1 - right) * width - 0.5 - keptX / 2 : left * width - 0.5 + keptX / 2;
    const double firstY = top * height - 0.5 + keptY / 2;
    for (int k = 0; k < 3; ++k) {
        map(0, k) = signX * map(0, k) + (k == 2 ? firstX : 0);
        map(1, k) = keptY * map(1, k) + (k == 2 ? firstY : 0);
    }
    return map;
}

} // namespace

bool Augmentation::isNone() const
{
    return *this == Augmentation{};
}

void augment(const Augmentation& options, const ImageForm& form, Random random, std::span<float> values)
{
    if (isMoved(options)) {
        const cv::Matx23d map = sourceOf(options, form, random);
        const int type = CV_MAKETYPE(CV_32F, form.channels);
        const std::vector<float> copy(values.begin(), values.end());
        const cv::Mat from(
            static_cast<int>(form.height), static_cast<int>(form.width), type, const_cast<float*>(copy.data()));
        cv::Mat to(from.rows, from.cols, type, values.data());
        cv::warpAffine(from, to, map, to.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
    }
    if (options.contrast > 0 || options.brightness > 0) {
        const auto gain = static_cast<float>(random.uniform(1 - options.contrast, 1 + options.contrast));
        const auto offset = static_cast<float>(random.uniform(-options.brightness, options.brightness));
        const auto mean = static_cast<float>(std::accumulate(values.begin(), values.end(), 0.0)
                                             / static_cast<double>(std::max<std::size_t>(1, values.size())));
        for (float& value : values)
            value = mean + gain * (value - mean) + offset;
    }
    if (options.noise > 0)
        for (float& value : values)
            value += static_cast<float>(options.noise * random.normal());
}

} // namespace hounsfield::learning
