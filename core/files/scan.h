#pragma once

#include "core/base/monitor.h"
#include "core/files/header.h"
#include "core/files/reader_client.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hounsfield::files {

/// One slice of a series: which frame of which file, and where it lies.
struct SliceSource {
    std::shared_ptr<const FileHeader> header;
    Source source;
    std::int64_t frame = 0;
};

/// Slices that make one stack: same SeriesInstanceUID, orientation, matrix, time point …; sorted along the normal.
struct Series {
    std::string uid; ///< SeriesInstanceUID; of other formats the file name
    std::string folder;
    image::Facts facts;
    image::Geometry geometry; ///< of the stack, as far as its slices allow
    std::vector<SliceSource> slices;
    std::vector<Text> problems; ///< missing slices, tilt, uneven spacing …, each with its place
    bool isVolume = false;      ///< MPR and 3-D are right (after resampling where `problems` say so)
    std::vector<image::Point>
        sliceOrigins;               ///< first voxel of each slice where they lie unevenly or sheared; else empty
    std::vector<std::string> files; ///< sorted; copies of the same image too
};

struct OtherFile {
    std::string file, kind;
};
struct RejectedFile {
    std::string file;
    Error reason;
};

struct ScanResult {
    std::vector<Series> series;
    std::vector<OtherFile> others; ///< valid objects that are no images
    std::vector<RejectedFile> rejected;
    std::int64_t accepted = 0; ///< files of series + others
};

/// Reads every file below `path` (a folder, an archive or one file) with all readers at once, groups and orders them.
/// Links are followed once, and never in a circle; what is no regular file is rejected with a sentence.
/// @param onSeries  called from the scanning thread as soon as a folder's series are known, and after each second in a
///                  large folder; a series comes again (same uid and folder) when it has grown. The result is final.
/// Errors: BadInput when the path is not there; Cancelled. A file that cannot be read is in `rejected`.
Result<ScanResult> scan(ReaderPool& readers, const std::filesystem::path& path, const Monitor& monitor,
    const std::function<void(const Series&)>& onSeries = {});

/// What becomes of slices that lie unevenly or sheared.
enum class Stacking {
    Straight, ///< resampled to an even, straight grid in true millimetres (`isInterpolated`), where they allow it
    AsStored, ///< slice by slice as in the files, `isStack` false, places in `sliceOrigins`
};

/// The series as one volume of final values. Errors: as `ReaderPool::readVoxels`; a slice that cannot be read is an
/// error. A series that is no volume comes as stored.
Result<std::shared_ptr<const image::Volume>> openSeries(
    ReaderPool& readers, const Series& series, const Monitor& monitor, Stacking stacking = Stacking::Straight);

/// One slice of a series at once, as an image of its own (while the volume is loading).
Result<std::shared_ptr<const image::Volume>> openSlice(ReaderPool& readers, const Series& series, std::int64_t slice);

} // namespace hounsfield::files
