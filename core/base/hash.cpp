#include "core/base/hash.h"

#include <xxhash.h>

#include <array>
#include <cstdio>

namespace hounsfield {

namespace {

std::string hexOf(XXH128_hash_t hash)
{
    std::array<char, 33> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
        static_cast<unsigned long long>(hash.low64));
    return buffer.data();
}

} // namespace

struct Hasher::State {
    XXH3_state_t* state = XXH3_createState();
    ~State() { XXH3_freeState(state); }
};

std::string hashOf(std::span<const std::byte> bytes)
{
    return hexOf(XXH3_128bits(bytes.data(), bytes.size()));
}

std::string hashOf(std::string_view bytes)
{
    return hashOf(std::as_bytes(std::span(bytes)));
}

Hasher::Hasher()
    : m_state(std::make_unique<State>())
{
    XXH3_128bits_reset(m_state->state);
}

Hasher::~Hasher() = default;

void Hasher::add(std::span<const std::byte> bytes)
{
    XXH3_128bits_update(m_state->state, bytes.data(), bytes.size());
}

void Hasher::add(std::string_view bytes)
{
    add(std::as_bytes(std::span(bytes)));
}

std::string Hasher::hex() const
{
    return hexOf(XXH3_128bits_digest(m_state->state));
}

} // namespace hounsfield
