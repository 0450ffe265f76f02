#include "core/base/monitor.h"

#include <utility>

namespace hounsfield {

Monitor::Monitor(std::stop_token stop, Report report)
    : m_stop(std::move(stop))
    , m_report(std::move(report))
{
}

Result<void> Monitor::at(const Text& stage, double fraction) const
{
    if (stopRequested())
        return cancelled();
    if (m_report)
        m_report(stage, m_from + (m_to - m_from) * fraction);
    return {};
}

Monitor Monitor::part(double from, double to) const
{
    Monitor inner = *this;
    inner.m_from = m_from + (m_to - m_from) * from;
    inner.m_to = m_from + (m_to - m_from) * to;
    return inner;
}

} // namespace hounsfield
