#include "tests/phantoms.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cstring>
#include <fstream>
#include <functional>

namespace hounsfield::phantoms {

namespace {

std::string joined(const double* values, std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        char number[32];
        std::snprintf(number, sizeof number, "%.10g", values[i]);
        text += (i ? "\\" : "") + std::string(number);
    }
    return text;
}

void putPlace(DcmDataset& set, const DicomPicture& p)
{
    if (p.position)
        set.putAndInsertString(DCM_ImagePositionPatient, joined(p.position->data(), 3).c_str());
    if (p.orientation)
        set.putAndInsertString(DCM_ImageOrientationPatient, joined(p.orientation->data(), 6).c_str());
    if (p.pixelSpacing)
        set.putAndInsertString(DCM_PixelSpacing, joined(p.pixelSpacing->data(), 2).c_str());
}

void putLut(DcmDataset& set, const DicomPicture::Lut& lut)
{
    auto* item = new DcmItem; // the data set owns it
    const Uint16 descriptor[3] = {static_cast<Uint16>(lut.data.size() & 0xFFFF), static_cast<Uint16>(lut.firstMapped),
        static_cast<Uint16>(lut.bits)};
    item->putAndInsertUint16Array(DcmTag(DCM_LUTDescriptor, EVR_US), descriptor, 3);
    item->putAndInsertUint16Array(
        DcmTag(DCM_LUTData, EVR_OW), lut.data.data(), static_cast<unsigned long>(lut.data.size()));
    item->putAndInsertString(DCM_ModalityLUTType, "US");
    set.insertSequenceItem(DCM_ModalityLUTSequence, item);
}

void putPixels(DcmDataset& set, const DicomPicture& p)
{
    set.putAndInsertUint16(DCM_Columns, static_cast<Uint16>(p.columns));
    set.putAndInsertUint16(DCM_Rows, static_cast<Uint16>(p.rows));
    set.putAndInsertUint16(DCM_SamplesPerPixel, static_cast<Uint16>(p.samples));
    set.putAndInsertString(DCM_PhotometricInterpretation, p.photometric.c_str());
    set.putAndInsertUint16(DCM_BitsAllocated, static_cast<Uint16>(p.bitsAllocated));
    set.putAndInsertUint16(DCM_BitsStored, static_cast<Uint16>(p.bitsStored));
    set.putAndInsertUint16(DCM_HighBit, static_cast<Uint16>(p.highBit));
    set.putAndInsertUint16(DCM_PixelRepresentation, p.isSigned ? 1 : 0);
    if (p.samples > 1)
        set.putAndInsertUint16(DCM_PlanarConfiguration, 0);
    if (p.frames > 1)
        set.putAndInsertString(DCM_NumberOfFrames, std::to_string(p.frames).c_str());
    if (p.bitsAllocated == 8) {
        const std::vector<Uint8> bytes(p.cells.begin(), p.cells.end());
        set.putAndInsertUint8Array(DCM_PixelData, bytes.data(), static_cast<unsigned long>(bytes.size()));
    } else {
        set.putAndInsertUint16Array(DCM_PixelData, p.cells.data(), static_cast<unsigned long>(p.cells.size()));
    }
}

} // namespace

bool writeDicom(const std::filesystem::path& path, const DicomPicture& p)
{
    DcmFileFormat file;
    DcmDataset& set = *file.getDataset();
    const std::string uid = p.sopUid.empty()
                                ? "1.2.826.0.1.3680043.8.498." + std::to_string(std::hash<std::string>{}(path.string()))
                                : p.sopUid;
    set.putAndInsertString(DCM_SOPClassUID, p.sopClass.c_str());
    set.putAndInsertString(DCM_SOPInstanceUID, uid.c_str());
    set.putAndInsertString(DCM_StudyInstanceUID, "1.2.826.0.1.3680043.8.498.2");
    set.putAndInsertString(DCM_SeriesInstanceUID, p.seriesUid.c_str());
    set.putAndInsertString(DCM_Modality, p.modality.c_str());
    set.putAndInsertString(DCM_PatientName, p.patientName.c_str());
    set.putAndInsertString(DCM_PatientID, p.patientID.c_str());
    set.putAndInsertString(DCM_InstanceNumber, std::to_string(p.instanceNumber).c_str());
    putPlace(set, p);
    putPixels(set, p);
    for (const auto& [tag, value] : p.elements) {
        const DcmTag known(tag.first, tag.second);
        if (known.getEVR() == EVR_xs) // the dictionary leaves the sign open
            set.putAndInsertUint16(DcmTag(known, EVR_US), static_cast<Uint16>(std::stoi(value)));
        else
            set.putAndInsertString(known, value.c_str());
    }
    if (p.modalityLut)
        putLut(set, *p.modalityLut);
    return file.saveFile(path.c_str(), EXS_LittleEndianExplicit).good();
}

bool writeNifti(
    const std::filesystem::path& path, std::array<int, 3> size, std::int16_t type, const std::vector<double>& values)
{
    std::vector<char> bytes(352);
    const auto put = [&](std::size_t place, auto value) { std::memcpy(bytes.data() + place, &value, sizeof value); };
    const auto add = [&](auto value) {
        bytes.resize(bytes.size() + sizeof value);
        put(bytes.size() - sizeof value, value);
    };
    put(0, std::int32_t{348});
    const std::int16_t dims[8] = {3, static_cast<std::int16_t>(size[0]), static_cast<std::int16_t>(size[1]),
        static_cast<std::int16_t>(size[2]), 1, 1, 1, 1};
    std::memcpy(bytes.data() + 40, dims, sizeof dims);
    put(70, type);
    put(72, static_cast<std::int16_t>(type == 2 ? 8 : type == 16 ? 32 : 16));
    for (std::size_t i = 0; i < 4; ++i)
        put(76 + 4 * i, 1.0F);
    put(108, 352.0F);
    put(112, 1.0F);
    std::memcpy(bytes.data() + 344, "n+1", 4);
    for (const double value : values) {
        if (type == 2)
            add(static_cast<std::uint8_t>(value));
        else if (type == 4)
            add(static_cast<std::int16_t>(value));
        else if (type == 512)
            add(static_cast<std::uint16_t>(value));
        else
            add(static_cast<float>(value));
    }
    std::ofstream out(path, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return out.good();
}

} // namespace hounsfield::phantoms
