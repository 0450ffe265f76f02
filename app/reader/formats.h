#pragma once

#include "app/reader/image_sets.h"
#include "app/reader/input.h"
#include "app/reader/picture.h"
#include "core/files/header.h"
#include "core/files/protocol.h"

#include <memory>
#include <optional>

namespace hounsfield::reader {

/// One format and how it is read: a row of the table in formats.cpp.
struct ReaderRow {
    files::Format format;
    Result<files::FileHeader> (*header)(const Input& input, files::Format format);
    /// Stored values of `count` frames from `first`, in the header's storedType and components.
    Result<Picture> (*frames)(
        const Input& input, const files::FileHeader& header, std::int64_t first, std::int64_t count);
};

/// Header of any file; `kind` says what it is when it is no image. Errors: BadInput, Unsupported.
Result<files::FileHeader> headerOf(const Input& input);
/// Final values of the asked frames, written to `to`, which has just their size.
Result<void> writeFrames(const Input& input, const files::Request& request, std::span<std::byte> to);
/// The pictures of one file, for learning. The input must live as long.
class PictureSource {
  public:
    explicit PictureSource(const Input& input);
    /// @param frame  −1: the only one
    Result<ShownPicture> picture(std::int64_t frame);

  private:
    Result<void> readHeader();
    Result<Picture> stored(std::int64_t frame);

    const Input& m_input;
    std::optional<files::Format> m_format;
    std::shared_ptr<const files::FileHeader> m_header;
    std::optional<Picture> m_whole;
};

} // namespace hounsfield::reader
