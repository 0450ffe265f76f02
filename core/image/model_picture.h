#pragma once

#include "core/image/raster.h"
#include "core/image/volume.h"

#include <cstdint>

namespace hounsfield::image {

/// One slice in the values that networks learn from and are asked about, in training and in use alike.
struct ModelPicture {
    Raster<float> values; ///< columns to the right, rows downwards; 1 or 3 channels; finite
    int bits = 8;         ///< 8 or 16 where whole numbers of so many bits hold the values, else 32
};

/// As the eye is shown it, so that one case gives one picture in whatever format it comes:
/// - HU as they are: they mean the same in every file;
/// - else by the header's window of this slice, or its VOI LUT, from 0 to `white`;
/// - else stored values. Those of 8 bits from 0 to `white`. Deeper ones unscaled where `white` is 65535; where it is
///   255 the range of the fewest bits that hold them (8, 10 … 16) becomes 0 … 255, and negative ones stay as they are.
/// MONOCHROME1 is inverted. Padding and what is no number become black: 0, or the least of unscaled values.
/// @param slice  must be there
/// @param white  255 or 65535: the value of white
ModelPicture modelPictureOf(const Volume& volume, std::int64_t slice, double white);

/// Where an image lies in a network's input: aspect kept, in the middle, black around it.
struct Fit {
    std::int64_t width = 0, height = 0, left = 0, top = 0;
};
Fit fitOf(std::int64_t columns, std::int64_t rows, std::int64_t width, std::int64_t height);

/// Brought to width × height (mean of the area when it shrinks, linear when it grows) and to 1 or 3 channels: grey by
/// luminance (BT.601), colour from grey by repetition.
Raster<float> fitted(const Raster<float>& picture, int channels, std::int64_t width, std::int64_t height);

} // namespace hounsfield::image
