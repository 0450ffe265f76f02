#include "app/reader/picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

namespace hounsfield::reader {

namespace {
template <typename To> To clamped(double value)
{
    if constexpr (std::is_floating_point_v<To>)
        return static_cast<To>(value);
    else {
        constexpr double least = std::numeric_limits<To>::min(), most = std::numeric_limits<To>::max();
        if (std::isnan(value))
            return 0;
        return static_cast<To>(std::nearbyint(std::clamp(value, least, most)));
    }
}

// An intercept that keeps whole numbers whole, as CT has it: no way through floating point.
template <typename From, typename To> bool shifted(const From* from, To* to, std::size_t count, const Rescale& rescale)
{
    constexpr bool isSmall = std::is_integral_v<From> && std::is_integral_v<To> && sizeof(From) <= 2 && sizeof(To) <= 2;
    if constexpr (isSmall) {
        const double intercept = rescale.intercept;
        if (rescale.lut || rescale.slope != 1 || intercept != std::trunc(intercept) || std::abs(intercept) > 1e6)
            return false;
        const auto shift = static_cast<std::int32_t>(intercept);
        constexpr std::int32_t least = std::numeric_limits<To>::min(), most = std::numeric_limits<To>::max();
        for (std::size_t i = 0; i < count; ++i)
            to[i] = static_cast<To>(std::clamp(from[i] + shift, least, most));
        return true;
    }
    return false;
}

template <typename From, typename To>
void convertAs(const std::byte* source, std::byte* target, std::size_t count, const Rescale& rescale)
{
    const From* from = reinterpret_cast<const From*>(source);
    To* to = reinterpret_cast<To*>(target);
    if (shifted(from, to, count, rescale))
        return;
    if (rescale.lut) {
        for (std::size_t i = 0; i < count; ++i)
            to[i] = clamped<To>(rescale.lut->at(static_cast<double>(from[i])));
        return;
    }
    for (std::size_t i = 0; i < count; ++i)
        to[i] = clamped<To>(static_cast<double>(from[i]) * rescale.slope + rescale.intercept);
}
} // namespace

void convert(std::span<const std::byte> from, image::ScalarType fromType, std::span<std::byte> to,
    image::ScalarType toType, const Rescale& rescale)
{
    const std::size_t count = std::min(from.size() / image::bytesOf(fromType), to.size() / image::bytesOf(toType));
    if (fromType == toType && rescale.isIdentity()) {
        std::memcpy(to.data(), from.data(), count * image::bytesOf(toType));
        return;
    }
    withType(fromType, [&](auto source) {
        withType(toType, [&](auto target) {
            convertAs<decltype(source), decltype(target)>(from.data(), to.data(), count, rescale);
        });
    });
}

} // namespace hounsfield::reader
