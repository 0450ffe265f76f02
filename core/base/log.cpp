#include "core/base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace hounsfield {

namespace {

// The one global of the project: a log belongs to the process.
std::shared_ptr<spdlog::logger> theLog()
{
    static const auto log = [] {
        auto made = std::make_shared<spdlog::logger>("hounsfield");
        auto errors = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        errors->set_level(spdlog::level::err);
        made->sinks().push_back(errors);
        made->flush_on(spdlog::level::warn);
        return made;
    }();
    return log;
}

} // namespace

void logLine(LogLevel level, std::string_view line)
{
    const auto severity = level == LogLevel::Info      ? spdlog::level::info
                          : level == LogLevel::Warning ? spdlog::level::warn
                                                       : spdlog::level::err;
    theLog()->log(severity, "{}", line);
}

void logTo(const std::filesystem::path& file)
{
    try {
        theLog()->sinks().push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), 1 << 20, 3));
    } catch (const spdlog::spdlog_ex& problem) {
        theLog()->warn("no log file: {}", problem.what());
    }
}

} // namespace hounsfield
