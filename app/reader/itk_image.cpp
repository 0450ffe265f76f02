#include "app/reader/itk_image.h"

#include "app/reader/characters.h"

#include <itkBMPImageIO.h>
#include <itkJPEGImageIO.h>
#include <itkMetaImageIO.h>
#include <itkPNGImageIO.h>
#include <itkTIFFImageIO.h>

#include <algorithm>
#include <cmath>

namespace hounsfield::reader {

namespace {
using files::Format;
using Component = itk::IOComponentEnum;

template <typename Io> itk::ImageIOBase::Pointer make()
{
    return Io::New().GetPointer();
}
struct IoRow {
    Format format;
    itk::ImageIOBase::Pointer (*make)();
};
constexpr std::array ioTable = {IoRow{Format::Png, make<itk::PNGImageIO>}, IoRow{Format::Jpeg, make<itk::JPEGImageIO>},
    IoRow{Format::Tiff, make<itk::TIFFImageIO>}, IoRow{Format::Bmp, make<itk::BMPImageIO>},
    IoRow{Format::MetaImage, make<itk::MetaImageIO>}};

struct TypeRow {
    Component component;
    image::ScalarType type;
};
constexpr std::array typeTable = {TypeRow{Component::UCHAR, image::ScalarType::UInt8},
    TypeRow{Component::CHAR, image::ScalarType::Int8}, TypeRow{Component::USHORT, image::ScalarType::UInt16},
    TypeRow{Component::SHORT, image::ScalarType::Int16}, TypeRow{Component::UINT, image::ScalarType::UInt32},
    TypeRow{Component::INT, image::ScalarType::Int32}, TypeRow{Component::FLOAT, image::ScalarType::Float32},
    TypeRow{Component::DOUBLE, image::ScalarType::Float64}};

itk::ImageIOBase::Pointer opened(const Input& input, Format format)
{
    const auto row = std::find_if(ioTable.begin(), ioTable.end(), [&](const IoRow& r) { return r.format == format; });
    auto io = row->make();
    io->SetFileName(input.path);
    io->ReadImageInformation();
    return io;
}

// The sentence of ITK without its file and line of source.
tl::unexpected<Error> damaged(const std::exception& problem)
{
    std::string reason = problem.what();
    if (const auto at = reason.rfind("): "); at != std::string::npos)
        reason.erase(0, at + 3);
    std::replace(reason.begin(), reason.end(), '\n', ' ');
    return badInput(text("reader", "The image cannot be read: %1").with(validText(reason.substr(0, 200))));
}

image::Geometry geometryOf(itk::ImageIOBase& io)
{
    image::Geometry geometry;
    const unsigned axes = std::min(io.GetNumberOfDimensions(), 3U);
    for (unsigned i = 0; i < axes; ++i) {
        geometry.size[i] = static_cast<std::int64_t>(io.GetDimensions(i));
        geometry.spacing[i] = std::abs(io.GetSpacing(i));
        geometry.origin[i] = io.GetOrigin(i);
        const auto axis = io.GetDirection(i);
        for (unsigned j = 0; j < 3; ++j)
            geometry.direction[j * 3 + i] = j < axis.size() && j < axes ? axis[j] : (i == j ? 1.0 : 0.0);
    }
    return geometry;
}
} // namespace

Result<ItkInformation> itkInformation(const Input& input, Format format)
{
    try {
        const auto io = opened(input, format);
        ItkInformation information;
        for (unsigned i = 0; i < io->GetNumberOfDimensions(); ++i)
            information.size.push_back(static_cast<std::int64_t>(io->GetDimensions(i)));
        information.components = static_cast<int>(io->GetNumberOfComponents());
        information.geometry = geometryOf(*io);
        information.typeName = io->GetPixelTypeAsString(io->GetPixelType()) + " "
                               + itk::ImageIOBase::GetComponentTypeAsString(io->GetComponentType());
        const auto row = std::find_if(typeTable.begin(), typeTable.end(),
            [&](const TypeRow& r) { return r.component == io->GetComponentType(); });
        if (row != typeTable.end() && io->GetPixelType() != itk::IOPixelEnum::COMPLEX)
            information.type = row->type;
        return information;
    } catch (const std::exception& problem) {
        return damaged(problem);
    }
}

Result<std::vector<std::byte>> itkValues(const Input& input, Format format, Pages pages)
{
    try {
        const auto io = opened(input, format);
        const unsigned axes =
            pages == Pages::First ? std::min(io->GetNumberOfDimensions(), 2U) : io->GetNumberOfDimensions();
        itk::ImageIORegion region(axes);
        std::int64_t values = static_cast<std::int64_t>(io->GetNumberOfComponents());
        for (unsigned i = 0; i < axes; ++i) {
            region.SetIndex(i, 0);
            region.SetSize(i, io->GetDimensions(i));
            values *= static_cast<std::int64_t>(io->GetDimensions(i));
        }
        io->SetIORegion(region);
        std::vector<std::byte> bytes(static_cast<std::size_t>(values) * io->GetComponentSize());
        io->Read(bytes.data());
        return bytes;
    } catch (const std::exception& problem) {
        return damaged(problem);
    }
}

void loadImageIos()
{
    for (const auto& row : ioTable)
        static_cast<void>(row.make());
}

} // namespace hounsfield::reader
