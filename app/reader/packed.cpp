#include "app/reader/packed.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <unistd.h>
#include <vector>

namespace hounsfield::reader {

namespace {
constexpr std::int64_t farBeyond = std::int64_t{16} << 20;

std::uint32_t crcOf(std::uint32_t crc, std::span<const char> bytes)
{
    static const auto table = [] {
        std::array<std::uint32_t, 256> all{};
        for (std::uint32_t n = 0; n < 256; ++n) {
            std::uint32_t c = n;
            for (int k = 0; k < 8; ++k)
                c = c & 1 ? 0xedb88320U ^ (c >> 1) : c >> 1;
            all[n] = c;
        }
        return all;
    }();
    crc = ~crc;
    for (const char byte : bytes)
        crc = table[(crc ^ static_cast<unsigned char>(byte)) & 0xff] ^ (crc >> 8);
    return ~crc;
}

tl::unexpected<Error> brokenStream()
{
    return badInput(
        text("reader", "The packed file is damaged or ends early."), {}, text("reader", "Copy or download it again."));
}

/// Gives the unpacked bytes block by block to `use`, until it wants no more. True when the end was reached.
Result<bool> unpack(
    const Input& input, const Packed& packed, const std::function<bool(std::span<const char> block)>& use)
{
    const files::Descriptor file(::open(input.path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen() || ::lseek(file.number(), packed.start, SEEK_SET) < 0)
        return brokenStream();
    const std::unique_ptr<archive, int (*)(archive*)> reader(archive_read_new(), archive_read_free);
    if (packed.method == Packed::Method::Gzip)
        archive_read_support_filter_gzip(reader.get());
    else
        archive_read_support_filter_bzip2(reader.get());
    archive_read_support_format_raw(reader.get());
    archive_entry* entry = nullptr;
    if (archive_read_open_fd(reader.get(), file.number(), 256 << 10) != ARCHIVE_OK
        || archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK || archive_filter_count(reader.get()) < 2)
        return brokenStream();
    std::vector<char> block(256 << 10);
    for (;;) {
        const la_ssize_t part = archive_read_data(reader.get(), block.data(), block.size());
        if (part < 0)
            return brokenStream();
        if (part == 0)
            return true;
        if (!use(std::span(block.data(), static_cast<std::size_t>(part))))
            return false;
    }
}
} // namespace

Result<std::string> unpacked(
    const Input& input, const Packed& packed, std::int64_t offset, std::int64_t count, Checksum checksum)
{
    // bzip2 compares its own checksums, block by block.
    const bool isChecked = checksum == Checksum::Compared && packed.method == Packed::Method::Gzip;
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(count));
    std::uint32_t crc = 0;
    std::int64_t at = 0;
    const std::int64_t stop = offset + count;
    const bool isEnd = TRY(unpack(input, packed, [&](std::span<const char> block) {
        if (isChecked)
            crc = crcOf(crc, block);
        const auto size = std::ssize(block);
        const std::int64_t from = std::clamp<std::int64_t>(offset - at, 0, size),
                           to = std::clamp<std::int64_t>(stop - at, 0, size);
        bytes.append(block.data() + from, static_cast<std::size_t>(to - from));
        at += size;
        return at < stop || (isChecked && at <= stop + farBeyond);
    }));
    if (at < stop)
        return brokenStream();
    if (!isEnd || !isChecked)
        return bytes;
    const std::string trailer =
        TRY(readBytes(input, std::max<std::int64_t>(0, input.size - 8), std::min<std::int64_t>(8, input.size)));
    std::uint32_t wanted = 0;
    std::memcpy(&wanted, trailer.data(), std::min(sizeof wanted, trailer.size()));
    if (wanted != crc)
        return badInput(text("reader", "The checksum of the packed file is wrong: its content is damaged."), {},
            text("reader", "Copy or download it again."));
    return bytes;
}

Result<std::string> unpackedTail(const Input& input, const Packed& packed, std::int64_t count, std::int64_t behind)
{
    std::string bytes;
    const std::int64_t most = count + behind + farBeyond;
    const bool isEnd = TRY(unpack(input, packed, [&](std::span<const char> block) {
        bytes.append(block.data(), block.size());
        return std::ssize(bytes) <= most;
    }));
    if (!isEnd || std::ssize(bytes) < count + behind)
        return brokenStream();
    return bytes.substr(bytes.size() - static_cast<std::size_t>(count + behind), static_cast<std::size_t>(count));
}

} // namespace hounsfield::reader
