#pragma once

#include "core/base/monitor.h"
#include "core/base/options.h"
#include "core/base/result.h"

#include <string>
#include <vector>

namespace hounsfield::cli {

/// What was asked on the command line.
struct Call {
    OptionValues options;
    std::vector<std::string> arguments; ///< words that are no options, such as files
    Monitor monitor;                    ///< draws the bar and hears Ctrl-C
};

/// What a verb answers. With --json `json` is the last line of stdout, else `words` is printed.
struct Answer {
    std::string words; ///< for a person, lines
    std::string json;  ///< one object on one line
    int status = 0;    ///< 0, or 1 when something asked for failed although the answer is complete
};

/// One verb: the parser, the help, the man page and the completion are made from this row.
struct Verb {
    std::string name;     ///< one word, or two: "report read"
    std::string summary;  ///< one sentence
    std::string example;  ///< one command line
    std::string argument; ///< name of the words that are no options ("PATH"); empty: none
    enum class Count { None, Optional, One, Many } count = Count::None;
    std::vector<Option> options;
    Result<Answer> (*run)(const Call&) = nullptr;

    /// "report" of "report read"; empty for a verb of one word.
    std::string group() const { return name.substr(0, name.find(' ') == std::string::npos ? 0 : name.find(' ')); }
    std::string lastWord() const { return name.substr(name.rfind(' ') + 1); }
};

/// Every verb, in the order of the help.
std::vector<Verb> verbs();

} // namespace hounsfield::cli
