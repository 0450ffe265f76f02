#pragma once

#include "app/reader/dicom_data.h"

namespace hounsfield::reader {

/// Holds the numbers of the header against the pixel bytes that are there; fills storedType and components.
/// Errors: BadInput when pixels are missing or cut, Unsupported with the name of the transfer syntax.
Result<void> checkPixels(files::FileHeader& header, DcmDataset& data);

} // namespace hounsfield::reader
