#include "core/files/reader_client.h"

#include "core/base/parallel.h"
#include "core/base/process.h"
#include "core/files/formats.h"
#include "core/files/pool.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace hounsfield::files {

namespace {
constexpr std::int64_t spareBytes = 64; // kernels may load a vector at the last voxel

std::string shownName(const Source& source)
{
    return source.entry.empty() ? source.path.string() : source.path.string() + "/" + source.entry;
}

// For questions that need no file, the reader is locked to the folder of our own programs.
std::filesystem::path noFile()
{
    return programFolder() / "none";
}

Result<std::string> contentOf(const ReaderProcess::Reply& reply, std::int64_t limit)
{
    if (reply.descriptors.size() != 1 || !isSealed(reply.descriptors[0].number()))
        return environment(text("files", "The reader answered without the content that was asked."));
    const int file = reply.descriptors[0].number();
    const std::int64_t size = sizeOf(file);
    if (size < 0 || size > limit)
        return badInput(text("files", "The content is larger than the %1 bytes allowed here.").with(limit));
    const Mapping mapping = TRY(Mapping::of(file, 0, size, Mapping::Access::Read));
    return std::string(reinterpret_cast<const char*>(mapping.bytes().data()), mapping.bytes().size());
}
} // namespace

ReaderPool::ReaderPool(int workers)
    : ReaderPool(workers, {})
{
}

ReaderPool::ReaderPool(int workers, ReaderOptions options)
    : m_state(std::make_unique<State>())
{
    m_state->workers = workers > 0 ? workers : processorCount();
    m_state->options = std::move(options);
}

ReaderPool::~ReaderPool() = default;

void ReaderPool::allowFolder(const std::filesystem::path& folder)
{
    std::error_code problem;
    auto real = std::filesystem::canonical(folder, problem);
    if (problem)
        return; // what cannot be reached says so when it is read
    if (!std::filesystem::is_directory(real, problem))
        real = real.parent_path();
    const std::scoped_lock lock(m_state->mutex);
    auto& folders = m_state->folders;
    if (std::find(folders.begin(), folders.end(), real) == folders.end())
        folders.insert(folders.begin(), real); // the newest choice is asked first
}

Result<FileHeader> ReaderPool::readHeader(const Source& source)
{
    const auto path = TRY(regularFile(source.path));
    Request request;
    request.kind = Request::Kind::Header;
    request.path = path.string();
    request.entry = source.entry;
    auto reply = TRY(m_state->ask(path, request, {}, m_state->patience()));
    if (!reply.answer.header)
        return environment(text("files", "The reader answered without a header."), shownName(source));
    return checked(std::move(*reply.answer.header), shownName(source));
}

Result<std::shared_ptr<ReaderPool::Memory>> ReaderPool::makeMemory(std::int64_t bytes)
{
    auto memory = std::make_shared<Memory>();
    memory->bytes = bytes;
    memory->file = TRY(makeMemoryFile(bytes + spareBytes));
    memory->mapping = TRY(Mapping::of(memory->file.number(), 0, bytes + spareBytes, Mapping::Access::ReadWrite));
    return memory;
}

Result<void> ReaderPool::readVoxels(const VoxelRequest& wanted, const std::shared_ptr<Memory>& memory)
{
    const auto path = TRY(regularFile(wanted.source.path));
    Request request;
    request.kind = Request::Kind::Voxels;
    request.path = path.string();
    request.entry = wanted.source.entry;
    request.firstFrame = wanted.firstFrame;
    request.frameCount = wanted.frameCount;
    request.offset = wanted.offset;
    request.bytes = memory->bytes; // the reader checks against it too
    request.type = wanted.type;
    request.components = wanted.components;
    request.slope = wanted.slope;
    request.intercept = wanted.intercept;
    request.modalityLut = wanted.modalityLut;
    if (wanted.offset < 0 || wanted.offset > memory->bytes || wanted.frameCount < 1 || wanted.firstFrame < 0)
        return badInput(text("files", "More frames are asked than the file has."), shownName(wanted.source));
    TRY(m_state->ask(path, request, {memory->file.number()}, m_state->patience(memory->bytes)));
    return {};
}

image::VoxelBlock ReaderPool::seal(std::shared_ptr<Memory> memory, std::int64_t bytes)
{
    sealAgainstWriting(memory->file.number());
    const std::byte* start = memory->mapping.bytes().data();
    return {std::move(memory), start, static_cast<std::size_t>(bytes)};
}

Result<std::vector<std::string>> ReaderPool::listArchive(const std::filesystem::path& archive, const Monitor& monitor)
{
    return TRY(m_state->index(archive, monitor))->names;
}

Result<std::string> ReaderPool::readEntry(const Source& source, std::int64_t limit)
{
    const auto path = TRY(regularFile(source.path));
    Request request;
    request.kind = Request::Kind::Entry;
    request.path = path.string();
    request.entry = source.entry;
    request.limit = limit;
    std::error_code problem;
    const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(path, problem));
    const auto reply = TRY(m_state->ask(path, request, {}, m_state->patience(limit + bytes)));
    return contentOf(reply, limit);
}

bool ReaderPool::isArchive(const std::filesystem::path& path) const
{
    std::error_code problem;
    if (!std::filesystem::is_regular_file(path, problem))
        return false;
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    std::array<std::byte, 512> start{};
    const ssize_t count = file.isOpen() ? ::pread(file.number(), start.data(), start.size(), 0) : 0;
    return count > 0 && isArchiveStart({start.data(), static_cast<std::size_t>(count)}, path.filename().string());
}

Result<std::string> ReaderPool::encode(const image::Volume& volume, const std::string& format)
{
    Request request;
    request.kind = Request::Kind::Encode;
    request.format = format;
    request.bytes = static_cast<std::int64_t>(volume.voxels.size);
    request.type = volume.type;
    request.components = volume.components;
    FileHeader& header = request.header;
    header.geometry = volume.geometry;
    header.facts = volume.facts;
    header.unit = volume.unit;
    header.frameHeaders.resize(1);
    header.frameHeaders[0].windows = volume.windows;
    header.photometric = volume.isInverted ? "MONOCHROME1" : "MONOCHROME2";
    const auto memory =
        TRY(makeMemoryFile(std::string_view(reinterpret_cast<const char*>(volume.voxels.bytes), volume.voxels.size)));
    const auto reply = TRY(m_state->ask(noFile(), request, {memory.number()}, m_state->patience(request.bytes)));
    return contentOf(reply, request.bytes * 2 + (std::int64_t{1} << 20));
}

Result<std::vector<std::string>> ReaderPool::protections()
{
    Request request;
    request.kind = Request::Kind::Attempt;
    request.attempt = "protections";
    const auto reply = TRY(m_state->ask(noFile(), request, {}, m_state->patience()));
    return reply.answer.lines;
}

} // namespace hounsfield::files
