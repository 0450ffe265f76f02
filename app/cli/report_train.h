#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

Verb reportTrainVerb();
Verb reportEvaluateVerb();

} // namespace hounsfield::cli
