#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `scan PATH`: what a folder, archive or file holds: series, other objects, what was rejected and why.
Verb scanVerb();

} // namespace hounsfield::cli
