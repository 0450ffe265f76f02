#pragma once

#include "core/base/text.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hounsfield::image {

/// A VOI window (DICOM PS3.3 C.11.2.1.2): which values become black … white.
struct Window {
    enum class Function { Linear, LinearExact, Sigmoid };
    double center = 0;
    double width = 1; ///< ≥ 1 for Linear, > 0 else
    Function function = Function::Linear;
    std::string explanation; ///< WindowCenterWidthExplanation

    /// Grey 0 … 1 of a value by the standard's formulas.
    double grey(double value) const;
    bool operator==(const Window&) const = default;
};

/// A lookup table of the header (Modality or VOI LUT): entry of value v is data[v − firstMapped], clamped at both ends.
struct LookupTable {
    int firstMapped = 0;
    int bits = 16;
    std::vector<std::uint16_t> data;
    std::string explanation;

    double at(double value) const;
    bool operator==(const LookupTable&) const = default;
};

} // namespace hounsfield::image
