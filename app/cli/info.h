#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `info PATH`: one image, opened, with its geometry and values; `info --system`: what this machine offers.
Verb infoVerb();

} // namespace hounsfield::cli
