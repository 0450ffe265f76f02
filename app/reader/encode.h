#pragma once

#include "core/files/memory_file.h"
#include "core/files/protocol.h"

namespace hounsfield::reader {

/// A volume as a file of the asked format ("nii.gz", "nrrd"; one picture as "dcm"), in a sealed memory file.
/// @param voxels  values in the type, components and geometry of the request
Result<files::Descriptor> encoded(const files::Request& request, const files::Descriptor& voxels);

} // namespace hounsfield::reader
