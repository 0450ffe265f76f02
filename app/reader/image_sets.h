#pragma once

#include "core/files/protocol.h"
#include "core/image/volume.h"

namespace hounsfield::reader {

/// A picture to be learned from, as the window would open it, and whose it is.
struct ShownPicture {
    image::Volume volume;  ///< of one slice
    std::string pixelHash; ///< of the stored values and their size
    bool isMarked = false; ///< by image::mark
};

/// Makes what networks are fed of one picture (image::modelPictureOf), fits it into width × height of the request and
/// writes it.
files::ImageAnswer fit(const Result<ShownPicture>& shown, const files::Request& request, std::span<std::byte> to);

} // namespace hounsfield::reader
