#pragma once

#include "app/reader/input.h"
#include "app/reader/picture.h"
#include "core/files/header.h"

namespace hounsfield::reader {

/// PNG, JPEG, TIFF, BMP: what the file says, its size checked before anything is decoded.
/// Errors: BadInput for damaged or cut files, Unsupported for kinds that are not read.
Result<files::FileHeader> flatHeader(const Input& input, files::Format format);

/// The picture as it is to be looked at: orientation obeyed, palette, CMYK and transparency turned into grey or RGB.
/// Grey keeps 8 or 16 bits (TIFF: its own type); colour is 8 bits.
Result<Picture> flatPicture(const Input& input, files::Format format);

} // namespace hounsfield::reader
