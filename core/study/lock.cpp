#include "core/study/lock.h"

#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace hounsfield::study {

namespace {

std::string holderOf(int descriptor)
{
    char bytes[256] = {};
    const ssize_t count = ::pread(descriptor, bytes, sizeof bytes - 1, 0);
    return count > 0 ? std::string(bytes, static_cast<std::size_t>(count)) : std::string("?");
}

void writeHolder(int descriptor)
{
    char machine[128] = "?";
    ::gethostname(machine, sizeof machine - 1);
    const std::string words = std::to_string(::getpid()) + " (" + machine + ")";
    // Only told to a person who meets the lock; on a full disk the lock holds without it.
    if (::ftruncate(descriptor, 0) == 0 && ::pwrite(descriptor, words.data(), words.size(), 0) < 0)
        return;
}

} // namespace

FolderLock::FolderLock(int descriptor)
    : m_descriptor(descriptor)
{
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FolderLock::~FolderLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<FolderLock> FolderLock::take(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return environment(text("study", "The project cannot be opened for writing: %1.").with(std::strerror(errno)),
            file.parent_path().string(),
            text("study", "Change the permissions of its folder, or open a project elsewhere."));
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return environment(
                text("study", "The project is open in another program: process %1.").with(holderOf(descriptor)),
                file.parent_path().string(), text("study", "Close that program, or open another project."));
        // A network folder without locks: SQLite's own lock still keeps writers apart.
        return lock;
    }
    writeHolder(descriptor);
    return lock;
}

} // namespace hounsfield::study
