#include "app/cli/progress.h"

#include <cstdio>
#include <unistd.h>

namespace hounsfield::cli {

Progress::Progress(bool isQuiet)
    : m_isQuiet(isQuiet)
    , m_isTerminal(::isatty(STDERR_FILENO) != 0)
{
}

Progress::~Progress()
{
    if (m_hasBar)
        std::fputs("\r\033[K", stderr);
}

void Progress::show(const Text& stage, double fraction)
{
    if (m_isQuiet)
        return;
    const std::scoped_lock lock(m_mutex);
    if (m_isTerminal) {
        drawBar(english(stage), fraction);
        return;
    }
    const int tenth = static_cast<int>(fraction * 10);
    if (tenth == m_tenth)
        return;
    m_tenth = tenth;
    std::fprintf(stderr, "%3d %%  %s\n", tenth * 10, english(stage).c_str());
}

void Progress::drawBar(const std::string& stage, double fraction)
{
    const double now = m_watch.seconds();
    if (now - m_lastDrawn < 0.1 && fraction < 1)
        return;
    m_lastDrawn = now;
    constexpr int width = 30;
    const int full = static_cast<int>(fraction * width);
    std::string bar(static_cast<std::size_t>(full), '#');
    bar.resize(width, '.');
    std::string left;
    if (fraction > 0.01 && now > 1)
        left = ", " + std::to_string(static_cast<int>(now * (1 - fraction) / fraction + 0.5)) + " s left";
    std::fprintf(stderr, "\r\033[K[%s] %3d %%  %s%s", bar.c_str(), static_cast<int>(fraction * 100), stage.c_str(),
        left.c_str());
    std::fflush(stderr);
    m_hasBar = true;
}

} // namespace hounsfield::cli
