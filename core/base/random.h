#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hounsfield {

/// Counter-based random numbers (Philox 4×32-10, Salmon et al. 2011): a pure function of what it was made from, so any
/// thread may draw the numbers of any sample and the same seed gives the same bits. A value type; nothing is shared.
class Random {
  public:
    /// @param purpose  keeps uses apart, such as "shuffle" or "augment"
    Random(std::uint64_t seed, std::string_view purpose, std::uint64_t epoch = 0, std::uint64_t sample = 0);

    std::uint32_t bits();                    ///< 32 random bits
    double uniform();                        ///< [0, 1)
    double uniform(double low, double high); ///< [low, high)
    double normal();                         ///< mean 0, deviation 1
    std::int64_t below(std::int64_t count);  ///< 0 … count − 1, without bias

    /// What the numbers are a function of, for kernels that make many at once: as long as none was drawn, number i of
    /// `bits` is word i % 4 of Philox's block i / 4 on from this counter.
    const std::array<std::uint32_t, 2>& key() const { return m_key; }
    const std::array<std::uint32_t, 4>& counter() const { return m_counter; }

    /// 0 … count − 1 in random order (Fisher–Yates).
    std::vector<std::int64_t> permutation(std::int64_t count);

  private:
    void refill();

    std::array<std::uint32_t, 2> m_key{};
    std::array<std::uint32_t, 4> m_counter{};
    std::array<std::uint32_t, 4> m_block{};
    int m_used = 4;
};

} // namespace hounsfield
