#pragma once

#include "core/synthesis/pair_training.h"

#include <nlohmann/json.hpp>

namespace hounsfield::synthesis {

using Ordered = nlohmann::ordered_json;

Ordered objectOf(const PairEvaluation& evaluation);
/// Throws nlohmann::json::exception.
PairEvaluation evaluationOf(const nlohmann::json& object);

} // namespace hounsfield::synthesis
