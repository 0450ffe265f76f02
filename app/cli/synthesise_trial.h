#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

Verb synthesiseTrialVerb();

} // namespace hounsfield::cli
