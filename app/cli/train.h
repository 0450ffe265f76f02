#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `train`: labelled images to a run folder with a model and its figures.
Verb trainVerb();

} // namespace hounsfield::cli
