#pragma once

#include "core/files/reader_client.h"
#include "core/study/project.h"

#include <cstdint>
#include <filesystem>

namespace hounsfield::study {

struct MovedImages {
    std::int64_t lost = 0;  ///< labelled images that were no longer where they had been seen
    std::int64_t found = 0; ///< of these, now known in their new place
};

/// Looks below `folder` for labelled images whose files are gone, and notes where they are now: by SOPInstanceUID, and
/// by their pixels where they have none; names of files play no part.
/// Errors: BadInput when the folder is not there; Environment as all changes; Cancelled.
Result<MovedImages> findMoved(
    Project& project, files::ReaderPool& readers, const std::filesystem::path& folder, const Monitor& monitor);

} // namespace hounsfield::study
