#include "core/base/atomic_file.h"

#include <system_error>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace hounsfield {

namespace {

tl::unexpected<Error> cannotWrite(const std::filesystem::path& path, std::size_t bytes, int reason)
{
    const Text advice =
        reason == ENOSPC || reason == EDQUOT
            ? text("base", "Free some space (%1 bytes are needed) and try again; the old file is untouched.")
                  .with(bytes)
            : text("base", "Choose another place or change its permissions; the old file is untouched.");
    return environment(
        text("base", "The file cannot be written: %1.").with(std::strerror(reason)), path.string(), advice);
}

Result<void> writeAll(int descriptor, std::span<const std::byte> bytes, const FileCalls& calls, int& reason)
{
    while (!bytes.empty()) {
        const ssize_t written = calls.write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            reason = written < 0 ? errno : ENOSPC;
            return environment(text("base", "Writing stopped."));
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

} // namespace

FileCalls FileCalls::ofTheSystem()
{
    return {[](const char* path, int flags, unsigned mode) { return ::open(path, flags, mode); }, ::write, ::fsync,
        ::close, [](const char* from, const char* to) { return std::rename(from, to); }, ::unlink};
}

Result<void> writeAtomically(
    const std::filesystem::path& path, std::span<const std::byte> bytes, const FileCalls& calls)
{
    const std::string beside = path.string() + ".part-" + std::to_string(::getpid());
    const int descriptor = calls.open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return cannotWrite(path, bytes.size(), errno);
    int reason = 0;
    bool isWhole = writeAll(descriptor, bytes, calls, reason).has_value();
    if (isWhole && calls.sync(descriptor) != 0) {
        reason = errno;
        isWhole = false;
    }
    if (calls.close(descriptor) != 0 && isWhole) {
        reason = errno;
        isWhole = false;
    }
    if (isWhole && calls.rename(beside.c_str(), path.c_str()) != 0) {
        reason = errno;
        isWhole = false;
    }
    if (!isWhole) {
        calls.unlink(beside.c_str());
        return cannotWrite(path, bytes.size(), reason);
    }
    const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const int folder = calls.open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (folder >= 0) {
        calls.sync(folder);
        calls.close(folder);
    }
    return {};
}

Result<void> writeAtomically(const std::filesystem::path& path, std::string_view bytes, const FileCalls& calls)
{
    return writeAtomically(path, std::as_bytes(std::span(bytes)), calls);
}

Result<std::string> readFile(const std::filesystem::path& path, std::size_t limit)
{
    std::error_code problem;
    const auto size = std::filesystem::file_size(path, problem);
    if (problem)
        return environment(text("base", "The file cannot be read: %1.").with(problem.message()), path.string());
    if (size > limit)
        return badInput(
            text("base", "The file has %1 bytes; at most %2 are read here.").with(size, limit), path.string());
    std::ifstream stream(path, std::ios::binary);
    std::string bytes(size, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(size));
    if (!stream || stream.gcount() != static_cast<std::streamsize>(size))
        return environment(text("base", "The file cannot be read to its end."), path.string());
    return bytes;
}

Result<void> makeFolder(const std::filesystem::path& path)
{
    std::error_code problem;
    std::filesystem::create_directories(path, problem);
    if (problem)
        return environment(text("base", "The folder cannot be made: %1.").with(problem.message()), path.string(),
            text("base", "Choose another place or change its permissions."));
    return {};
}

} // namespace hounsfield
