#include "app/reader/characters.h"
#include "app/reader/dicom.h"
#include "app/reader/dicom_codecs.h"
#include "app/reader/dicom_pixels.h"
#include "app/reader/palette.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hounsfield::reader {

namespace {
using files::FileHeader;
using image::ScalarType;

bool isFloating(DcmDataset& data)
{
    return data.tagExists(DCM_FloatPixelData) || data.tagExists(DCM_DoubleFloatPixelData);
}

bool isSubsampled(const FileHeader& h, bool isNative)
{
    return isNative && h.photometric == "YBR_FULL_422";
}

std::int64_t bitsOfFrame(const FileHeader& h, bool isNative)
{
    const std::int64_t samples = isSubsampled(h, isNative) ? 2 : h.samplesPerPixel;
    return h.columns * h.rows * samples * h.bitsAllocated;
}

ScalarType storedTypeOf(const FileHeader& h)
{
    if (h.bitsStored <= 8)
        return h.isSigned ? ScalarType::Int8 : ScalarType::UInt8;
    if (h.bitsStored <= 16)
        return h.isSigned ? ScalarType::Int16 : ScalarType::UInt16;
    return h.isSigned ? ScalarType::Int32 : ScalarType::UInt32;
}

Result<void> checkForm(const FileHeader& h)
{
    const bool bitsAreKnown =
        h.bitsAllocated == 1 || h.bitsAllocated == 8 || h.bitsAllocated == 16 || h.bitsAllocated == 32;
    if (!bitsAreKnown)
        return badInput(text("reader", "Pixels of %1 bits are not read.").with(h.bitsAllocated));
    if (h.bitsStored < 1 || h.bitsStored > h.bitsAllocated || h.highBit < h.bitsStored - 1
        || h.highBit >= h.bitsAllocated)
        return badInput(
            text("reader", "The header contradicts itself: %1 bits stored up to bit %2 in cells of %3 bits.")
                .with(h.bitsStored, h.highBit, h.bitsAllocated));
    const bool isGrey = h.photometric.starts_with("MONOCHROME") || h.photometric == "PALETTE COLOR";
    const bool isColour = h.photometric == "RGB" || h.photometric.starts_with("YBR_");
    if (!isGrey && !isColour)
        return unsupported(text("reader", "Pixels of the kind %1 are not read.").with(h.photometric));
    if (h.samplesPerPixel != (isColour ? 3 : 1))
        return badInput(text("reader", "The header contradicts itself: %1 with %2 samples a pixel.")
                            .with(h.photometric, h.samplesPerPixel));
    if (isColour && h.bitsAllocated < 8)
        return badInput(text("reader", "Colours of %1 bits are not read.").with(h.bitsAllocated));
    if (isColour && h.isSigned) // PS3.3 C.7.6.3.1.2 knows none, and readers differ in what they show
        return badInput(text("reader", "The header contradicts itself: colours with a sign."));
    return {};
}

Result<void> checkNative(FileHeader& h, std::int64_t there)
{
    const std::int64_t frame = bitsOfFrame(h, true);
    const std::int64_t wanted = (frame * h.frames + 7) / 8;
    if (there < wanted)
        return badInput(
            text("reader", "The pixel data are cut: %1 bytes are needed, %2 are there.").with(wanted, there), {},
            text("reader", "Copy the file again from its source."));
    if (there > wanted + 1) {
        const std::int64_t bytesOfFrame = std::max<std::int64_t>(1, frame / 8);
        const std::int64_t extra = (there - wanted) / bytesOfFrame;
        if (extra == 0 || (there - wanted) % bytesOfFrame > 1) {
            addProblem(h, text("reader", "%1 bytes behind the picture are not shown.").with(there - wanted));
            return {};
        }
        addProblem(h,
            text("reader", "Frames that the file holds beyond those it states, which are not shown: %1.").with(extra));
    }
    return {};
}

/// Cells of one frame as they lie in the file, in our byte order.
Result<std::vector<std::byte>> nativeFrame(const FileHeader& h, DcmDataset& data, std::int64_t frame)
{
    DcmElement* element = nullptr;
    if (data.findAndGetElement(DCM_PixelData, element).bad() || !element)
        return badInput(text("reader", "The file has no pixel data."));
    const std::int64_t bits = bitsOfFrame(h, true), firstBit = frame * bits;
    const std::int64_t start = firstBit / 8 / 2 * 2; // words are swapped whole
    const auto length = static_cast<std::int64_t>(element->getLength());
    const std::int64_t end = std::min(((firstBit + bits + 7) / 8 + 3) / 4 * 4, length);
    std::vector<std::byte> bytes(static_cast<std::size_t>(end - start));
    if (element
            ->getPartialValue(
                bytes.data(), static_cast<Uint32>(start), static_cast<Uint32>(bytes.size()), nullptr, EBO_LittleEndian)
            .bad())
        return badInput(text("reader", "The pixel data cannot be read."));
    const bool isBig = data.getOriginalXfer() == EXS_BigEndianExplicit;
    if (h.bitsAllocated == 32 && isBig) // swapped as words of 16 bits; the words themselves follow
        for (std::size_t i = 0; i + 3 < bytes.size(); i += 4)
            std::swap_ranges(bytes.begin() + static_cast<std::ptrdiff_t>(i),
                bytes.begin() + static_cast<std::ptrdiff_t>(i) + 2, bytes.begin() + static_cast<std::ptrdiff_t>(i) + 2);
    if (h.bitsAllocated == 1) {
        std::vector<std::byte> cells(static_cast<std::size_t>(bits));
        for (std::int64_t i = 0; i < bits; ++i) {
            const std::int64_t bit = firstBit - start * 8 + i;
            cells[static_cast<std::size_t>(i)] =
                bytes[static_cast<std::size_t>(bit / 8)] >> static_cast<int>(bit % 8) & std::byte{1};
        }
        return cells;
    }
    const std::int64_t skip = firstBit / 8 - start;
    bytes.erase(bytes.begin(), bytes.begin() + skip);
    bytes.resize(static_cast<std::size_t>(bits / 8));
    return bytes;
}

// Value = the stored bits of the cell, with its sign; what lies above or below (overlays, junk) is cut off.
template <typename Cell, typename Value>
void cutOut(const FileHeader& h, const std::byte* from, std::byte* to, std::int64_t count)
{
    const int low = h.bitsAllocated == 1 ? 0 : h.highBit - h.bitsStored + 1;
    const int unused = 64 - h.bitsStored;
    for (std::int64_t i = 0; i < count; ++i) {
        Cell cell;
        std::memcpy(&cell, from + static_cast<std::size_t>(i) * sizeof cell, sizeof cell);
        const std::uint64_t bits = static_cast<std::uint64_t>(cell) >> low << unused;
        const Value value = h.isSigned ? static_cast<Value>(static_cast<std::int64_t>(bits) >> unused)
                                       : static_cast<Value>(bits >> unused);
        std::memcpy(to + static_cast<std::size_t>(i) * sizeof value, &value, sizeof value);
    }
}

std::vector<std::byte> storedValues(const FileHeader& h, const std::vector<std::byte>& cells, ScalarType type)
{
    const std::int64_t cell = h.bitsAllocated <= 8 ? 1 : h.bitsAllocated / 8;
    const std::int64_t count = std::ssize(cells) / cell;
    std::vector<std::byte> values(static_cast<std::size_t>(count) * image::bytesOf(type));
    withType(type, [&](auto value) {
        using Value = decltype(value);
        if (cell == 1)
            cutOut<std::uint8_t, Value>(h, cells.data(), values.data(), count);
        else if (cell == 2)
            cutOut<std::uint16_t, Value>(h, cells.data(), values.data(), count);
        else
            cutOut<std::uint32_t, Value>(h, cells.data(), values.data(), count);
    });
    return values;
}

std::byte toByte(double value)
{
    return static_cast<std::byte>(std::lround(std::clamp(value, 0.0, 255.0)));
}

// PS3.3 C.7.6.3.1.2, full range.
void toRgb(double y, double cb, double cr, std::byte* rgb)
{
    rgb[0] = toByte(y + 1.402 * (cr - 128));
    rgb[1] = toByte(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128));
    rgb[2] = toByte(y + 1.772 * (cb - 128));
}

