#pragma once

#include <filesystem>

namespace hounsfield {

/// Starts this program anew, once, with threads that wait passively: libgomp and OpenBLAS read their environment when
/// they are loaded, so it must be there before. Call first in main; returns when the environment is already right.
void restartWithQuietThreads(char** argv);

/// The folder of the running program.
std::filesystem::path programFolder();

} // namespace hounsfield
