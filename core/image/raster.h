#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::image {

/// A 2-D picture in memory: height rows of width pixels of `channels` values, row by row.
template <typename Scalar> struct Raster {
    std::int64_t width = 0;
    std::int64_t height = 0;
    int channels = 1;
    std::vector<Scalar> pixels;

    Raster() = default;
    Raster(std::int64_t w, std::int64_t h, int c = 1)
        : width(w)
        , height(h)
        , channels(c)
        , pixels(static_cast<std::size_t>(w * h * c))
    {
    }
    Scalar& at(std::int64_t x, std::int64_t y, int c = 0)
    {
        return pixels[static_cast<std::size_t>((y * width + x) * channels + c)];
    }
    const Scalar& at(std::int64_t x, std::int64_t y, int c = 0) const
    {
        return pixels[static_cast<std::size_t>((y * width + x) * channels + c)];
    }
};

/// A PNG file's bytes: 8 or 16 bits, grey or RGB. Our own pictures only; foreign files go through the reader.
/// @param description  Latin text that stands in the file under that keyword; empty: none
Result<std::vector<std::byte>> encodePng(const Raster<std::uint8_t>& raster, const std::string& description = {});
Result<std::vector<std::byte>> encodePng(const Raster<std::uint16_t>& raster, const std::string& description = {});

} // namespace hounsfield::image
