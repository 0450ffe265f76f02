#include "app/reader/characters.h"
#include "app/reader/dicom_data.h"

#include <cmath>
#include <cstdlib>

namespace hounsfield::reader {

namespace {
std::string trimmed(std::string value)
{
    while (!value.empty() && (value.back() == ' ' || value.back() == '\0'))
        value.pop_back();
    value.erase(0, std::min(value.find_first_not_of(' '), value.size()));
    return value;
}

/// One functional group of a frame: its own, else the shared one, else the root itself.
struct Groups {
    DcmItem* own = nullptr;
    DcmItem* shared = nullptr;
    DcmItem* root = nullptr;
    DcmItem* of(const DcmTagKey& sequence) const
    {
        for (DcmItem* item : {own, shared}) {
            DcmItem* found = nullptr;
            if (item && item->findAndGetSequenceItem(sequence, found, 0).good() && found)
                return found;
        }
        return root;
    }
};

template <std::size_t n> std::optional<std::array<double, n>> exactly(const std::optional<std::vector<double>>& list)
{
    if (!list || list->size() != n)
        return std::nullopt;
    std::array<double, n> values{};
    std::copy(list->begin(), list->end(), values.begin());
    return values;
}

void setSpacing(files::FrameHeader& frame, DcmItem& measures, DcmItem& root, files::FileHeader& header)
{
    const Values at(measures, header), whole(root, header);
    const auto take = [&](const Values& from, const DcmTagKey& tag, const char* name) {
        if (frame.pixelSpacing)
            return;
        const auto pair = exactly<2>(from.numbers(tag));
        if (pair && (*pair)[0] > 0 && (*pair)[1] > 0) {
            frame.pixelSpacing = pair;
            frame.spacingSource = name;
        } else if (!from.text(tag).empty())
            addProblem(
                header, text("reader", "%1 is unusable (%2): lengths are not known.").with(name, from.text(tag)));
    };
    take(at, DCM_PixelSpacing, "PixelSpacing");
    // Not calibrated but copied: still millimetres at the detector (PS3.3 10.7.1.3).
    if (frame.pixelSpacing && frame.pixelSpacing == exactly<2>(whole.numbers(DCM_ImagerPixelSpacing))
        && whole.text(DCM_PixelSpacingCalibrationType).empty())
        frame.spacingSource = "ImagerPixelSpacing";
    take(whole, DCM_ImagerPixelSpacing, "ImagerPixelSpacing");
    if (const auto factor = whole.number(DCM_EstimatedRadiographicMagnificationFactor);
        factor && *factor > 0 && frame.spacingSource == "ImagerPixelSpacing")
        addProblem(
            header, text("reader", "The header estimates that the picture is magnified %1 times.").with(*factor));
    take(whole, DCM_NominalScannedPixelSpacing, "NominalScannedPixelSpacing");
    if (frame.pixelSpacing || whole.sequenceItems(DCM_SequenceOfUltrasoundRegions) != 1)
        return;
    const Values region(*whole.sequenceItem(DCM_SequenceOfUltrasoundRegions), header);
    const double x = std::abs(region.number(DCM_PhysicalDeltaX).value_or(0)) * 10,
                 y = std::abs(region.number(DCM_PhysicalDeltaY).value_or(0)) * 10;
    constexpr int centimetres = 3;
    if (region.integer(DCM_PhysicalUnitsXDirection, 0) == centimetres
        && region.integer(DCM_PhysicalUnitsYDirection, 0) == centimetres && x > 0 && y > 0) {
        frame.pixelSpacing = {y, x};
        frame.spacingSource = "SequenceOfUltrasoundRegions";
    }
}

void setWindows(files::FrameHeader& frame, DcmItem& item, files::FileHeader& header)
{
    const Values at(item, header);
    const auto centers = at.numbers(DCM_WindowCenter), widths = at.numbers(DCM_WindowWidth);
    if (!centers || !widths)
        return;
    const std::string function = at.text(DCM_VOILUTFunction), names = at.text(DCM_WindowCenterWidthExplanation);
    for (std::size_t i = 0, from = 0; i < std::min(centers->size(), widths->size()); ++i) {
        image::Window window{(*centers)[i], (*widths)[i]};
        window.function = function == "SIGMOID"        ? image::Window::Function::Sigmoid
                          : function == "LINEAR_EXACT" ? image::Window::Function::LinearExact
                                                       : image::Window::Function::Linear;
        const auto end = std::min(names.find('\\', from), names.size());
        window.explanation = trimmed(names.substr(std::min(from, names.size()), end - std::min(from, names.size())));
        from = end + 1;
        const double least = window.function == image::Window::Function::Linear ? 1 : 1e-12;
        if (window.width >= least)
            frame.windows.push_back(window);
        else
            addProblem(header, text("reader", "A window of width %1 in the file is left out.").with(window.width));
    }
}

std::int64_t thousandths(
    const Groups& groups, const DcmTagKey& sequence, const DcmTagKey& tag, files::FileHeader& header)
{
    DcmItem* item = groups.of(sequence);
    const double value = item ? Values(*item, header).number(tag).value_or(0) : 0;
    return std::abs(value) < 1e12 ? std::llround(value * 1000) : 0;
}

files::FrameHeader frameOf(const Groups& groups, files::FileHeader& header)
{
    files::FrameHeader frame;
    frame.position =
        exactly<3>(Values(*groups.of(DCM_PlanePositionSequence), header).numbers(DCM_ImagePositionPatient));
    frame.orientation =
        exactly<6>(Values(*groups.of(DCM_PlaneOrientationSequence), header).numbers(DCM_ImageOrientationPatient));
    setSpacing(frame, *groups.of(DCM_PixelMeasuresSequence), *groups.root, header);
    const Values transformation(*groups.of(DCM_PixelValueTransformationSequence), header);
    frame.slope = transformation.number(DCM_RescaleSlope);
    frame.intercept = transformation.number(DCM_RescaleIntercept);
    frame.rescaleType = transformation.text(DCM_RescaleType);
    setWindows(frame, *groups.of(DCM_FrameVOILUTSequence), header);
    if (!groups.own)
        return frame;
    const Values content(*groups.of(DCM_FrameContentSequence), header);
    const std::string stack = content.text(DCM_StackID);
    frame.stackKeys = {std::atoll(stack.c_str()), content.integer(DCM_TemporalPositionIndex, 0),
        thousandths(groups, DCM_MRDiffusionSequence, DCM_DiffusionBValue, header),
        thousandths(groups, DCM_MREchoSequence, DCM_EffectiveEchoTime, header),
        Values(*groups.of(DCM_SegmentIdentificationSequence), header).integer(DCM_ReferencedSegmentNumber, 0)};
    return frame;
}

// RT dose (PS3.3 C.8.8.3.2): frames lie at offsets along the normal of the first plane.
void placeDose(std::vector<files::FrameHeader>& frames, const std::vector<double>& offsets)
{
    const auto first = frames.front();
    if (!first.position || !first.orientation || offsets.size() < 2)
        return;
    const auto& o = *first.orientation;
    const std::array<double, 3> normal{o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]};
    frames.assign(offsets.size(), first);
    for (std::size_t i = 0; i < offsets.size(); ++i)
        for (std::size_t axis = 0; axis < 3; ++axis)
            (*frames[i].position)[axis] += normal[axis] * (offsets[i] - offsets[0]);
}
} // namespace

