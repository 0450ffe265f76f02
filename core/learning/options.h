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

/// The same with the fallbacks of one network filled in, as they suit a training set of this size: where the network's
/// recipe would learn for fewer steps than `Network::leastSteps`, batches are smaller, epochs more, and the rate goes
/// with the root of the batch. 0: size not known, the plain recipe.
std::vector<Option> trainingOptions(const Network& network, std::int64_t trainingImages = 0);

/// All options of one training: what was given, else the network's own as they suit the size, else the table's.
/// Errors: BadInput naming the option, the value and what is allowed.
Result<OptionValues> trainingValues(
    const Network& network, const std::map<std::string, std::string>& given, std::int64_t trainingImages = 0);

} // namespace hounsfield::learning
