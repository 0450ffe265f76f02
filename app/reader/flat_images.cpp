#include "app/reader/flat_images.h"

#include "app/reader/characters.h"
#include "app/reader/chunks.h"
#include "app/reader/itk_image.h"
#include "core/image/synthetic_mark.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::reader {

namespace {
using files::Format;
constexpr std::int64_t mostPixels = std::int64_t{1} << 30;

Result<FlatFacts> factsOf(const Input& input, Format format)
{
    FlatFacts facts;
    if (format == Format::Png)
        facts = TRY(pngFacts(input));
    else if (format == Format::Jpeg)
        facts = TRY(jpegFacts(input));
    else if (format == Format::Tiff)
        facts = TRY(tiffFacts(input));
    else
        facts = TRY(bmpFacts(input));
    if (facts.columns < 1 || facts.rows < 1)
        return badInput(text("reader", "The picture has no size (%1 × %2).").with(facts.columns, facts.rows));
    // Deflate packs at most 1 : 1032, JPEG some 1 : 8192 (a block of 64 RGB pixels in two bits).
    const std::int64_t pixels = facts.columns * facts.rows;
    if (facts.columns > mostPixels || facts.rows > mostPixels || pixels > mostPixels || pixels / 8192 > input.size)
        return badInput(text("reader", "The picture claims %1 × %2 pixels, more than its file can hold.")
                            .with(facts.columns, facts.rows),
            {}, text("reader", "The file is damaged or made to fill the machine; leave it out."));
    return facts;
}

// Red, green, blue of any mixture of components, over black where transparent.
template <typename Scalar>
void toColours(const Scalar* from, Scalar* to, std::int64_t pixels, int components, const FlatFacts& facts)
{
    constexpr double most = std::is_integral_v<Scalar> ? static_cast<double>(std::numeric_limits<Scalar>::max()) : 1.0;
    const int colours = components >= 3 ? 3 : 1;
    for (std::int64_t i = 0; i < pixels; ++i, from += components) {
        // CMYK of Adobe is stored inverted: a share of each light.
        const double weight =
            components == 4 || components == 2 ? static_cast<double>(from[components - 1]) / most : 1.0;
        for (int c = 0; c < colours; ++c)
            *to++ = facts.isCmyk || weight < 1.0 ? static_cast<Scalar>(std::lround(from[c] * weight)) : from[c];
    }
}

bool isGrey(std::span<const std::byte> rgb)
{
    for (std::size_t i = 0; i + 2 < rgb.size(); i += 3)
        if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2])
            return false;
    return true;
}

// Orientation 1 … 8 of EXIF: which stored pixel stands at (x, y).
Picture oriented(Picture picture, int orientation)
{
    if (orientation == 1)
        return picture;
    Picture turned = picture;
    const bool isTransposed = orientation >= 5;
    if (isTransposed)
        std::swap(turned.columns, turned.rows);
    const auto pixel = static_cast<std::int64_t>(image::bytesOf(picture.type)) * picture.components;
    const std::int64_t right = picture.columns - 1, bottom = picture.rows - 1;
    for (std::int64_t y = 0; y < turned.rows; ++y)
        for (std::int64_t x = 0; x < turned.columns; ++x) {
            std::int64_t u = isTransposed ? y : x, v = isTransposed ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
                u = right - u;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
                v = bottom - v;
            std::copy_n(picture.bytes.begin() + (v * picture.columns + u) * pixel, pixel,
                turned.bytes.begin() + (y * turned.columns + x) * pixel);
        }
    return turned;
}

void addProblems(files::FileHeader& header, const FlatFacts& facts)
{
    if (facts.orientation != 1)
        header.problems.push_back(
            text("reader", "The picture is turned as its EXIF orientation %1 asks.").with(facts.orientation));
    if (facts.isCmyk)
        header.problems.push_back(text("reader", "CMYK was converted to RGB."));
    if (facts.hasAlpha)
        header.problems.push_back(text("reader", "Transparency was put over black."));
    if (facts.hasPalette)
        header.problems.push_back(text("reader", "The palette was converted to its colours."));
    if (facts.pages > 1)
        header.problems.push_back(text("reader", "The first of %1 pages is shown.").with(facts.pages));
}
} // namespace

Result<Picture> flatPicture(const Input& input, Format format)
{
    const FlatFacts facts = TRY(factsOf(input, format));
    const ItkInformation information = TRY(itkInformation(input, format));
    if (!information.type || information.size.size() < 2)
        return unsupported(text("reader", "Pixels of the kind %1 are not read.").with(information.typeName));
    if (information.size[0] != facts.columns || information.size[1] != facts.rows || information.components > 4)
        return badInput(text("reader", "The file contradicts itself about the size of its picture."));
    const auto values = TRY(itkValues(input, format, Pages::First));
    Picture picture{facts.columns, facts.rows, 1, information.components >= 3 ? 3 : 1, *information.type, {}};
    picture.bytes.resize(static_cast<std::size_t>(picture.count()) * image::bytesOf(picture.type));
    withType(picture.type, [&](auto scalar) {
        using Scalar = decltype(scalar);
        toColours(reinterpret_cast<const Scalar*>(values.data()), reinterpret_cast<Scalar*>(picture.bytes.data()),
            facts.columns * facts.rows, information.components, facts);
    });
    if (picture.components == 3 && picture.type != image::ScalarType::UInt8) { // colour is shown, not measured: 8 bits
        std::vector<std::byte> narrow(static_cast<std::size_t>(picture.count()));
        const double slope = picture.type == image::ScalarType::UInt16 ? 1.0 / 257 : 255.0;
        convert(picture.bytes, picture.type, narrow, image::ScalarType::UInt8, {slope, 0, nullptr});
        picture.bytes = std::move(narrow);
        picture.type = image::ScalarType::UInt8;
    }
    if (picture.components == 3 && facts.hasPalette && isGrey(picture.bytes)) { // a palette of greys is grey
        for (std::size_t i = 0; i * 3 < picture.bytes.size(); ++i)
            picture.bytes[i] = picture.bytes[i * 3];
        picture.components = 1;
        picture.bytes.resize(static_cast<std::size_t>(picture.count()));
    }
    picture.description = facts.description;
    return oriented(std::move(picture), facts.orientation);
}

Result<files::FileHeader> flatHeader(const Input& input, Format format)
{
    const FlatFacts facts = TRY(factsOf(input, format));
    const ItkInformation information = TRY(itkInformation(input, format));
    if (!information.type)
        return unsupported(text("reader", "Pixels of the kind %1 are not read.").with(information.typeName));
    files::FileHeader header;
    header.format = format;
    header.columns = facts.orientation >= 5 ? facts.rows : facts.columns;
    header.rows = facts.orientation >= 5 ? facts.columns : facts.rows;
    header.components = information.components >= 3 ? 3 : 1;
    if (facts.hasPalette)
        header.components = TRY(flatPicture(input, format)).components; // only its colours tell
    header.storedType = header.components == 3 ? image::ScalarType::UInt8 : *information.type;
    header.bitsAllocated = static_cast<int>(image::bytesOf(header.storedType)) * 8;
    header.bitsStored = header.bitsAllocated;
    header.highBit = header.bitsStored - 1;
    header.samplesPerPixel = header.components;
    header.photometric = header.components == 3 ? "RGB" : "MONOCHROME2";
    header.geometry.size = {header.columns, header.rows, 1};
    header.facts.derivationDescription = validText(facts.description);
    header.facts.isSynthetic = image::saysSynthetic(facts.description);
    addProblems(header, facts);
    return header;
}

} // namespace hounsfield::reader
