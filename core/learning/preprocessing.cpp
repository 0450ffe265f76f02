#include "core/learning/preprocessing.h"

#include "core/image/model_picture.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace hounsfield::learning {

namespace {

using nlohmann::json;

bool areSound(const Preprocessing& one)
{
    const auto finite = [](double value) { return std::isfinite(value); };
    const auto channels = static_cast<std::size_t>(one.channels);
    return (one.channels == 1 || one.channels == 3) && one.width >= 1 && one.height >= 1 && one.width <= 65536
           && one.height <= 65536 && (one.white == 255 || one.white == 65535) && finite(one.low) && finite(one.high)
           && one.high > one.low && one.mean.size() == channels && one.deviation.size() == channels
           && std::ranges::all_of(one.mean, finite)
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
    const auto picture = image::modelPictureOf(volume, slice, white);
    auto values = image::fitted(picture.values, channels, width, height).pixels;
    if (white < 256) // as a set of files keeps them
        for (float& value : values)
            value = std::nearbyint(std::clamp(value, 0.0F, 255.0F));
    return values;
}

std::string Preprocessing::json() const
{
    const nlohmann::ordered_json object{{"channels", channels}, {"width", width}, {"height", height}, {"white", white},
        {"low", low}, {"high", high}, {"mean", mean}, {"deviation", deviation}, {"spacing", spacing},
        {"shifts", shifts}};
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
        one.white = object.value("white", one.high > 255 ? 65535.0 : 255.0);
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
