#include "core/base/process.h"

#include <system_error>

#include <cstdlib>
#include <unistd.h>

namespace hounsfield {

void restartWithQuietThreads(char** argv)
{
    if (std::getenv("OMP_WAIT_POLICY") && std::getenv("OPENBLAS_NUM_THREADS"))
        return;
    ::setenv("OMP_WAIT_POLICY", "passive", 0);
    ::setenv("OPENBLAS_NUM_THREADS", "1", 0);
    ::execv("/proc/self/exe", argv); // where this fails, the program runs on: slower, not wrong
}

std::filesystem::path programFolder()
{
    std::error_code problem;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", problem);
    return problem ? std::filesystem::current_path(problem) : program.parent_path();
}

} // namespace hounsfield
