#pragma once

#include "core/image/volume.h"

#include <cassert>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace hounsfield::image {

template <typename Scalar> constexpr ScalarType scalarTypeOf();
template <> constexpr ScalarType scalarTypeOf<std::int8_t>()
{
    return ScalarType::Int8;
}
template <> constexpr ScalarType scalarTypeOf<std::uint8_t>()
{
    return ScalarType::UInt8;
}
template <> constexpr ScalarType scalarTypeOf<std::int16_t>()
{
    return ScalarType::Int16;
}
template <> constexpr ScalarType scalarTypeOf<std::uint16_t>()
{
    return ScalarType::UInt16;
}
template <> constexpr ScalarType scalarTypeOf<std::int32_t>()
{
    return ScalarType::Int32;
}
template <> constexpr ScalarType scalarTypeOf<std::uint32_t>()
{
    return ScalarType::UInt32;
}
template <> constexpr ScalarType scalarTypeOf<float>()
{
    return ScalarType::Float32;
}
template <> constexpr ScalarType scalarTypeOf<double>()
{
    return ScalarType::Float64;
}

/// The values of a volume as they lie in memory. The type must be the volume's own.
template <typename Scalar> std::span<const Scalar> voxelsOf(const Volume& volume)
{
    assert(volume.type == scalarTypeOf<Scalar>());
    return {reinterpret_cast<const Scalar*>(volume.voxels.bytes),
        static_cast<std::size_t>(volume.geometry.voxelCount() * volume.components)};
}

/// Calls `visit` with the values of a volume, a span of their own type.
template <typename Visitor> decltype(auto) visitVoxels(const Volume& volume, Visitor&& visit)
{
    switch (volume.type) {
    case ScalarType::Int8:
        return visit(voxelsOf<std::int8_t>(volume));
    case ScalarType::UInt8:
        return visit(voxelsOf<std::uint8_t>(volume));
    case ScalarType::Int16:
        return visit(voxelsOf<std::int16_t>(volume));
    case ScalarType::UInt16:
        return visit(voxelsOf<std::uint16_t>(volume));
    case ScalarType::Int32:
        return visit(voxelsOf<std::int32_t>(volume));
    case ScalarType::UInt32:
        return visit(voxelsOf<std::uint32_t>(volume));
    case ScalarType::Float32:
        return visit(voxelsOf<float>(volume));
    case ScalarType::Float64:
        break;
    }
    return visit(voxelsOf<double>(volume));
}

/// Memory for voxels, with the spare bytes a VoxelBlock promises; not cleared.
struct NewBlock {
    std::shared_ptr<std::byte[]> bytes;
    std::size_t size = 0;
    VoxelBlock block() const { return {bytes, bytes.get(), size}; }
};
NewBlock makeBlock(std::int64_t bytes);

/// A volume of values in memory: of what we compute ourselves, of tests and phantoms.
/// `values` in the order of Volume, size[0] · size[1] · size[2] · components of them.
template <typename Scalar>
Volume makeVolume(const Geometry& geometry, const std::vector<Scalar>& values, int components = 1)
{
    assert(static_cast<std::int64_t>(values.size()) == geometry.voxelCount() * components);
    Volume volume;
    volume.geometry = geometry;
    volume.type = scalarTypeOf<Scalar>();
    volume.components = components;
    const NewBlock block = makeBlock(static_cast<std::int64_t>(values.size() * sizeof(Scalar)));
    if (!values.empty())
        std::memcpy(block.bytes.get(), values.data(), block.size);
    volume.voxels = block.block();
    return volume;
}

} // namespace hounsfield::image
