#pragma once

#include "core/base/result.h"
#include "core/image/volume.h"

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// How stored pixels become the network's input; part of the model, the same code in training and use.
/// x = (clamp((v − low) / (high − low), 0, 1) − mean) / deviation, per channel; a value that is no number counts as
/// low.
struct Preprocessing {
    int channels = 1;
    std::int64_t width = 28;
    std::int64_t height = 28;
    double white = 255;            ///< scale of the values, 255 or 65535 (image::modelPictureOf)
    double low = 0;                ///< value that becomes 0 before normalisation
    double high = 255;             ///< value that becomes 1
    std::vector<double> mean{0.0}; ///< one a channel, of values 0 … 1
    std::vector<double> deviation{1.0};
    double spacing = 0; ///< mm of a stored pixel in training; 0: unknown, not checked
    std::vector<std::array<int, 2>> shifts{
        {0, 0}}; ///< test-time averaging: mean of softmax over these (x, y) shifts in pixels

    bool operator==(const Preprocessing&) const = default;
    std::int64_t elements() const { return width * height * channels; }

    /// Stored values to 0 … 1, in place, channels last.
    void toUnit(std::span<float> values) const;
    /// Values 0 … 1 to the network's input, in place, channels last.
    void normalise(std::span<float> values) const;
    /// The image moved by a shift, border repeated; channels last.
    void shifted(std::span<const float> from, std::array<int, 2> shift, std::span<float> to) const;

    /// One slice of an open image in values of the network's size, by the functions that readers use on files
    /// (image::modelPictureOf, image::fitted). Errors: BadInput when the slice is not there.
    Result<std::vector<float>> sampleOf(const image::Volume& volume, std::int64_t slice) const;

    /// As a model file's metadata keeps it, and back. Errors: BadInput when the metadata have none or a wrong one.
    std::string json() const;
    static Result<Preprocessing> fromJson(const std::string& json, const std::string& where);
};

} // namespace hounsfield::learning
