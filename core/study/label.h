#pragma once

#include "core/image/volume.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace hounsfield::study {

/// What a label or a mark hangs on.
struct Subject {
    enum class Level { Image, Series, Study };
    Level level = Level::Image;
    std::string uid; ///< SOPInstanceUID, or "pixels:" + pixel hash; SeriesInstanceUID; StudyInstanceUID
    int frame = 0;   ///< of an image with several frames, from 1; 0: the only one, and for series and studies
    auto operator<=>(const Subject&) const = default;
};

/// Where an image was last seen, so that it can be opened again; its labels stay when it is gone.
struct Place {
    std::string file;       ///< path on disk
    std::string entry;      ///< in an archive; empty for a plain file
    std::int64_t frame = 0; ///< 0-based frame of the file
    std::string patientID, studyInstanceUID, seriesInstanceUID;
    bool operator==(const Place&) const = default;
};

/// A class that a person gave. One per subject.
struct Label {
    Subject subject;
    std::string className;
    Place place;
    bool operator==(const Label&) const = default;
};

/// A class behind a digit.
struct LabelClass {
    std::string name;   ///< unique in the project
    std::string colour; ///< "#rrggbb"; empty: none was chosen
    bool operator==(const LabelClass&) const = default;
};

/// A measurement, point, arrow or text that a person drew.
struct Mark {
    std::string id; ///< unique in the project; `Project::newId`
    Subject subject;
    std::string tool;                          ///< "length", "angle" … of the viewer's table of tools
    std::vector<std::array<double, 3>> points; ///< patient mm (LPS), or pixel positions where the image has no geometry
    std::string words;
    bool operator==(const Mark&) const = default;
};

/// Labelled data that was used for training.
struct DataSetEntry {
    std::string name; ///< unique
    std::string path; ///< folder, archive; empty: the project's own labels
    std::string labelsFile;
    std::string fingerprint; ///< hash of what it held
    bool operator==(const DataSetEntry&) const = default;
};

/// A training that was done into runs/.
struct RunEntry {
    std::string folder; ///< relative to runs/; unique
    std::string network, dataSet;
    std::string started; ///< UTC, ISO 8601
    std::string figures; ///< a JSON object: the validation's and the test's
    bool operator==(const RunEntry&) const = default;
};

/// The subject of slice k of an image: its SOPInstanceUID and frame, else its pixels.
/// @param pixelHash  of the file's own decoded pixels (`files::DecodedImage`); used where the image has no UID
Subject subjectOf(const image::Facts& facts, std::int64_t slice, const std::string& pixelHash);

} // namespace hounsfield::study
