#include "app/reader/chunks.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace hounsfield::reader {

namespace {
/// Numbers of a byte string, in either byte order; nothing beyond its end.
class Numbers {
  public:
    Numbers(std::string_view bytes, bool isBigEndian)
        : m_bytes(bytes)
        , m_isBigEndian(isBigEndian)
    {
    }
    bool has(std::size_t offset, std::size_t count) const
    {
        return offset <= m_bytes.size() && count <= m_bytes.size() - offset;
    }
    std::uint64_t at(std::size_t offset, std::size_t count) const
    {
        std::uint64_t value = 0;
        if (!has(offset, count))
            return 0;
        for (std::size_t i = 0; i < count; ++i) {
            const auto byte = static_cast<unsigned char>(m_bytes[offset + (m_isBigEndian ? i : count - 1 - i)]);
            value = value << 8 | byte;
        }
        return value;
    }

  private:
    std::string_view m_bytes;
    bool m_isBigEndian;
};

tl::unexpected<Error> cut()
{
    return badInput(
        text("reader", "The file ends before its picture does."), {}, text("reader", "Copy or download it again."));
}

struct Directory {
    std::uint64_t columns = 0, rows = 0, bits = 1, orientation = 1, photometric = 1, samples = 1, extra = 0, next = 0;
    bool isSound = false;
};

// One image file directory of a TIFF, also the first of EXIF. Values beyond the entry itself are read where short.
Directory directoryAt(const Numbers& n, std::size_t offset)
{
    Directory d;
    const auto count = n.at(offset, 2);
    if (!n.has(offset, 2) || !n.has(offset + 2, count * 12 + 4))
        return d;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = offset + 2 + i * 12;
        const auto tag = n.at(at, 2), type = n.at(at + 2, 2), values = n.at(at + 4, 4);
        const std::size_t width = type == 3 ? 2 : type == 1 ? 1 : 4;
        const bool isFar = values * width > 4;
        const auto value = isFar ? n.at(n.at(at + 8, 4), width) : n.at(at + 8, width);
        switch (tag) {
        case 0x100:
            d.columns = value;
            break;
        case 0x101:
            d.rows = value;
            break;
        case 0x102:
            d.bits = value;
            break;
        case 0x106:
            d.photometric = value;
            break;
        case 0x112:
            d.orientation = value;
            break;
        case 0x115:
            d.samples = value;
            break;
        case 0x152:
            d.extra = values;
            break;
        default:
            break;
        }
    }
    d.next = n.at(offset + 2 + count * 12, 4);
    d.isSound = true;
    return d;
}

int orientationOf(const Directory& directory)
{
    return directory.orientation >= 1 && directory.orientation <= 8 ? static_cast<int>(directory.orientation) : 1;
}

int exifOrientation(std::string_view segment)
{
    using namespace std::string_view_literals;
    if (!segment.starts_with("Exif\0\0"sv) || segment.size() < 14)
        return 1;
    segment.remove_prefix(6);
    const Numbers n(segment, segment.starts_with("MM"));
    return orientationOf(directoryAt(n, n.at(4, 4)));
}

bool isFrameHeader(unsigned marker) // SOF0 … SOF15 without DHT, JPG, DAC
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}
} // namespace

Result<FlatFacts> pngFacts(const Input& input)
{
    constexpr std::string_view described("Description\0", 12);
    const std::string bytes = TRY(readBytes(input, 0, input.size));
    const Numbers n(bytes, true);
    FlatFacts facts;
    facts.columns = static_cast<std::int64_t>(n.at(16, 4));
    facts.rows = static_cast<std::int64_t>(n.at(20, 4));
    facts.bits = static_cast<int>(n.at(24, 1));
    const auto colour = n.at(25, 1);
    facts.hasAlpha = colour & 4;
    facts.hasPalette = colour == 3;
    for (std::size_t at = 8;;) {
        const auto length = n.at(at, 4);
        if (!n.has(at, 12) || !n.has(at + 12, length))
            return cut();
        const std::string_view kind(bytes.data() + at + 4, 4);
        if (kind == "IEND")
            return facts;
        facts.hasAlpha = facts.hasAlpha || kind == "tRNS";
        const std::string_view text(bytes.data() + at + 8, length);
        if (kind == "tEXt" && text.starts_with(described))
            facts.description = text.substr(described.size());
        at += 12 + length;
    }
}

