#include "app/cli/synthesise_trial.h"

#include "core/files/pool.h"
#include "core/learning/project_labels.h"
#include "core/synthesis/trial.h"

#include <fmt/format.h>

namespace hounsfield::cli {

namespace {

std::string wordsOf(const synthesis::TrialResult& result)
{
    std::string words = english(result.verdict) + "\n";
    for (int arm = 0; arm < synthesis::trialArms; ++arm) {
        const learning::Figure& auc = result.auc[static_cast<std::size_t>(arm)];
        words += fmt::format("  {:<14}AUC {:.3f} ({:.3f} to {:.3f})\n",
            synthesis::nameOf(static_cast<synthesis::TrialArm>(arm)), auc.value.value_or(0), auc.low, auc.high);
    }
    for (const std::string& note : result.notes)
        words += "  " + note + "\n";
    return words;
}

Result<Answer> runTrial(const Call& call)
{
    synthesis::TrialOptions options;
    options.network = call.options.words("network");
    options.size = std::stoll(call.options.words("size"));
    options.perClass = call.options.integer("per-class");
    options.seeds = call.options.integer("seeds");
    options.ratio = call.options.integer("ratio");
    options.pairSteps = call.options.integer("steps");
    options.classifierSteps = call.options.integer("classifier-steps");
    options.splitSeed = static_cast<std::uint64_t>(call.options.integer("seed"));
    options.threads = static_cast<int>(call.options.integer("threads"));
    options.version = HOUNSFIELD_VERSION;
    learning::DataRequest where;
    where.data = call.options.words("data");
    where = TRY(learning::withLabels(std::move(where), call.options.words("labels")));
    files::ReaderPool readers;
    const auto data = TRY(synthesis::openForPair(readers, std::move(where), options.size, call.monitor.part(0, 0.02)));
    const auto result = TRY(synthesis::runTrial(data, call.options.words("out"), options, call.monitor.part(0.02, 1)));
    return Answer{wordsOf(result), synthesis::jsonOf(result), 0};
}

Option whole(const char* name, double least, double most, const char* fallback, Text help)
{
    return {name, Option::Kind::Integer, fallback, std::move(help), least, most};
}

} // namespace

// clang-format off
Verb synthesiseTrialVerb()
{
    std::vector<Option> options{
        {"data", Option::Kind::Path, "", text("cli", "Labelled images, as for train."), -1e300, 1e300, {}, true},
        {"labels", Option::Kind::Path, "", text("cli", "CSV with labels, or the folder of a project, as for train.")},
        {"out", Option::Kind::Path, "", text("cli", "Folder of the trial; repetitions that are finished there are not made again."), -1e300, 1e300, {}, true},
        {"network", Option::Kind::Choice, synthesis::pairNetworks().front().name, text("cli", "The pair that is trained.")},
        {"size", Option::Kind::Choice, "32", text("cli", "Side of the images made, in pixels."), -1e300, 1e300, {"32", "64", "128"}},
        whole("per-class", 2, 1e7, "50", text("cli", "Real training images of each class, drawn anew for every repetition.")),
        whole("seeds", 1, 1000, "5", text("cli", "Repetitions.")),
        whole("ratio", 1, 20, "2", text("cli", "Made, or repeated, images for each real one.")),
        whole("steps", 1, 1e9, "3000", text("cli", "Steps of each pair.")),
        whole("classifier-steps", 1, 1e9, "600", text("cli", "Steps of each classifier, the same for all.")),
        whole("seed", 0, 9e15, "1", text("cli", "Of the parts; the test part is the same in all repetitions.")),
        whole("threads", 0, 1024, "0", text("cli", "Processors used, 0 for all.")),
    };
    for (const auto& one : synthesis::pairNetworks())
        options[3].choices.push_back(one.name);
    return {"synthesise trial", "Tries whether made images help a classifier, against controls of the same count and steps.",
        "hounsfield-cli synthesise trial --data images.zip --per-class 50 --seeds 5 --out trial --json", "", Verb::Count::None,
        std::move(options), runTrial};
}
// clang-format on

} // namespace hounsfield::cli
