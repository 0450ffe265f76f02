#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `conformance DIR`: runs the ONNX standard's own test cases from the ZIPs of a folder.
Verb conformanceVerb();

} // namespace hounsfield::cli
