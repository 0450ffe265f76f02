#pragma once

#include <string>
#include <vector>

namespace hounsfield::reader {

/// Gives up for ever what a reader of foreign files does not need: every file but those beneath the folder, writing,
/// network, starting programs, executable memory, unbounded resources. Landlock, seccomp, no_new_privs, rlimits.
/// Where the kernel refuses a part, the rest holds.
/// @param folder  descriptor of the one folder that stays readable
/// @return        one line per part: what holds, what does not
std::vector<std::string> lockDown(int folder);

/// Tries what must be refused, for tests and `info --system`: "open PATH", "write PATH", "connect", "start".
/// @return  "refused: reason", or "allowed"
std::string attempt(const std::string& what);

} // namespace hounsfield::reader