/// 8-bit RGB, pixel by pixel, of colour samples in any arrangement.
Result<std::vector<std::byte>> colours(
    const FileHeader& h, std::vector<std::byte> samples, const Arrangement& arrangement)
{
    const std::int64_t pixels = h.columns * h.rows;
    if (const auto cell = static_cast<std::size_t>(h.bitsAllocated / 8); cell > 1) {
        std::vector<std::byte> narrow(samples.size() / cell);
        for (std::size_t i = 0; i < narrow.size(); ++i) {
            std::uint32_t value = 0;
            std::memcpy(&value, samples.data() + cell * i, cell);
            narrow[i] = static_cast<std::byte>(h.bitsStored > 8 ? value >> (h.bitsStored - 8) : value);
        }
        samples = std::move(narrow);
    }
    const bool isHalf = arrangement.photometric == "YBR_FULL_422" && arrangement.isSubsampled;
    if (std::ssize(samples) < pixels * (isHalf ? 2 : 3))
        return badInput(text("reader", "The frame holds too few samples."));
    std::vector<std::byte> rgb(static_cast<std::size_t>(pixels * 3));
    const auto at = [&](std::int64_t i) {
        return static_cast<double>(std::to_integer<int>(samples[static_cast<std::size_t>(i)]));
    };
    const bool isYbr = arrangement.photometric.starts_with("YBR_FULL");
    for (std::int64_t p = 0; p < pixels; ++p) {
        std::array<double, 3> c{};
        if (isHalf) // Y Y Cb Cr for two neighbours
            c = {at(p / 2 * 4 + p % 2), at(p / 2 * 4 + 2), at(p / 2 * 4 + 3)};
        else
            for (std::int64_t k = 0; k < 3; ++k)
                c[static_cast<std::size_t>(k)] = arrangement.isPlanar ? at(k * pixels + p) : at(p * 3 + k);
        std::byte* to = rgb.data() + p * 3;
        if (isYbr)
            toRgb(c[0], c[1], c[2], to);
        else
            for (std::size_t k = 0; k < 3; ++k)
                to[k] = toByte(c[k]);
    }
    return rgb;
}

