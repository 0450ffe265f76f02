#pragma once

#include "core/files/protocol.h"

#include <cstddef>
#include <span>
#include <string>

namespace hounsfield::reader {

/// One picture as a Secondary Capture file (PS3.3 A.8.1, Explicit VR Little Endian): 8 or 16 bits grey, 8 bits RGB,
/// with what the facts of the request say; UIDs, patient and study are the caller's. A synthetic one says so in
/// SyntheticData, ImageType, ConversionType, DerivationDescription and ContributingEquipmentSequence.
/// Errors: Unsupported for several slices or other types; BadInput without UIDs.
Result<std::string> secondaryCapture(const files::Request& request, std::span<const std::byte> values);

} // namespace hounsfield::reader
