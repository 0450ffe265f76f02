#include "core/learning/text_training.h"

#include "core/learning/options.h"
#include "core/learning/text_predictor.h"
#include "core/learning/trainer_options.h"

#include <algorithm>
#include <array>

namespace hounsfield::learning {

namespace {

/// Rows of `trainingOptions` that texts have too, and what they are for texts.
struct Shared {
    const char* name;
    const char* fallback;
};
constexpr std::array shared{Shared{"epochs", "40"}, Shared{"batch", "64"}, Shared{"rate", "0.007"}, Shared{"seed", "1"},
    Shared{"threads", "0"}, Shared{"validation", "0.15"}, Shared{"test-share", "0.2"}, Shared{"optimizer", "adam"},
    Shared{"momentum", "0.9"}, Shared{"weight-decay", "0"}, Shared{"schedule", "one-cycle"},
    Shared{"label-smoothing", "0"}, Shared{"clip", "0.1"}, Shared{"averaging", "0"}, Shared{"keep", "best"},
    Shared{"patience", "0"}, Shared{"save-seconds", "10"}};

// clang-format off
std::vector<Option> ownRows()
{
    using Kind = Option::Kind;
    return {
        {"width", Kind::Integer, "200", text("learning", "Numbers that stand for a word."), 4, 4096},
        {"units", Kind::Integer, "64", text("learning", "Units of the recurrent layer in each direction."), 4, 4096},
        {"dropout", Kind::Number, "0.3", text("learning", "Share of the numbers left out at random while training, against learning by heart."), 0, 0.9},
    };
}
// clang-format on

} // namespace

std::vector<Option> textOptions(const TextNetwork& network)
{
    std::vector<Option> table;
    for (Option& option : trainingOptions())
        if (const auto row = std::ranges::find(shared, option.name, &Shared::name); row != shared.end()) {
            option.fallback = row->fallback;
            table.push_back(std::move(option));
        }
    for (Option& option : ownRows())
        table.push_back(std::move(option));
    for (Option& option : table)
        if (const auto own = network.defaults.find(option.name); own != network.defaults.end())
            option.fallback = own->second;
    return table;
}

Result<OptionValues> textValues(const TextNetwork& network, const std::map<std::string, std::string>& given)
{
    return OptionValues::checked(textOptions(network), given);
}

Result<TrainerOutcome> trainTexts(const TextTraining& training, const Monitor& monitor)
{
    const OptionValues& options = training.options;
    const auto seed = static_cast<std::uint64_t>(options.integer("seed"));
    const TextNetworkForm form{training.vocabulary, training.labels, training.training->labelCount > 0, seed,
        options.integer("width"), options.integer("units"), options.number("dropout")};
    TrainerJob job;
    job.graph = std::make_shared<const nn::Graph>(training.network->build(form));
    job.source = textSource(training.training, options.integer("batch"), seed);
    job.options = trainerOptions(options);
    job.state = training.state;
    job.identity = training.identity;
    job.resume = training.resume;
    job.events = training.events;
    job.onSaved = training.onSaved;
    std::optional<TextPredictor> predictor;
    if (training.validation && training.judge)
        job.validate = [&](const std::shared_ptr<nn::Weights>& weights, const Monitor& inner) -> Result<Judgement> {
            if (!predictor)
                predictor.emplace(job.graph, weights, training.labels, job.options.threads);
            // Hears a wish to stop, but the bar belongs to the training.
            return training.judge(TRY(predictor->logits(training.validation->texts, inner.part(0, 0))));
        };
    return runTrainer(job, monitor);
}

} // namespace hounsfield::learning
