#include "app/reader/formats.h"

#include "app/reader/dicom.h"
#include "app/reader/flat_images.h"
#include "app/reader/volumes.h"
#include "core/files/formats.h"

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
    ReaderRow{Format::Bmp, flatHeader, flatFrames}, ReaderRow{Format::Nrrd, volumeHeader, volumeFrames},
    ReaderRow{Format::MetaImage, volumeHeader, volumeFrames}, ReaderRow{Format::Nifti, niftiHeader, niftiFrames},
    ReaderRow{Format::Dicom, dicomHeader, dicomFrames}};

const ReaderRow& rowOf(Format format)
{
    return *std::find_if(readers.begin(), readers.end(), [&](const ReaderRow& row) { return row.format == format; });
}

// Grey 0 … 65535 by the header's window, else from the least to the greatest value that is no padding.
Picture windowed(const Picture& stored, const files::FileHeader& header)
{
    const auto* frame = header.frameHeaders.empty() ? nullptr : &header.frameHeaders.front();
    Rescale rescale{1, 0, header.modalityLut ? &*header.modalityLut : nullptr};
    if (frame)
        rescale = {frame->slope.value_or(1), frame->intercept.value_or(0), rescale.lut};
    const auto count = static_cast<std::size_t>(stored.count());
    std::vector<double> raw(count), values(count);
    const auto bytesOf = [](std::vector<double>& list) { return std::as_writable_bytes(std::span(list)); };
    convert(stored.bytes, stored.type, bytesOf(raw), image::ScalarType::Float64, {});
    convert(bytesOf(raw), image::ScalarType::Float64, bytesOf(values), image::ScalarType::Float64, rescale);
    double low = INFINITY, high = -INFINITY;
    const double padding = header.paddingValue.value_or(NAN), limit = header.paddingRangeLimit.value_or(padding);
    const auto isPadding = [&](double v) { return v >= std::min(padding, limit) && v <= std::max(padding, limit); };
    for (std::size_t i = 0; i < count; ++i)
        if (std::isfinite(values[i]) && !isPadding(raw[i])) {
            low = std::min(low, values[i]);
            high = std::max(high, values[i]);
        }
    const bool hasWindow = frame && !frame->windows.empty();
    const bool isInverted = (header.photometric == "MONOCHROME1") != (header.presentationLutShape == "INVERSE");
    Picture shown{stored.columns, stored.rows, 1, 1, image::ScalarType::UInt16, std::vector<std::byte>(count * 2)};
    auto* to = reinterpret_cast<std::uint16_t*>(shown.bytes.data());
    for (std::size_t i = 0; i < count; ++i) {
        double grey = hasWindow       ? frame->windows.front().grey(values[i])
                      : header.voiLut ? header.voiLut->at(values[i]) / (std::exp2(header.voiLut->bits) - 1)
                                      : (high > low ? (values[i] - low) / (high - low) : 0.0);
        if (isInverted)
            grey = 1 - grey;
        to[i] = static_cast<std::uint16_t>(std::lround(std::clamp(std::isfinite(grey) ? grey : 0.0, 0.0, 1.0) * 65535));
    }
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

Result<ShownPicture> shownPicture(const Input& input)
{
    const auto format = files::formatOf(input.startBytes(), input.name);
    if (!format)
        return badInput(text("reader", "The content is of no format that is known."));
    ShownPicture shown;
    const auto& row = rowOf(*format);
    if (row.frames == flatFrames) {
        shown.picture = TRY(flatPicture(input, *format));
        if (shown.picture.type == image::ScalarType::UInt8 || shown.picture.type == image::ScalarType::UInt16)
            return shown;
    }
    auto header = TRY(row.header(input, *format));
    if (header.kind != "image")
        return badInput(text("reader", "This is no image but: %1").with(header.kind));
    if (header.frames != 1)
        return badInput(
            text("reader", "The file holds %1 slices; a single picture is wanted here.").with(header.frames));
    shown.patientID = header.facts.patientID;
    shown.modality = header.facts.modality;
    if (row.frames != flatFrames)
        shown.picture = TRY(row.frames(input, header, 0, 1));
    if (shown.picture.components == 1)
        shown.picture = windowed(shown.picture, header);
    return shown;
}

} // namespace hounsfield::reader
