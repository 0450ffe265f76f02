#pragma once

#include "app/reader/dicom_data.h"

namespace hounsfield::reader {

/// How the samples of a decoded frame lie.
struct Arrangement {
    std::string photometric; ///< of the samples as they are now
    bool isPlanar = false;
    bool isSubsampled = false; ///< YBR_FULL_422 with two Y for one Cb, Cr
};

/// Number of frames and fragments, transfer syntax. Errors: BadInput, Unsupported by name.
Result<void> checkEncapsulated(files::FileHeader& header, DcmDataset& data);

/// Decodes compressed frames: RLE here, JPEG and JPEG-LS by DCMTK, JPEG 2000 by GDCM. A stream that is cut or of
/// another size than the header's is an error, never a partial picture.
class FrameDecoder {
  public:
    FrameDecoder(const Input& input, const files::FileHeader& header, DcmDataset& data);
    /// Cells of one frame, bitsAllocated each.
    Result<std::vector<std::byte>> frame(std::int64_t number, Arrangement& arrangement);
    /// Bits and sign of the cells: the header's, or those of a codestream that holds fewer.
    const files::FileHeader& form() const { return m_form; }

  private:
    Result<std::string> stream(std::int64_t number) const;
    Result<std::vector<std::byte>> runLengths(const std::string& stream) const;
    Result<std::vector<std::byte>> jpeg(std::int64_t number, Arrangement& arrangement);
    Result<std::vector<std::byte>> jpeg2000(std::int64_t number, Arrangement& arrangement);

    const Input& m_input;
    const files::FileHeader& m_header;
    files::FileHeader m_form;
    DcmDataset& m_data;
    Uint32 m_fragment = 0;        ///< where DCMTK found the frame before
    std::vector<std::byte> m_all; ///< of JPEG 2000, decoded at once
};

} // namespace hounsfield::reader
