#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// The row of `bench`: times training steps or forward passes.
Verb benchVerb();

} // namespace hounsfield::cli
