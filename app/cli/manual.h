#pragma once

#include "app/cli/verbs.h"

#include <string>
#include <vector>

namespace hounsfield::cli {

/// The manual page hounsfield-cli(1) in roff, made from the table of verbs.
std::string manualPage(const std::vector<Verb>& verbs);

/// Bash's completion of verbs, options, choices and files, made from the same table.
std::string bashCompletion(const std::vector<Verb>& verbs);

} // namespace hounsfield::cli
