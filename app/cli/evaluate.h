#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `evaluate`: what a model says of labelled images it was not trained on.
Verb evaluateVerb();

} // namespace hounsfield::cli
