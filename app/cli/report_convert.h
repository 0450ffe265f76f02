#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `report convert`: annotations of one program for another, and what that loses.
Verb reportConvertVerb();

} // namespace hounsfield::cli
