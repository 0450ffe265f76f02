#pragma once

#include <chrono>
#include <string>

namespace hounsfield {

/// Measures wall time from its making; never decides what is computed.
class Stopwatch {
  public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }

  private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

/// Now, in UTC, as "2026-01-31T23:59:59Z" (ISO 8601).
std::string timestamp();

} // namespace hounsfield
