#pragma once

#include "app/reader/input.h"

namespace hounsfield::reader {

/// How a stretch of a file is packed, and where it starts.
struct Packed {
    enum class Method { Gzip, Bzip2 };
    Method method = Method::Gzip;
    std::int64_t start = 0; ///< of the packed bytes in the file; they reach to its end
};
enum class Checksum { Compared, Ignored };

/// Bytes offset … offset + count of what is unpacked. With `Compared` the stream is read on to its end (not for ever: a
/// file that delivers far more than the header needs is no longer looked at), because only then its checksum can be
/// held against it. Errors: BadInput where the stream is damaged or ends early.
Result<std::string> unpacked(
    const Input& input, const Packed& packed, std::int64_t offset, std::int64_t count, Checksum checksum);

/// The `count` bytes that end `behind` bytes before the end of what is unpacked. Errors: BadInput also where more than
/// `count` + `behind` + 16 MiB come.
Result<std::string> unpackedTail(const Input& input, const Packed& packed, std::int64_t count, std::int64_t behind);

} // namespace hounsfield::reader