Values::Values(DcmItem& item, files::FileHeader& header)
    : m_item(item)
    , m_header(header)
{
    // An item without a declaration of its own has that of what it lies in.
    for (DcmObject* object = &item; object; object = object->getParent()) {
        auto* scope = dynamic_cast<DcmItem*>(object);
        OFString set;
        if (scope && scope->tagExists(DCM_SpecificCharacterSet)
            && scope->findAndGetOFStringArray(DCM_SpecificCharacterSet, set).good()) {
            m_set = std::string(set.c_str(), set.size());
            return;
        }
    }
}

std::string Values::text(const DcmTagKey& tag) const
{
    OFString value;
    if (m_item.findAndGetOFStringArray(tag, value).bad())
        return {};
    const auto read = decoded(std::string_view(value.c_str(), value.size()), m_set);
    if (read.isGuessed)
        addProblem(m_header,
            hounsfield::text("reader",
                "The character set of the file's texts is wrong or missing; they were read as what they look like."));
    return trimmed(read.text);
}

std::optional<std::vector<double>> Values::numbers(const DcmTagKey& tag) const
{
    DcmElement* element = nullptr;
    if (m_item.findAndGetElement(tag, element).bad() || !element || element->getLength() == 0)
        return std::nullopt;
    std::vector<double> list;
    for (unsigned long i = 0; i < element->getVM() && i < 4096; ++i) {
        OFString one;
        if (element->getOFString(one, i).bad())
            return std::nullopt;
        const std::string value = trimmed(std::string(one.c_str(), one.size()));
        char* end = nullptr;
        const double number = std::strtod(value.c_str(), &end);
        if (value.empty() || *end != '\0' || !std::isfinite(number))
            return std::nullopt;
        list.push_back(number);
    }
    return list;
}

