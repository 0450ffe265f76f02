#pragma once

#include "core/base/text.h"
#include "core/image/geometry.h"
#include "core/image/volume.h"
#include "core/image/window.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::files {

enum class Format { Dicom, Nifti, Nrrd, MetaImage, Png, Jpeg, Tiff, Bmp };

/// What one frame of a DICOM file says of itself (functional groups resolved: per frame, else shared, else the root).
struct FrameHeader {
    std::optional<std::array<double, 3>> position;     ///< ImagePositionPatient, mm
    std::optional<std::array<double, 6>> orientation;  ///< ImageOrientationPatient
    std::optional<std::array<double, 2>> pixelSpacing; ///< row spacing (between rows), column spacing; mm
    std::string spacingSource;              ///< "PixelSpacing", "ImagerPixelSpacing", "SequenceOfUltrasoundRegions" …
    std::optional<double> slope, intercept; ///< as the file says (NIfTI: scl_slope, scl_inter); absent when it does not
    std::string rescaleType;
    std::vector<image::Window> windows;
    std::vector<std::int64_t> stackKeys; ///< temporal position, echo, acquisition, b-value …: differ → own volume
};

/// One overlay plane (60xx).
struct Overlay {
    int group = 0x6000;
    int rows = 0, columns = 0, originRow = 1, originColumn = 1;
    bool isInPixelData = false; ///< bits of the pixel cells, cut out of the values
};

/// `FileHeader::kind` of a DICOM SR document.
inline constexpr const char* structuredReport = "structured report";

/// One foreign image file, as its header says it; geometry, rescale and order are computed from this by the parent.
/// Text is UTF-8 already. Numbers that the file gives wrongly (not a number, negative) are absent here and told in
/// `problems`.
struct FileHeader {
    Format format = Format::Dicom;
    std::string kind = "image"; ///< "image", or what else a valid DICOM object is: "structured report", "DICOMDIR" …
    std::string file;
    std::string reportText; ///< of a structured report: its words
    image::Facts facts;     ///< files, sopInstanceUIDs: this file's own
    std::int64_t instanceNumber = 0;
    // picture
    std::int64_t columns = 0, rows = 0, frames = 1;
    int samplesPerPixel = 1;
    std::string photometric; ///< PhotometricInterpretation
    int bitsAllocated = 0, bitsStored = 0, highBit = 0;
    bool isSigned = false;
    std::optional<double> paddingValue, paddingRangeLimit; ///< stored values
    std::vector<FrameHeader> frameHeaders;                 ///< one, or one per frame
    std::optional<image::LookupTable> modalityLut, voiLut;
    std::vector<Overlay> overlays;
    std::string presentationLutShape;
    std::array<std::int64_t, 3>
        acquisition{}; ///< AcquisitionNumber, EchoNumbers, TemporalPositionIdentifier; 0 where absent
    // NIfTI, NRRD, MetaImage (LPS), PNG …: geometry of the whole file
    image::Geometry geometry;
    image::ScalarType storedType =
        image::ScalarType::UInt8; ///< holds every stored value (colour: UInt8), before rescale
    int components = 1;
    std::int64_t timePoints = 1; ///< frames = slices × time points; frame t·slices + k is slice k of time point t
    std::string unit;            ///< of what slope and intercept or a LUT give, where another format than DICOM says it
    std::vector<Text> problems;
};

} // namespace hounsfield::files
