#include "app/cli/train.h"

#include "app/cli/json_line.h"
#include "app/cli/run_folder_options.h"
#include "core/learning/options.h"
#include "core/learning/project_labels.h"
#include "core/learning/training.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace hounsfield::cli {

namespace {

using Json = nlohmann::ordered_json;

/// The options of the training itself among those of the command line.
std::map<std::string, std::string> trainingOptionsOf(const Call& call)
{
    std::map<std::string, std::string> given;
    for (const Option& option : learning::trainingOptions())
        if (call.options.has(option.name))
            given[option.name] = call.options.words(option.name);
    return given;
}

/// Images of each class in each part; "synthetic" is how many of those to train on are.
Json countsOf(const learning::Run& run)
{
    Json counts;
    for (std::size_t c = 0; c < run.classes.size(); ++c) {
        Json row;
        for (std::size_t p = 0; p < learning::partCount; ++p)
            row[learning::nameOf(static_cast<learning::Part>(p))] = run.counts[c][p];
        row["synthetic"] = run.synthetic[c];
        counts[run.classes[c]] = std::move(row);
    }
    return counts;
}

Json jsonOf(const learning::Run& run)
{
    const auto figures = [&](const std::optional<learning::Metrics>& metrics) {
        return metrics ? Json::parse(learning::jsonOf(*metrics, run.classes)) : Json();
    };
    return {{"run", run.folder.string()}, {"epochs", run.epochs}, {"best_epoch", run.keptEpoch},
        {"counts", countsOf(run)}, {"seconds_reading", run.secondsReading}, {"seconds_training", run.secondsTraining},
        {"images_per_s", run.imagesPerSecond}, {"validation", figures(run.validation)}, {"test", figures(run.test)},
        {"threshold", run.threshold}, {"notes", run.notes}};
}

std::string wordsOf(const learning::Run& run)
{
    std::string words = english(learning::verdictOf(run)) + "\n";
    for (const std::string& note : run.notes)
        words += "  " + note + "\n";
    return words + run.splitRule + "\nThe model is " + (run.folder / "model.onnx").string() + ", a summary "
           + (run.folder / "summary.html").string() + ".\n";
}

Result<Answer> runTrain(const Call& call)
{
    learning::TrainingRequest request;
    request.network = call.options.words("network");
    request.options = trainingOptionsOf(call);
    request.folder = call.options.words("out");
    request.existing = TRY(existingOf(call));
    request.version = HOUNSFIELD_VERSION;
    TRY(learning::checkFolder(request));
    learning::DataRequest where;
    where.data = call.options.words("data");
    where.test = call.options.words("test");
    for (const std::string& folder : call.options.list("synthetic"))
        where.synthetic.emplace_back(folder);
    where = TRY(learning::withLabels(std::move(where), call.options.words("labels")));
    where = TRY(learning::dataRequestFor(request.network, request.options, where));
    files::ReaderPool readers;
    const learning::DataSet data = TRY(learning::openDataSet(readers, where, call.monitor.part(0, 0.1)));
    const learning::Run run = TRY(learning::trainClassifier(data, request, call.monitor.part(0.1, 1)));
    return Answer{wordsOf(run), lineOf(jsonOf(run)), run.ending == learning::Ending::Diverged ? 1 : 0};
}

} // namespace

Verb trainVerb()
{
    std::vector<Option> options{
        {"data", Option::Kind::Path, "",
            text("cli", "Labelled images: class/file, split/class/file, a ZIP or tar.gz of them, a CSV, or the folder "
                        "of a project, whose labels are the data."),
            -1e300, 1e300, {}, true},
        {"test", Option::Kind::Path, "", text("cli", "Labelled images that are only tested on, once.")},
        {"synthetic", Option::Kind::Path, "",
            text("cli", "Folder of synthetic images (class/file and provenance.json), trained on beside the data and "
                        "never scored; may be given several times."),
            -1e300, 1e300, {}, false, true},
        {"labels", Option::Kind::Path, "",
            text("cli", "CSV with file,label[,split][,patient], or PatientID or StudyInstanceUID and label; or the "
                        "folder of a project, whose labels go before those of --data.")},
        {"network", Option::Kind::Choice, learning::networks().front().name,
            text("cli", "What is trained; see the verb networks.")},
    };
    for (const learning::Network& network : learning::networks())
        options.back().choices.push_back(network.name);
    for (Option& option : runFolderOptions())
        options.push_back(std::move(option));
    for (Option& option : learning::trainingOptions())
        options.push_back(std::move(option));
    return {"train", "Trains a network on labelled images and scores it.",
        "hounsfield-cli train --data images.zip --network small-resnet --out run", "", Verb::Count::None,
        std::move(options), runTrain};
}

} // namespace hounsfield::cli
