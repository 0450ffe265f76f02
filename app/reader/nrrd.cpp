#include "app/reader/nrrd_header.h"
#include "app/reader/packed.h"
#include "app/reader/volumes.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace hounsfield::reader {

namespace {
using Encoding = NrrdHeader::Encoding;

tl::unexpected<Error> tooFew(std::int64_t wanted, std::int64_t there)
{
    return badInput(text("reader", "The header asks for %1 bytes of voxels, the file holds %2.").with(wanted, there),
        {}, text("reader", "Copy or download it again."));
}

/// Where the encoded values of one data file begin: behind the header, if they share a file, and the skipped lines.
Result<std::int64_t> startOf(const NrrdHeader& h, const Input& input)
{
    constexpr std::int64_t atOnce = 1 << 16;
    std::int64_t at = h.files.empty() ? h.dataStart : 0;
    for (std::int64_t lines = h.lineSkip; lines > 0;) {
        const std::string part = TRY(readBytes(input, at, std::min(atOnce, input.size - at)));
        if (part.empty())
            return badInput(text("reader", "The file ends before its voxels do."));
        const auto end = part.find('\n');
        at += end == std::string::npos ? std::ssize(part) : static_cast<std::int64_t>(end) + 1;
        lines -= end == std::string::npos ? 0 : 1;
    }
    return at;
}

/// Values written as numbers, separated by blanks or commas.
Result<std::string> fromText(const std::string& words, image::ScalarType type, std::int64_t bytes)
{
    std::vector<double> values;
    const auto wanted = static_cast<std::size_t>(bytes) / image::bytesOf(type);
    for (const char *at = words.data(), *end = at + words.size(); at < end && values.size() < wanted;) {
        if (std::string_view(" \t\r\n,").find(*at) != std::string_view::npos) {
            ++at;
            continue;
        }
        const auto [next, problem] = std::from_chars(at, end, values.emplace_back());
        if (problem != std::errc())
            return badInput(text("reader", "Value %1 of the text is no number.").with(values.size()));
        at = next;
    }
    if (values.size() < wanted)
        return badInput(text("reader", "The text holds %1 of %2 values.").with(values.size(), wanted));
    std::string raw(static_cast<std::size_t>(bytes), '\0');
    convert(
        std::as_bytes(std::span(values)), image::ScalarType::Float64, std::as_writable_bytes(std::span(raw)), type, {});
    return raw;
}

Result<std::string> fromHex(const std::string& digits, std::int64_t bytes)
{
    std::string raw;
    int half = -1;
    for (const char c : digits) {
        unsigned value = 0;
        if (std::string_view(" \t\r\n").find(c) != std::string_view::npos || std::ssize(raw) == bytes)
            continue;
        if (std::from_chars(&c, &c + 1, value, 16).ec != std::errc())
            return badInput(text("reader", "The hexadecimal voxels hold another letter."));
        if (half >= 0)
            raw.push_back(static_cast<char>(half * 16 + static_cast<int>(value)));
        half = half >= 0 ? -1 : static_cast<int>(value);
    }
    return std::ssize(raw) < bytes ? tooFew(bytes, std::ssize(raw)) : Result<std::string>(std::move(raw));
}

/// Bytes offset … offset + count of the `share` bytes of values that one data file holds.
Result<std::string> valuesIn(
    const NrrdHeader& h, const Input& input, std::int64_t share, std::int64_t offset, std::int64_t count)
{
    const std::int64_t start = TRY(startOf(h, input));
    const std::int64_t there = input.size - start, behind = h.byteSkip < 0 ? -h.byteSkip - 1 : 0;
    if (h.encoding == Encoding::Gzip || h.encoding == Encoding::Bzip2) {
        const auto method = h.encoding == Encoding::Gzip ? Packed::Method::Gzip : Packed::Method::Bzip2;
        const Packed packed{method, start};
        if (h.byteSkip < 0)
            return TRY(unpackedTail(input, packed, share, behind))
                .substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(count));
        return unpacked(input, packed, h.byteSkip + offset, count,
            offset + count == share ? Checksum::Compared : Checksum::Ignored);
    }
    if (h.encoding == Encoding::Raw) {
        const std::int64_t skipped = h.byteSkip < 0 ? there - share - behind : h.byteSkip;
        if (skipped < 0 || there - skipped - behind < share)
            return tooFew(share + std::max(behind, h.byteSkip), there);
        return readBytes(input, start + skipped + offset, count);
    }
    if (h.byteSkip < 0)
        return badInput(text("reader", "A text cannot be skipped from its end (byte skip %1).").with(h.byteSkip));
    const std::string text = TRY(readBytes(input, start + h.byteSkip, there - h.byteSkip));
    return (h.encoding == Encoding::Text ? TRY(fromText(text, h.type, share)) : TRY(fromHex(text, share)))
        .substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(count));
}

