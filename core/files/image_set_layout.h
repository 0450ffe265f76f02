#pragma once

#include <cstddef>
#include <cstdint>

namespace hounsfield::files {

/// How the memory file of one request for images is laid out: a byte of state for each, then their pixels.
struct ImageSetLayout {
    static constexpr std::byte begun{1}, finished{2};
    std::size_t images = 0;
    std::int64_t bytesOfImage = 0;

    std::int64_t pixels() const { return (static_cast<std::int64_t>(images) + 4095) / 4096 * 4096; }
    std::int64_t offsetOf(std::size_t image) const
    {
        return pixels() + static_cast<std::int64_t>(image) * bytesOfImage;
    }
    std::int64_t bytes() const { return pixels() + static_cast<std::int64_t>(images) * bytesOfImage; }
};

} // namespace hounsfield::files
