#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace hounsfield::files {

/// An open file descriptor, closed with its owner.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    Descriptor(Descriptor&& other) noexcept
        : m_number(std::exchange(other.m_number, -1))
    {
    }
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();
    int number() const { return m_number; }
    bool isOpen() const { return m_number >= 0; }

  private:
    int m_number = -1;
};

/// A mapped piece of a memory file; unmapped with its owner.
class Mapping {
  public:
    enum class Access { Read, ReadWrite };

    Mapping() = default;
    Mapping(Mapping&& other) noexcept
        : m_base(std::exchange(other.m_base, nullptr))
        , m_mapped(std::exchange(other.m_mapped, 0))
        , m_bytes(std::exchange(other.m_bytes, {}))
    {
    }
    Mapping& operator=(Mapping&& other) noexcept;
    ~Mapping();
    std::span<std::byte> bytes() const { return m_bytes; }

    /// Errors: Environment when memory is short. The caller has checked that the file holds offset + count bytes.
    static Result<Mapping> of(int descriptor, std::int64_t offset, std::int64_t count, Access access);

  private:
    void* m_base = nullptr;
    std::size_t m_mapped = 0;
    std::span<std::byte> m_bytes;
};

/// A memory file of fixed size, to be handed to another process: it can neither shrink nor grow (no SIGBUS).
Result<Descriptor> makeMemoryFile(std::int64_t bytes);
/// The same with content, sealed against every change.
Result<Descriptor> makeMemoryFile(std::string_view content);
/// Whether nothing can shrink it any more.
bool isSealed(int descriptor);
/// Seals against writing from now on; the mappings that stand keep theirs.
void sealAgainstWriting(int descriptor);
std::int64_t sizeOf(int descriptor);

} // namespace hounsfield::files
