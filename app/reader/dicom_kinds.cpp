#include "app/reader/dicom_data.h"

#include <algorithm>
#include <array>

namespace hounsfield::reader {

namespace {
struct KindRow {
    std::string_view uid; ///< SOP class, or what it begins with
    const char* kind;
};
// PS3.4 B.5 and PS3.6 A: storage classes without a picture.
constexpr std::array kindTable = {KindRow{"1.2.840.10008.1.3.10", "DICOMDIR"},
    KindRow{"1.2.840.10008.5.1.4.1.1.88.59", "key object selection"},
    KindRow{"1.2.840.10008.5.1.4.1.1.88", files::structuredReport},
    KindRow{"1.2.840.10008.5.1.4.1.1.481.2", "radiotherapy dose"},
    KindRow{"1.2.840.10008.5.1.4.1.1.481.3", "radiotherapy structure set"},
    KindRow{"1.2.840.10008.5.1.4.1.1.481.5", "radiotherapy plan"},
    KindRow{"1.2.840.10008.5.1.4.1.1.481.8", "radiotherapy ion plan"},
    KindRow{"1.2.840.10008.5.1.4.1.1.481", "radiotherapy object"},
    KindRow{"1.2.840.10008.5.1.4.1.1.11", "presentation state"},
    KindRow{"1.2.840.10008.5.1.4.1.1.104.1", "PDF document"}, KindRow{"1.2.840.10008.5.1.4.1.1.104", "document"},
    KindRow{"1.2.840.10008.5.1.4.1.1.9", "waveform"}, KindRow{"1.2.840.10008.5.1.4.1.1.66.1", "spatial registration"},
    KindRow{"1.2.840.10008.5.1.4.1.1.66.2", "spatial fiducials"},
    KindRow{"1.2.840.10008.5.1.4.1.1.66.5", "surface segmentation"},
    KindRow{"1.2.840.10008.5.1.4.1.1.91.1", "microscopy annotations"},
    KindRow{"1.2.840.10008.5.1.4.1.1.4.2", "spectroscopy"}, KindRow{"1.2.840.10008.5.1.4.1.1.66", "raw data"},
    KindRow{"1.2.840.10008.5.1.4.39", "colour palette"}, KindRow{"1.2.840.10008.5.1.4.38", "hanging protocol"}};
} // namespace

std::string kindOf(const std::string& sopClassUID, const std::string& modality)
{
    const auto row = std::find_if(kindTable.begin(), kindTable.end(), [&](const KindRow& candidate) {
        return sopClassUID == candidate.uid || sopClassUID.starts_with(std::string(candidate.uid) + ".");
    });
    if (row != kindTable.end())
        return row->kind;
    return modality.empty() ? "DICOM object without pixels" : "DICOM object without pixels (" + modality + ")";
}

void addProblem(files::FileHeader& header, Text problem)
{
    if (std::find(header.problems.begin(), header.problems.end(), problem) == header.problems.end())
        header.problems.push_back(std::move(problem));
}

} // namespace hounsfield::reader
