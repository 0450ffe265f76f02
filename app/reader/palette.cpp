#include "app/reader/palette.h"

#include "app/reader/picture.h"

#include <algorithm>
#include <span>

namespace hounsfield::reader {

namespace {
using Words = std::span<const Uint16>;

struct ColourRow {
    const char* name;
    DcmTagKey descriptor, table, segments;
};
const std::array<ColourRow, 3> colourTable{ColourRow{"red", {0x0028, 0x1101}, {0x0028, 0x1201}, {0x0028, 0x1221}},
    ColourRow{"green", {0x0028, 0x1102}, {0x0028, 0x1202}, {0x0028, 0x1222}},
    ColourRow{"blue", {0x0028, 0x1103}, {0x0028, 0x1203}, {0x0028, 0x1223}}};

/// Entries of 8 bits lie two in each word, the first one in its low byte.
std::vector<std::uint16_t> bytesOf(Words words)
{
    std::vector<std::uint16_t> bytes;
    for (const Uint16 word : words) {
        bytes.push_back(word & 0xff);
        bytes.push_back(static_cast<std::uint16_t>(word >> 8));
    }
    return bytes;
}

/// Expands the segments of a table: 0 lists its values, 1 leads in a straight line to its value, 2 repeats segments
/// that stand at an offset of bytes. False where they are no such thing.
class Segments {
  public:
    Segments(std::span<const std::uint16_t> units, int bits, std::size_t wanted)
        : m_units(units)
        , m_bytesOfUnit(bits == 16 ? 2 : 1)
        , m_wanted(wanted)
    {
    }

    bool expand()
    {
        for (std::size_t at = 0; at < m_units.size() && m_entries.size() < m_wanted;)
            if (!segment(at, true))
                return false;
        return m_entries.size() == m_wanted;
    }
    const std::vector<std::uint16_t>& entries() const { return m_entries; }

  private:
    // Reads the segment at `at` and moves behind it.
    bool segment(std::size_t& at, bool mayRepeat)
    {
        if (at + 2 > m_units.size())
            return false;
        const unsigned kind = m_units[at], length = m_units[at + 1];
        at += 2;
        if (kind == 0)
            return list(at, length);
        if (kind == 1)
            return line(at, length);
        return kind == 2 && mayRepeat && repeat(at, length);
    }

    bool list(std::size_t& at, unsigned length)
    {
        if (at + length > m_units.size() || m_entries.size() + length > m_wanted)
            return false;
        const auto from = m_units.begin() + static_cast<std::ptrdiff_t>(at);
        m_entries.insert(m_entries.end(), from, from + length);
        at += length;
        return true;
    }

    bool line(std::size_t& at, unsigned length)
    {
        if (at >= m_units.size() || m_entries.empty() || m_entries.size() + length > m_wanted)
            return false;
        const double first = m_entries.back(), last = m_units[at++];
        for (unsigned i = 1; i <= length; ++i)
            m_entries.push_back(static_cast<std::uint16_t>(first + (last - first) * i / length + 0.5));
        return true;
    }

    bool repeat(std::size_t& at, unsigned count)
    {
        const std::size_t units = 4 / m_bytesOfUnit; // of the offset, least significant first
        if (at + units > m_units.size())
            return false;
        std::size_t offset = 0;
        for (std::size_t i = 0; i < units; ++i)
            offset |= static_cast<std::size_t>(m_units[at + i]) << (8 * m_bytesOfUnit * i);
        at += units;
        std::size_t from = offset / m_bytesOfUnit;
        for (unsigned n = 0; n < count; ++n)
            if (!segment(from, false))
                return false;
        return true;
    }

    std::span<const std::uint16_t> m_units;
    std::size_t m_bytesOfUnit, m_wanted;
    std::vector<std::uint16_t> m_entries;
};

Result<std::vector<std::uint16_t>> entriesOf(DcmDataset& data, const ColourRow& row, std::size_t wanted, long bits)
{
    const Uint16* words = nullptr;
    unsigned long count = 0;
    if (data.findAndGetUint16Array(row.table, words, &count).good() && words && count > 0) {
        if (count >= wanted)
            return std::vector<std::uint16_t>(words, words + wanted);
        auto bytes = bytesOf(Words(words, count));
        if (bytes.size() < wanted)
            return badInput(
                text("reader", "The colour palette is cut: %1 of %2 entries are there.").with(count, wanted));
        bytes.resize(wanted);
        return bytes;
    }
    if (data.findAndGetUint16Array(row.segments, words, &count).bad() || !words || count == 0)
        return unsupported(text("reader", "The colour palette is missing or of a kind that is not read."));
    const auto units = bits == 16 ? std::vector<std::uint16_t>(words, words + count) : bytesOf(Words(words, count));
    Segments segments(units, static_cast<int>(bits), wanted);
    if (!segments.expand())
        return badInput(text("reader", "The segments of the %1 palette do not make the %2 entries it states.")
                            .with(row.name, wanted));
    return segments.entries();
}
} // namespace

Result<Palette> paletteOf(DcmDataset& data, const files::FileHeader& header)
{
    Palette palette;
    for (std::size_t i = 0; i < 3; ++i) {
        const ColourRow& row = colourTable[i];
        long entries = 0, first = 0, bits = 0;
        if (data.findAndGetLongInt(row.descriptor, entries, 0).bad()
            || data.findAndGetLongInt(row.descriptor, first, 1).bad()
            || data.findAndGetLongInt(row.descriptor, bits, 2).bad())
            return unsupported(text("reader", "The colour palette is missing or of a kind that is not read."));
        const auto stated = static_cast<std::size_t>(static_cast<Uint16>(entries));
        auto& table = palette.tables[i];
        table.firstMapped =
            header.isSigned ? static_cast<std::int16_t>(first) : static_cast<int>(static_cast<Uint16>(first));
        table.data = TRY(entriesOf(data, row, stated == 0 ? 65536 : stated, bits));
        table.bits = bits == 16 ? 16 : 8;
    }
    // Entries said to have 16 bits are sometimes written with 8, then in all three tables.
    const bool isNarrow = std::ranges::all_of(
        palette.tables, [](const image::LookupTable& table) { return *std::ranges::max_element(table.data) <= 255; });
    if (isNarrow)
        for (auto& table : palette.tables)
            table.bits = 8;
    return palette;
}

std::vector<std::byte> painted(const std::vector<std::byte>& values, image::ScalarType type, const Palette& palette)
{
    const std::size_t count = values.size() / image::bytesOf(type);
    std::vector<std::byte> rgb(count * 3);
    withType(type, [&](auto scalar) {
        const auto* from = reinterpret_cast<const decltype(scalar)*>(values.data());
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t c = 0; c < 3; ++c) {
                const auto entry = static_cast<unsigned>(palette.tables[c].at(static_cast<double>(from[i])));
                rgb[i * 3 + c] = static_cast<std::byte>(palette.tables[c].bits == 16 ? entry >> 8 : entry);
            }
    });
    return rgb;
}

} // namespace hounsfield::reader
