#pragma once

#include "core/files/reader_client.h"
#include "core/synthesis/synthetic_image.h"

#include <string>

namespace hounsfield::synthesis {

enum class ExportFormat { Png, Nifti, Dicom };
/// "png", "nii.gz", "dcm"
std::string endingOf(ExportFormat format);

struct ExportOptions {
    ExportFormat format = ExportFormat::Png;
    std::string modality = "OT"; ///< of DICOM files
    double spacing = 0;          ///< mm of a pixel, of NIfTI files; 0: not known
};

/// Writes images to be given away: class/00001.synthetic.png, .nii.gz or .dcm, the mark burned into the pixels
/// (image::mark), the generator's hash in the header, provenance.json beside them. Each sign alone is recognised.
/// DICOM: Secondary Capture with SyntheticData YES; patient SYNTHETIC-<start of the hash>-<n>, modality OT unless
/// given, UIDs below 2.25 made from generator, seed and number: the same export has the same UIDs. Errors as
/// `writeSyntheticFolder`; BadInput too where a picture is too small for the mark, Unsupported for RGB of 16 bits in
/// other formats than PNG.
Result<SyntheticWritten> exportSynthetic(
    files::ReaderPool& readers, const SyntheticJob& job, const ExportOptions& options, const Monitor& monitor);

/// A UID below 2.25 (PS3.5 B.2) whose UUID is the XXH3-128 of these words, version 8 (RFC 9562).
std::string uidOf(const std::string& words);

} // namespace hounsfield::synthesis
