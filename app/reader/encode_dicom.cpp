#include "app/reader/encode_dicom.h"

#include "app/reader/dicom_data.h"

#include <dcmtk/dcmdata/dcostrmb.h>

#include <array>

namespace hounsfield::reader {

namespace {
using files::Request;
using image::ScalarType;

/// Values of one data set; remembers whether one was refused.
class Elements {
  public:
    explicit Elements(DcmItem& item)
        : m_item(item)
    {
    }
    void text(const DcmTag& tag, const std::string& value, std::size_t most = 64)
    {
        std::size_t length = std::min(value.size(), most);
        while (length < value.size() && length > 0 && (static_cast<unsigned char>(value[length]) & 0xc0) == 0x80)
            --length; // no cut within a character of UTF-8
        note(m_item.putAndInsertString(tag, value.substr(0, length).c_str()));
    }
    void word(const DcmTag& tag, std::uint16_t value) { note(m_item.putAndInsertUint16(tag, value)); }
    DcmItem& item(const DcmTag& sequence)
    {
        DcmItem* made = nullptr;
        note(m_item.findOrCreateSequenceItem(sequence, made));
        return made ? *made : m_item;
    }
    void note(const OFCondition& status) { isFine = isFine && status.good(); }

    bool isFine = true;

  private:
    DcmItem& m_item;
};

/// Written by hand in the data set's VR, since DCMTK 3.6.7 does not know the attribute.
DcmTag syntheticDataTag()
{
    return {syntheticData.getGroup(), syntheticData.getElement(), DcmVR(EVR_CS)};
}

void putWhose(Elements& at, const image::Facts& facts)
{
    at.text(DCM_SpecificCharacterSet, "ISO_IR 192");
    at.text(DCM_SOPClassUID, UID_SecondaryCaptureImageStorage);
    at.text(DCM_SOPInstanceUID, facts.sopInstanceUIDs.front());
    at.text(DCM_StudyInstanceUID, facts.studyInstanceUID);
    at.text(DCM_SeriesInstanceUID, facts.seriesInstanceUID);
    at.text(DCM_PatientName, facts.patientName);
    at.text(DCM_PatientID, facts.patientID);
    at.text(DCM_PatientBirthDate, facts.patientBirthDate);
    at.text(DCM_PatientSex, facts.patientSex);
    at.text(DCM_StudyDate, facts.studyDate);
    at.text(DCM_StudyDescription, facts.studyDescription);
    at.text(DCM_SeriesDescription, facts.seriesDescription);
    at.text(DCM_Modality, facts.modality.empty() ? "OT" : facts.modality);
    at.text(DCM_BodyPartExamined, facts.bodyPartExamined);
    for (const auto& tag : {DCM_StudyTime, DCM_AccessionNumber, DCM_ReferringPhysicianName, DCM_StudyID, DCM_Laterality,
             DCM_PatientOrientation})
        at.text(tag, ""); // asked for, though nothing is known
    at.text(DCM_SeriesNumber, "1");
    at.text(DCM_InstanceNumber, "1");
    at.text(DCM_BurnedInAnnotation, "NO");
}

void putDerivation(Elements& at, const image::Facts& facts)
{
    at.text(DCM_ImageType, "DERIVED\\SECONDARY");
    at.text(DCM_ConversionType, facts.isSynthetic ? "SYN" : "WSD");
    if (!facts.derivationDescription.empty())
        at.text(DCM_DerivationDescription, facts.derivationDescription, 1024);
    if (!facts.isSynthetic)
        return;
    at.text(syntheticDataTag(), "YES");
    Elements equipment(at.item(DCM_ContributingEquipmentSequence));
    equipment.text(DCM_Manufacturer, "Hounsfield");
    equipment.text(DCM_ManufacturerModelName, "Hounsfield generator of synthetic images");
    equipment.text(DCM_SoftwareVersions, HOUNSFIELD_VERSION);
    equipment.text(DCM_ContributionDescription, facts.derivationDescription, 1024);
    Elements purpose(equipment.item(DCM_PurposeOfReferenceCodeSequence));
    purpose.text(DCM_CodeValue, "109102");
    purpose.text(DCM_CodingSchemeDesignator, "DCM");
    purpose.text(DCM_CodeMeaning, "Processing Equipment");
    at.isFine = at.isFine && equipment.isFine && purpose.isFine;
}

void putPicture(Elements& at, DcmItem& data, const Request& request, std::span<const std::byte> values)
{
    const bool isColour = request.components == 3;
    const auto bits = static_cast<std::uint16_t>(8 * image::bytesOf(request.type));
    at.word(DCM_SamplesPerPixel, isColour ? 3 : 1);
    at.text(DCM_PhotometricInterpretation, isColour ? "RGB" : request.header.photometric);
    if (isColour)
        at.word(DCM_PlanarConfiguration, 0);
    at.word(DCM_Rows, static_cast<std::uint16_t>(request.header.geometry.size[1]));
    at.word(DCM_Columns, static_cast<std::uint16_t>(request.header.geometry.size[0]));
    at.word(DCM_BitsAllocated, bits);
    at.word(DCM_BitsStored, bits);
    at.word(DCM_HighBit, static_cast<std::uint16_t>(bits - 1));
    at.word(DCM_PixelRepresentation, request.type == ScalarType::Int16 ? 1 : 0);
    const auto& frames = request.header.frameHeaders;
    if (!frames.empty() && !frames[0].windows.empty() && !isColour) {
        at.text(DCM_WindowCenter, Text::written(frames[0].windows[0].center), 16);
        at.text(DCM_WindowWidth, Text::written(frames[0].windows[0].width), 16);
    }
    if (bits == 16) {
        at.note(data.putAndInsertUint16Array(DCM_PixelData, reinterpret_cast<const Uint16*>(values.data()),
            static_cast<unsigned long>(values.size() / 2)));
        return;
    }
    std::vector<Uint8> even(values.size() + values.size() % 2);
    std::copy_n(reinterpret_cast<const Uint8*>(values.data()), values.size(), even.begin());
    const DcmTag bytes(DCM_PixelData, DcmVR(EVR_OB));
    at.note(data.putAndInsertUint8Array(bytes, even.data(), static_cast<unsigned long>(even.size())));
}

Result<std::string> fileOf(DcmFileFormat& file, std::size_t bytes)
{
    std::string buffer(bytes + (std::size_t{1} << 16), '\0');
    DcmOutputBufferStream stream(buffer.data(), static_cast<offile_off_t>(buffer.size()));
    file.transferInit();
    const OFCondition status = file.write(stream, EXS_LittleEndianExplicit, EET_ExplicitLength, nullptr);
    file.transferEnd();
    void* written = nullptr;
    offile_off_t length = 0;
    stream.flushBuffer(written, length);
    if (status.bad())
        return environment(text("reader", "The picture could not be written as DICOM (%1).").with(status.text()));
    buffer.resize(static_cast<std::size_t>(length));
    return buffer;
}
} // namespace

Result<std::string> secondaryCapture(const Request& request, std::span<const std::byte> values)
{
    const bool isKnown = request.components == 3
                             ? request.type == ScalarType::UInt8
                             : request.type == ScalarType::UInt8 || request.type == ScalarType::UInt16
                                   || request.type == ScalarType::Int16;
    if (request.header.geometry.size[2] != 1 || !isKnown)
        return unsupported(
            text("reader", "As DICOM single pictures of 8 or 16 bits grey or 8 bits RGB can be written."));
    const image::Facts& facts = request.header.facts;
    if (facts.sopInstanceUIDs.empty() || facts.studyInstanceUID.empty() || facts.seriesInstanceUID.empty())
        return badInput(text("reader", "A DICOM file needs the UIDs of its study, series and image."));
    DcmFileFormat file;
    DcmDataset& data = *file.getDataset();
    Elements at(data);
    putWhose(at, facts);
    putDerivation(at, facts);
    putPicture(at, data, request, values);
    if (!at.isFine)
        return badInput(text("reader", "A value cannot be written as DICOM wants it."));
    return fileOf(file, values.size());
}

} // namespace hounsfield::reader
