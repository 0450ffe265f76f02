#pragma once

#include "core/base/result.h"

#include <functional>
#include <stop_token>

namespace hounsfield {

/// Ties a long function to whoever waits for it: tells how far it is and asks whether to stop.
/// Cheap to copy; `at` may be called from one thread at a time, `stopRequested` from any.
class Monitor {
  public:
    using Report = std::function<void(const Text& stage, double fraction)>;

    Monitor() = default;
    explicit Monitor(std::stop_token stop, Report report = {});

    /// Reports a stage and its fraction (0 … 1) of this monitor's part. Fails with Kind::Cancelled when it shall stop.
    Result<void> at(const Text& stage, double fraction) const;

    /// An atomic read for parallel loops.
    bool stopRequested() const { return m_stop.stop_requested(); }

    /// A monitor for a part of the job: its 0 … 1 is our from … to.
    Monitor part(double from, double to) const;

  private:
    std::stop_token m_stop;
    Report m_report;
    double m_from = 0;
    double m_to = 1;
};

} // namespace hounsfield
