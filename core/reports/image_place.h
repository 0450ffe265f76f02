#pragma once

#include "core/reports/annotation.h"

#include <array>
#include <optional>
#include <string>

namespace hounsfield::reports {

/// Where in a study a finding is seen.
struct ImagePlace {
    std::string seriesInstanceUID;
    std::string sopInstanceUID;    ///< of the slice; empty where the file has none
    std::array<double, 3> point{}; ///< patient coordinates, LPS, mm
    std::string side;              ///< of the patient it lies on, "left" or "right"; empty: near the middle
    bool operator==(const ImagePlace&) const = default;
};

/// The attribute that holds it in an annotation: "SeriesInstanceUID SOPInstanceUID x y z side", a dash for what is
/// missing.
inline constexpr const char* placeAttribute = "place";
std::string written(const ImagePlace& place);
/// Nothing where the annotation is tied to no place.
std::optional<ImagePlace> placeOf(const Annotation& span);

} // namespace hounsfield::reports
