#pragma once

#include "core/synthesis/collapse_alarm.h"
#include "core/synthesis/pair_training.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hounsfield::synthesis {

/// Everything a training of a pair needs to go on bit for bit.
struct PairRunState {
    PairState pair;
    double seconds = 0; ///< of steps so far
    std::vector<PairEvaluation> evaluations;
    PairEvaluation sums;          ///< of the steps since the last evaluation
    std::vector<float> best;      ///< weights and statistics of the kept generator; empty: none yet
    std::vector<float> bestJudge; ///< the discriminator of that moment, as it is used
    std::int64_t bestStep = 0;
    AlarmState alarm;
};

/// One file; old or new, never between. Errors: Environment.
Result<void> writeState(const std::filesystem::path& file, const PairRunState& state, const std::string& identity);
/// Errors: BadInput when it is no state, or one of other data, options or networks than `identity` says.
Result<PairRunState> readState(const std::filesystem::path& file, const std::string& identity);

} // namespace hounsfield::synthesis
