#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <span>

namespace hounsfield::synthesis {

/// Which changes both real and made images undergo before the discriminator sees them (Zhao et al. 2020, DiffAugment).
/// Left and right are exchanged only where the user says that the side means nothing: a change that is possible in
/// real images leaks into made ones.
struct AugmentOptions {
    bool isOn = true;
    double shift = 0.125;     ///< up to this share of the side
    double cutout = 0.5;      ///< side of the square that is blanked, as a share of the image's
    double brightness = 0.25; ///< added, of the range −1 … 1
    double contrast = 0.5;    ///< factor on what differs from the mean: 1 ± this
    bool isMirrored = false;
};

/// The change one image undergoes, drawn anew for every image and pass.
struct AugmentDraw {
    std::int64_t right = 0, down = 0;        ///< pixels
    std::int64_t left = 0, top = 0, cut = 0; ///< of the blanked square; may reach beyond the image
    float brightness = 0, contrast = 1;
    bool isMirrored = false;
};

struct ImageForm {
    std::int64_t width = 0, height = 0, channels = 1;
    std::int64_t elements() const { return width * height * channels; }
};

AugmentDraw drawAugment(const AugmentOptions& options, const ImageForm& form, Random random);

/// The changed image: brightness, contrast, mirror, shift (0 comes in from outside), cutout (to 0). Channels last,
/// values about −1 … 1; `from` and `to` are apart.
void augment(const AugmentDraw& draw, const ImageForm& form, std::span<const float> from, std::span<float> to);

/// The gradient by the image from that by the changed one: the transposed of the linear part of `augment`.
void augmentBackward(
    const AugmentDraw& draw, const ImageForm& form, std::span<const float> gradient, std::span<float> to);

} // namespace hounsfield::synthesis
