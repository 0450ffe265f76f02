#pragma once

#include "app/cli/verbs.h"

#include <optional>
#include <string>
#include <vector>

namespace hounsfield::cli {

/// The command line, understood.
struct Request {
    const Verb* verb = nullptr;
    OptionValues options;
    std::vector<std::string> arguments;
    bool isJson = false;
    bool isQuiet = false;
};

/// Either a request, or the status to exit with after help, version or a usage sentence was printed.
struct Parsed {
    std::optional<Request> request;
    int status = 0;
};

Parsed parse(const std::vector<Verb>& verbs, int argc, char** argv);

} // namespace hounsfield::cli
