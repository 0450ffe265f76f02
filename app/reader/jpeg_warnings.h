#pragma once

#include <string>

namespace hounsfield::reader {

/// libjpeg fills what a damaged stream lacks with grey and only warns; DCMTK passes the warning to its log. Listens
/// there.
void listenToJpeg();

/// The first warning since the last call that means lost picture data; empty when there was none.
std::string takeJpegWarning();

} // namespace hounsfield::reader
