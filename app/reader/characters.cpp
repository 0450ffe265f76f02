#include "app/reader/characters.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace hounsfield::reader {

namespace {
struct SetRow {
    int number;         ///< of "ISO_IR n", "ISO 2022 IR n"
    const char* escape; ///< behind ESC, as it designates the upper half; empty: no such escape
    const char* icu;    ///< ICU's converter of the upper half
};
// clang-format off
    constexpr std::array setTable = {
        SetRow{  6, "",    "US-ASCII"},   SetRow{100, "-A",  "ISO-8859-1"}, SetRow{101, "-B",  "ISO-8859-2"},
        SetRow{109, "-C",  "ISO-8859-3"}, SetRow{110, "-D",  "ISO-8859-4"}, SetRow{144, "-L",  "ISO-8859-5"},
        SetRow{127, "-G",  "ISO-8859-6"}, SetRow{126, "-F",  "ISO-8859-7"}, SetRow{138, "-H",  "ISO-8859-8"},
        SetRow{148, "-M",  "ISO-8859-9"}, SetRow{203, "-b",  "ISO-8859-15"},SetRow{166, "-T",  "TIS-620"},
        SetRow{149, "$)C", "EUC-KR"},     SetRow{ 58, "$)A", "GB2312"},     SetRow{192, "",    "UTF-8"},
        SetRow{ 13, ")I",  "katakana"},   SetRow{ 87, "",    "US-ASCII"},   SetRow{159, "",    "US-ASCII"},
    };
// clang-format on
constexpr const char* gb18030 = "GB18030";
constexpr const char* japanese = "ISO_2022,locale=ja,version=4";

struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};

/// UTF-8, or nothing where a byte is not of the set. With `replace`, wrong bytes become U+FFFD.
std::optional<std::string> converted(std::string_view bytes, const char* set, bool replace)
{
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, Close> converter(ucnv_open(set, &status));
    if (U_FAILURE(status))
        return std::nullopt;
    if (!replace)
        ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::vector<char16_t> wide(bytes.size() * 2 + 16);
    const int32_t count = ucnv_toUChars(converter.get(), wide.data(), static_cast<int32_t>(wide.size()), bytes.data(),
        static_cast<int32_t>(bytes.size()), &status);
    if (U_FAILURE(status))
        return std::nullopt;
    std::string text;
    icu::UnicodeString(wide.data(), count).toUTF8String(text);
    return text;
}