Result<FlatFacts> jpegFacts(const Input& input)
{
    const std::string bytes = TRY(readBytes(input, 0, input.size));
    const Numbers n(bytes, true);
    FlatFacts facts;
    std::uint64_t samples = 0;
    for (std::size_t at = 2; n.has(at, 4);) {
        if (n.at(at, 1) != 0xff) {
            ++at; // in the scan
            const auto next = bytes.find('\xff', at);
            if (next == std::string::npos)
                break;
            at = next;
            continue;
        }
        const auto marker = static_cast<unsigned>(n.at(at + 1, 1));
        if (marker == 0x00 || marker == 0x01 || marker == 0xff || (marker >= 0xd0 && marker <= 0xd8)) {
            at += marker == 0xff ? 1 : 2;
            continue;
        }
        if (marker == 0xd9)
            break;
        const auto length = n.at(at + 2, 2);
        if (!n.has(at + 2, length))
            return cut();
        if (isFrameHeader(marker)) {
            facts.bits = static_cast<int>(n.at(at + 4, 1));
            facts.rows = static_cast<std::int64_t>(n.at(at + 5, 2));
            facts.columns = static_cast<std::int64_t>(n.at(at + 7, 2));
            samples = n.at(at + 9, 1);
            if (marker == 0xc3 || marker >= 0xc5)
                return unsupported(text(
                    "reader", "This kind of JPEG (lossless, hierarchical or arithmetic) is read in DICOM files only."));
        } else if (marker == 0xe1)
            facts.orientation = exifOrientation(std::string_view(bytes).substr(at + 4, length < 2 ? 0 : length - 2));
        at += 2 + length;
    }
    const auto end = bytes.rfind("\xff\xd9");
    if (end == std::string::npos || end < 2 || facts.rows == 0)
        return cut();
    facts.isCmyk = samples == 4;
    return facts;
}

Result<FlatFacts> tiffFacts(const Input& input)
{
    const std::string bytes = TRY(readBytes(input, 0, input.size));
    const Numbers n(bytes, bytes.starts_with("MM"));
    if (n.at(2, 2) == 43)
        return unsupported(
            text("reader", "BigTIFF is not read."), {}, text("reader", "Save it as an ordinary TIFF or PNG."));
    const Directory first = directoryAt(n, n.at(4, 4));
    if (!first.isSound)
        return cut();
    FlatFacts facts;
    facts.columns = static_cast<std::int64_t>(first.columns);
    facts.rows = static_cast<std::int64_t>(first.rows);
    facts.bits = static_cast<int>(std::min<std::uint64_t>(first.bits, 64));
    facts.orientation = orientationOf(first);
    facts.hasPalette = first.photometric == 3;
    facts.isCmyk = first.photometric == 5;
    facts.hasAlpha = first.extra > 0;
    for (auto next = first.next; next != 0 && facts.pages < 10'000; ++facts.pages) {
        const Directory page = directoryAt(n, next);
        if (!page.isSound)
            break;
        next = page.next;
    }
    return facts;
}

Result<FlatFacts> bmpFacts(const Input& input)
{
    const std::string bytes = TRY(readBytes(input, 0, std::min<std::int64_t>(input.size, 64)));
    const Numbers n(bytes, false);
    FlatFacts facts;
    facts.columns = static_cast<std::int32_t>(n.at(18, 4));
    facts.rows = std::abs(static_cast<std::int64_t>(static_cast<std::int32_t>(n.at(22, 4))));
    const auto bits = static_cast<std::int64_t>(n.at(28, 2));
    facts.hasPalette = bits <= 8;
    const auto start = static_cast<std::int64_t>(n.at(10, 4));
    if (n.at(30, 4) != 0)
        return unsupported(text("reader", "Compressed BMP is not read."), {}, text("reader", "Save it as PNG."));
    if (facts.columns <= 0 || facts.columns > (1 << 24) || facts.rows > (1 << 24)
        || start + (facts.columns * bits + 31) / 32 * 4 * facts.rows > input.size)
        return cut();
    return facts;
}

} // namespace hounsfield::reader