Result<Picture> floatingFrames(const FileHeader& h, DcmDataset& data, std::int64_t first, std::int64_t count)
{
    const bool isDouble = data.tagExists(DCM_DoubleFloatPixelData);
    DcmElement* element = nullptr;
    data.findAndGetElement(isDouble ? DCM_DoubleFloatPixelData : DCM_FloatPixelData, element);
    const std::int64_t frame = h.columns * h.rows * (isDouble ? 8 : 4);
    Picture picture{
        h.columns, h.rows, count, 1, h.storedType, std::vector<std::byte>(static_cast<std::size_t>(count * frame))};
    if (!element
        || element
               ->getPartialValue(picture.bytes.data(), static_cast<Uint32>(first * frame),
                   static_cast<Uint32>(count * frame), nullptr, EBO_LittleEndian)
               .bad())
        return badInput(text("reader", "The pixel data cannot be read."));
    return picture;
}
} // namespace

Result<void> checkPixels(FileHeader& h, DcmDataset& data)
{
    DcmElement* element = nullptr;
    if (isFloating(data)) {
        const bool isDouble = data.tagExists(DCM_DoubleFloatPixelData);
        data.findAndGetElement(isDouble ? DCM_DoubleFloatPixelData : DCM_FloatPixelData, element);
        h.bitsAllocated = h.bitsStored = isDouble ? 64 : 32;
        h.storedType = isDouble ? ScalarType::Float64 : ScalarType::Float32;
        return checkNative(h, element ? static_cast<std::int64_t>(element->getLength()) : 0);
    }
    TRY(checkForm(h));
    const bool isColour = h.samplesPerPixel == 3 || h.photometric == "PALETTE COLOR";
    h.components = isColour ? 3 : 1;
    h.storedType = isColour ? ScalarType::UInt8 : storedTypeOf(h);
    if (h.photometric == "PALETTE COLOR")
        TRY(paletteOf(data, h));
    data.findAndGetElement(DCM_PixelData, element);
    const DcmXfer syntax(data.getOriginalXfer());
    if (!syntax.isEncapsulated()) {
        if (syntax.getXfer() == EXS_Unknown || h.facts.transferSyntaxUID != syntax.getXferID())
            return unsupported(text("reader", "The transfer syntax %1 is not known.").with(h.facts.transferSyntaxUID));
        return checkNative(h, element ? static_cast<std::int64_t>(element->getLength()) : 0);
    }
    return checkEncapsulated(h, data);
}

Result<Picture> dicomFrames(const Input& input, const FileHeader& header, std::int64_t first, std::int64_t count)
{
    const auto file = TRY(loadedDicom(input));
    DcmDataset& data = *file->getDataset();
    if (isFloating(data))
        return floatingFrames(header, data, first, count);
    const bool isNative = !DcmXfer(data.getOriginalXfer()).isEncapsulated();
    std::optional<Palette> palette;
    if (header.photometric == "PALETTE COLOR")
        palette = TRY(paletteOf(data, header));
    FrameDecoder decoder(input, header, data);
    Uint16 planar = 0;
    data.findAndGetUint16(DCM_PlanarConfiguration, planar);
    Picture picture{header.columns, header.rows, count, header.components, header.storedType, {}};
    for (std::int64_t frame = first; frame < first + count; ++frame) {
        Arrangement arrangement{header.photometric, planar == 1, isSubsampled(header, isNative)};
        auto cells = isNative ? TRY(nativeFrame(header, data, frame)) : TRY(decoder.frame(frame, arrangement));
        std::vector<std::byte> values;
        if (header.samplesPerPixel == 3)
            values = TRY(colours(header, std::move(cells), arrangement));
        else {
            const ScalarType type = storedTypeOf(header);
            values = storedValues(decoder.form(), cells, type);
            if (palette)
                values = painted(values, type, *palette);
        }
        picture.bytes.insert(picture.bytes.end(), values.begin(), values.end());
    }
    return picture;
}

} // namespace hounsfield::reader
