#include "app/cli/verbs.h"

#include "app/cli/bench.h"
#include "app/cli/info.h"
#include "app/cli/scan.h"

namespace hounsfield::cli {

std::vector<Verb> verbs()
{
    return {scanVerb(), infoVerb(), benchVerb()};
}

} // namespace hounsfield::cli
