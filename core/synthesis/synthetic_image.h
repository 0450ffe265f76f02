#pragma once

#include "core/base/atomic_file.h"
#include "core/base/monitor.h"
#include "core/image/raster.h"
#include "core/learning/provenance.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace hounsfield::synthesis {

/// One picture that a generator made, not marked: width × height, 1 (grey) or 3 (RGB) channels, of 8 or 16 bits.
struct SyntheticImage {
    std::variant<image::Raster<std::uint8_t>, image::Raster<std::uint16_t>> pixels;
    std::string className;
};

/// Makes images number `first` … `first + count − 1`; asked in order, some hundred at a time.
using MakeImages =
    std::function<Result<std::vector<SyntheticImage>>(std::int64_t first, std::int64_t count, const Monitor& monitor)>;
/// Hands out images that are there already.
MakeImages imagesOf(std::vector<SyntheticImage> images);

/// What shall be written, and where.
struct SyntheticJob {
    std::filesystem::path folder;    ///< new or empty
    learning::Provenance provenance; ///< `images` says how many are made; `generator` is a hash in hexadecimal digits
    MakeImages make;
    FileCalls calls = FileCalls::ofTheSystem(); ///< tests let some of them fail
};

struct SyntheticWritten {
    std::int64_t images = 0;
    std::vector<std::string> files; ///< below the folder, in the order of the images
};

} // namespace hounsfield::synthesis
