#include "app/cli/verbs.h"

#include "app/cli/manual.h"

namespace hounsfield::cli {

std::vector<Verb> verbs()
{
    return {manualVerb()};
}

} // namespace hounsfield::cli
