// Coordinates and coefficients as the ONNX reference implementation has them (onnx/backend/test/case/node/resize.py).

#include "core/nn/operators/resize.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

/// Where the new element x lies among the old ones.
double coordinateOf(const Interpolation& how, const ResizedAxis& axis, std::int64_t place)
{
    const auto x = static_cast<double>(place), in = static_cast<double>(axis.in), out = static_cast<double>(axis.out);
    if (how.coordinates == "asymmetric")
        return x / axis.scale;
    if (how.coordinates == "align_corners")
        return axis.out == 1 ? 0 : x * (in - 1) / (out - 1);
    if (how.coordinates == "tf_half_pixel_for_nn")
        return (x + 0.5) / axis.scale;
    if (how.isCropping())
        return axis.out == 1 ? 0.5 * (axis.roiStart + axis.roiEnd) * (in - 1)
                             : (axis.roiStart + x * (axis.roiEnd - axis.roiStart) / (out - 1)) * (in - 1);
    if (how.coordinates == "pytorch_half_pixel" && axis.out == 1)
        return 0;
    const double half = (x + 0.5) / axis.scale - 0.5;
    if (how.coordinates == "half_pixel_symmetric")
        return half + in / 2 * (1 - out / (axis.scale * in));
    return half;
}

std::int64_t nearest(const std::string& rounding, double x)
{
    const double whole = rounding == "floor"               ? std::floor(x)
                         : rounding == "ceil"              ? std::ceil(x)
                         : rounding == "round_prefer_ceil" ? std::floor(x + 0.5)
                                                           : std::ceil(x - 0.5);
    return static_cast<std::int64_t>(whole);
}

/// Keys 1981, with the free parameter a.
double cubicShare(double distance, double a)
{
    const double d = std::abs(distance);
    if (d <= 1)
        return ((a + 2) * d - (a + 3)) * d * d + 1;
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

/// The taps around a coordinate, wider than the kernel where an antialiased picture shrinks.
std::vector<Tap> tapsAround(const Interpolation& how, double x, double scale)
{
    const bool isCubic = how.mode == "cubic";
    const double shrink = how.isAntialiased ? std::min(scale, 1.) : 1;
    const double floor = std::floor(x);
    const double base = x == floor ? floor - 1 : floor; // the element on the left is preferred
    const auto start = static_cast<std::int64_t>(std::floor((isCubic ? -2 : -1) / shrink)) + 1;
    std::vector<Tap> taps;
    double sum = 0;
    for (std::int64_t i = start; i <= 1 - start; ++i) {
        const double distance = (base + static_cast<double>(i) - x) * shrink;
        const double share = isCubic ? cubicShare(distance, how.cubic) : std::clamp(1 - std::abs(distance), 0., 1.);
        taps.push_back({static_cast<std::int64_t>(base) + i, share});
        sum += share;
    }
    if (how.isAntialiased)
        for (Tap& tap : taps)
            tap.share /= sum;
    return taps;
}

/// Elements beyond the ends are the outermost ones, or left out and their shares given to the others.
void keepInside(const Interpolation& how, std::int64_t length, std::vector<Tap>& taps)
{
    double sum = 0;
    for (Tap& tap : taps) {
        const std::int64_t inside = std::clamp<std::int64_t>(tap.place, 0, length - 1);
        if (how.excludesOutside && inside != tap.place)
            tap.share = 0;
        tap.place = inside;
        sum += tap.share;
    }
    if (how.excludesOutside)
        for (Tap& tap : taps)
            tap.share /= sum;
    std::erase_if(taps, [](const Tap& tap) { return tap.share == 0; });
}

} // namespace

std::vector<std::vector<Tap>> tapsOf(const Interpolation& how, const ResizedAxis& axis)
{
    std::vector<std::vector<Tap>> all;
    for (std::int64_t place = 0; place < axis.out; ++place) {
        const double x = coordinateOf(how, axis, place);
        std::vector<Tap> taps;
        const bool isInside = x >= 0 && x <= static_cast<double>(axis.in - 1);
        if (isInside || !how.isCropping()) {
            const double inside = std::clamp(x, -2.0, static_cast<double>(axis.in) + 2);
            taps = how.mode == "nearest" ? std::vector<Tap>{{nearest(how.rounding, x), 1}}
                                         : tapsAround(how, inside, axis.scale);
            keepInside(how, axis.in, taps);
        }
        all.push_back(std::move(taps));
    }
    return all;
}

} // namespace hounsfield::nn
