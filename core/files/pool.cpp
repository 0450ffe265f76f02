#include "core/files/pool.h"

#include "core/base/log.h"
#include "core/base/parallel.h"

#include <algorithm>

namespace hounsfield::files {

namespace {
constexpr std::int64_t answersOfALife = 20'000; // then a reader is renewed, whatever its libraries have leaked

bool isBeneath(const std::filesystem::path& path, const std::filesystem::path& folder)
{
    const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return end == folder.end();
}

/// What, where, what to do: an answer that leaves out the latter two gets them here.
void complete(Error& error, const std::string& file)
{
    if (error.kind == Error::Kind::Cancelled)
        return;
    if (error.where.empty())
        error.where = file;
    if (error.advice.isEmpty() && error.kind == Error::Kind::BadInput)
        error.advice = text("files", "It may be damaged: copy it again from its source, or leave it out.");
    if (error.advice.isEmpty() && error.kind == Error::Kind::Unsupported)
        error.advice = text("files", "Have it exported in another form.");
}
} // namespace

Result<std::filesystem::path> regularFile(const std::filesystem::path& path)
{
    std::error_code problem;
    const auto status = std::filesystem::status(path, problem);
    if (!std::filesystem::exists(status))
        return environment(text("files", "The file does not exist or its folder cannot be read."), path.string());
    if (!std::filesystem::is_regular_file(status))
        return badInput(std::filesystem::is_directory(status)
                            ? text("files", "This is a folder, not a file.")
                            : text("files", "This is no ordinary file but a device, pipe or socket."),
            path.string());
    if (std::filesystem::file_size(path, problem) == 0)
        return badInput(text("files", "The file is empty."), path.string());
    auto real = std::filesystem::canonical(path, problem);
    if (problem)
        return environment(text("files", "The file cannot be reached (%1).").with(problem.message()), path.string());
    return real;
}

std::filesystem::path ReaderPool::State::folderFor(const std::filesystem::path& file)
{
    const std::scoped_lock lock(mutex);
    for (const auto& folder : folders)
        if (isBeneath(file, folder))
            return folder;
    return file.parent_path();
}

ReaderProcess::Patience ReaderPool::State::patience(std::int64_t bytes, const Monitor& monitor) const
{
    constexpr double bytesPerSecond = 5e6; // of the slowest codec on a busy machine
    return {options.secondsPerFile + static_cast<double>(bytes) / bytesPerSecond, {},
        [monitor] { return monitor.stopRequested(); }};
}

Result<std::unique_ptr<ReaderProcess>> ReaderPool::State::acquire(const std::filesystem::path& folder)
{
    std::vector<std::unique_ptr<ReaderProcess>> superfluous; // ended outside of the lock
    std::unique_lock lock(mutex);
    released.wait(lock, [&] { return active < workers; });
    ++active;
    const auto found =
        std::find_if(idle.begin(), idle.end(), [&](const auto& reader) { return reader->folder() == folder; });
    if (found != idle.end()) {
        auto reader = std::move(*found);
        idle.erase(found);
        return reader;
    }
    while (static_cast<int>(idle.size()) + active > workers && !idle.empty()) {
        superfluous.push_back(std::move(idle.front()));
        idle.erase(idle.begin());
    }
    lock.unlock();
    auto program = options.program.empty() ? ReaderProcess::find() : Result<std::filesystem::path>(options.program);
    auto reader = program ? ReaderProcess::start(*program, folder) : tl::unexpected(program.error());
    if (!reader)
        release(nullptr);
    return reader;
}

void ReaderPool::State::release(std::unique_ptr<ReaderProcess> reader)
{
    {
        const std::scoped_lock lock(mutex);
        --active;
        if (reader && !reader->isDead() && reader->answers() < answersOfALife)
            idle.push_back(std::move(reader));
    }
    released.notify_one();
}

Result<ReaderProcess::Reply> ReaderPool::State::ask(const std::filesystem::path& file, const Request& request,
    const std::vector<int>& descriptors, const ReaderProcess::Patience& patience)
{
    const auto folder = folderFor(file);
    // A reader that has served others may have died of what they left behind: the file is asked once more, unless the
    // time it had is over.
    for (bool isSecond = false;; isSecond = true) {
        auto reader = TRY(acquire(folder));
        const bool isFresh = reader->answers() <= 1; // the first answer was to the lock
        auto reply = reader->ask(request, descriptors, patience);
        const bool isDead = reader->isDead();
        const bool isFinal = isFresh || isSecond || reader->isExhausted();
        release(std::move(reader));
        if (reply || !isDead || isFinal || reply.error().kind == Error::Kind::Cancelled) {
            if (isDead)
                logLine(LogLevel::Warning, "A reader of image files ended and was replaced: " + english(reply.error()));
            if (!reply)
                complete(reply.error(), request.entry.empty() ? file.string() : file.string() + "/" + request.entry);
            return reply;
        }
    }
}

Result<std::shared_ptr<const ReaderPool::State::Index>> ReaderPool::State::index(
    const std::filesystem::path& archive, const Monitor& monitor)
{
    const auto path = TRY(regularFile(archive));
    std::error_code problem;
    auto fresh = std::make_shared<Index>();
    fresh->size = static_cast<std::int64_t>(std::filesystem::file_size(path, problem));
    fresh->changed = std::filesystem::last_write_time(path, problem);
    {
        const std::scoped_lock lock(mutex);
        const auto found = indexes.find(path);
        if (found != indexes.end() && found->second->size == fresh->size && found->second->changed == fresh->changed)
            return found->second;
    }
    Request request;
    request.kind = Request::Kind::List;
    request.path = path.string();
    // A packed tar must be unpacked to be listed: 200 times its size at 100 MB/s at most.
    auto reply = TRY(ask(path, request, {}, patience(fresh->size * 4, monitor)));
    fresh->names = std::move(reply.answer.lines);
    for (std::size_t i = 0; i < fresh->names.size(); ++i)
        fresh->places.emplace(fresh->names[i], static_cast<std::int64_t>(i));
    const std::scoped_lock lock(mutex);
    indexes[path] = fresh;
    return fresh;
}

} // namespace hounsfield::files