Result<Input> dataFile(const Input& header, const std::string& name)
{
    const auto folder = header.path.substr(0, header.path.rfind('/') + 1);
    auto file = openInput(name.starts_with('/') ? name : folder + name);
    if (!file)
        return badInput(text("reader", "The file with the voxels (%1) is missing.").with(name), {},
            text("reader", "Copy it beside its header."));
    return file;
}

/// Whether the values can be there at all, seen from sizes alone.
Result<void> checkSizes(const NrrdHeader& h, const Input& input)
{
    const auto count = std::max<std::int64_t>(std::ssize(h.files), 1);
    const std::int64_t share = h.bytes() / count;
    if (h.bytes() % count != 0)
        return badInput(text("reader", "%1 files cannot share the voxels evenly.").with(count));
    for (std::int64_t n = 0; n < count; ++n) {
        std::optional<Input> other;
        if (!h.files.empty())
            other = TRY(dataFile(input, h.files[static_cast<std::size_t>(n)]));
        const Input& file = other ? *other : input;
        const std::int64_t there = file.size - TRY(startOf(h, file));
        const std::int64_t behind = h.byteSkip < 0 ? -h.byteSkip - 1 : h.byteSkip;
        // The least that can hold so many values: deflate packs 1 : 1032, bzip2 some 1 : 45,000, a text a digit each.
        const std::int64_t least = h.encoding == Encoding::Raw     ? share + behind
                                   : h.encoding == Encoding::Gzip  ? share / 1032
                                   : h.encoding == Encoding::Bzip2 ? share / 65536
                                   : h.encoding == Encoding::Hex
                                       ? share * 2
                                       : share / static_cast<std::int64_t>(image::bytesOf(h.type));
        if (there < least)
            return tooFew(least, there);
    }
    return {};
}
} // namespace

Result<files::FileHeader> nrrdFileHeader(const Input& input, files::Format format)
{
    const NrrdHeader h = TRY(nrrdHeader(input));
    TRY(checkSizes(h, input));
    files::FileHeader header;
    header.format = format;
    header.columns = h.grid[0];
    header.rows = h.grid[1];
    header.timePoints = h.grid[3];
    header.frames = h.grid[2] * h.grid[3];
    if (header.frames > (1 << 24))
        return badInput(text("reader", "The file states %1 frames.").with(header.frames));
    header.components = header.samplesPerPixel = h.components;
    header.storedType = h.type;
    header.bitsAllocated = header.bitsStored = static_cast<int>(image::bytesOf(h.type)) * 8;
    header.photometric = h.components == 3 ? "RGB" : "MONOCHROME2";
    header.geometry = h.geometry;
    header.frameHeaders.resize(1);
    return header;
}

Result<Picture> nrrdFrames(const Input& input, const files::FileHeader& header, std::int64_t first, std::int64_t count)
{
    const NrrdHeader h = TRY(nrrdHeader(input));
    Picture picture{header.columns, header.rows, count, header.components, header.storedType, {}};
    const auto element = static_cast<std::int64_t>(image::bytesOf(h.type));
    const std::int64_t frame = header.columns * header.rows * header.components * element;
    const std::int64_t begin = first * frame, end = (first + count) * frame;
    const std::int64_t share = h.bytes() / std::max<std::int64_t>(std::ssize(h.files), 1);
    for (std::int64_t at = begin; at < end;) {
        const std::int64_t n = at / share, offset = at % share, part = std::min(share - offset, end - at);
        std::optional<Input> other;
        if (!h.files.empty())
            other = TRY(dataFile(input, h.files[static_cast<std::size_t>(n)]));
        const std::string bytes = TRY(valuesIn(h, other ? *other : input, share, offset, part));
        const auto* from = reinterpret_cast<const std::byte*>(bytes.data());
        picture.bytes.insert(picture.bytes.end(), from, from + bytes.size());
        at += part;
    }
    if (h.isSwapped && element > 1 && h.encoding != Encoding::Text)
        for (std::size_t i = 0; i < picture.bytes.size(); i += static_cast<std::size_t>(element))
            std::reverse(picture.bytes.begin() + static_cast<std::ptrdiff_t>(i),
                picture.bytes.begin() + static_cast<std::ptrdiff_t>(i) + element);
    return picture;
}

} // namespace hounsfield::reader
