#pragma once

#include "core/base/options.h"
#include "core/learning/networks.h"

#include <map>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// Every option of a training: the command line, the form of the window and run.json are made from this table. Rows
/// whose default is the network's own have no fallback here.
std::vector<Option> trainingOptions();

/// The same with the fallbacks of one network filled in, for a form.
std::vector<Option> trainingOptions(const Network& network);

/// All options of one training: what was given, else the network's own, else the table's.
/// Errors: BadInput naming the option, the value and what is allowed.
Result<OptionValues> trainingValues(const Network& network, const std::map<std::string, std::string>& given);

} // namespace hounsfield::learning
