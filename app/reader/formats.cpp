#include "app/reader/formats.h"

#include "app/reader/dicom.h"
#include "app/reader/flat_images.h"
#include "app/reader/volumes.h"
#include "core/base/hash.h"
#include "core/files/formats.h"
#include "core/files/series.h"
#include "core/files/voxel_form.h"
#include "core/image/synthetic_mark.h"
#include "core/image/voxels.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::reader {

namespace {
using files::Format;

Result<Picture> flatFrames(const Input& input, const files::FileHeader& header, std::int64_t, std::int64_t)
{
    return flatPicture(input, header.format);
}

constexpr std::array readers = {ReaderRow{Format::Png, flatHeader, flatFrames},
    ReaderRow{Format::Jpeg, flatHeader, flatFrames}, ReaderRow{Format::Tiff, flatHeader, flatFrames},
    ReaderRow{Format::Bmp, flatHeader, flatFrames}, ReaderRow{Format::Nrrd, nrrdFileHeader, nrrdFrames},
    ReaderRow{Format::MetaImage, volumeHeader, volumeFrames}, ReaderRow{Format::Nifti, niftiHeader, niftiFrames},
    ReaderRow{Format::Dicom, dicomHeader, dicomFrames}};

const ReaderRow& rowOf(Format format)
{
    return *std::find_if(readers.begin(), readers.end(), [&](const ReaderRow& row) { return row.format == format; });
}

std::string hashOf(const Picture& picture)
{
    Hasher hasher;
    hasher.add(std::to_string(picture.columns) + "x" + std::to_string(picture.rows) + "x"
               + std::to_string(picture.components));
    hasher.add(std::span(picture.bytes));
    return hasher.hex();
}

image::Volume volumeOf(std::int64_t columns, std::int64_t rows, int components, image::ScalarType type)
{
    image::Volume volume;
    volume.geometry.size = {columns, rows, 1};
    volume.type = type;
    volume.components = components;
    return volume;
}

bool isMarked(const Picture& picture)
{
    return withType(picture.type, [&](auto scalar) {
        const auto* values = reinterpret_cast<const decltype(scalar)*>(picture.bytes.data());
        return image::isMarked(picture.columns, picture.rows, [&](std::int64_t x, std::int64_t y) {
            double sum = 0;
            for (int c = 0; c < picture.components; ++c)
                sum += static_cast<double>(values[(y * picture.columns + x) * picture.components + c]);
            return sum;
        });
    });
}

void setValues(image::Volume& volume, const Picture& picture, const Rescale& rescale)
{
    const auto block = image::makeBlock(picture.count() * static_cast<std::int64_t>(image::bytesOf(volume.type)));
    convert(picture.bytes, picture.type, {block.bytes.get(), block.size}, volume.type, rescale);
    volume.voxels = block.block();
}

/// Pictures of 8 and 16 bits need no word of their headers.
ShownPicture shownFlat(const Picture& picture)
{
    ShownPicture shown{
        volumeOf(picture.columns, picture.rows, picture.components, picture.type), hashOf(picture), isMarked(picture)};
    shown.volume.facts.isSynthetic = image::saysSynthetic(picture.description);
    shown.volume.storedRange = {0.0, picture.type == image::ScalarType::UInt8 ? 255.0 : 65535.0};
    setValues(shown.volume, picture, {});
    return shown;
}
} // namespace

Result<files::FileHeader> headerOf(const Input& input)
{
    const auto format = files::formatOf(input.startBytes(), input.name);
    if (format && *format != Format::Dicom && files::lowerCase(input.name).ends_with(".dcm"))
        return badInput(text("reader", "The name promises DICOM, but this is a %1 file.").with(files::nameOf(*format)));
    if (format) {
        auto header = TRY(rowOf(*format).header(input, *format));
        header.format = *format;
        return header;
    }
    if (files::isArchiveStart(input.startBytes(), input.name))
        return badInput(
            text("reader", "This is an archive, not an image."), {}, text("reader", "Open it as a folder."));
    if (files::isNamedAsImage(input.name))
        return badInput(text("reader", "The name promises an image, but the content is of no format that is known."));
    files::FileHeader header;
    header.kind = "no image";
    return header;
}

