#pragma once

#include <sched.h>

namespace hounsfield {

/// While it lives, this process has one processor and parallel loops run on one thread.
class OneProcessor {
  public:
    OneProcessor()
    {
        sched_getaffinity(0, sizeof(m_before), &m_before);
        cpu_set_t one;
        CPU_ZERO(&one);
        for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu)
            if (CPU_ISSET(cpu, &m_before))
                CPU_SET(cpu, &one);
        sched_setaffinity(0, sizeof(one), &one);
    }
    ~OneProcessor() { sched_setaffinity(0, sizeof(m_before), &m_before); }
    OneProcessor(const OneProcessor&) = delete;
    OneProcessor& operator=(const OneProcessor&) = delete;

  private:
    cpu_set_t m_before{};
};

} // namespace hounsfield
