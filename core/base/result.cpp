#include "core/base/result.h"

namespace hounsfield {

std::string english(const Error& error)
{
    std::string line = error.where.empty() ? "" : error.where + ": ";
    line += english(error.what);
    if (!error.advice.isEmpty())
        line += " " + english(error.advice);
    return line;
}

} // namespace hounsfield
