#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `report negation`: how well the rules tell denied concepts from affirmed ones, on sentences with known answers.
Verb reportNegationVerb();

} // namespace hounsfield::cli
