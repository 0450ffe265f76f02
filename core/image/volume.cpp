#include "core/image/volume.h"

#include "core/image/voxels.h"

namespace hounsfield::image {

std::size_t bytesOf(ScalarType type)
{
    constexpr std::size_t sizes[] = {1, 1, 2, 2, 4, 4, 4, 8};
    return sizes[static_cast<std::size_t>(type)];
}

double Volume::value(std::int64_t i, std::int64_t j, std::int64_t k, int component) const
{
    const auto& size = geometry.size;
    assert(i >= 0 && i < size[0] && j >= 0 && j < size[1] && k >= 0 && k < size[2] && component < components);
    const auto index = static_cast<std::size_t>(((k * size[1] + j) * size[0] + i) * components + component);
    return visitVoxels(*this, [&](auto values) { return static_cast<double>(values[index]); });
}

bool Volume::isPadding(double value) const
{
    return paddingLow && paddingHigh && value >= *paddingLow && value <= *paddingHigh;
}

NewBlock makeBlock(std::int64_t bytes)
{
    constexpr std::size_t spare = 8;
    const auto size = static_cast<std::size_t>(bytes);
    NewBlock block{std::make_shared_for_overwrite<std::byte[]>(size + spare), size};
    std::memset(block.bytes.get() + size, 0, spare);
    return block;
}

} // namespace hounsfield::image
