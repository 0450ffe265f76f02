#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `demo`: trains on the built-in radiographs, prints how well it does and where it looks.
Verb demoVerb();

} // namespace hounsfield::cli
