#include "core/reports/encodings.h"

#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>

namespace hounsfield::reports {

namespace {

constexpr std::string_view utf8Mark = "\xEF\xBB\xBF", replacement = "\xEF\xBF\xBD";

struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, Close>;

std::uint8_t byteOf(char c)
{
    return static_cast<std::uint8_t>(c);
}

/// How much of what lies beyond ASCII fits an encoding.
struct Fit {
    std::int64_t good = 0, bad = 0;
};

Fit fitOfUtf8(std::string_view bytes)
{
    Fit fit;
    const auto* start = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const auto length = static_cast<std::int64_t>(bytes.size());
    for (std::int64_t i = 0; i < length;) {
        if (start[i] < 0x80) {
            ++i;
            continue;
        }
        UChar32 point = 0;
        U8_NEXT(start, i, length, point);
        ++(point < 0 ? fit.bad : fit.good);
    }
    return fit;
}

// Hanzi and signs in common use have both bytes from A1 on (GB 2312). A letter with an accent among plain ones also
// makes a pair of GB18030, but a rare one: its second byte is ASCII.
Fit fitOfGb18030(std::string_view bytes)
{
    Fit fit;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (byteOf(bytes[i]) < 0x80)
            continue;
        const std::uint8_t next = i + 1 < bytes.size() ? byteOf(bytes[i + 1]) : 0;
        const bool isCommon = byteOf(bytes[i]) >= 0xA1 && byteOf(bytes[i]) <= 0xF7 && next >= 0xA1 && next != 0xFF;
        ++(isCommon ? fit.good : fit.bad);
        i += next >= 0x80 || (next >= 0x40 && next < 0x7F) ? 1 : 0;
    }
    return fit;
}

Encoding encodingOf(std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xFE"))
        return Encoding::Utf16LittleEndian;
    if (bytes.starts_with("\xFE\xFF"))
        return Encoding::Utf16BigEndian;
    const Fit utf8 = fitOfUtf8(bytes);
    if (utf8.bad == 0 || utf8.good >= 4 * utf8.bad || bytes.starts_with(utf8Mark))
        return Encoding::Utf8;
    const Fit chinese = fitOfGb18030(bytes);
    return chinese.good >= 2 && chinese.good >= 4 * chinese.bad ? Encoding::Gb18030 : Encoding::Windows1252;
}

Result<std::string> converted(std::string_view bytes, Encoding encoding)
{
    UErrorCode status = U_ZERO_ERROR;
    const Converter from(ucnv_open(nameOf(encoding), &status));
    const Converter to(ucnv_open("UTF-8", &status));
    if (U_FAILURE(status))
        return environment(text("reports", "The characters of %1 are unknown to this machine (%2).")
                               .with(nameOf(encoding), u_errorName(status)),
            {}, text("reports", "Install ICU's data again."));
    std::string utf8;
    std::array<char, 64 << 10> block;  // NOLINT: filled before it is read
    std::array<UChar, 16 << 10> pivot; // NOLINT
    UChar *pivotSource = pivot.data(), *pivotTarget = pivot.data();
    const char *source = bytes.data(), *end = bytes.data() + bytes.size();
    for (UBool isFirst = true;; isFirst = false) {
        char* target = block.data();
        status = U_ZERO_ERROR;
        ucnv_convertEx(to.get(), from.get(), &target, block.data() + block.size(), &source, end, pivot.data(),
            &pivotSource, &pivotTarget, pivot.data() + pivot.size(), isFirst, true, &status);
        utf8.append(block.data(), target);
        if (status != U_BUFFER_OVERFLOW_ERROR)
            return utf8;
    }
}

bool isBinary(std::string_view text)
{
    const auto isControl = [](char c) {
        return (byteOf(c) < 0x20 && std::string_view("\t\n\v\f\r\x1A\x1B").find(c) == std::string_view::npos)
               || byteOf(c) == 0x7F;
    };
    return text.find('\0') != std::string_view::npos
           || std::ranges::count_if(text, isControl) * 100 > static_cast<std::ptrdiff_t>(text.size());
}

} // namespace

const char* nameOf(Encoding encoding)
{
    constexpr std::array names{"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "windows-1252"};
    return names[static_cast<std::size_t>(encoding)];
}

Result<DecodedText> decodeText(std::string bytes, const std::string& where)
{
    DecodedText decoded;
    decoded.encoding = encodingOf(bytes);
    const bool isUtf16 =
        decoded.encoding == Encoding::Utf16LittleEndian || decoded.encoding == Encoding::Utf16BigEndian;
    if (isUtf16 || bytes.starts_with(utf8Mark))
        bytes.erase(0, isUtf16 ? 2 : utf8Mark.size());
    if (bytes.empty())
        return badInput(text("reports", "The file is empty."), where, text("reports", "Choose another one."));
    if (decoded.encoding == Encoding::Utf8 && fitOfUtf8(bytes).bad == 0) {
        decoded.text = std::move(bytes);
    } else {
        decoded.text = TRY(converted(bytes, decoded.encoding));
        for (std::size_t at = 0; (at = decoded.text.find(replacement, at)) != std::string::npos;
             at += replacement.size())
            decoded.broken.push_back(at);
    }
    if (isBinary(decoded.text))
        return badInput(text("reports", "The file holds no text but binary data."), where,
            text("reports", "Save the reports as CSV or as plain text in UTF-8."));
    return decoded;
}

} // namespace hounsfield::reports
