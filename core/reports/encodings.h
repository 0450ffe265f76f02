#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace hounsfield::reports {

enum class Encoding { Utf8, Utf16LittleEndian, Utf16BigEndian, Gb18030, Windows1252 };

/// As it is called by everyone, such as "GB18030"; ICU knows it by this name too.
const char* nameOf(Encoding encoding);

/// A foreign text in UTF-8, not changed otherwise: line ends, spaces and combining marks stay as they were.
struct DecodedText {
    Encoding encoding = Encoding::Utf8;
    std::string text;                ///< without byte order mark
    std::vector<std::size_t> broken; ///< places in `text` of U+FFFD, which stands for bytes that could not be read
};

/// UTF-16 by its byte order mark; UTF-8 when valid, or when nearly all that is beyond ASCII is; else GB18030 when its
/// characters are mostly those in common use; else Windows-1252, which holds Latin-1.
/// Errors: BadInput when there is nothing, or when it is no text (zero bytes, control characters).
Result<DecodedText> decodeText(std::string bytes, const std::string& where);

} // namespace hounsfield::reports
