#pragma once

#include "core/image/raster.h"
#include "core/image/volume.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace hounsfield::image {

/// Grey 0 … 1 by a window, else by a VOI LUT; one of them must be given.
double greyOf(const Window* window, const LookupTable* lut, double value);

/// Grey 0 … 255 of the values of one volume: window or VOI LUT first, then the inversion of MONOCHROME1, once; padding
/// is black. Values of 8 and 16 bits go through a table made once. A const object may be used by any thread.
class GreyScale {
  public:
    /// @param window  empty: the header's first window, else its VOI LUT, else the automatic window
    explicit GreyScale(const Volume& volume, const std::optional<Window>& window = {});

    std::uint8_t operator()(double value) const; ///< by the formulas
    const std::uint8_t* table() const { return m_table.empty() ? nullptr : m_table.data() + m_offset; }
    ///< entry of value v of an 8- or 16-bit volume at table()[v], also below zero; null for other types

  private:
    std::optional<Window> m_window;
    std::optional<LookupTable> m_lut;
    bool m_isInverted = false;
    double m_paddingLow = 1, m_paddingHigh = 0;
    std::vector<std::uint8_t> m_table;
    std::ptrdiff_t m_offset = 0;
};

/// What a person sees of one slice, as stored (columns to the right, rows downwards): 8 bits grey, or RGB as it is.
Raster<std::uint8_t> pictureOf(const Volume& volume, std::int64_t slice, const std::optional<Window>& window = {});

/// The same slice in values, one channel or three.
Raster<float> valuesOf(const Volume& volume, std::int64_t slice);

} // namespace hounsfield::image
