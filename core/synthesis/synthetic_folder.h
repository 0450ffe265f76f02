#pragma once

#include "core/synthesis/synthetic_image.h"

#include <functional>

namespace hounsfield::synthesis {

/// Writes class/00001.png …, not marked, to be trained on beside real images (learning::DataRequest::synthetic).
/// provenance.json is the first file that is written, so that no image is ever there without it; each PNG says in its
/// text whose it is. A class whose name can be no folder's lies in a folder named otherwise and in labels.csv.
/// After an error nothing of it is left. Errors: BadInput (a folder that is not empty, a generator that is no hash, a
/// picture of no or another size than it says), Environment (what cannot be written, where), Cancelled.
Result<SyntheticWritten> writeSyntheticFolder(const SyntheticJob& job, const Monitor& monitor);

/// The bytes of one image's file.
using EncodeImage = std::function<Result<std::string>(const SyntheticImage& image, std::int64_t number)>;
/// The same with other files: class/00001 + ending. `encode` is called by several threads at once.
Result<SyntheticWritten> writeSyntheticFiles(
    const SyntheticJob& job, const std::string& ending, const EncodeImage& encode, const Monitor& monitor);

} // namespace hounsfield::synthesis
