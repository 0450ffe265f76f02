// The factors of dropout: Philox 4×32-10 (Salmon et al. 2011), a block in each 64-bit lane of a vector.

#include "core/nn/kernels/kernels.h"
#include "core/nn/kernels/vector.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <emmintrin.h>

namespace hounsfield::kernels {

namespace {

constexpr int blockLanes64 = lanes / 2;

typedef std::uint64_t Words __attribute__((vector_size(sizeof(float) * lanes)));
typedef std::int64_t Signed __attribute__((vector_size(sizeof(float) * lanes)));

/// The whole product of each lane's low 32 bits.
inline __attribute__((always_inline)) Words wideProduct(Words a, Words b)
{
#if defined(__AVX512F__)
    return std::bit_cast<Words>(_mm512_mul_epu32(std::bit_cast<__m512i>(a), std::bit_cast<__m512i>(b)));
#elif defined(__AVX2__)
    return std::bit_cast<Words>(_mm256_mul_epu32(std::bit_cast<__m256i>(a), std::bit_cast<__m256i>(b)));
#else
    return std::bit_cast<Words>(_mm_mul_epu32(std::bit_cast<__m128i>(a), std::bit_cast<__m128i>(b)));
#endif
}

/// Four words of 32 bits, each in a lane of 64.
struct Blocks {
    Words x[4];
};

inline __attribute__((always_inline)) Blocks philox(Blocks blocks, const std::uint32_t (&key)[2])
{
    const Words low = Words{} + 0xFFFFFFFFu, first = Words{} + 0xD2511F53u, second = Words{} + 0xCD9E8D57u;
    std::uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; ++round, k0 += 0x9E3779B9u, k1 += 0xBB67AE85u) {
        const Words a = wideProduct(first, blocks.x[0]), b = wideProduct(second, blocks.x[2]);
        blocks = {{(b >> 32) ^ blocks.x[1] ^ k0, b & low, (a >> 32) ^ blocks.x[3] ^ k1, a & low}};
    }
    return blocks;
}

/// All bits set where the 53-bit number of two words lies below the limit.
inline __attribute__((always_inline)) Words isBelow(Words high, Words rest, std::int64_t limit)
{
    const auto number = std::bit_cast<Signed>((high << 21) | (rest >> 11));
    return std::bit_cast<Words>(number < Signed{} + limit);
}

} // namespace

void dropoutFactors(const RandomPlace& place, double ratio, float kept, std::int64_t count, float* factors)
{
    // uniform() = number · 2⁻⁵³, so the comparison is one of whole numbers.
    const auto limit = static_cast<std::int64_t>(std::ceil(ratio * 0x1p53));
    const std::uint64_t bits = std::bit_cast<std::uint32_t>(kept);
    const std::uint64_t begin = place.counter[0] | std::uint64_t{place.counter[1]} << 32;
    Words step;
    for (int i = 0; i < blockLanes64; ++i)
        step[i] = static_cast<std::uint64_t>(i);
    constexpr std::int64_t ofVector = lanes; // factors: two of a block
    for (std::int64_t i = 0; i < count; i += ofVector) {
        const Words counter = step + (begin + static_cast<std::uint64_t>(i / 2));
        const Blocks blocks =
            philox({{counter & 0xFFFFFFFFu, counter >> 32, Words{} + place.counter[2], Words{} + place.counter[3]}},
                place.key);
        const Words even = (Words{} + bits) & ~isBelow(blocks.x[0], blocks.x[1], limit);
        const Words odd = (Words{} + (bits << 32)) & ~isBelow(blocks.x[2], blocks.x[3], limit);
        const Words pair = even | odd;
        std::memcpy(factors + i, &pair, sizeof(float) * static_cast<std::size_t>(std::min(ofVector, count - i)));
    }
}

} // namespace hounsfield::kernels
