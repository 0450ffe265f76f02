#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

Verb synthesiseTrainVerb();

} // namespace hounsfield::cli
