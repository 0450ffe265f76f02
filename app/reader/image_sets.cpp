#include "app/reader/image_sets.h"

#include "core/base/hash.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::reader {

namespace {
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

std::vector<float> resampled(const std::vector<float>& from, std::int64_t width, std::int64_t height, int channels,
    std::int64_t newWidth, std::int64_t newHeight)
{
    const Taps across = tapsFor(width, newWidth), down = tapsFor(height, newHeight);
    std::vector<float> rows(static_cast<std::size_t>(newWidth * height * channels));
    for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < newWidth; ++x)
            for (int c = 0; c < channels; ++c) {
                float sum = 0;
                const auto& weights = across.weights[static_cast<std::size_t>(x)];
                for (std::size_t k = 0; k < weights.size(); ++k)
                    sum += weights[k]
                           * from[static_cast<std::size_t>(
                               (y * width + across.first[static_cast<std::size_t>(x)] + static_cast<std::int64_t>(k))
                                   * channels
                               + c)];
                rows[static_cast<std::size_t>((y * newWidth + x) * channels + c)] = sum;
            }
    std::vector<float> all(static_cast<std::size_t>(newWidth * newHeight * channels));
    const std::int64_t line = newWidth * channels;
    for (std::int64_t y = 0; y < newHeight; ++y) {
        const auto& weights = down.weights[static_cast<std::size_t>(y)];
        for (std::size_t k = 0; k < weights.size(); ++k) {
            const float* source =
                rows.data() + (down.first[static_cast<std::size_t>(y)] + static_cast<std::int64_t>(k)) * line;
            for (std::int64_t x = 0; x < line; ++x)
                all[static_cast<std::size_t>(y * line + x)] += weights[k] * source[x];
        }
    }
    return all;
}

// To the wanted channels: grey by luminance (BT.601), colour from grey by repetition.
std::vector<float> channelsOf(const Picture& picture, int channels, double scale)
{
    const auto pixels = static_cast<std::size_t>(picture.columns * picture.rows);
    std::vector<float> values(pixels * static_cast<std::size_t>(channels));
    withType(picture.type, [&](auto scalar) {
        const auto* from = reinterpret_cast<const decltype(scalar)*>(picture.bytes.data());
        for (std::size_t i = 0; i < pixels; ++i)
            for (int c = 0; c < channels; ++c) {
                double value =
                    static_cast<double>(picture.components == 1 ? from[i] : from[i * 3 + static_cast<std::size_t>(c)]);
                if (picture.components == 3 && channels == 1)
                    value = 0.299 * from[i * 3] + 0.587 * from[i * 3 + 1] + 0.114 * from[i * 3 + 2];
                values[i * static_cast<std::size_t>(channels) + static_cast<std::size_t>(c)] =
                    static_cast<float>(value * scale);
            }
    });
    return values;
}
} // namespace

files::ImageAnswer fit(const Result<ShownPicture>& shown, const files::Request& request, std::span<std::byte> to)
{
    files::ImageAnswer answer;
    if (!shown) {
        answer.error = shown.error();
        return answer;
    }
    const Picture& picture = shown->picture;
    answer.image = {picture.columns, picture.rows, {}, shown->patientID, shown->modality,
        picture.type == image::ScalarType::UInt8 ? 8 : 16};
    Hasher hasher;
    hasher.add(std::to_string(picture.columns) + "x" + std::to_string(picture.rows) + "x"
               + std::to_string(picture.components));
    hasher.add(std::span(picture.bytes));
    answer.image.pixelHash = hasher.hex();

    const bool isDeep = request.type == image::ScalarType::UInt16;
    const double scale = picture.type == image::ScalarType::UInt8 ? (isDeep ? 257.0 : 1.0) : (isDeep ? 1.0 : 1.0 / 257);
    const double shrink = std::min(static_cast<double>(request.width) / static_cast<double>(picture.columns),
        static_cast<double>(request.height) / static_cast<double>(picture.rows));
    const auto width =
        std::clamp<std::int64_t>(std::llround(static_cast<double>(picture.columns) * shrink), 1, request.width);
    const auto height =
        std::clamp<std::int64_t>(std::llround(static_cast<double>(picture.rows) * shrink), 1, request.height);
    auto values = channelsOf(picture, request.components, scale);
    if (width != picture.columns || height != picture.rows)
        values = resampled(values, picture.columns, picture.rows, request.components, width, height);
    const std::int64_t left = (request.width - width) / 2, top = (request.height - height) / 2;
    const std::int64_t line = width * request.components;
    std::fill(to.begin(), to.end(), std::byte{0});
    const auto element = image::bytesOf(request.type);
    for (std::int64_t y = 0; y < height; ++y) {
        const std::span from(reinterpret_cast<const std::byte*>(values.data() + y * line),
            static_cast<std::size_t>(line) * sizeof(float));
        const auto at = static_cast<std::size_t>(((top + y) * request.width + left) * request.components) * element;
        convert(from, image::ScalarType::Float32, to.subspan(at, static_cast<std::size_t>(line) * element),
            request.type, {});
    }
    return answer;
}

} // namespace hounsfield::reader
