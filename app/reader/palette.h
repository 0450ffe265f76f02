#pragma once

#include "app/reader/dicom_data.h"
#include "core/image/window.h"

#include <array>

namespace hounsfield::reader {

/// The colours of PALETTE COLOR pixels (PS3.3 C.7.6.3.1.5): red, green, blue of each stored value.
struct Palette {
    std::array<image::LookupTable, 3> tables;
};

/// Whole tables, or segmented ones (PS3.3 C.7.9.2) expanded. Errors: BadInput for a table that is cut or whose segments
/// do not make as many entries as it states, Unsupported when there is none.
Result<Palette> paletteOf(DcmDataset& data, const files::FileHeader& header);

/// 8-bit RGB of stored values.
std::vector<std::byte> painted(const std::vector<std::byte>& values, image::ScalarType type, const Palette& palette);

} // namespace hounsfield::reader
