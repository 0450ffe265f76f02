#pragma once

#include "app/cli/verbs.h"
#include "core/learning/training.h"

#include <vector>

namespace hounsfield::cli {

/// --out, --resume and --force of the verbs that train.
std::vector<Option> runFolderOptions();

/// What --resume and --force ask for. Errors: BadInput when both are given.
Result<learning::Existing> existingOf(const Call& call);

} // namespace hounsfield::cli
