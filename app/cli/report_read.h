#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `report read`: the findings that reports tell, each with its status and the words that set it.
Verb reportReadVerb();

} // namespace hounsfield::cli
