#include "app/cli/evaluate.h"

#include "app/cli/json_line.h"
#include "core/learning/data_set.h"
#include "core/learning/model_file.h"
#include "core/learning/predictor.h"
#include "core/learning/project_labels.h"
#include "core/learning/run_folder.h"
#include "core/learning/split.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hounsfield::cli {

namespace {

using Json = nlohmann::ordered_json;

/// The cases that are scored: a part by name, the test part if there is one, else all; never synthetic ones.
Result<std::vector<std::int64_t>> casesFor(const learning::DataSet& data, const std::string& wanted)
{
    std::vector<std::int64_t> all;
    for (std::size_t i = 0; i < data.cases.size(); ++i)
        if (!data.cases[i].isSynthetic)
            all.push_back(static_cast<std::int64_t>(i));
    if (all.empty())
        return badInput(text("cli", "All %1 images are synthetic: figures on them say nothing of patients.")
                            .with(data.cases.size()),
            data.name, text("cli", "Score images of patients."));
    if (wanted == "all" || (wanted.empty() && !data.hasOwnTest))
        return all;
    const auto part = wanted == "train"        ? learning::Part::Train
                      : wanted == "validation" ? learning::Part::Validation
                                               : learning::Part::Test;
    std::vector<std::int64_t> cases;
    for (const std::int64_t i : all)
        if (data.cases[static_cast<std::size_t>(i)].hasOwnPart && data.cases[static_cast<std::size_t>(i)].part == part)
            cases.push_back(i);
    if (cases.empty())
        return badInput(text("cli", "The data have no %1 part.").with(learning::nameOf(part)), data.name,
            text("cli", "Leave --split away to score all."));
    return cases;
}

std::vector<std::string> notesOf(const learning::Model& model, const learning::DataSet& data)
{
    std::vector<std::string> notes;
    if (!model.hasChosenThreshold && model.classes.size() == 2)
        notes.push_back(english(text("cli", "The model had no validation part, so the threshold is 0.5.")));
    if (data.fingerprint == model.dataFingerprint && !data.hasOwnTest)
        notes.push_back(
            english(text("cli", "These are the images the model was trained on: the figures are too good.")));
    for (const learning::Warning& warning : data.warnings)
        if (warning.kind == learning::Warning::Kind::Unreadable
            || warning.kind == learning::Warning::Kind::SyntheticLeftOut)
            notes.push_back(english(warning.sentence));
    const auto synthetic = std::ranges::count_if(data.cases, &learning::Case::isSynthetic);
    if (synthetic > 0)
        notes.push_back(english(text("cli", "Synthetic images that are not scored: %1.").with(synthetic)));
    return notes;
}

std::string wordsOf(
    const learning::Metrics& metrics, const learning::Model& model, const std::vector<std::string>& notes)
{
    learning::Run run;
    run.test = metrics;
    run.classes = model.classes;
    std::string words = english(learning::verdictOf(run)) + "\n";
    for (const std::string& note : notes)
        words += "  " + note + "\n";
    return words;
}

Result<Answer> runEvaluate(const Call& call)
{
    const learning::Model model = TRY(learning::readModel(call.options.words("model")));
    learning::DataRequest request;
    request.data = call.options.words("data");
    request = TRY(learning::withLabels(std::move(request), call.options.words("labels")));
    request.classes = model.classes;
    request.width = model.preprocessing.width;
    request.height = model.preprocessing.height;
    request.channels = model.preprocessing.channels;
    request.bits = model.preprocessing.white < 256 ? 8 : 16;
    files::ReaderPool readers;
    const learning::DataSet data = TRY(learning::openDataSet(readers, request, call.monitor.part(0, 0.3)));
    const auto cases = TRY(casesFor(data, call.options.words("split")));
    learning::SplitUnit unit = learning::SplitUnit::File;
    const auto units = learning::unitsOf(data.cases, unit);
    auto predictor = TRY(learning::Predictor::make(model.graph, nullptr, model.preprocessing,
        static_cast<std::int64_t>(model.classes.size()), static_cast<int>(call.options.integer("threads"))));
    const learning::Scores scores = TRY(predictor.scores(data, cases, units, call.monitor.part(0.3, 0.95)));
    learning::Metrics metrics = learning::computeMetrics(scores, 0.5);
    metrics.chosen = learning::figuresAt(scores, model.threshold);
    const auto notes = notesOf(model, data);
    Json json = Json::parse(learning::jsonOf(metrics, model.classes));
    json["model"] = model.file;
    json["notes"] = notes;
    return Answer{wordsOf(metrics, model, notes), lineOf(json), 0};
}

} // namespace

Verb evaluateVerb()
{
    return {"evaluate", "Scores labelled images with a model and says how good it is.",
        "hounsfield-cli evaluate --model run/model.onnx --data images.zip --split test --json", "", Verb::Count::None,
        {{"model", Option::Kind::Path, "", text("cli", "The model.onnx of a run."), -1e300, 1e300, {}, true},
            {"data", Option::Kind::Path, "", text("cli", "Labelled images, as for train."), -1e300, 1e300, {}, true},
            {"labels", Option::Kind::Path, "", text("cli", "CSV with labels or a project's folder, as for train.")},
            {"split", Option::Kind::Choice, "",
                text("cli", "Part of the data that is scored; without it test if there is one, else all."), -1e300,
                1e300, {"train", "validation", "test", "all"}},
            {"threads", Option::Kind::Integer, "0", text("cli", "Processors used, 0 for all."), 0, 1024}},
        runEvaluate};
}

} // namespace hounsfield::cli
