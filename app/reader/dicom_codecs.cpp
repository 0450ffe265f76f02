#include "app/reader/dicom_codecs.h"

#include "app/reader/characters.h"
#include "app/reader/jpeg_warnings.h"

#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <gdcmImageReader.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace hounsfield::reader {

namespace {
using files::FileHeader;

constexpr std::string_view jpeg2000Start = "\xff\x4f\xff\x51";

enum class Codec { RunLength, Jpeg, Jpeg2000 };
struct SyntaxRow {
    std::string_view uid;
    Codec codec;
};
constexpr std::array syntaxTable = {SyntaxRow{"1.2.840.10008.1.2.5", Codec::RunLength},
    SyntaxRow{"1.2.840.10008.1.2.4.50", Codec::Jpeg}, SyntaxRow{"1.2.840.10008.1.2.4.51", Codec::Jpeg},
    SyntaxRow{"1.2.840.10008.1.2.4.53", Codec::Jpeg}, SyntaxRow{"1.2.840.10008.1.2.4.55", Codec::Jpeg},
    SyntaxRow{"1.2.840.10008.1.2.4.57", Codec::Jpeg}, SyntaxRow{"1.2.840.10008.1.2.4.70", Codec::Jpeg},
    SyntaxRow{"1.2.840.10008.1.2.4.80", Codec::Jpeg}, SyntaxRow{"1.2.840.10008.1.2.4.81", Codec::Jpeg},
    SyntaxRow{"1.2.840.10008.1.2.4.90", Codec::Jpeg2000}, SyntaxRow{"1.2.840.10008.1.2.4.91", Codec::Jpeg2000}};

std::optional<Codec> codecOf(const FileHeader& h)
{
    const auto row = std::find_if(
        syntaxTable.begin(), syntaxTable.end(), [&](const SyntaxRow& r) { return r.uid == h.facts.transferSyntaxUID; });
    return row == syntaxTable.end() ? std::nullopt : std::optional(row->codec);
}

DcmPixelSequence* fragmentsOf(DcmDataset& data)
{
    DcmElement* element = nullptr;
    DcmPixelSequence* fragments = nullptr;
    if (data.findAndGetElement(DCM_PixelData, element).bad() || !element || element->ident() != EVR_PixelData)
        return nullptr;
    static_cast<DcmPixelData*>(element)->getEncapsulatedRepresentation(data.getOriginalXfer(), nullptr, fragments);
    return fragments;
}

Result<std::string> fragment(DcmPixelSequence& fragments, unsigned long index)
{
    DcmPixelItem* item = nullptr;
    Uint8* bytes = nullptr;
    if (fragments.getItem(item, index).bad() || !item)
        return badInput(text("reader", "A fragment of the pixel data is missing."));
    if (item->getLength() > 0 && (item->getUint8Array(bytes).bad() || !bytes))
        return badInput(text("reader", "A fragment of the pixel data cannot be read."));
    return std::string(reinterpret_cast<const char*>(bytes), item->getLength());
}

tl::unexpected<Error> cutFrame(std::int64_t number)
{
    return badInput(text("reader", "Frame %1 ends before its picture does.").with(number + 1), {},
        text("reader", "Copy the file again from its source."));
}

std::uint32_t bigEndian(const std::string& bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count && at + i < bytes.size(); ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

struct Size {
    std::int64_t columns = 0, rows = 0;
};
// Of the first frame header (JPEG, JPEG-LS) or SIZ (JPEG 2000).
Size codestreamSize(const std::string& stream)
{
    for (std::size_t at = 2; at + 9 < stream.size();) {
        const auto marker = bigEndian(stream, at, 2);
        if (marker == 0xff51)
            return {bigEndian(stream, at + 6, 4) - static_cast<std::int64_t>(bigEndian(stream, at + 14, 4)),
                bigEndian(stream, at + 10, 4) - static_cast<std::int64_t>(bigEndian(stream, at + 18, 4))};
        const bool isFrame =
            (marker >= 0xffc0 && marker <= 0xffcf && marker != 0xffc4 && marker != 0xffc8 && marker != 0xffcc)
            || marker == 0xfff7;
        if (isFrame)
            return {bigEndian(stream, at + 7, 2), bigEndian(stream, at + 5, 2)};
        if (marker == 0xffff) {
            ++at;
            continue;
        }
        if (marker < 0xff00)
            break;
        at += 2 + bigEndian(stream, at + 2, 2);
    }
    return {};
}

// Begins and ends as JPEG, JPEG-LS and JPEG 2000 do; behind the end only padding.
bool isWhole(const std::string& stream)
{
    auto end = stream.size();
    while (end > 0 && stream[end - 1] == '\0')
        --end;
    const auto mark = stream.rfind("\xff\xd9");
    return bigEndian(stream, 0, 1) == 0xff && mark != std::string::npos && mark > 2 && end <= mark + 4;
}
} // namespace

namespace {
/// Ssiz of the first component (ISO 15444-1 A.5.1): bits and sign of a JPEG 2000 codestream. 0 bits where there is
/// none.
struct Precision {
    int bits = 0;
    bool isSigned = false;
};
Precision precisionOf(const std::string& stream)
{
    const auto start = stream.find(jpeg2000Start); // some wrap the codestream in the boxes of a JP2 file
    if (start == std::string::npos || start + 43 > stream.size())
        return {};
    const auto byte = bigEndian(stream, start + 42, 1);
    return {static_cast<int>(byte & 0x7f) + 1, (byte & 0x80) != 0};
}

/// Says where the codestream holds fewer bits than the header; the first fragment tells.
void sayPrecision(FileHeader& h, DcmPixelSequence& fragments)
{
    DcmPixelItem* item = nullptr;
    std::string start(512, '\0');
    if (fragments.getItem(item, 1).bad() || !item || item->getLength() == 0)
        return;
    start.resize(std::min<std::size_t>(start.size(), item->getLength()));
    if (item->getPartialValue(start.data(), 0, static_cast<Uint32>(start.size())).bad())
        return;
    const Precision precision = precisionOf(start);
    if (precision.bits > 0 && precision.bits < h.bitsStored)
        addProblem(h, text("reader", "The header says %1 bits, the compressed pixels have %2; theirs are used.")
                          .with(h.bitsStored, precision.bits));
}

/// Whether the tile-parts of a JPEG 2000 codestream are as long as they say and end at its end (ISO 15444-1 A.4.2):
/// OpenJPEG paints what it has got of a shorter one.
bool holdsItsTiles(const std::string& stream)
{
    std::size_t at = 2;
    while (at + 4 <= stream.size() && bigEndian(stream, at, 2) != 0xff90) // the main header
        at += 2 + bigEndian(stream, at + 2, 2);
    while (at + 12 <= stream.size() && bigEndian(stream, at, 2) == 0xff90) {
        const std::size_t length = bigEndian(stream, at + 6, 4);
        if (length == 0) // to the end
            return isWhole(stream);
        if (length < 14 || length > stream.size() - at)
            return false;
        at += length;
    }
    return bigEndian(stream, at, 2) == 0xffd9;
}
} // namespace

Result<void> checkEncapsulated(FileHeader& h, DcmDataset& data)
{
    if (!codecOf(h)) {
        const char* name = dcmFindNameOfUID(h.facts.transferSyntaxUID.c_str(), nullptr);
        const bool isHighThroughput = h.facts.transferSyntaxUID.starts_with("1.2.840.10008.1.2.4.20");
        return unsupported(text("reader", "The transfer syntax %1 (%2) is not read.")
                               .with(isHighThroughput ? "HTJ2K (High-Throughput JPEG 2000)"
                                     : name           ? name
                                                      : "of this file",
                                   h.facts.transferSyntaxUID),
            {}, text("reader", "Have it exported uncompressed."));
    }
    DcmPixelSequence* fragments = fragmentsOf(data);
    if (!fragments || fragments->card() < 2)
        return badInput(text("reader", "The pixel data are empty."));
    const auto count = static_cast<std::int64_t>(fragments->card()) - 1;
    if (count < h.frames)
        return badInput(text("reader", "The file states %1 frames and holds %2.").with(h.frames, count), {},
            text("reader", "Copy the file again from its source."));
    if (h.bitsAllocated != 8 && h.bitsAllocated != 16 && !(*codecOf(h) == Codec::RunLength && h.bitsAllocated == 32))
        return unsupported(text("reader", "Compressed pixels of %1 bits are not read.").with(h.bitsAllocated));
    if (*codecOf(h) == Codec::Jpeg2000)
        sayPrecision(h, *fragments);
    return {};
}

FrameDecoder::FrameDecoder(const Input& input, const FileHeader& header, DcmDataset& data)
    : m_input(input)
    , m_header(header)
    , m_form(header)
    , m_data(data)
{
}

// The bytes of one frame: its fragments put together.
Result<std::string> FrameDecoder::stream(std::int64_t number) const
{
    DcmPixelSequence* fragments = fragmentsOf(m_data);
    if (!fragments)
        return badInput(text("reader", "The pixel data are empty."));
    const auto count = static_cast<std::int64_t>(fragments->card()) - 1;
    if (count == m_header.frames)
        return fragment(*fragments, static_cast<unsigned long>(number + 1));
    std::string all;
    if (m_header.frames == 1) {
        for (std::int64_t i = 1; i <= count; ++i)
            all += TRY(fragment(*fragments, static_cast<unsigned long>(i)));
        return all;
    }
    // Several fragments a frame: the offset table, or the start of a picture, tells where the next one begins.
    std::int64_t seen = -1;
    for (std::int64_t i = 1; i <= count && seen <= number; ++i) {
        const std::string part = TRY(fragment(*fragments, static_cast<unsigned long>(i)));
        const bool isStart = part.starts_with("\xff\xd8\xff") || part.starts_with(jpeg2000Start);
        seen += isStart ? 1 : 0;
        if (seen == number)
            all += part;
    }
    if (all.empty())
        return cutFrame(number);
    return all;
}

Result<std::vector<std::byte>> FrameDecoder::frame(std::int64_t number, Arrangement& arrangement)
{
    const Codec codec = *codecOf(m_header);
    std::string bytes = TRY(stream(number));
    if (codec == Codec::Jpeg2000) // some wrap the codestream in the boxes of a JP2 file
        bytes.erase(0, std::min(bytes.find(jpeg2000Start), bytes.size()));
    if (codec == Codec::RunLength) {
        arrangement.isPlanar = true;
        return runLengths(bytes);
    }
    if (!isWhole(bytes))
        return cutFrame(number);
    const Size size = codestreamSize(bytes);
    if (size.columns != m_header.columns || size.rows != m_header.rows)
        return badInput(text("reader", "Frame %1 is %2 × %3 inside, the header says %4 × %5.")
                            .with(number + 1, size.columns, size.rows, m_header.columns, m_header.rows));
    if (codec == Codec::Jpeg)
        return jpeg(number, arrangement);
    if (!holdsItsTiles(bytes))
        return cutFrame(number);
    const Precision precision = precisionOf(bytes);
    if (precision.bits > 0 && precision.bits < m_header.bitsStored) { // the codestream wins
        m_form.bitsStored = precision.bits;
        m_form.highBit = precision.bits - 1;
        m_form.isSigned = precision.isSigned;
    }
    return jpeg2000(number, arrangement);
}

namespace {
/// One byte plane of a run-length coded frame (PS3.5 annex G.3), put to every `stride`th of `cells`. No: the segment
/// holds more or fewer than `count` bytes, other padding than zeros aside.
bool unpackSegment(std::string_view segment, std::size_t count, std::byte* cells, std::size_t stride)
{
    std::size_t at = 0, done = 0;
    while (at < segment.size() && done < count) {
        const int code = static_cast<signed char>(segment[at++]);
        if (code == -128)
            continue;
        const auto length = static_cast<std::size_t>(std::abs(code)) + 1, held = code < 0 ? 1 : length;
        if (at + held > segment.size() || done + length > count)
            return false;
        for (std::size_t i = 0; i < length; ++i)
            cells[done++ * stride] = static_cast<std::byte>(segment[code < 0 ? at : at + i]);
        at += held;
    }
    return done == count && segment.find_first_not_of('\0', at) == std::string_view::npos;
}
} // namespace

// A segment for each byte of each sample, most significant first.
Result<std::vector<std::byte>> FrameDecoder::runLengths(const std::string& stream) const
{
    const auto pixels = static_cast<std::size_t>(m_header.columns * m_header.rows);
    const auto bytesOfCell = static_cast<std::size_t>(m_header.bitsAllocated / 8);
    const std::size_t wanted = bytesOfCell * static_cast<std::size_t>(m_header.samplesPerPixel);
    const auto word = [&](std::size_t i) {
        std::uint32_t value = 0;
        std::memcpy(&value, stream.data() + 4 * i, 4);
        return value;
    };
    const auto damaged = [] {
        return badInput(text("reader", "The run-length coded frame is damaged or cut."), {},
            text("reader", "Copy the file again from its source."));
    };
    if (stream.size() < 64 || word(0) != wanted || wanted > 15)
        return damaged();
    std::vector<std::byte> cells(pixels * wanted);
    for (std::size_t segment = 0; segment < wanted; ++segment) {
        const std::size_t sample = segment / bytesOfCell, byte = bytesOfCell - 1 - segment % bytesOfCell;
        const std::size_t at = word(segment + 1);
        const std::size_t end = segment + 1 < wanted ? word(segment + 2) : stream.size();
        if (at < 64 || end > stream.size() || at > end)
            return damaged();
        if (!unpackSegment(std::string_view(stream).substr(at, end - at), pixels,
                cells.data() + sample * pixels * bytesOfCell + byte, bytesOfCell))
            return damaged();
    }
    return cells;
}

Result<std::vector<std::byte>> FrameDecoder::jpeg(std::int64_t number, Arrangement& arrangement)
{
    DcmElement* element = nullptr;
    m_data.findAndGetElement(DCM_PixelData, element);
    auto& pixels = *static_cast<DcmPixelData*>(element);
    const auto bytes = static_cast<std::size_t>(
        m_header.columns * m_header.rows * m_header.samplesPerPixel * (m_header.bitsAllocated / 8));
    std::vector<std::byte> cells(bytes + 2);
    OFString model;
    takeJpegWarning();
    const OFCondition status = pixels.getUncompressedFrame(
        &m_data, static_cast<Uint32>(number), m_fragment, cells.data(), static_cast<Uint32>(bytes + bytes % 2), model);
    if (status.bad())
        return badInput(text("reader", "Frame %1 cannot be decoded (%2).").with(number + 1, validText(status.text())));
    if (const std::string warning = takeJpegWarning(); !warning.empty())
        return badInput(text("reader", "Frame %1 is damaged (%2).").with(number + 1, validText(warning)), {},
            text("reader", "Copy the file again from its source."));
    cells.resize(bytes);
    if (!model.empty() && m_header.samplesPerPixel == 3)
        arrangement.photometric = model.c_str();
    return cells;
}

Result<std::vector<std::byte>> FrameDecoder::jpeg2000(std::int64_t number, Arrangement& arrangement)
{
    if (m_all.empty()) {
        gdcm::ImageReader reader;
        reader.SetFileName(m_input.path.c_str());
        if (!reader.Read())
            return badInput(text("reader", "The JPEG 2000 frames cannot be decoded."));
        const gdcm::Image& decoded = reader.GetImage();
        const std::size_t wanted =
            static_cast<std::size_t>(m_header.columns * m_header.rows * m_header.frames * m_header.samplesPerPixel)
            * static_cast<std::size_t>(m_header.bitsAllocated / 8);
        if (decoded.GetBufferLength() != wanted)
            return badInput(text("reader", "The JPEG 2000 frames hold other bits than the header says."));
        m_all.resize(wanted);
        if (!decoded.GetBuffer(reinterpret_cast<char*>(m_all.data())))
            return badInput(text("reader", "The JPEG 2000 frames cannot be decoded."));
    }
    const auto frame = static_cast<std::ptrdiff_t>(m_all.size()) / m_header.frames;
    arrangement.isPlanar = false;
    if (arrangement.photometric == "YBR_RCT" || arrangement.photometric == "YBR_ICT")
        arrangement.photometric = "RGB"; // undone by the codec
    return std::vector<std::byte>(m_all.begin() + number * frame, m_all.begin() + (number + 1) * frame);
}

} // namespace hounsfield::reader
