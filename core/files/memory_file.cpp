#include "core/files/memory_file.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

namespace hounsfield::files {

namespace {
tl::unexpected<Error> noMemory(std::int64_t bytes)
{
    return environment(text("files", "There is no memory for %1 MB (%2).").with(bytes >> 20, std::strerror(errno)), {},
        text("files", "Close other programs or open a smaller series."));
}
} // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept
{
    std::swap(m_number, other.m_number);
    return *this;
}

Descriptor::~Descriptor()
{
    if (m_number >= 0)
        ::close(m_number);
}

Mapping& Mapping::operator=(Mapping&& other) noexcept
{
    std::swap(m_base, other.m_base);
    std::swap(m_mapped, other.m_mapped);
    std::swap(m_bytes, other.m_bytes);
    return *this;
}

Mapping::~Mapping()
{
    if (m_base)
        ::munmap(m_base, m_mapped);
}

Result<Mapping> Mapping::of(int descriptor, std::int64_t offset, std::int64_t count, Access access)
{
    Mapping mapping;
    if (count == 0)
        return mapping;
    const std::int64_t page = ::sysconf(_SC_PAGESIZE);
    const std::int64_t start = offset / page * page;
    mapping.m_mapped = static_cast<std::size_t>(offset - start + count);
    const int protection = access == Access::Read ? PROT_READ : PROT_READ | PROT_WRITE;
    void* base = ::mmap(nullptr, mapping.m_mapped, protection, MAP_SHARED, descriptor, start);
    if (base == MAP_FAILED)
        return noMemory(count);
    mapping.m_base = base;
    mapping.m_bytes = {static_cast<std::byte*>(base) + (offset - start), static_cast<std::size_t>(count)};
    return mapping;
}

Result<Descriptor> makeMemoryFile(std::int64_t bytes)
{
    Descriptor file(::memfd_create("hounsfield", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file.isOpen() || ::ftruncate(file.number(), bytes) != 0)
        return noMemory(bytes);
    ::fcntl(file.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW);
    return file;
}

Result<Descriptor> makeMemoryFile(std::string_view content)
{
    Descriptor file(::memfd_create("hounsfield", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file.isOpen())
        return noMemory(static_cast<std::int64_t>(content.size()));
    for (std::size_t done = 0; done < content.size();) {
        const ssize_t count = ::write(file.number(), content.data() + done, content.size() - done);
        if (count <= 0 && errno != EINTR)
            return noMemory(static_cast<std::int64_t>(content.size()));
        done += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    ::fcntl(file.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
    return file;
}

bool isSealed(int descriptor)
{
    const int seals = ::fcntl(descriptor, F_GET_SEALS);
    return seals >= 0 && (seals & F_SEAL_SHRINK);
}

void sealAgainstWriting(int descriptor)
{
    ::fcntl(descriptor, F_ADD_SEALS, F_SEAL_FUTURE_WRITE | F_SEAL_SEAL);
}

std::int64_t sizeOf(int descriptor)
{
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 ? static_cast<std::int64_t>(status.st_size) : -1;
}

} // namespace hounsfield::files
