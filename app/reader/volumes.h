#pragma once

#include "app/reader/input.h"
#include "app/reader/picture.h"
#include "core/files/header.h"

namespace hounsfield::reader {

/// MetaImage, through ITK. Errors: BadInput, Unsupported (kinds of values, more than four axes).
Result<files::FileHeader> volumeHeader(const Input& input, files::Format format);
Result<Picture> volumeFrames(
    const Input& input, const files::FileHeader& header, std::int64_t first, std::int64_t count);

/// MetaIO fills what a cut file lacks with what it finds: whether the values named by the header are all there
/// (`bytes` of them when not packed). Errors: BadInput.
Result<void> checkMetaImage(const Input& input, std::int64_t bytes);

/// NRRD, attached or detached: raw, text, hexadecimal, gzip and bzip2. Geometry in LPS.
/// Errors: BadInput, Unsupported (types, encodings, kinds of axes).
Result<files::FileHeader> nrrdFileHeader(const Input& input, files::Format format);
Result<Picture> nrrdFrames(const Input& input, const files::FileHeader& header, std::int64_t first, std::int64_t count);

/// NIfTI-1 and NIfTI-2, single files, packed or not, and pairs. Geometry in LPS; sform before qform before voxel sizes.
Result<files::FileHeader> niftiHeader(const Input& input, files::Format format);
Result<Picture> niftiFrames(
    const Input& input, const files::FileHeader& header, std::int64_t first, std::int64_t count);

} // namespace hounsfield::reader
