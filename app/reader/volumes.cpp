#include "app/reader/volumes.h"

#include "app/reader/itk_image.h"

#include <algorithm>

namespace hounsfield::reader {

Result<files::FileHeader> volumeHeader(const Input& input, files::Format format)
{
    const ItkInformation information = TRY(itkInformation(input, format));
    if (!information.type || (information.components != 1 && information.components != 3))
        return unsupported(text("reader", "Voxels of the kind %1 with %2 components are not read.")
                               .with(information.typeName, information.components));
    if (information.components == 3 && *information.type != image::ScalarType::UInt8)
        return unsupported(text("reader", "Vectors of three numbers at each voxel are not read as an image."));
    if (information.size.empty() || information.size.size() > 4)
        return unsupported(text("reader", "A file with %1 axes is not read.").with(information.size.size()));
    files::FileHeader header;
    header.format = format;
    std::array<std::int64_t, 4> size{1, 1, 1, 1};
    std::int64_t voxels = 1;
    for (std::size_t i = 0; i < information.size.size(); ++i) {
        size[i] = information.size[i];
        if (size[i] < 1 || size[i] > (1 << 24) || voxels > (std::int64_t{1} << 40) / size[i])
            return badInput(
                text("reader", "The header states an impossible size (%1 along axis %2).").with(size[i], i + 1));
        voxels *= size[i];
    }
    TRY(checkMetaImage(
        input, voxels * information.components * static_cast<std::int64_t>(image::bytesOf(*information.type))));
    header.columns = size[0];
    header.rows = size[1];
    header.timePoints = size[3];
    header.frames = size[2] * size[3];
    header.components = header.samplesPerPixel = information.components;
    header.storedType = *information.type;
    header.bitsAllocated = header.bitsStored = static_cast<int>(image::bytesOf(header.storedType)) * 8;
    header.photometric = header.components == 3 ? "RGB" : "MONOCHROME2";
    header.geometry = information.geometry;
    header.geometry.size = {size[0], size[1], size[2]};
    header.geometry.isSpaced = true;
    header.geometry.isOriented = information.size.size() >= 3;
    for (std::size_t i = 0; i < 3; ++i)
        if (!(header.geometry.spacing[i] > 0)) {
            header.geometry.spacing[i] = 1;
            header.problems.push_back(text("reader", "The voxel size along axis %1 is not positive.").with(i + 1));
        }
    header.frameHeaders.resize(1);
    return header;
}

Result<Picture> volumeFrames(
    const Input& input, const files::FileHeader& header, std::int64_t first, std::int64_t count)
{
    auto values = TRY(itkValues(input, header.format, Pages::All));
    Picture picture{header.columns, header.rows, count, header.components, header.storedType, {}};
    const auto frame =
        header.columns * header.rows * header.components * static_cast<std::int64_t>(image::bytesOf(header.storedType));
    if (std::ssize(values) < (first + count) * frame)
        return badInput(text("reader", "The file ends before its voxels do."));
    if (first == 0 && std::ssize(values) == count * frame)
        picture.bytes = std::move(values);
    else
        picture.bytes.assign(values.begin() + first * frame, values.begin() + (first + count) * frame);
    return picture;
}

} // namespace hounsfield::reader
