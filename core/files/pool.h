#pragma once

#include "core/files/reader_client.h"
#include "core/files/reader_process.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <unordered_map>

namespace hounsfield::files {

/// The readers of a pool: at most `workers` are at work; idle ones stay warm, each locked to its folder.
struct ReaderPool::State {
    int workers = 1;
    ReaderOptions options;

    std::mutex mutex; // guards what follows
    std::condition_variable released;
    int active = 0;
    std::vector<std::unique_ptr<ReaderProcess>> idle;
    std::vector<std::filesystem::path> folders; ///< that a person chose

    /// Names of an archive in its own order, kept while its size and time stay.
    struct Index {
        std::int64_t size = 0;
        std::filesystem::file_time_type changed;
        std::vector<std::string> names;
        std::unordered_map<std::string, std::int64_t> places;
    };
    std::map<std::filesystem::path, std::shared_ptr<const Index>> indexes;

    /// The folder that a reader of this file is locked to.
    std::filesystem::path folderFor(const std::filesystem::path& file);
    /// Asks a warm reader, starts one where there is none; a reader that died is replaced, its question asked once more
    /// when the reader was not fresh (it may have died of an earlier file).
    Result<ReaderProcess::Reply> ask(const std::filesystem::path& file, const Request& request,
        const std::vector<int>& descriptors, const ReaderProcess::Patience& patience);
    Result<std::shared_ptr<const Index>> index(const std::filesystem::path& archive, const Monitor& monitor);
    ReaderProcess::Patience patience(std::int64_t bytes = 0, const Monitor& monitor = {}) const;

  private:
    Result<std::unique_ptr<ReaderProcess>> acquire(const std::filesystem::path& folder);
    void release(std::unique_ptr<ReaderProcess> reader);
};

/// Memory of one volume: handed to readers, mapped here.
struct ReaderPool::Memory {
    Descriptor file;
    std::int64_t bytes = 0;
    Mapping mapping;
};

/// The real path of a regular, non-empty file. Errors say what else it is.
Result<std::filesystem::path> regularFile(const std::filesystem::path& path);

/// The header a reader answered with, its numbers checked against each other. Errors: BadInput.
Result<FileHeader> checked(FileHeader header, const std::string& file);

} // namespace hounsfield::files
