#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace hounsfield::study {

/// Holds a folder for this program; the system lets go of it when the program ends, however it ends.
class FolderLock {
  public:
    /// Errors: Environment when another program holds it (named by process and machine), or the folder is read-only.
    static Result<FolderLock> take(const std::filesystem::path& file);
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&& other) noexcept;
    ~FolderLock();

  private:
    explicit FolderLock(int descriptor);
    int m_descriptor = -1;
};

} // namespace hounsfield::study
