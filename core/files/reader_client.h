#pragma once

#include "core/base/monitor.h"
#include "core/files/header.h"
#include "core/image/volume.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::files {

/// Where a foreign file's bytes are: a file on disk, or an entry of an archive (see `Unpacked`).
struct Source {
    std::filesystem::path path; ///< on disk: the file, or the archive
    std::string entry;          ///< of an archive; empty for a plain file
    std::int64_t frame = -1; ///< of a set of images (`ReaderPool::readImages`): which slice, from 0; −1: the only one
};

/// What `readVoxels` shall write, and how.
struct VoxelRequest {
    Source source;
    std::int64_t firstFrame = 0; ///< of the file; slice for NIfTI and its kind
    std::int64_t frameCount = 1;
    std::int64_t offset = 0;                           ///< bytes into the memory file of the volume
    image::ScalarType type = image::ScalarType::Int16; ///< what is written, after rescale
    int components = 1;
    double slope = 1, intercept = 0; ///< applied to stored values (when no LUT)
    std::optional<image::LookupTable> modalityLut;
};

/// A set of small images, decoded to one size and depth, in one memory file.
struct ImageSetRequest {
    std::vector<Source> sources;
    std::int64_t width = 0, height = 0; ///< 0: as the first image; others are resampled (area when smaller, linear when
                                        ///< larger), aspect kept by padding
    int channels = 1;                   ///< 1 or 3
    int bits = 0;                       ///< 8 or 16: on the scale of a model (white is 255 or 65535); 0: as files ask
};
struct DecodedImage {
    std::int64_t width = 0, height = 0; ///< of the file itself
    std::string pixelHash; ///< of the file's own decoded pixels and size; identical pictures have equal hashes
    std::string patientID, modality, study; ///< of DICOM files; else empty
    std::string uid;                        ///< SOPInstanceUID
    int bits = 8;                           ///< 8, 16 or 32 (image::ModelPicture)
    bool isMarked = false;                  ///< its pixels carry the mark of synthetic images
    bool saysSynthetic = false;             ///< its header says so
};

/// How readers are started; the defaults are right outside of tests.
struct ReaderOptions {
    std::filesystem::path program; ///< empty: hounsfield-reader beside this program, or in ../libexec/hounsfield
    double secondsPerFile = 5;     ///< without a sign of life for so long a reader is ended
};

/// Starts hounsfield-reader, keeps some of them warm, replaces those that die. The only way to foreign files.
/// One pool serves any number of threads. Every answer is checked; whatever happens to a reader costs that one file.
class ReaderPool {
  public:
    /// @param workers  readers at work at once; 0: one a processor
    explicit ReaderPool(int workers = 0);
    ReaderPool(int workers, ReaderOptions options);
    ~ReaderPool();
    ReaderPool(const ReaderPool&) = delete;
    ReaderPool& operator=(const ReaderPool&) = delete;

    /// Files beneath this folder (or this one file's folder) are read by readers locked to it. Call it with the folder
    /// that a person chose before many requests beneath it: without it a reader is locked to each file's own folder,
    /// and every new folder costs a fresh reader (some 40 ms).
    void allowFolder(const std::filesystem::path& folder);

    /// What the file says of itself, checked against its bytes. A sound DICOM object without a picture, or a stray file
    /// that claims to be no image (a README), has `kind` other than "image".
    /// Errors: BadInput (with the reason a person understands), Unsupported (named), Environment.
    Result<FileHeader> readHeader(const Source& source);

    /// Memory for one volume, shared with readers and mapped here; at least 4 spare bytes behind it.
    struct Memory;
    static Result<std::shared_ptr<Memory>> makeMemory(std::int64_t bytes);
    /// Fills a part of the memory. Several may run at once on disjoint parts.
    Result<void> readVoxels(const VoxelRequest& request, const std::shared_ptr<Memory>& memory);
    /// Seals the memory: from now on read-only, for ever.
    static image::VoxelBlock seal(std::shared_ptr<Memory> memory, std::int64_t bytes);

    /// The regular files of a ZIP, tar, tar.gz, or the one of a .gz; names checked, limits of sizes and counts kept.
    Result<std::vector<std::string>> listArchive(const std::filesystem::path& archive, const Monitor& monitor = {});
    /// One entry's bytes (tables, models), at most `limit`.
    Result<std::string> readEntry(const Source& source, std::int64_t limit);
    bool isArchive(const std::filesystem::path& path) const; ///< by its first bytes

    /// Decodes some hundred images per request, all readers at once. images[i] or why not, in the order of sources.
    struct ImageSet {
        image::ScalarType type = image::ScalarType::UInt8; ///< UInt16, Float32 when any image needs it
        std::int64_t width = 0, height = 0;
        int channels = 1;
        image::VoxelBlock pixels; ///< image i at i·height·width·channels elements; zeros where rejected
        std::vector<Result<DecodedImage>> images;
    };
    Result<ImageSet> readImages(const ImageSetRequest& request, const Monitor& monitor);

    /// Encodes what we export: "nii.gz", "nrrd"; one picture as "dcm" (Secondary Capture, by the volume's facts).
    Result<std::string> encode(const image::Volume& volume, const std::string& format);

    /// Which protections of the reader hold on this machine, one line each (for `info --system`).
    Result<std::vector<std::string>> protections();

    struct State; ///< of this room alone (pool.h)

  private:
    std::unique_ptr<State> m_state;
};

} // namespace hounsfield::files
