#pragma once

#include "core/files/reader_client.h"
#include "core/learning/provenance.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// What a case is used for. Test cases are scored once, after everything was chosen on validation.
enum class Part { Train, Validation, Test };
inline constexpr int partCount = 3;
std::string nameOf(Part part); ///< "train", "validation", "test"

/// How a synthetic image was recognised; in the order in which it is looked for.
enum class SyntheticSign { None, Provenance, Header, Pixels, Name };

/// One labelled image.
struct Case {
    files::Source source; ///< where its bytes are, and which slice of them
    std::string name;     ///< shown to people and written to tables: path below what was opened
    int label = 0;        ///< index into DataSet::classes
    std::string patient;  ///< of a CSV or the DICOM header; empty where unknown
    std::string study;    ///< StudyInstanceUID, or what else holds the slices of one file together; may be empty
    std::string uid;      ///< SOPInstanceUID; empty where the file is no DICOM
    Part part = Part::Train;
    bool hasOwnPart = false; ///< the data brings the part
    std::string pixelHash;   ///< of the file's own decoded pixels and size (files::DecodedImage)
    std::int64_t width = 0;  ///< of the file itself
    std::int64_t height = 0;
    int bits = 8;
    std::string modality;     ///< of DICOM files
    bool isSynthetic = false; ///< made by a generator: for training parts only
    SyntheticSign sign = SyntheticSign::None;
    std::shared_ptr<const Provenance> provenance; ///< of a synthetic image, where its folder says it
};

} // namespace hounsfield::learning
