#include "app/reader/characters.h"
#include "app/reader/dicom.h"
#include "app/reader/dicom_data.h"
#include "app/reader/dicom_pixels.h"
#include "app/reader/jpeg_warnings.h"
#include "core/files/formats.h"
#include "core/image/synthetic_mark.h"

#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

#include <algorithm>

namespace hounsfield::reader {

namespace {
using files::FileHeader;

void setFacts(FileHeader& header, const Values& at)
{
    auto& f = header.facts;
    f.patientName = at.text(DCM_PatientName);
    f.patientID = at.text(DCM_PatientID);
    f.patientBirthDate = at.text(DCM_PatientBirthDate);
    f.patientSex = at.text(DCM_PatientSex);
    f.studyInstanceUID = at.text(DCM_StudyInstanceUID);
    f.studyDate = at.text(DCM_StudyDate);
    f.studyDescription = at.text(DCM_StudyDescription);
    f.accessionNumber = at.text(DCM_AccessionNumber);
    f.seriesInstanceUID = at.text(DCM_SeriesInstanceUID);
    f.seriesDescription = at.text(DCM_SeriesDescription);
    f.seriesNumber = at.text(DCM_SeriesNumber);
    f.modality = at.text(DCM_Modality);
    f.bodyPartExamined = at.text(DCM_BodyPartExamined);
    f.viewPosition = at.text(DCM_ViewPosition);
    f.laterality = at.text(DCM_ImageLaterality).empty() ? at.text(DCM_Laterality) : at.text(DCM_ImageLaterality);
    f.frameOfReferenceUID = at.text(DCM_FrameOfReferenceUID);
    f.sopClassUID = at.text(DCM_SOPClassUID);
    f.photometricInterpretation = at.text(DCM_PhotometricInterpretation);
    f.sopInstanceUIDs = {at.text(DCM_SOPInstanceUID)};
    f.isLossy = at.text(DCM_LossyImageCompression) == "01";
    f.lossyRatio = at.text(DCM_LossyImageCompressionRatio);
    f.hasBurnedInAnnotation = at.text(DCM_BurnedInAnnotation) == "YES";
    f.derivationDescription = at.text(DCM_DerivationDescription);
    f.isSynthetic = at.text(syntheticData) == "YES" || image::saysSynthetic(f.derivationDescription);
    std::string types = at.text(DCM_ImageType);
    for (std::size_t from = 0; !types.empty() && from <= types.size();) {
        const auto end = std::min(types.find('\\', from), types.size());
        f.imageType.push_back(types.substr(from, end - from));
        from = end + 1;
    }
}

Result<void> setPicture(FileHeader& h, const Values& at)
{
    const auto missing = [](const char* what) {
        return badInput(text("reader", "%1 is missing: the pixels cannot be understood.").with(what), {},
            text("reader", "The file is damaged; leave it out."));
    };
    h.columns = at.integer(DCM_Columns, 0);
    h.rows = at.integer(DCM_Rows, 0);
    h.frames = at.integer(DCM_NumberOfFrames, 1);
    h.samplesPerPixel = static_cast<int>(at.integer(DCM_SamplesPerPixel, 1));
    h.photometric = at.text(DCM_PhotometricInterpretation);
    h.bitsAllocated = static_cast<int>(at.integer(DCM_BitsAllocated, 0));
    h.bitsStored = static_cast<int>(at.integer(DCM_BitsStored, h.bitsAllocated));
    h.highBit = static_cast<int>(at.integer(DCM_HighBit, h.bitsStored - 1));
    h.isSigned = at.integer(DCM_PixelRepresentation, 0) == 1;
    h.instanceNumber = at.integer(DCM_InstanceNumber, 0);
    h.acquisition = {at.integer(DCM_AcquisitionNumber, 0), at.integer(DCM_EchoNumbers, 0),
        at.integer(DCM_TemporalPositionIdentifier, 0)};
    h.presentationLutShape = at.text(DCM_PresentationLUTShape);
    h.paddingValue = at.number(DCM_PixelPaddingValue);
    h.paddingRangeLimit = at.number(DCM_PixelPaddingRangeLimit);
    if (h.photometric.empty())
        return missing("PhotometricInterpretation");
    if (h.bitsAllocated == 0)
        return missing("BitsAllocated");
    if (h.columns < 1 || h.rows < 1)
        return badInput(text("reader", "The picture has no size (%1 × %2).").with(h.columns, h.rows));
    if (h.frames < 1 || h.frames > (1 << 24))
        return badInput(text("reader", "The file states %1 frames.").with(h.frames));
    if (!at.isOfItsKind(DCM_NumberOfFrames)) // others would see one frame
        return badInput(text("reader", "The header is damaged: its number of frames is written as something else."));
    return {};
}

void setOverlays(FileHeader& header, DcmDataset& data)
{
    for (int group = 0x6000; group <= 0x601e; group += 2) {
        Uint16 rows = 0, columns = 0;
        const auto tag = [&](Uint16 element) { return DcmTagKey(static_cast<Uint16>(group), element); };
        if (data.findAndGetUint16(tag(0x0010), rows).bad() || data.findAndGetUint16(tag(0x0011), columns).bad())
            continue;
        files::Overlay overlay{group, rows, columns};
        Sint16 row = 1, column = 1;
        data.findAndGetSint16(tag(0x0050), row, 0);
        data.findAndGetSint16(tag(0x0050), column, 1);
        overlay.originRow = row;
        overlay.originColumn = column;
        overlay.isInPixelData = !data.tagExists(tag(0x3000));
        header.overlays.push_back(overlay);
    }
    if (!header.overlays.empty())
        addProblem(
            header, text("reader", "Drawings over the picture (%1 overlays) are in the file; they are not shown.")
                        .with(header.overlays.size()));
}

/// What a person must know who sees the bare picture.
void sayPresentation(FileHeader& header, const Values& at)
{
    const std::string shutter = at.text(DCM_ShutterShape);
    if (!shutter.empty())
        addProblem(header, text("reader", "The file asks for a shutter (%1) at the border; the whole picture is shown.")
                               .with(files::lowerCase(shutter)));
    if (header.facts.hasBurnedInAnnotation)
        addProblem(header, text("reader", "By its header the picture has text burned in; it may name the patient."));
}

void setLookupTables(FileHeader& header, const Values& at)
{
    header.modalityLut = lookupTable(at.sequenceItem(DCM_ModalityLUTSequence), header.isSigned);
    if (at.sequenceItem(DCM_ModalityLUTSequence) && !header.modalityLut)
        addProblem(
            header, text("reader", "The modality lookup table of the file is damaged; stored values are shown."));
    header.voiLut = lookupTable(at.sequenceItem(DCM_VOILUTSequence), header.isSigned);
}
} // namespace

Result<std::unique_ptr<DcmFileFormat>> loadedDicom(const Input& input)
{
    if (!dcmDataDict.isDictionaryLoaded())
        return environment(text("reader", "DCMTK's dictionary is missing: DICOM files cannot be read."), {},
            text("reader", "Install the package libdcmtk17 or set DCMDICTPATH."));
    auto file = std::make_unique<DcmFileFormat>();
    OFCondition status = file->loadFile(input.path.c_str(), EXS_Unknown, EGL_noChange, 4096, ERM_autoDetect);
    OFString sopClass;
    file->getDataset()->findAndGetOFString(DCM_SOPClassUID, sopClass);
    // A radiotherapy object is only named, never used: what it is can be told of a cut one too.
    if (std::string_view(sopClass.c_str()).starts_with("1.2.840.10008.5.1.4.1.1.481.5"))
        status = EC_Normal;
    if (status.bad())
        return badInput(text("reader", "The DICOM file is damaged or cut (%1).").with(validText(status.text())), {},
            text("reader", "Copy it again from its source."));
    if (file->getDataset()->card() == 0)
        return badInput(text("reader", "The DICOM file is empty behind its preamble."));
    return file;
}

Result<FileHeader> dicomHeader(const Input& input, files::Format format)
{
    const auto file = TRY(loadedDicom(input));
    DcmDataset& data = *file->getDataset();
    FileHeader header;
    header.format = format;
    const Values at(data, header);
    setFacts(header, at);
    OFString named;
    file->getMetaInfo()->findAndGetOFString(DCM_MediaStorageSOPClassUID, named);
    if (header.facts.sopClassUID.empty())
        header.facts.sopClassUID = validText(named.c_str());
    OFString syntax;
    if (file->getMetaInfo()->findAndGetOFString(DCM_TransferSyntaxUID, syntax).bad() || syntax.empty())
        syntax = DcmXfer(data.getOriginalXfer()).getXferID();
    header.facts.transferSyntaxUID = validText(syntax.c_str());
    const bool hasPixels =
        data.tagExists(DCM_PixelData) || data.tagExists(DCM_FloatPixelData) || data.tagExists(DCM_DoubleFloatPixelData);
    // Private objects use the pixel element for data of their own and describe no picture at all.
    const bool hasPicture =
        data.tagExists(DCM_Rows) || data.tagExists(DCM_Columns) || data.tagExists(DCM_BitsAllocated);
    if (!hasPixels || !hasPicture) {
        header.kind = kindOf(header.facts.sopClassUID, header.facts.modality);
        if (header.kind == files::structuredReport)
            readReportText(data, header);
        return header;
    }
    TRY(setPicture(header, at));
    TRY(checkPixels(header, data));
    header.frameHeaders = frameHeadersOf(data, header);
    for (const auto& frame : header.frameHeaders)
        if (frame.slope && *frame.slope == 0)
            return badInput(text("reader", "RescaleSlope is 0: every value would be the same."), {},
                text("reader", "The file is damaged; leave it out."));
    setLookupTables(header, at);
    setOverlays(header, data);
    sayPresentation(header, at);
    header.geometry.size = {header.columns, header.rows, header.frames};
    return header;
}

bool loadDicom()
{
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    // Elements written as UN that the dictionary knows are read as what they are (PS3.5 6.2.2).
    dcmEnableUnknownVRConversion.set(OFTrue);
    DJDecoderRegistration::registerCodecs(EDC_photometricInterpretation, EUC_default, EPC_colorByPixel);
    DJLSDecoderRegistration::registerCodecs();
    listenToJpeg();
    // Without its row an implicit file's value would have no representation; DCMTK 3.6.7 is older than the attribute.
    if (const DcmTagKey tag = syntheticData; !dcmDataDict.rdlock().findEntry(tag, nullptr)) {
        dcmDataDict.rdunlock();
        dcmDataDict.wrlock().addEntry(new DcmDictEntry(
            tag.getGroup(), tag.getElement(), DcmVR(EVR_CS), "SyntheticData", 1, 1, "DICOM", OFFalse, nullptr));
        dcmDataDict.wrunlock();
    } else
        dcmDataDict.rdunlock();
    return dcmDataDict.isDictionaryLoaded();
}

} // namespace hounsfield::reader
