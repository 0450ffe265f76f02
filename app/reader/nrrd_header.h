#pragma once

#include "app/reader/input.h"
#include "core/image/geometry.h"
#include "core/image/volume.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::reader {

/// The header of a NRRD file (teem.sourceforge.net/nrrd/format.html), understood.
struct NrrdHeader {
    enum class Encoding { Raw, Text, Hex, Gzip, Bzip2 };

    std::vector<std::int64_t> sizes;              ///< all axes of the file, fastest first
    int components = 1;                           ///< 3: the first axis is a colour
    std::array<std::int64_t, 4> grid{1, 1, 1, 1}; ///< columns, rows, slices, time points
    image::ScalarType type = image::ScalarType::UInt8;
    image::Geometry geometry; ///< LPS
    Encoding encoding = Encoding::Raw;
    bool isSwapped = false; ///< bytes lie in the other order than ours
    std::int64_t lineSkip = 0;
    std::int64_t byteSkip = 0; ///< −n: the values end n − 1 bytes before the end of the file
    std::int64_t dataStart = 0;
    std::vector<std::string> files; ///< with the values, in their order; empty: behind the header

    std::int64_t bytes() const; ///< of all values as they are held
};

/// Errors: BadInput, Unsupported (types, kinds of axes, encodings) by name.
Result<NrrdHeader> nrrdHeader(const Input& input);

} // namespace hounsfield::reader
