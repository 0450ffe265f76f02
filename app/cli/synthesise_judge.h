#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

Verb synthesiseJudgeVerb();

} // namespace hounsfield::cli
