#pragma once

#include <filesystem>
#include <string_view>

namespace hounsfield {

enum class LogLevel { Info, Warning, Failure };

/// Writes one line to the log, without patient data: the log may be sent with a problem report. Any thread.
void logLine(LogLevel level, std::string_view line);

/// From now on the log goes to this file too (rotated at 1 MB, three kept); until then to stderr, failures only.
void logTo(const std::filesystem::path& file);

} // namespace hounsfield
