#pragma once

#include "app/cli/verbs.h"

namespace hounsfield::cli {

/// `networks`: the table of networks and what each is good for.
Verb networksVerb();

} // namespace hounsfield::cli
