#pragma once

#include "core/learning/run_folder.h"

#include <string>

namespace hounsfield::learning {

/// summary.html: one page without scripts or references, for people. Every foreign word in it is escaped.
std::string summaryPage(const Run& run);

} // namespace hounsfield::learning
