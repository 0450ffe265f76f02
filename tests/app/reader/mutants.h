#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hounsfield::mutants {

/// Changes a clean file in one of the ways in which files are damaged or made to harm: flipped bits (one, ten, one in a
/// hundred), runs of one byte, numbers of two or four bytes turned to 0, −1, ±1 or double, elements or blocks swapped,
/// doubled or removed, wrong value representations, ends cut off, a part of another file put in.
/// @param other  a clean file of the same format
std::string mutant(const std::string& clean, const std::string& other, Random& random);

/// Where the top-level elements of an explicit little endian DICOM file begin; the end last. Empty for other files.
std::vector<std::size_t> dicomElements(const std::string& file);

} // namespace hounsfield::mutants
