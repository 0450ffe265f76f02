#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

Verb synthesiseSampleVerb();

} // namespace hounsfield::cli
