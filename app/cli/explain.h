#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `explain`: where in an image a model sees its class.
Verb explainVerb();

} // namespace hounsfield::cli
