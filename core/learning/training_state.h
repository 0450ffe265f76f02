#pragma once

#include "core/learning/trainer.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// Everything a training needs to go on bit for bit, as it stands at the end of an epoch. Blocks lie like
/// nn::Weights::values().
struct TrainingState {
    std::vector<float> weights;
    std::vector<float> average;              ///< empty without averaging
    std::vector<float> best;                 ///< empty before the first validation
    std::vector<std::vector<float>> moments; ///< of the optimizer
    std::int64_t epoch = 0;                  ///< done
    std::int64_t step = 0;                   ///< done
    double bestFigure = 0;
    std::int64_t bestEpoch = 0; ///< 0: none yet
    double firstLoss = 0;
    double seconds = 0;
    std::int64_t samples = 0;
    std::vector<EpochRecord> history;
};

/// One ONNX file: the graph with the weights, the other blocks as further initializers in ONNX order, the rest as
/// metadata; old or new, never between. Errors: Environment.
Result<void> writeState(const std::filesystem::path& file, const nn::Graph& graph, const nn::Weights& form,
    const TrainingState& state, const std::string& identity);

/// Errors: BadInput when it is no state, or one of other data, options or network than `identity` says.
Result<TrainingState> readState(
    const std::filesystem::path& file, const nn::Weights& form, const std::string& identity);

/// History as JSON: one object an epoch; and back (throws nothing; BadInput).
std::string jsonOf(const EpochRecord& record);
Result<EpochRecord> epochFromJson(const std::string& words, const std::string& where);

} // namespace hounsfield::learning
