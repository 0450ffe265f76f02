#pragma once

#include "core/base/random.h"
#include "core/synthesis/image_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

// Images that resemble each other as those of one kind of examination do, for tests of searches among them.
namespace hounsfield::synthesis {

constexpr PixelShape blobShape{24, 22, 1};

/// Smooth blobs on a common ground, with noise, in steps of 1/255.
inline FeatureSet drawBlobs(std::int64_t count, std::uint64_t seed)
{
    FeatureSet images{count, blobShape.size(), {}};
    for (std::int64_t i = 0; i < count; ++i) {
        Random random(seed, "blobs", 0, static_cast<std::uint64_t>(i));
        double places[5][4];
        for (auto& place : places) {
            place[0] = random.uniform(0, 24);
            place[1] = random.uniform(0, 22);
            place[2] = random.uniform(2, 5);
            place[3] = random.uniform(-0.3, 0.3);
        }
        for (int y = 0; y < blobShape.height; ++y)
            for (int x = 0; x < blobShape.width; ++x) {
                double value = 0.5 + 0.2 * std::sin(0.25 * x) + 0.02 * random.normal();
                for (const auto& [px, py, radius, height] : places)
                    value += height * std::exp(-(std::pow(x - px, 2) + std::pow(y - py, 2)) / (2 * radius * radius));
                images.values.push_back(static_cast<float>(std::round(255 * std::clamp(value, 0.0, 1.0)) / 255));
            }
    }
    return images;
}

struct Change {
    std::int64_t x = 0, y = 0; ///< pixels to the right and down; the edge is repeated
    double gain = 1, offset = 0;
};

/// The images moved and brightened, in steps of 1/255.
inline FeatureSet changed(const FeatureSet& images, const Change& change)
{
    FeatureSet result = images;
    for (std::int64_t i = 0; i < images.count; ++i)
        for (std::int64_t y = 0; y < blobShape.height; ++y)
            for (std::int64_t x = 0; x < blobShape.width; ++x) {
                const std::int64_t fromX = std::clamp<std::int64_t>(x - change.x, 0, blobShape.width - 1);
                const std::int64_t fromY = std::clamp<std::int64_t>(y - change.y, 0, blobShape.height - 1);
                const double value =
                    static_cast<double>(images.row(i)[static_cast<std::size_t>(fromY * blobShape.width + fromX)]);
                result.values[static_cast<std::size_t>(i * images.width + y * blobShape.width + x)] =
                    static_cast<float>(
                        std::round(255 * std::clamp(change.gain * value + change.offset, 0.0, 1.0)) / 255);
            }
    return result;
}

/// Means of 6 × 5 cells and the spread within: features that, unlike pixels, a shift changes little.
inline FeatureSet cellFeatures(const FeatureSet& images)
{
    FeatureSet features{images.count, 2 * 4 * 4, {}};
    for (std::int64_t i = 0; i < images.count; ++i)
        for (std::int64_t cell = 0; cell < 16; ++cell) {
            double sum = 0, squares = 0;
            for (std::int64_t p = 0; p < 30; ++p) {
                const std::int64_t x = (cell % 4) * 6 + p % 6, y = (cell / 4) * 5 + p / 6;
                const double value =
                    static_cast<double>(images.row(i)[static_cast<std::size_t>(y * blobShape.width + x)]);
                sum += value;
                squares += value * value;
            }
            const double mean = sum / 30;
            features.values.push_back(static_cast<float>(mean));
            features.values.push_back(static_cast<float>(std::sqrt(std::max(0.0, squares / 30 - mean * mean))));
        }
    return features;
}

} // namespace hounsfield::synthesis
