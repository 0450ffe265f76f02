#include "core/files/voxel_form.h"

#include "core/files/series.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace hounsfield::files {

namespace {

using image::ScalarType;

/// Values that may occur, and whether all of them are whole.
struct Range {
    double least = std::numeric_limits<double>::infinity();
    double greatest = -std::numeric_limits<double>::infinity();
    bool isWhole = true;

    void add(double value)
    {
        least = std::min(least, value);
        greatest = std::max(greatest, value);
    }
};

bool isFloating(ScalarType type)
{
    return type == ScalarType::Float32 || type == ScalarType::Float64;
}

template <typename Scalar> Range rangeOf()
{
    return {static_cast<double>(std::numeric_limits<Scalar>::lowest()),
        static_cast<double>(std::numeric_limits<Scalar>::max())};
}

Range rangeOf(ScalarType type)
{
    switch (type) {
    case ScalarType::Int8:
        return rangeOf<std::int8_t>();
    case ScalarType::UInt8:
        return rangeOf<std::uint8_t>();
    case ScalarType::Int16:
        return rangeOf<std::int16_t>();
    case ScalarType::UInt16:
        return rangeOf<std::uint16_t>();
    case ScalarType::Int32:
        return rangeOf<std::int32_t>();
    default:
        return rangeOf<std::uint32_t>();
    }
}

Range storedRange(const FileHeader& header)
{
    if (header.format != Format::Dicom || header.bitsStored < 1 || header.bitsStored > 32)
        return rangeOf(header.storedType);
    const double count = std::exp2(header.bitsStored);
    return header.isSigned ? Range{-count / 2, count / 2 - 1} : Range{0, count - 1};
}

void addValues(Range& range, const SliceSource& slice)
{
    const Rescale rescale = rescaleOf(slice);
    if (rescale.lut) {
        const auto [least, greatest] = std::ranges::minmax(rescale.lut->data);
        range.add(least);
        range.add(greatest);
        return;
    }
    const Range stored = storedRange(*slice.header);
    range.add(rescale.of(stored.least));
    range.add(rescale.of(stored.greatest));
    range.isWhole &= rescale.slope == std::round(rescale.slope) && rescale.intercept == std::round(rescale.intercept)
                     && !isFloating(slice.header->storedType);
}

ScalarType smallestFor(const Range& range)
{
    if (range.isWhole)
        for (const ScalarType type : {ScalarType::UInt8, ScalarType::Int8, ScalarType::Int16, ScalarType::UInt16,
                 ScalarType::Int32, ScalarType::UInt32})
            if (const Range room = rangeOf(type); range.least >= room.least && range.greatest <= room.greatest)
                return type;
    return ScalarType::Float32;
}

bool isCtImage(const image::Facts& facts)
{
    constexpr std::string_view classes[] = {"1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.1",
        "1.2.840.10008.5.1.4.1.1.2.2"}; // CT, Enhanced CT, Legacy Converted Enhanced CT
    return facts.modality == "CT" && std::ranges::find(classes, facts.sopClassUID) != std::end(classes);
}

bool hasImageType(const image::Facts& facts, std::string_view word)
{
    return std::ranges::find(facts.imageType, word) != facts.imageType.end();
}

std::string unitOf(const SliceSource& slice)
{
    const FileHeader& header = *slice.header;
    if (header.format != Format::Dicom || header.components > 1)
        return header.unit;
    const FrameHeader& frame = frameOf(slice);
    const std::string type = frame.rescaleType == "US" ? "" : frame.rescaleType; // US: unspecified
    const bool isRescaled = frame.slope || frame.intercept || header.modalityLut;
    if (isRescaled && isCtImage(header.facts)) {
        const bool isOriginal = !hasImageType(header.facts, "DERIVED") && !hasImageType(header.facts, "LOCALIZER");
        return type.empty() && isOriginal ? "HU" : type;
    }
    if (type == "HU") // only a CT can claim it
        return {};
    return type.empty() ? header.unit : type;
}

/// A file may write the padding of signed pixels as an unsigned number of the same bits.
double signedAsPixels(double value, const FileHeader& header)
{
    const bool wraps = header.isSigned && header.bitsAllocated > 0 && value >= std::exp2(header.bitsAllocated - 1);
    return wraps ? value - std::exp2(header.bitsAllocated) : value;
}

void addPadding(VoxelForm& form, const Series& series)
{
    const FileHeader& first = *series.slices.front().header;
    const Rescale rescale = rescaleOf(series.slices.front());
    if (!first.paddingValue || form.components > 1)
        return;
    const bool isSame = std::ranges::all_of(series.slices, [&](const SliceSource& slice) {
        return rescaleOf(slice) == rescale && slice.header->paddingValue == first.paddingValue
               && slice.header->paddingRangeLimit == first.paddingRangeLimit;
    });
    if (!isSame)
        return; // no one range of final values holds the padding of all slices
    const double value = rescale.of(signedAsPixels(*first.paddingValue, first));
    const double limit = rescale.of(signedAsPixels(first.paddingRangeLimit.value_or(*first.paddingValue), first));
    form.paddingLow = std::min(value, limit);
    form.paddingHigh = std::max(value, limit);
}

} // namespace

double Rescale::of(double stored) const
{
    return lut ? lut->at(stored) : stored * slope + intercept;
}

bool Rescale::operator==(const Rescale& other) const
{
    if (lut && other.lut)
        return lut == other.lut || *lut == *other.lut;
    return !lut && !other.lut && slope == other.slope && intercept == other.intercept;
}

Rescale rescaleOf(const SliceSource& slice)
{
    if (slice.header->components > 1)
        return {};
    if (slice.header->modalityLut)
        return {1, 0, &*slice.header->modalityLut};
    const FrameHeader& frame = frameOf(slice);
    return {frame.slope.value_or(1), frame.intercept.value_or(0), nullptr};
}

Result<VoxelForm> voxelFormOf(const Series& series)
{
    const FileHeader& first = *series.slices.front().header;
    VoxelForm form;
    form.components = first.components;
    form.unit = unitOf(series.slices.front());
    form.isInverted =
        first.components == 1 && (first.photometric == "MONOCHROME1" || first.presentationLutShape == "INVERSE");
    Range range;
    for (const SliceSource& slice : series.slices) {
        if (rescaleOf(slice).slope == 0)
            return badInput(text("files", "RescaleSlope is 0: every value would become the same."), slice.header->file,
                text("files", "The file is damaged; leave it out."));
        if (unitOf(slice) != form.unit)
            form.unit.clear();
        addValues(range, slice);
    }
    form.type = form.components > 1 ? ScalarType::UInt8 : smallestFor(range);
    const bool isStated = std::ranges::all_of(series.slices, [](const SliceSource& slice) {
        const FileHeader& header = *slice.header;
        const bool isUnsigned = header.storedType == ScalarType::UInt8 || header.storedType == ScalarType::UInt16;
        return header.format == Format::Dicom ? !isFloating(header.storedType)
                                              : isUnsigned && rescaleOf(slice) == Rescale{};
    });
    if (isStated && range.greatest > range.least)
        form.range = {range.least, range.greatest};
    addPadding(form, series);
    return form;
}

} // namespace hounsfield::files
