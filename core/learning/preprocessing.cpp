#include "core/learning/preprocessing.h"

#include "core/image/voxels.h"

#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hounsfield::learning {

namespace {

using nlohmann::json;

/// One slice as float values of the volume's own components.
cv::Mat sliceOf(const image::Volume& volume, std::int64_t slice)
{
    const auto columns = static_cast<int>(volume.geometry.size[0]);
    const auto rows = static_cast<int>(volume.geometry.size[1]);
    cv::Mat picture(rows, columns, CV_MAKETYPE(CV_32F, volume.components));
    const std::int64_t count = static_cast<std::int64_t>(columns) * rows * volume.components;
    auto* to = picture.ptr<float>();
    image::visitVoxels(volume, [&](auto values) {
        for (std::int64_t i = 0; i < count; ++i)
            to[i] = static_cast<float>(values[static_cast<std::size_t>(slice * count + i)]);
    });
    return picture;
}

cv::Mat withChannels(const cv::Mat& picture, int channels)
{
    if (picture.channels() == channels)
        return picture;
    cv::Mat changed;
    cv::cvtColor(picture, changed, channels == 1 ? cv::COLOR_RGB2GRAY : cv::COLOR_GRAY2RGB);
    return changed;
}

/// Brought to a size with its aspect kept; what is left over on two sides is 0.
cv::Mat fitted(const cv::Mat& picture, int width, int height)
{
    const double scale =
        std::min(static_cast<double>(width) / picture.cols, static_cast<double>(height) / picture.rows);
    const int w = std::clamp(static_cast<int>(std::lround(picture.cols * scale)), 1, width);
    const int h = std::clamp(static_cast<int>(std::lround(picture.rows * scale)), 1, height);
    cv::Mat inner = picture;
    if (w != picture.cols || h != picture.rows)
        cv::resize(
            picture, inner, {w, h}, 0, 0, w < picture.cols || h < picture.rows ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::Mat result;
    const int left = (width - w) / 2, top = (height - h) / 2;
    cv::copyMakeBorder(
        inner, result, top, height - h - top, left, width - w - left, cv::BORDER_CONSTANT, cv::Scalar::all(0));
    return result;
}

bool areSound(const Preprocessing& one)
{
    const auto finite = [](double value) { return std::isfinite(value); };
    const auto channels = static_cast<std::size_t>(one.channels);
    return (one.channels == 1 || one.channels == 3) && one.width >= 1 && one.height >= 1 && one.width <= 65536
           && one.height <= 65536 && finite(one.low) && finite(one.high) && one.high > one.low
           && one.mean.size() == channels && one.deviation.size() == channels && std::ranges::all_of(one.mean, finite)
           && std::ranges::all_of(one.deviation, [](double d) { return std::isfinite(d) && d > 0; })
           && !one.shifts.empty() && one.shifts.size() <= 100 && std::ranges::all_of(one.shifts, [](const auto& shift) {
                  return std::abs(shift[0]) < 1000 && std::abs(shift[1]) < 1000;
              });
}

} // namespace

void Preprocessing::toUnit(std::span<float> values) const
{
    const auto first = static_cast<float>(low);
    const auto scale = static_cast<float>(1 / (high - low));
    // A value that is no number fails the first comparison and becomes 0.
    for (float& value : values) {
        const float unit = (value - first) * scale;
        value = unit > 0 ? std::min(unit, 1.0F) : 0.0F;
    }
}

void Preprocessing::normalise(std::span<float> values) const
{
    std::array<float, 4> offset{}, scale{1, 1, 1, 1};
    for (std::size_t c = 0; c < mean.size(); ++c) {
        offset[c] = static_cast<float>(mean[c]);
        scale[c] = static_cast<float>(1 / deviation[c]);
    }
    const auto step = static_cast<std::size_t>(channels);
    for (std::size_t i = 0; i < values.size(); i += step)
        for (std::size_t c = 0; c < step; ++c)
            values[i + c] = (values[i + c] - offset[c]) * scale[c];
}

void Preprocessing::shifted(std::span<const float> from, std::array<int, 2> shift, std::span<float> to) const
{
    for (std::int64_t y = 0; y < height; ++y) {
        const std::int64_t row = std::clamp<std::int64_t>(y - shift[1], 0, height - 1);
        for (std::int64_t x = 0; x < width; ++x) {
            const std::int64_t column = std::clamp<std::int64_t>(x - shift[0], 0, width - 1);
            for (std::int64_t c = 0; c < channels; ++c)
                to[static_cast<std::size_t>((y * width + x) * channels + c)] =
                    from[static_cast<std::size_t>((row * width + column) * channels + c)];
        }
    }
}

Result<std::vector<float>> Preprocessing::sampleOf(const image::Volume& volume, std::int64_t slice) const
{
    if (slice < 0 || slice >= volume.geometry.size[2])
        return badInput(
            text("learning", "There is no slice %1: the image has %2.").with(slice + 1, volume.geometry.size[2]));
    if (volume.components != 1 && volume.components != 3)
        return unsupported(
            text("learning", "An image of %1 components is neither grey nor colour.").with(volume.components));
    const cv::Mat fittedPicture =
        fitted(withChannels(sliceOf(volume, slice), channels), static_cast<int>(width), static_cast<int>(height));
    assert(fittedPicture.isContinuous());
    const auto* first = fittedPicture.ptr<float>();
    return std::vector<float>(first, first + elements());
}

std::string Preprocessing::json() const
{
    const nlohmann::ordered_json object{{"channels", channels}, {"width", width}, {"height", height}, {"low", low},
        {"high", high}, {"mean", mean}, {"deviation", deviation}, {"spacing", spacing}, {"shifts", shifts}};
    return object.dump();
}

Result<Preprocessing> Preprocessing::fromJson(const std::string& words, const std::string& where)
{
    Preprocessing one;
    try {
        const nlohmann::json object = nlohmann::json::parse(words);
        one.channels = object.at("channels").get<int>();
        one.width = object.at("width").get<std::int64_t>();
        one.height = object.at("height").get<std::int64_t>();
        one.low = object.at("low").get<double>();
        one.high = object.at("high").get<double>();
        one.mean = object.at("mean").get<std::vector<double>>();
        one.deviation = object.at("deviation").get<std::vector<double>>();
        one.spacing = object.at("spacing").get<double>();
        one.shifts = object.at("shifts").get<std::vector<std::array<int, 2>>>();
    } catch (const json::exception&) {
        return badInput(text("learning", "The model's preprocessing cannot be understood."), where);
    }
    if (!areSound(one))
        return badInput(
            text("learning", "The model's preprocessing makes no sense: a size, range or deviation is wrong."), where);
    return one;
}

} // namespace hounsfield::learning
