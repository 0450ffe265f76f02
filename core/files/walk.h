#pragma once

#include "core/files/scan.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hounsfield::files {

/// A file to be read, and the name a person knows it by.
struct FoundFile {
    std::filesystem::path path; ///< without links in its folder
    std::string shown;
};

/// One folder's files, sorted by name.
struct FoundFolder {
    std::filesystem::path path;
    std::vector<FoundFile> files;
};

/// Every regular file beneath a folder, folder by folder. Links to folders are followed once; pipes, devices, sockets,
/// circles and what may not be read go to `rejected` with the reason. Errors: Cancelled.
Result<std::vector<FoundFolder>> walk(
    const std::filesystem::path& root, const Monitor& monitor, std::vector<RejectedFile>& rejected);

} // namespace hounsfield::files
