#pragma once

#include "core/base/options.h"
#include "core/learning/text_batches.h"
#include "core/learning/text_networks.h"

#include <functional>
#include <memory>
#include <vector>

namespace hounsfield::learning {

/// Options of a training on texts, with the fallbacks of one network.
std::vector<Option> textOptions(const TextNetwork& network);
/// All options: what was given, else the network's own, else the table's. Errors: BadInput naming the option.
Result<OptionValues> textValues(const TextNetwork& network, const std::map<std::string, std::string>& given);

/// A training of a network of texts, from numbered words to weights.
struct TextTraining {
    const TextNetwork* network = nullptr;
    OptionValues options;
    std::shared_ptr<const TextCases> training;
    std::shared_ptr<const TextCases> validation; ///< null: none, and the last weights are kept
    std::int64_t vocabulary = 2;
    std::int64_t labels = 2;
    /// What logits of the validation texts are worth; the best epoch is kept.
    std::function<Judgement(const std::vector<float>& logits)> judge;
    std::filesystem::path state; ///< as TrainerJob
    std::string identity;
    bool resume = false;
    TrainerEvents events;
    std::function<Result<void>(const std::vector<EpochRecord>&)> onSaved;
};

/// Errors: as runTrainer.
Result<TrainerOutcome> trainTexts(const TextTraining& training, const Monitor& monitor);

} // namespace hounsfield::learning