Result<void> writeFrames(const Input& input, const files::Request& request, std::span<std::byte> to)
{
    const auto format = files::formatOf(input.startBytes(), input.name);
    if (!format)
        return badInput(text("reader", "The content is of no format that is known."));
    const auto header = TRY(rowOf(*format).header(input, *format));
    if (header.kind != "image" || request.firstFrame + request.frameCount > header.frames
        || request.components != header.components)
        return badInput(text("reader", "The file does not hold the frames that are asked."));
    const auto values = header.columns * header.rows * request.frameCount * header.components;
    if (values * static_cast<std::int64_t>(image::bytesOf(request.type)) > std::ssize(to))
        return badInput(text("reader", "The file holds larger frames than were asked."));
    // A few frames at a time: what is decoded and not yet converted stays small beside the volume.
    const auto bytesOfFrame = static_cast<std::int64_t>(image::bytesOf(request.type)) * (values / request.frameCount);
    const bool isWhole = *format != Format::Dicom; // these are decoded in one go in any case
    const auto step = isWhole
                          ? request.frameCount
                          : std::clamp<std::int64_t>((std::int64_t{16} << 20) / bytesOfFrame, 1, request.frameCount);
    const Rescale rescale{request.slope, request.intercept, request.modalityLut ? &*request.modalityLut : nullptr};
    for (std::int64_t done = 0; done < request.frameCount; done += step) {
        const auto count = std::min(step, request.frameCount - done);
        const Picture picture = TRY(rowOf(*format).frames(input, header, request.firstFrame + done, count));
        if (picture.count() != header.columns * header.rows * count * header.components)
            return badInput(text("reader", "The picture has another size than its header says."));
        convert(picture.bytes, picture.type,
            to.subspan(static_cast<std::size_t>(done * bytesOfFrame), static_cast<std::size_t>(count * bytesOfFrame)),
            request.type, rescale);
    }
    return {};
}

PictureSource::PictureSource(const Input& input)
    : m_input(input)
    , m_format(files::formatOf(input.startBytes(), input.name))
{
}

Result<void> PictureSource::readHeader()
{
    if (m_header)
        return {};
    auto header = TRY(rowOf(*m_format).header(m_input, *m_format));
    if (header.kind != "image")
        return badInput(text("reader", "This is no image but: %1").with(header.kind));
    header.format = *m_format;
    m_header = std::make_shared<const files::FileHeader>(std::move(header));
    return {};
}

/// The stored values of one frame. What is decoded in one go in any case is kept for the frames to come.
Result<Picture> PictureSource::stored(std::int64_t frame)
{
    const files::FileHeader& header = *m_header;
    if (*m_format == Format::Dicom || header.frames == 1)
        return rowOf(*m_format).frames(m_input, header, frame, 1);
    if (!m_whole)
        m_whole = TRY(rowOf(*m_format).frames(m_input, header, 0, header.frames));
    Picture one{m_whole->columns, m_whole->rows, 1, m_whole->components, m_whole->type, {}};
    const auto bytes = static_cast<std::ptrdiff_t>(one.count()) * std::ptrdiff_t(image::bytesOf(one.type));
    one.bytes.assign(m_whole->bytes.begin() + frame * bytes, m_whole->bytes.begin() + (frame + 1) * bytes);
    return one;
}

Result<ShownPicture> PictureSource::picture(std::int64_t frame)
{
    if (!m_format)
        return badInput(text("reader", "The content is of no format that is known."));
    if (rowOf(*m_format).frames == flatFrames) {
        const Picture flat = TRY(flatPicture(m_input, *m_format));
        if (frame <= 0 && (flat.type == image::ScalarType::UInt8 || flat.type == image::ScalarType::UInt16))
            return shownFlat(flat);
    }
    TRY(readHeader());
    const files::FileHeader& header = *m_header;
    if (frame < 0 && header.frames != 1)
        return badInput(
            text("reader", "The file holds %1 slices; a single picture is wanted here.").with(header.frames));
    if (frame >= header.frames)
        return badInput(text("reader", "The file has no slice %1: it holds %2.").with(frame + 1, header.frames));
    files::Series series;
    series.slices = {{m_header, {}, std::max<std::int64_t>(frame, 0)}};
    const files::SliceSource& slice = series.slices.front();
    const files::VoxelForm form = TRY(files::voxelFormOf(series));
    const files::Rescale rescale = files::rescaleOf(slice);
    const Picture picture = TRY(stored(slice.frame));
    ShownPicture shown{
        volumeOf(picture.columns, picture.rows, picture.components, form.type), hashOf(picture), isMarked(picture)};
    setValues(shown.volume, picture, {rescale.slope, rescale.intercept, rescale.lut});
    shown.volume.unit = form.unit;
    shown.volume.isInverted = form.isInverted;
    shown.volume.storedRange = form.range;
    shown.volume.paddingLow = form.paddingLow;
    shown.volume.paddingHigh = form.paddingHigh;
    shown.volume.windows = files::frameOf(slice).windows;
    shown.volume.voiLut = header.voiLut;
    shown.volume.facts = header.facts;
    return shown;
}

} // namespace hounsfield::reader
