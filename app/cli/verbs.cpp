#include "app/cli/verbs.h"

namespace hounsfield::cli {

std::vector<Verb> verbs()
{
    return {};
}

} // namespace hounsfield::cli
