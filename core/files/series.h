#pragma once

#include "core/files/scan.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace hounsfield::files {

/// A file whose header is known.
struct ScannedFile {
    Source source;
    std::shared_ptr<const FileHeader> header;
};

/// What the file says of this slice; an empty one where it says nothing.
const FrameHeader& frameOf(const SliceSource& slice);

/// Every slice of a file, in its own order, time point by time point.
std::vector<SliceSource> slicesOf(const ScannedFile& file);

/// Groups images into stacks: by patient, study, SeriesInstanceUID, matrix, orientation, kind of picture, and where
/// several lie at one place by acquisition, echo, time …; orders each along its normal; says what is wrong with it.
/// Names of files play no part, but as a last resort in the order of images that say nothing of themselves.
/// @param copies  files (FileHeader::file) that hold the very image of another one; they are counted, not stacked
std::vector<Series> groupIntoSeries(const std::vector<ScannedFile>& files, const std::set<std::string>& copies = {});

/// True when both name the same stack of the same place, however many slices are known of it.
bool isSameSeries(const Series& a, const Series& b);

/// What a person calls it: SeriesDescription, else the name of its first file or its folder.
std::string nameOf(const Series& series);

} // namespace hounsfield::files
