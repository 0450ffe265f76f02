#pragma once

#include "core/base/monitor.h"
#include "core/files/scan.h"

#include <memory>
#include <string>

namespace hounsfield::cli {

/// The image or series at a path, slice by slice as stored. Errors: as the scan's reasons; BadInput when there is no
/// image, or more than one series.
Result<std::shared_ptr<const image::Volume>> openedImage(
    files::ReaderPool& readers, const std::string& path, const Monitor& monitor);

} // namespace hounsfield::cli
