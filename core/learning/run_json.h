#pragma once

#include "core/learning/run_folder.h"

#include <string>

namespace hounsfield::learning {

/// run.json: everything of a run but its history and predictions, which have files of their own.
std::string jsonOf(const Run& run);
/// Errors: BadInput when it is none.
Result<Run> runFromJson(const std::string& words, const std::string& where);

} // namespace hounsfield::learning
