#pragma once

#include "core/base/result.h"
#include "core/files/header.h"
#include "core/files/memory_file.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace hounsfield::reader {

/// A foreign file as the libraries see it: a name they can open and what is known of its bytes.
struct Input {
    std::string path;      ///< to be opened: the file itself, or /proc/self/fd/N of an archive's entry
    std::string name;      ///< as a person knows it; its suffix is meaningful
    std::int64_t size = 0; ///< bytes
    std::array<std::byte, 512> start{};
    std::size_t startSize = 0;
    files::Descriptor memory; ///< of an archive's entry
    bool isEntry = false;

    std::span<const std::byte> startBytes() const { return {start.data(), startSize}; }
};

/// Opens a file on disk for a look at its first bytes. Errors: Environment when it cannot be read, BadInput when it is
/// empty.
Result<Input> openInput(const std::string& path);
/// The same of content in a memory file, which may be empty: a text without annotations has a file without bytes.
Result<Input> openInput(files::Descriptor memory, const std::string& name);

/// Errors: BadInput when there are no bytes.
Result<Input> notEmpty(Result<Input> input);

/// All bytes (at most `limit`), or those from `offset`. Errors: BadInput when the file is longer or ends early.
Result<std::string> readBytes(const Input& input, std::int64_t offset, std::int64_t count);

} // namespace hounsfield::reader
