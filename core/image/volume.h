#pragma once

#include "core/base/text.h"
#include "core/image/geometry.h"
#include "core/image/window.h"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::image {

enum class ScalarType { Int8, UInt8, Int16, UInt16, Int32, UInt32, Float32, Float64 };
std::size_t bytesOf(ScalarType type);

/// A block of voxels that keeps alive what it lies in (a mapped memory file, a vector). At least 4 spare bytes follow
/// it.
struct VoxelBlock {
    std::shared_ptr<const void> owner;
    const std::byte* bytes = nullptr;
    std::size_t size = 0;
};

/// What the header says of patient, study, series and picture, ready to be shown. DICOM keywords; empty where unknown.
struct Facts {
    std::string patientName, patientID, patientBirthDate, patientSex;
    std::string studyInstanceUID, studyDate, studyDescription, accessionNumber;
    std::string seriesInstanceUID, seriesDescription, seriesNumber, modality, bodyPartExamined, viewPosition,
        laterality;
    std::string pixelSpacingSource; ///< "PixelSpacing", "ImagerPixelSpacing" (mm at the detector) …; empty: pixels only
    std::string frameOfReferenceUID, sopClassUID, photometricInterpretation, transferSyntaxUID;
    std::vector<std::string> imageType;
    bool isLossy = false;
    std::string lossyRatio;
    bool hasBurnedInAnnotation = false;
    bool isSynthetic = false;                 ///< the header says that a generator made the picture
    std::string derivationDescription;        ///< of DICOM, or what stands for it in other formats
    std::vector<std::string> sopInstanceUIDs; ///< per slice, or one for all frames
    std::vector<int> frameNumbers;            ///< per slice, from 1
    std::vector<std::string> files;           ///< per slice, or one for all
};

/// An image of 1 … n slices: final values (bits cut out, sign, rescale or Modality LUT done) on a geometry.
/// Immutable and shared once made. Voxel (i, j, k, component c) stands at ((k·rows + j)·columns + i)·components + c.
struct Volume {
    Geometry geometry;
    ScalarType type = ScalarType::Int16;
    int components = 1; ///< 1 grey, 3 RGB (UInt8)
    VoxelBlock voxels;
    std::string unit;                  ///< "HU" only for CT with rescale; else RescaleType, "BQML" …, or empty
    std::vector<Window> windows;       ///< of the header, first is the default
    std::vector<Window> sliceWindows;  ///< first one of each slice where they differ; else empty
    std::optional<LookupTable> voiLut; ///< shown where the header has no window
    bool isInverted = false;           ///< MONOCHROME1: shown inverted, after the window; values untouched
    std::optional<std::array<double, 2>>
        storedRange; ///< least and greatest that the file's bits can hold, rescaled; nothing where they do not say
    std::optional<double> paddingLow,
        paddingHigh;                 ///< values that are no tissue (rescaled); outside statistics and auto window
    std::vector<Text> problems;      ///< said on the picture and in lists
    bool isStack = true;             ///< false: slices lie unevenly; only the stack view is right
    bool isInterpolated = false;     ///< resampled from what was stored
    std::vector<Point> sliceOrigins; ///< centre of each slice's first voxel where that is not `geometry`'s; else empty
    Facts facts;

    double value(std::int64_t i, std::int64_t j, std::int64_t k, int component = 0) const;
    bool isPadding(double value) const;
};

} // namespace hounsfield::image
