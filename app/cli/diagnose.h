#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `diagnose`: what a model says of images, each behind the gate.
Verb diagnoseVerb();

} // namespace hounsfield::cli
