#pragma once

#include "app/reader/picture.h"
#include "core/files/protocol.h"

namespace hounsfield::reader {

/// A picture to be learned from: final values mapped to 0 … 255 or 0 … 65535, and whose it is.
struct ShownPicture {
    Picture picture; ///< UInt8 or UInt16; one frame; 1 or 3 components
    std::string patientID, modality;
};

/// Fits one picture into width × height of the request (aspect kept, black around it; box filter when it shrinks,
/// linear when it grows) and writes it.
files::ImageAnswer fit(const Result<ShownPicture>& shown, const files::Request& request, std::span<std::byte> to);

} // namespace hounsfield::reader
