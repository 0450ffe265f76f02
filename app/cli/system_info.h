#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// Instruction set, threads, memory, OpenGL, and which protections of the reader hold here.
Result<Answer> systemInfo();

} // namespace hounsfield::cli
