#include "core/synthesis/synthetic_image.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hounsfield::synthesis {

namespace {

template <typename Scalar>
image::Raster<Scalar> rounded(std::span<const float> values, const std::array<std::int64_t, 3>& size)
{
    constexpr float most = std::numeric_limits<Scalar>::max();
    image::Raster<Scalar> raster(size[0], size[1], static_cast<int>(size[2]));
    for (std::size_t i = 0; i < std::min(values.size(), raster.pixels.size()); ++i)
        raster.pixels[i] =
            std::isnan(values[i]) ? Scalar{0} : static_cast<Scalar>(std::lround(std::clamp(values[i], 0.0F, most)));
    return raster;
}

} // namespace

SyntheticImage syntheticImage(
    std::span<const float> values, const std::array<std::int64_t, 3>& size, int bits, const std::string& className)
{
    if (bits == 16)
        return {rounded<std::uint16_t>(values, size), className};
    return {rounded<std::uint8_t>(values, size), className};
}

MakeImages imagesOf(std::vector<SyntheticImage> images)
{
    return [images = std::move(images)](
               std::int64_t first, std::int64_t count, const Monitor&) -> Result<std::vector<SyntheticImage>> {
        const auto from = images.begin() + std::min<std::int64_t>(first, std::ssize(images));
        return std::vector<SyntheticImage>(from, from + std::min<std::int64_t>(count, images.end() - from));
    };
}

} // namespace hounsfield::synthesis
