#pragma once

#include "core/base/monitor.h"
#include "core/learning/case.h"
#include "core/learning/image_store.h"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// A label of a project as data: which image, which class.
struct GivenLabel {
    std::string uid; ///< SOPInstanceUID, or "pixels:" + pixel hash (study::Subject)
    std::string className;
    files::Source source; ///< where the image was last seen
    std::string patient, study;
    int frame = 0; ///< of an image with several, from 1 (study::Subject)
};

/// What shall be learned from.
struct DataRequest {
    std::filesystem::path data;                   ///< folder, ZIP, tar.gz, CSV file; empty: `labels` alone
    std::filesystem::path test;                   ///< a set whose cases are all test cases; empty: none
    std::vector<std::filesystem::path> synthetic; ///< folders of synthetic images (class/file and provenance.json)
    std::filesystem::path table;    ///< CSV: file,label[,split][,patient], or PatientID/StudyInstanceUID,label
    std::vector<GivenLabel> labels; ///< of a project: correct the labels of `data`, or are the data themselves
    std::vector<std::string>
        classes; ///< a fixed order of classes (that of a model); empty: those without finding first, then alphabetical
    std::int64_t width = 0; ///< 0: chosen from the images, at most `autoSize`
    std::int64_t height = 0;
    std::int64_t autoSize = 64;
    int channels = 0; ///< 1, 3; 0: colour where the first images are
    int bits = 0;     ///< 8, 16: on a model's scale (files::ImageSetRequest); 0: as the files ask
};

/// One file that could not be used.
struct Unreadable {
    std::string name;
    Error reason;
};

/// Something a person should know before training.
struct Warning {
    enum class Kind {
        Imbalance,
        FewCases,
        Duplicates,
        DuplicatesAcrossParts,
        ConflictingDuplicates,
        Shortcut,
        Unreadable,
        Unlabelled,
        LabelsWithoutFile,
        NoPatients,
        Synthetic,
        SyntheticLeftOut
    };
    Kind kind = Kind::Imbalance;
    Text sentence;
};

/// What the images of a set have in common: the facts a model states of its training, for the gate before a score.
struct SourceFacts {
    std::vector<std::string> modalities, bodyParts, photometrics;                ///< of the headers that say so; sorted
    std::int64_t leastWidth = 0, mostWidth = 0, leastHeight = 0, mostHeight = 0; ///< of the files
    int channels = 1;
    int bits = 8;       ///< 8, 16 or 32: how the images are kept
    double spacing = 0; ///< mm of a stored pixel where all that were looked at agree; 0: unknown
    bool operator==(const SourceFacts&) const = default;
};

/// Labelled images, read and decoded.
struct DataSet {
    std::string name; ///< of the folder or file
    std::vector<std::string> classes;
    std::vector<Case> cases; ///< image i of `images` is case i
    ImageStore images;
    std::vector<Unreadable> unreadable;
    std::vector<Warning> warnings;
    SourceFacts facts;        ///< of the real images, where there are any
    bool hasOwnSplit = false; ///< parts are the data's own
    bool hasOwnTest = false;
    double secondsReading = 0;
    std::string fingerprint; ///< hash of names, labels and pixel hashes of all cases

    /// Cases of each class (rows) in each part (columns, in the order of Part).
    std::vector<std::array<std::int64_t, partCount>> counts() const;
    /// Synthetic images of each class; they are among those of `counts`.
    std::vector<std::int64_t> syntheticCounts() const;
    /// Patients of each class; all 0 where no patient is known.
    std::vector<std::int64_t> patients() const;
    bool knowsPatients() const;
    /// A few cases of a class, spread over it, to be shown.
    std::vector<std::int64_t> examples(int label, std::int64_t most) const;
    std::vector<std::int64_t> casesOf(Part part) const;
};

/// Lists, reads and decodes labelled images: class/file, split/class/file, a CSV, a ZIP or tar.gz of these, DICOM files
/// with a CSV by PatientID or StudyInstanceUID, or a project's labels. A file of several slices gives a case for each.
/// Unreadable files are left out and listed. Synthetic images are recognised by their pixels, header, name or
/// provenance (synthetic_cases.h) wherever they come from; in a validation or test part they are left out.
/// Errors: BadInput when there is nothing labelled, one class only, a table that does not fit, a folder of synthetic
/// images without provenance or with a class the data do not have; Environment; Cancelled.
Result<DataSet> openDataSet(files::ReaderPool& readers, const DataRequest& request, const Monitor& monitor);

/// The warnings from what the set holds now (after a split was made, duplicates across parts too).
std::vector<Warning> warningsOf(const DataSet& data);

} // namespace hounsfield::learning
