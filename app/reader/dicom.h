#pragma once

#include "app/reader/input.h"
#include "app/reader/picture.h"
#include "core/files/header.h"

namespace hounsfield::reader {

/// DICOM, by DCMTK: soundness, header, frames. Errors: BadInput for damaged files, Unsupported for transfer syntaxes.
Result<files::FileHeader> dicomHeader(const Input& input, files::Format format);
/// Stored values, bits cut out and signed, palettes and YBR as RGB.
Result<Picture> dicomFrames(
    const Input& input, const files::FileHeader& header, std::int64_t first, std::int64_t count);

/// Dictionary, codecs, logger. False when the dictionary is missing.
bool loadDicom();

} // namespace hounsfield::reader