bool isAscii(std::string_view bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Half-width katakana of JIS X 0201 lie in Unicode in the same order.
std::optional<std::string> katakana(std::string_view bytes)
{
    icu::UnicodeString text;
    for (const char letter : bytes) {
        const auto code = static_cast<unsigned char>(letter);
        if (code >= 0x80 && (code < 0xa1 || code > 0xdf))
            return std::nullopt;
        text.append(static_cast<char16_t>(code < 0x80 ? code : 0xff61 + (code - 0xa1)));
    }
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

std::optional<std::string> upperHalf(std::string_view bytes, const char* set)
{
    return std::string_view(set) == "katakana" ? katakana(bytes) : converted(bytes, set, false);
}

/// The set of a term of (0008,0005), spelt rightly or nearly so. Nothing when unknown.
struct Term {
    const char* set = "US-ASCII";
    bool isMisspelt = false;
};
std::optional<Term> termOf(std::string_view term)
{
    while (!term.empty() && (term.back() == ' ' || term.back() == '\0'))
        term.remove_suffix(1);
    while (!term.empty() && term.front() == ' ')
        term.remove_prefix(1);
    if (term.empty())
        return Term{};
    if (term == "GB18030" || term == "GBK")
        return Term{gb18030};
    const auto digits = term.find_last_not_of("0123456789");
    const std::string number(digits == std::string_view::npos ? term : term.substr(digits + 1));
    const auto row = std::find_if(setTable.begin(), setTable.end(),
        [&](const SetRow& candidate) { return std::to_string(candidate.number) == number; });
    if (row == setTable.end())
        return std::nullopt;
    const bool isExact = term == "ISO_IR " + number || term == "ISO 2022 IR " + number;
    return Term{row->icu, !isExact};
}

/// Text with escapes of ISO 2022 (PS3.5 6.1.2.5): the lower half is ASCII or Japanese two-byte, the upper as escaped.
std::optional<std::string> withEscapes(std::string_view bytes, const char* initial)
{
    std::string text;
    const char* upper = initial;
    bool isJapanese = false;
    std::string prefix; // the escape that brought the Japanese set in
    while (!bytes.empty()) {
        if (bytes.front() == '\x1b') {
            const auto rest = bytes.substr(1);
            const auto row = std::find_if(setTable.begin(), setTable.end(),
                [&](const SetRow& candidate) { return *candidate.escape && rest.starts_with(candidate.escape); });
            std::size_t length = 0;
            if (row != setTable.end()) {
                upper = row->icu;
                length = std::string_view(row->escape).size();
            } else if (rest.starts_with("(B") || rest.starts_with("(J"))
                isJapanese = false, length = 2;
            else if (rest.starts_with("$B") || rest.starts_with("$@") || rest.starts_with("$(D")) {
                length = rest.starts_with("$(D") ? 3 : 2;
                isJapanese = true;
                prefix = std::string("\x1b").append(rest.substr(0, length));
            } else
                return std::nullopt;
            bytes.remove_prefix(1 + length);
            continue;
        }
        std::size_t end = std::min(bytes.find('\x1b'), bytes.size());
        if (!isJapanese) { // delimiters bring the initial set back
            end = std::min(end, bytes.find_first_of("^=\\\r\n\f\t"));
            end = std::min(std::max<std::size_t>(end, 1), bytes.size());
        }
        const auto piece = bytes.substr(0, end);
        const auto part =
            isJapanese ? converted(prefix + std::string(piece), japanese, false) : upperHalf(piece, upper);
        if (!part)
            return std::nullopt;
        text += *part;
        if (!isJapanese && std::string_view("^=\\\r\n\f\t").find(bytes.front()) != std::string_view::npos)
            upper = initial;
        bytes.remove_prefix(end);
    }
    return text;
}

// Chinese of common use has both bytes in the upper half and no lone ones; Latin-1 letters mostly stand alone.
bool looksChinese(std::string_view bytes)
{
    bool any = false;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        if (first < 0x80)
            continue;
        const auto second = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0;
        if (first < 0xb0 || first > 0xf7 || second < 0xa1)
            return false;
        any = true;
        ++i;
    }
    return any;
}
} // namespace

std::string validText(std::string_view bytes)
{
    return converted(bytes, "UTF-8", true).value_or("");
}

std::string guessedText(std::string_view bytes)
{
    if (const auto utf8 = converted(bytes, "UTF-8", false))
        return *utf8;
    if (looksChinese(bytes))
        if (const auto chinese = converted(bytes, gb18030, false))
            return *chinese;
    return converted(bytes, "ISO-8859-1", true).value_or("");
}

Decoded decoded(std::string_view bytes, std::string_view specificSet)
{
    const bool hasEscapes = bytes.find('\x1b') != std::string_view::npos;
    const auto first = termOf(specificSet.substr(0, specificSet.find('\\')));
    if (isAscii(bytes) && !hasEscapes)
        return {std::string(bytes), false};
    const char* initial = first ? first->set : "US-ASCII";
    const auto text = hasEscapes ? withEscapes(bytes, initial) : upperHalf(bytes, initial);
    const std::string_view set = initial;
    const bool isSingleByte = set.starts_with("ISO-8859") || set == "TIS-620";
    // Every byte is a letter of a one-byte set: what is whole UTF-8 of several bytes, or Chinese throughout, is no
    // chance.
    const bool isUtf8 = isSingleByte && converted(bytes, "UTF-8", false).has_value();
    if (text && !isUtf8 && !(set == "ISO-8859-1" && looksChinese(bytes)))
        return {*text, first && first->isMisspelt};
    return {guessedText(bytes), true};
}

void loadCharacterSets()
{
    for (const SetRow& row : setTable)
        static_cast<void>(upperHalf("a", row.icu));
    for (const char* set : {gb18030, japanese})
        static_cast<void>(converted("a", set, false));
}

} // namespace hounsfield::reader
