#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <span>

namespace hounsfield::learning {

/// Random changes of a training image, drawn uniformly per image and epoch.
struct Augmentation {
    double rotation = 0;   ///< ± degrees
    double shift = 0;      ///< ± share of width and height
    double zoom = 0;       ///< 1 ± this
    double contrast = 0;   ///< gain 1 ± this about the image's own mean
    double brightness = 0; ///< offset ±, of values 0 … 1
    double crop = 0;       ///< up to this share is cut from each side and the rest enlarged
    double noise = 0;      ///< deviation of white noise, of values 0 … 1
    bool mirror = false;   ///< left-right; off unless asked for, since the side matters in medicine

    bool isNone() const;
    bool operator==(const Augmentation&) const = default;
};

/// Width, height and channels of an image whose values lie channels last.
struct ImageForm {
    std::int64_t width = 0;
    std::int64_t height = 0;
    int channels = 1;
};

/// Changes an image of values 0 … 1 in place; bilinear, border repeated. Same random numbers, same bits. Any thread.
void augment(const Augmentation& options, const ImageForm& form, Random random, std::span<float> values);

} // namespace hounsfield::learning
