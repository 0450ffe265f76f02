// Runs stages in one parallel region: tasks are taken from a counter, the thread that ends a stage's last task opens
// the next.

#include "core/nn/program.h"

#include <atomic>
#include <thread>

namespace hounsfield::nn {

namespace {

/// Waits a little by itself before it asks the kernel: stages follow each other within microseconds.
void waitFor(const std::atomic<std::int64_t>& opened, std::int64_t stage)
{
    for (int i = 0; i < 4000; ++i) {
        if (opened.load(std::memory_order_acquire) > stage)
            return;
        __builtin_ia32_pause();
    }
    for (std::int64_t seen = opened.load(std::memory_order_acquire); seen <= stage;
         seen = opened.load(std::memory_order_acquire))
        opened.wait(seen, std::memory_order_acquire);
}

struct Counter {
    alignas(64) std::atomic<std::int64_t> next = 0;
    std::atomic<std::int64_t> done = 0;
};

class Runner {
  public:
    Runner(const std::vector<Stage>& stages, const Monitor& monitor)
        : m_stages(stages)
        , m_monitor(monitor)
        , m_counters(stages.size())
    {
    }

    void work(int thread)
    {
        const unsigned mode = kernels::flushDenormals();
        for (std::size_t s = 0; s < m_stages.size(); ++s) {
            workOn(s, thread);
            waitFor(m_opened, static_cast<std::int64_t>(s));
        }
        kernels::restoreFloatMode(mode);
    }

    bool isStopped() const { return m_isStopped; }

  private:
    void workOn(std::size_t s, int thread)
    {
        const Stage& stage = m_stages[s];
        Counter& counter = m_counters[s];
        for (std::int64_t task = counter.next++; task < stage.tasks; task = counter.next++) {
            if (stage.isOfGroups && m_monitor.stopRequested())
                m_isStopped = true;
            if (!m_isStopped)
                stage.run(task, thread);
            if (++counter.done < stage.tasks)
                continue;
            if (stage.finish && !m_isStopped)
                stage.finish();
            m_opened.store(static_cast<std::int64_t>(s) + 1, std::memory_order_release);
            m_opened.notify_all();
        }
    }

    const std::vector<Stage>& m_stages;
    const Monitor& m_monitor;
    std::vector<Counter> m_counters;
    std::atomic<std::int64_t> m_opened = 0;
    std::atomic<bool> m_isStopped = false;
};

} // namespace

bool runStages(const std::vector<Stage>& stages, int threads, const Monitor& monitor)
{
    Runner runner(stages, monitor);
    std::atomic<int> next = 0;
#pragma omp parallel num_threads(threads)
    runner.work(next++);
    return !runner.isStopped();
}

} // namespace hounsfield::nn
