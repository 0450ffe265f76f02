#pragma once

#include "app/reader/input.h"

#include <string>
#include <vector>

namespace hounsfield::reader {

/// What a PNG, JPEG, TIFF or BMP says before it is decoded, read by ourselves: sizes, and whether the file is whole.
struct FlatFacts {
    std::int64_t columns = 0, rows = 0;
    int orientation = 1; ///< EXIF or TIFF, 1 … 8
    int bits = 8;        ///< of a sample
    bool isCmyk = false;
    bool hasAlpha = false, hasPalette = false;
    std::string description; ///< of PNG: the text by this keyword
    int pages = 1;
};

Result<FlatFacts> pngFacts(const Input& input);
Result<FlatFacts> jpegFacts(const Input& input);
Result<FlatFacts> tiffFacts(const Input& input);
Result<FlatFacts> bmpFacts(const Input& input);

} // namespace hounsfield::reader
