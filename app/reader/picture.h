#pragma once

#include "core/base/result.h"
#include "core/image/volume.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::reader {

/// Decoded stored values of some frames: columns, rows, frames, components interleaved.
struct Picture {
    std::int64_t columns = 0, rows = 0, frames = 1;
    int components = 1;
    image::ScalarType type = image::ScalarType::UInt8;
    std::vector<std::byte> bytes;
    std::string description; ///< of PNG: what the file says of itself

    std::int64_t count() const { return columns * rows * frames * components; }
};

/// How stored values become final ones.
struct Rescale {
    double slope = 1, intercept = 0;
    const image::LookupTable* lut = nullptr; ///< instead of slope and intercept

    bool isIdentity() const { return !lut && slope == 1 && intercept == 0; }
};

/// Writes count values of one type as another, rescaled; whole numbers are rounded, and clamped to what the type holds.
void convert(std::span<const std::byte> from, image::ScalarType fromType, std::span<std::byte> to,
    image::ScalarType toType, const Rescale& rescale);

/// Calls body with a value of the C++ type that stands for `type`.
template <typename Body> decltype(auto) withType(image::ScalarType type, Body&& body)
{
    using image::ScalarType;
    switch (type) {
    case ScalarType::Int8:
        return body(std::int8_t{});
    case ScalarType::UInt8:
        return body(std::uint8_t{});
    case ScalarType::Int16:
        return body(std::int16_t{});
    case ScalarType::UInt16:
        return body(std::uint16_t{});
    case ScalarType::Int32:
        return body(std::int32_t{});
    case ScalarType::UInt32:
        return body(std::uint32_t{});
    case ScalarType::Float32:
        return body(float{});
    case ScalarType::Float64:
        break;
    }
    return body(double{});
}

} // namespace hounsfield::reader