std::optional<double> Values::number(const DcmTagKey& tag) const
{
    const auto list = numbers(tag);
    return list && !list->empty() ? std::optional(list->front()) : std::nullopt;
}

std::int64_t Values::integer(const DcmTagKey& tag, std::int64_t otherwise) const
{
    OFString value;
    if (m_item.findAndGetOFString(tag, value).bad() || value.empty())
        return otherwise;
    char* end = nullptr;
    const long long number = std::strtoll(value.c_str(), &end, 10);
    if (end == value.c_str())
        return otherwise;
    if (*end != '\0' && *end != ' ' && *end != '.')
        addProblem(
            m_header, hounsfield::text("reader", "%1 is no whole number (%2); %3 is used.")
                          .with(DcmTag(tag).getTagName(), validText(value.c_str()), static_cast<std::int64_t>(number)));
    return number;
}

bool Values::isOfItsKind(const DcmTagKey& tag) const
{
    DcmElement* element = nullptr;
    return m_item.findAndGetElement(tag, element).bad() || !element || element->getVR() == DcmTag(tag).getEVR();
}

long Values::sequenceItems(const DcmTagKey& tag) const
{
    DcmSequenceOfItems* sequence = nullptr;
    return m_item.findAndGetSequence(tag, sequence).good() && sequence ? static_cast<long>(sequence->card()) : 0;
}

DcmItem* Values::sequenceItem(const DcmTagKey& tag, long index) const
{
    DcmItem* item = nullptr;
    return m_item.findAndGetSequenceItem(tag, item, index).good() ? item : nullptr;
}

std::vector<files::FrameHeader> frameHeadersOf(DcmDataset& data, files::FileHeader& header)
{
    const Values root(data, header);
    Groups groups{nullptr, root.sequenceItem(DCM_SharedFunctionalGroupsSequence), &data};
    DcmSequenceOfItems* perFrame = nullptr;
    data.findAndGetSequence(DCM_PerFrameFunctionalGroupsSequence, perFrame);
    std::vector<files::FrameHeader> frames;
    if (!perFrame || static_cast<std::int64_t>(perFrame->card()) != header.frames) {
        if (perFrame && perFrame->card() > 0)
            addProblem(header, text("reader", "The file describes %1 of its %2 frames; their places are not known.")
                                   .with(perFrame->card(), header.frames));
        frames.push_back(frameOf(groups, header));
        const auto offsets = root.numbers(DCM_GridFrameOffsetVector);
        if (header.frames > 1 && offsets && std::ssize(*offsets) == header.frames)
            placeDose(frames, *offsets);
        if (header.frames > 1 && frames.size() == 1)
            frames.front().position.reset(); // of one frame, if of any: the others do not lie there
        return frames;
    }
    // Walked from item to item: DCMTK's lists find the n-th only by counting.
    for (DcmObject* item = perFrame->nextInContainer(nullptr); item; item = perFrame->nextInContainer(item)) {
        groups.own = static_cast<DcmItem*>(item);
        frames.push_back(frameOf(groups, header));
    }
    return frames;
}

std::optional<image::LookupTable> lookupTable(DcmItem* item, bool isSigned)
{
    const Uint16* data = nullptr;
    unsigned long count = 0;
    long entries = 0, mapped = 0, bits = 0; // US or SS, by PixelRepresentation or by habit
    if (!item || item->findAndGetUint16Array(DCM_LUTData, data, &count).bad() || !data || count == 0
        || item->findAndGetLongInt(DCM_LUTDescriptor, entries, 0).bad()
        || item->findAndGetLongInt(DCM_LUTDescriptor, mapped, 1).bad()
        || item->findAndGetLongInt(DCM_LUTDescriptor, bits, 2).bad())
        return std::nullopt;
    image::LookupTable table;
    entries = static_cast<Uint16>(entries);
    const std::size_t wanted = entries == 0 ? 65536 : static_cast<std::size_t>(entries);
    table.firstMapped = isSigned ? static_cast<std::int16_t>(mapped) : static_cast<int>(static_cast<Uint16>(mapped));
    table.bits = bits >= 1 && bits <= 16 ? static_cast<int>(bits) : 16;
    if (count >= wanted)
        table.data.assign(data, data + wanted);
    else if (count * 2 >= wanted && table.bits <= 8) // two entries of 8 bits in each word
        for (std::size_t i = 0; i < wanted; ++i)
            table.data.push_back(static_cast<std::uint16_t>(data[i / 2] >> (i % 2 * 8) & 0xff));
    else
        return std::nullopt;
    OFString explanation;
    if (item->findAndGetOFString(DCM_LUTExplanation, explanation).good())
        table.explanation = guessedText(explanation.c_str());
    return table;
}

} // namespace hounsfield::reader
