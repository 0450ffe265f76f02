#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace hounsfield {

/// XXH3-128 of some bytes as 32 hexadecimal digits: identity of pixels, texts and options, no protection against
/// forgers.
std::string hashOf(std::span<const std::byte> bytes);
std::string hashOf(std::string_view bytes);

/// The same, of bytes that come in pieces.
class Hasher {
  public:
    Hasher();
    ~Hasher();
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;
    void add(std::span<const std::byte> bytes);
    void add(std::string_view bytes);
    std::string hex() const;

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace hounsfield
