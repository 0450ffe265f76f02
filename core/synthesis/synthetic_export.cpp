#include "core/synthesis/synthetic_export.h"

#include "core/base/hash.h"
#include "core/image/synthetic_mark.h"
#include "core/image/voxels.h"
#include "core/learning/synthetic_cases.h"
#include "core/synthesis/synthetic_folder.h"

#include <algorithm>
#include <array>

namespace hounsfield::synthesis {

namespace {

Result<SyntheticImage> marked(SyntheticImage image)
{
    TRY(std::visit([](auto& raster) { return image::mark(raster); }, image.pixels));
    return image;
}

/// Who the picture says it is of.
image::Facts factsOf(
    const SyntheticImage& image, const learning::Provenance& from, std::int64_t number, const ExportOptions& options)
{
    const std::string shown = from.generator.substr(0, 8) + "-" + std::to_string(number + 1);
    const auto uid = [&](const char* of) {
        return uidOf(from.generator + "\n" + std::to_string(from.seed) + "\n" + std::to_string(number) + "\n" + of);
    };
    image::Facts facts;
    facts.isSynthetic = true;
    facts.derivationDescription = image::syntheticDescription(from.generator);
    facts.modality = options.modality;
    facts.patientID = "SYNTHETIC-" + shown;
    facts.patientName = "Synthetic^" + shown;
    facts.studyDescription = "Synthetic images, no patient";
    facts.seriesDescription = "Synthetic: " + image.className;
    facts.studyInstanceUID = uid("study");
    facts.seriesInstanceUID = uid("series");
    facts.sopInstanceUIDs = {uid("image")};
    return facts;
}

template <typename Scalar>
Result<std::string> encoded(
    files::ReaderPool& readers, const image::Raster<Scalar>& raster, image::Facts facts, const ExportOptions& options)
{
    if (options.format == ExportFormat::Png) {
        const auto png = TRY(image::encodePng(raster, facts.derivationDescription));
        return std::string(reinterpret_cast<const char*>(png.data()), png.size());
    }
    if (raster.channels == 3 && sizeof(Scalar) == 2)
        return unsupported(text("synthesis", "RGB of 16 bits is written as PNG only."));
    image::Geometry geometry;
    geometry.size = {raster.width, raster.height, 1};
    if (options.spacing > 0)
        geometry.spacing = {options.spacing, options.spacing, options.spacing};
    geometry.isSpaced = options.spacing > 0;
    image::Volume volume = image::makeVolume(geometry, raster.pixels, raster.channels);
    volume.facts = std::move(facts);
    return readers.encode(volume, endingOf(options.format));
}

} // namespace

std::string endingOf(ExportFormat format)
{
    constexpr std::array endings{"png", "nii.gz", "dcm"};
    return endings[static_cast<std::size_t>(format)];
}

std::string uidOf(const std::string& words)
{
    std::array<std::uint32_t, 4> number{}; // the most significant word first
    const std::string hash = hashOf(words);
    for (std::size_t i = 0; i < 4; ++i)
        number[i] = static_cast<std::uint32_t>(std::stoul(hash.substr(8 * i, 8), nullptr, 16));
    number[1] = (number[1] & 0xffff0fffU) | 0x8000U;
    number[2] = (number[2] & 0x3fffffffU) | 0x80000000U;
    std::string digits;
    while (std::ranges::any_of(number, [](std::uint32_t word) { return word != 0; })) {
        std::uint64_t rest = 0;
        for (std::uint32_t& word : number) {
            rest = rest << 32 | word;
            word = static_cast<std::uint32_t>(rest / 10);
            rest %= 10;
        }
        digits += static_cast<char>('0' + rest);
    }
    std::ranges::reverse(digits);
    return "2.25." + digits;
}

Result<SyntheticWritten> exportSynthetic(
    files::ReaderPool& readers, const SyntheticJob& job, const ExportOptions& options, const Monitor& monitor)
{
    const auto encode = [&](const SyntheticImage& plain, std::int64_t number) -> Result<std::string> {
        const SyntheticImage image = TRY(marked(plain));
        return std::visit(
            [&](const auto& raster) {
                return encoded(readers, raster, factsOf(image, job.provenance, number, options), options);
            },
            image.pixels);
    };
    return writeSyntheticFiles(job, learning::syntheticName("", "." + endingOf(options.format)), encode, monitor);
}

} // namespace hounsfield::synthesis
