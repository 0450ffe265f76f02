#include "tests/phantoms.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmimage/diregist.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrploss.h>
#include <dcmtk/dcmjpls/djencode.h>
#include <gdcmImageChangeTransferSyntax.h>
#include <gdcmImageReader.h>
#include <gdcmImageWriter.h>
#include <gdcmJPEG2000Codec.h>

#include <algorithm>
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

void putLut(DcmDataset& set, const DcmTagKey& sequence, const DicomPicture::Lut& lut)
{
    auto* item = new DcmItem; // the data set owns it
    const Uint16 descriptor[3] = {static_cast<Uint16>(lut.data.size() & 0xFFFF), static_cast<Uint16>(lut.firstMapped),
        static_cast<Uint16>(lut.bits)};
    item->putAndInsertUint16Array(DcmTag(DCM_LUTDescriptor, EVR_US), descriptor, 3);
    item->putAndInsertUint16Array(
        DcmTag(DCM_LUTData, EVR_OW), lut.data.data(), static_cast<unsigned long>(lut.data.size()));
    if (sequence == DCM_ModalityLUTSequence)
        item->putAndInsertString(DCM_ModalityLUTType, "US");
    set.insertSequenceItem(sequence, item);
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
        set.putAndInsertUint16(DCM_PlanarConfiguration, static_cast<Uint16>(p.planarConfiguration));
    if (p.frames > 1)
        set.putAndInsertString(DCM_NumberOfFrames, std::to_string(p.frames).c_str());
    if (p.bitsAllocated == 8) {
        const std::vector<Uint8> bytes(p.cells.begin(), p.cells.end());
        set.putAndInsertUint8Array(DCM_PixelData, bytes.data(), static_cast<unsigned long>(bytes.size()));
    } else {
        set.putAndInsertUint16Array(DCM_PixelData, p.cells.data(), static_cast<unsigned long>(p.cells.size()));
    }
}

void registerEncoders()
{
    static const bool isDone = [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        DcmRLEEncoderRegistration::registerCodecs();
        DJEncoderRegistration::registerCodecs();
        DJLSEncoderRegistration::registerCodecs(0, 0, 0, 0, OFFalse); // cells as they are
        return true;
    }();
    static_cast<void>(isDone);
}

/// JPEG 2000 is GDCM's: written as DICOM first and changed in place.
bool toJpeg2000(const std::filesystem::path& path, bool isLossy)
{
    gdcm::ImageReader reader;
    reader.SetFileName(path.c_str());
    gdcm::JPEG2000Codec codec;
    codec.SetReversible(!isLossy);
    if (isLossy)
        codec.SetRate(0, 2);
    gdcm::ImageChangeTransferSyntax change;
    change.SetTransferSyntax(isLossy ? gdcm::TransferSyntax::JPEG2000 : gdcm::TransferSyntax::JPEG2000Lossless);
    change.SetUserCodec(&codec);
    if (!reader.Read())
        return false;
    change.SetInput(reader.GetImage());
    if (!change.Change())
        return false;
    gdcm::ImageWriter writer;
    writer.SetFileName(path.c_str());
    writer.SetFile(reader.GetFile());
    writer.SetImage(change.GetOutput());
    return writer.Write();
}

bool save(DcmFileFormat& file, const std::filesystem::path& path, Syntax syntax)
{
    struct Row {
        Syntax syntax;
        E_TransferSyntax name;
    };
    constexpr Row rows[] = {{Syntax::Explicit, EXS_LittleEndianExplicit}, {Syntax::Implicit, EXS_LittleEndianImplicit},
        {Syntax::BigEndian, EXS_BigEndianExplicit}, {Syntax::Deflated, EXS_DeflatedLittleEndianExplicit},
        {Syntax::RunLength, EXS_RLELossless}, {Syntax::JpegBaseline, EXS_JPEGProcess1},
        {Syntax::JpegLossless, EXS_JPEGProcess14SV1}, {Syntax::JpegLs, EXS_JPEGLSLossless}};
    const auto* row = std::find_if(std::begin(rows), std::end(rows), [&](const Row& r) { return r.syntax == syntax; });
    if (row == std::end(rows))
        return file.saveFile(path.c_str(), EXS_LittleEndianExplicit).good()
               && toJpeg2000(path, syntax == Syntax::Jpeg2000Lossy);
    registerEncoders();
    const DJ_RPLossy lossy(100);
    const bool isLossy = syntax == Syntax::JpegBaseline;
    if (DcmXfer(row->name).isEncapsulated()
        && (file.getDataset()->chooseRepresentation(row->name, isLossy ? &lossy : nullptr).bad()
            || !file.getDataset()->canWriteXfer(row->name)))
        return false;
    return file.saveFile(path.c_str(), row->name).good();
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
        putLut(set, DCM_ModalityLUTSequence, *p.modalityLut);
    if (p.voiLut)
        putLut(set, DCM_VOILUTSequence, *p.voiLut);
    if (p.change)
        p.change(set);
    return save(file, path, p.syntax);
}

bool setWord(const std::filesystem::path& path, std::uint16_t group, std::uint16_t element, std::uint16_t value)
{
    DcmFileFormat file;
    // Long values are left on disk by loading; they must be here before their file is written anew.
    return file.loadFile(path.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength).good()
           && file.getDataset()->loadAllDataIntoMemory().good()
           && file.getDataset()->putAndInsertUint16(DcmTag(group, element), value).good()
           && file.saveFile(path.c_str(), file.getDataset()->getOriginalXfer()).good();
}

std::string bytesOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
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
