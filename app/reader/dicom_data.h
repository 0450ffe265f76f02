#pragma once

#include "app/reader/input.h"
#include "core/files/header.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::reader {

inline const DcmTagKey syntheticData(0x0008, 0x001C); ///< SyntheticData, CS: YES or NO (PS3.3 C.12.1)

/// A sound DICOM file as DCMTK loaded it. Errors: BadInput with what is wrong in words.
Result<std::unique_ptr<DcmFileFormat>> loadedDicom(const Input& input);

/// Reads values of one data set in its own character set; remembers whether a value had to be guessed or was no number.
class Values {
  public:
    Values(DcmItem& item, files::FileHeader& header);
    std::string text(const DcmTagKey& tag) const;                           ///< UTF-8, trimmed; empty when absent
    std::optional<std::vector<double>> numbers(const DcmTagKey& tag) const; ///< absent too where one is no number
    std::optional<double> number(const DcmTagKey& tag) const;
    std::int64_t integer(const DcmTagKey& tag, std::int64_t otherwise) const;
    bool isOfItsKind(const DcmTagKey& tag) const; ///< written with the value representation of the standard, or absent
    DcmItem* sequenceItem(const DcmTagKey& tag, long index = 0) const;
    long sequenceItems(const DcmTagKey& tag) const;

  private:
    DcmItem& m_item;
    files::FileHeader& m_header;
    std::string m_set;
};

/// What a DICOM object without pixels is, in words: by its SOP class, else its modality.
std::string kindOf(const std::string& sopClassUID, const std::string& modality);

/// The words of a structured report's content tree in its order (PS3.3 C.17.3), a heading line for each container that
/// has a name, into `header.reportText`.
void readReportText(DcmDataset& data, files::FileHeader& header);

/// Position, orientation, spacing, rescale, windows of each frame: functional groups, else the root.
std::vector<files::FrameHeader> frameHeadersOf(DcmDataset& data, files::FileHeader& header);
std::optional<image::LookupTable> lookupTable(DcmItem* item, bool isSigned);

void addProblem(files::FileHeader& header, Text problem); ///< once

} // namespace hounsfield::reader
