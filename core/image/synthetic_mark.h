#pragma once

#include "core/image/raster.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace hounsfield::image {

/// The mark that is burned into the pixels of synthetic images: 8 × 8 square cells in the lower right corner, dark or
/// light by a fixed pattern of 32 + 32. A cell is min(width, height) / 64 pixels wide, at least one, so the mark takes
/// an eighth of the side of a large picture and 8 of 28 pixels of a small one. Dark and light are the least and the
/// greatest value of the picture itself, so that no window and no value range changes by it.
///
/// It is recognised when every light cell is lighter than every dark one, or every one darker, in one of the eight ways
/// a picture can be turned and mirrored, for any width of a cell. So it survives what keeps the order of values: any
/// rescale, window (as long as black and white stay apart), lookup table or inversion, 8 or 16 bits, grey or RGB,
/// enlargement by whole factors, and reduction by whole factors that divide the cell.
///
/// False alarms: of 64 independent values with no ties, one order in C(64, 32) = 1.8e18 fits; with 8 ways, 2 signs and
/// at most 128 widths of cells (sides up to 1024) a picture of noise is taken for marked with probability below 1.2e-15
/// (of independent black and white pixels: 2^-64 each, below 1.2e-16). Real pictures are smoother than noise.

/// Smallest side that can carry the mark.
inline constexpr std::int64_t leastMarkedSide = 16;

/// Burns the mark in. Errors: BadInput when a side is smaller than `leastMarkedSide`.
Result<void> mark(Raster<std::uint8_t>& raster);
Result<void> mark(Raster<std::uint16_t>& raster);

bool isMarked(const Raster<std::uint8_t>& raster);
bool isMarked(const Raster<std::uint16_t>& raster);
/// Of values of any kind.
/// @param level  grey of the pixel in column x and row y (of colours: their sum)
bool isMarked(
    std::int64_t width, std::int64_t height, const std::function<double(std::int64_t x, std::int64_t y)>& level);

/// How headers say it (NIfTI's descrip, PNG's text, DerivationDescription): "SYNTHETIC " and the generator's hash.
std::string syntheticDescription(const std::string& generator);
/// Whether a header says it: "SYNTHETIC " and at least 16 hexadecimal digits ("Synthetic MRI" is of patients).
bool saysSynthetic(std::string_view description);

} // namespace hounsfield::image
