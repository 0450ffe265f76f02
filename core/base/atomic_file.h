#pragma once

#include "core/base/result.h"

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace hounsfield {

/// The system calls of a safe write, so that a test can fail the n-th of them. Each behaves as its namesake of POSIX.
struct FileCalls {
    std::function<int(const char* path, int flags, unsigned mode)> open;
    std::function<ssize_t(int descriptor, const void* bytes, std::size_t count)> write;
    std::function<int(int descriptor)> sync;
    std::function<int(int descriptor)> close;
    std::function<int(const char* from, const char* to)> rename;
    std::function<int(const char* path)> unlink;

    static FileCalls ofTheSystem();
};

/// Replaces a file whole or not at all: written beside its place, synced, renamed, folder synced. After a failure, a
/// full disk or a kill the old file stands untouched. Errors: Environment, naming the path and the bytes needed.
Result<void> writeAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes,
    const FileCalls& calls = FileCalls::ofTheSystem());
Result<void> writeAtomically(
    const std::filesystem::path& path, std::string_view bytes, const FileCalls& calls = FileCalls::ofTheSystem());

/// A whole file of at most `limit` bytes. Errors: Environment when it cannot be read, BadInput when it is larger.
Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit = std::size_t{1} << 30);

/// Makes a folder and its parents. Errors: Environment with the reason.
Result<void> makeFolder(const std::filesystem::path& path);

} // namespace hounsfield
