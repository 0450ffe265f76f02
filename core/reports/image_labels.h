#pragma once

#include "core/reports/label_source.h"

#include <cstdint>
#include <string>

namespace hounsfield::reports {

/// A table by which the images of a study are labelled with what its report says, as trainings on images read it.
struct ImageLabels {
    std::string csv; ///< StudyInstanceUID and label where every report is linked to a study, else PatientID and label
    std::int64_t byPerson = 0, byRules = 0; ///< who says so: confirmed reports are a person's word
    std::int64_t leftOut = 0; ///< neither patient nor study is known, or reports of one contradict each other
};

/// The class of an image is the label, or "no " and the label.
ImageLabels imageLabelsOf(std::span<const SourceReport> reports, const std::string& label);

} // namespace hounsfield::reports
