#pragma once

#include <array>
#include <string>

namespace hounsfield::image {

/// The patient directions of a vector (LPS): up to three of DICOM's letters R L A P H F, the strongest first, such as
/// "AL". A part below a tenth of the vector's length is left out; empty for a vector without length.
std::string orientationLetters(const std::array<double, 3>& direction);

/// The letters of the opposite direction: "AL" → "PR".
std::string oppositeLetters(const std::string& letters);

/// Which way a slice is cut: "axial", "coronal" or "sagittal" by the strongest part of its normal.
const char* planeName(const std::array<double, 3>& normal);

} // namespace hounsfield::image
