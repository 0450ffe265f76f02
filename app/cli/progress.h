#pragma once

#include "core/base/clock.h"
#include "core/base/text.h"

#include <mutex>
#include <string>

namespace hounsfield::cli {

/// Progress on stderr: a bar with the time that is left on a terminal, elsewhere a line per stage and 10 %.
class Progress {
  public:
    explicit Progress(bool isQuiet);
    ~Progress();
    void show(const Text& stage, double fraction);

  private:
    void drawBar(const std::string& stage, double fraction);

    std::mutex m_mutex;
    Stopwatch m_watch;
    double m_lastDrawn = -1;
    int m_tenth = -1;
    bool m_isQuiet = false;
    bool m_isTerminal = false;
    bool m_hasBar = false;
};

} // namespace hounsfield::cli
