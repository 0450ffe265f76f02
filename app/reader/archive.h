#pragma once

#include "app/reader/input.h"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace hounsfield::reader {

/// Walks through ZIP, tar, tar.gz and single .gz files. Keeps its place between questions, so that entries asked in the
/// archive's order are unpacked in one pass. Names, sizes and counts of an archive are claims: each is checked.
class ArchiveReader {
  public:
    ArchiveReader();
    ~ArchiveReader();
    ArchiveReader(const ArchiveReader&) = delete;
    ArchiveReader& operator=(const ArchiveReader&) = delete;

    /// Names of the regular files. Errors: BadInput for names that lead outside, too many entries, broken archives.
    Result<std::vector<std::string>> list(const std::string& path);

    /// One entry as an input of its own. Errors: BadInput when there is none of this name or it is too large.
    Result<Input> entry(const std::string& path, const std::string& name, std::int64_t limit);

    /// Gives every wanted entry to `use` in the archive's order; what was not found is not used.
    void forEach(const std::string& path, const std::set<std::string>& wanted,
        const std::function<void(const std::string& name, Result<Input> input)>& use);

    static constexpr std::int64_t largestEntry = std::int64_t{4} << 30;

  private:
    struct Walk;
    Result<void> open(const std::string& path);
    Result<bool> advance();
    std::unique_ptr<Walk> m_walk;
};

} // namespace hounsfield::reader
