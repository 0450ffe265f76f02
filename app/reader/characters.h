#pragma once

#include <string>
#include <string_view>

namespace hounsfield::reader {

/// UTF-8 of a text in a DICOM character set, escapes of ISO 2022 included, by ICU alone.
struct Decoded {
    std::string text;
    bool isGuessed = false; ///< the declaration is wrong or missing: read as UTF-8, GB18030 or Latin-1
};
/// @param bytes        one value
/// @param specificSet  (0008,0005) as it stands, "\"-separated; empty: ASCII
Decoded decoded(std::string_view bytes, std::string_view specificSet);

/// The same bytes where they are UTF-8, each wrong one as U+FFFD.
std::string validText(std::string_view bytes);
/// UTF-8 of bytes that say nothing of their set: UTF-8 when valid, else GB18030 when valid, else Latin-1.
std::string guessedText(std::string_view bytes);

/// Reads ICU's tables now: a locked reader cannot.
void loadCharacterSets();

} // namespace hounsfield::reader
