#include "core/base/random.h"

#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace hounsfield {

namespace {

std::uint64_t mixed(std::uint64_t value) // SplitMix64's finalizer
{
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

std::uint64_t named(std::string_view purpose) // FNV-1a
{
    std::uint64_t hash = 0xCBF29CE484222325u;
    for (const char c : purpose)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    return hash;
}

} // namespace

Random::Random(std::uint64_t seed, std::string_view purpose, std::uint64_t epoch, std::uint64_t sample)
{
    const std::uint64_t key = mixed(seed + 0x9E3779B97F4A7C15u) ^ named(purpose);
    const std::uint64_t place = mixed(mixed(epoch + 0x9E3779B97F4A7C15u) + sample);
    m_key = {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
    m_counter = {0, 0, static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(place >> 32)};
}

void Random::refill()
{
    std::array<std::uint32_t, 4> x = m_counter;
    std::array<std::uint32_t, 2> key = m_key;
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t a = std::uint64_t{0xD2511F53u} * x[0];
        const std::uint64_t b = std::uint64_t{0xCD9E8D57u} * x[2];
        x = {static_cast<std::uint32_t>(b >> 32) ^ x[1] ^ key[0], static_cast<std::uint32_t>(b),
            static_cast<std::uint32_t>(a >> 32) ^ x[3] ^ key[1], static_cast<std::uint32_t>(a)};
        key[0] += 0x9E3779B9u;
        key[1] += 0xBB67AE85u;
    }
    m_block = x;
    m_used = 0;
    if (++m_counter[0] == 0)
        ++m_counter[1];
}

std::uint32_t Random::bits()
{
    if (m_used == 4)
        refill();
    return m_block[static_cast<std::size_t>(m_used++)];
}

double Random::uniform()
{
    const std::uint64_t high = bits();
    return static_cast<double>((high << 21) | (bits() >> 11)) * 0x1p-53;
}

double Random::uniform(double low, double high)
{
    return low + (high - low) * uniform();
}

double Random::normal()
{
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
}

std::int64_t Random::below(std::int64_t count)
{
    const auto range = static_cast<std::uint64_t>(count);
    const std::uint64_t limit = ~std::uint64_t{0} - ~std::uint64_t{0} % range;
    for (;;) {
        const std::uint64_t high = bits();
        const std::uint64_t value = (high << 32) | bits();
        if (value < limit)
            return static_cast<std::int64_t>(value % range);
    }
}

std::vector<std::int64_t> Random::permutation(std::int64_t count)
{
    std::vector<std::int64_t> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    for (std::int64_t i = count - 1; i > 0; --i)
        std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(below(i + 1))]);
    return order;
}

} // namespace hounsfield
