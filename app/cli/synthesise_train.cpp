#include "app/cli/synthesise_train.h"

#include "app/cli/json_line.h"
#include "app/cli/run_folder_options.h"
#include "core/files/pool.h"
#include "core/learning/project_labels.h"
#include "core/synthesis/pair_training.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace hounsfield::cli {

namespace {

using Json = nlohmann::ordered_json;

Json answerOf(const synthesis::PairRun& run)
{
    Json kept;
    if (run.kept())
        kept = Json::parse(synthesis::jsonOf(*run.kept()));
    return {{"run", run.folder.string()}, {"generator", (run.folder / "generator.onnx").string()}, {"steps", run.steps},
        {"kept_step", run.keptStep}, {"seconds_training", run.secondsTraining}, {"images_per_s", run.imagesPerSecond},
        {"members", run.members}, {"held_back", run.heldBack}, {"features", run.features}, {"kept", kept},
        {"notes", run.notes}};
}

std::string wordsOf(const synthesis::PairRun& run)
{
    std::string words = fmt::format("{} steps of {} at {} pixels in {:.0f} s, {:.0f} images/s.\n", run.steps,
        run.network, run.size, run.secondsTraining, run.imagesPerSecond);
    if (const auto* kept = run.kept())
        words +=
            fmt::format("Step {} was kept: kernel distance {:.4f}, recall {:.2f}, coverage {:.2f} against the images "
                        "it learned from (features: {}, not ImageNet).\n",
                kept->step, kept->kid, kept->recall, kept->coverage, run.features);
    for (const std::string& note : run.notes)
        words += "  " + note + "\n";
    return words + "The generator is " + (run.folder / "generator.onnx").string() + ".\n";
}

Result<Answer> runTrain(const Call& call)
{
    synthesis::PairRequest request;
    request.network = call.options.words("network");
    request.size = std::stoll(call.options.words("size"));
    for (const Option& option : synthesis::pairTrainingOptions())
        if (call.options.has(option.name))
            request.options[option.name] = call.options.words(option.name);
    request.folder = call.options.words("out");
    request.existing = TRY(existingOf(call));
    request.version = HOUNSFIELD_VERSION;
    learning::TrainingRequest folder;
    folder.folder = request.folder;
    folder.existing = request.existing;
    TRY(learning::checkFolder(folder));
    learning::DataRequest where;
    where.data = call.options.words("data");
    where = TRY(learning::withLabels(std::move(where), call.options.words("labels")));
    files::ReaderPool readers;
    const learning::DataSet data =
        TRY(synthesis::openForPair(readers, std::move(where), request.size, call.monitor.part(0, 0.05)));
    const synthesis::PairRun run = TRY(synthesis::trainPair(data, request, call.monitor.part(0.05, 1)));
    return Answer{wordsOf(run), lineOf(answerOf(run)), run.ending == synthesis::PairRun::Ending::Alarm ? 1 : 0};
}

} // namespace

Verb synthesiseTrainVerb()
{
    std::vector<Option> options{
        {"data", Option::Kind::Path, "", text("cli", "Labelled images, as for train."), -1e300, 1e300, {}, true},
        {"labels", Option::Kind::Path, "", text("cli", "CSV with labels, or the folder of a project, as for train.")},
        {"network", Option::Kind::Choice, synthesis::pairNetworks().front().name,
            text("cli", "The pair that is trained.")},
        {"size", Option::Kind::Choice, "32", text("cli", "Side of the images made, in pixels."), -1e300, 1e300,
            {"32", "64", "128"}},
    };
    for (const auto& one : synthesis::pairNetworks())
        options[2].choices.push_back(one.name);
    for (Option& option : runFolderOptions())
        options.push_back(std::move(option));
    for (Option& option : synthesis::pairTrainingOptions())
        options.push_back(std::move(option));
    return {"synthesise train", "Trains a generator of synthetic images on labelled ones, class by class.",
        "hounsfield-cli synthesise train --data images.zip --size 32 --minutes 30 --out pair", "", Verb::Count::None,
        std::move(options), runTrain};
}

} // namespace hounsfield::cli
