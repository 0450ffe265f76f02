#pragma once

#include "core/files/header.h"
#include "core/files/reader_client.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace hounsfield::files {

using Json = nlohmann::json;

/// What the reader is asked. Paths are absolute and lie beneath the folder that the reader is locked to.
struct Request {
    enum class Kind { Lock, Header, Voxels, Images, List, Entry, Encode, Attempt };
    Kind kind = Kind::Header;
    std::string path, entry;
    std::vector<std::string> entries; ///< Images: entries of the archive `path`, or paths when `path` is empty
    std::vector<std::int64_t> frames; ///< Images: of each entry; −1: the only one
    std::int64_t firstFrame = 0, frameCount = 1, offset = 0, bytes = 0;
    image::ScalarType type = image::ScalarType::Int16;
    int components = 1;
    double slope = 1, intercept = 0;
    std::optional<image::LookupTable> modalityLut;
    std::int64_t width = 0, height = 0; ///< Images
    std::int64_t limit = 0;             ///< Entry: bytes
    FileHeader header;                  ///< Encode: facts and geometry of what is written
    std::string format;                 ///< Encode
    std::string attempt; ///< Attempt: what a locked reader must not be able to do (tests, `info --system`)
};

/// What came of one image of a set.
struct ImageAnswer {
    DecodedImage image;
    std::optional<Error> error;
};

/// What the reader answers; content of entries and encoded files comes in a memory file beside it.
struct Answer {
    std::optional<Error> error;
    std::optional<FileHeader> header;
    std::vector<std::string> lines; ///< List: names; Lock: protections; Attempt: one line, what the kernel said
    std::vector<ImageAnswer> images;
};

std::string written(const Request& request);
std::string written(const Answer& answer);

/// Errors: Environment when the text is not what our other side writes. Values are in the range of their types; what
/// they mean is not checked here.
Result<Request> readRequest(const std::string& message);
Result<Answer> readAnswer(const std::string& message);

} // namespace hounsfield::files
