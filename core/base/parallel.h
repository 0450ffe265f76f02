#pragma once

#include <cstdint>
#include <functional>

namespace hounsfield {

/// Processors this process may use, at least 1.
int processorCount();

/// Calls body(0) … body(count − 1) on up to `threads` threads, in no fixed order; returns when all are done.
/// The body must not throw. For work on files and records; kernels have loops of their own.
void parallelFor(std::int64_t count, int threads, const std::function<void(std::int64_t)>& body);

} // namespace hounsfield
