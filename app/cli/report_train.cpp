#include "app/cli/report_train.h"

#include "app/cli/json_line.h"
#include "app/cli/report_input.h"
#include "app/cli/run_folder_options.h"
#include "core/files/pool.h"
#include "core/reports/faithfulness.h"
#include "core/reports/report_training.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace hounsfield::cli {

namespace {

using Json = nlohmann::ordered_json;

/// The options by which both verbs are told where reports, labels and parts are.
std::vector<Option> dataOptions()
{
    return {
        {"data", Option::Kind::Path, "", text("cli", "Table of reports, one a row."), -1e300, 1e300, {}, true},
        {"text", Option::Kind::Words, "",
            text("cli", "Columns with the text; without it findings and impression, else text.")},
        {"labels", Option::Kind::Path, "", text("cli", "Table with a column for each label and 0 or 1 in it.")},
        {"id", Option::Kind::Words, "",
            text("cli", "Column that names the report, in all tables; without it id, else uid.")},
        {"label", Option::Kind::Words, "", text("cli", "Column of the reports' table with one class for each.")},
        {"splits", Option::Kind::Path, "", text("cli", "Table with the part of each report: train, val or test.")},
        {"split", Option::Kind::Words, "split", text("cli", "Its column.")},
    };
}

Result<reports::ReportSetRequest> requestOf(const Call& call)
{
    reports::ReportSetRequest request;
    request.data = call.options.words("data");
    request.labels = call.options.words("labels");
    request.labelColumn = call.options.words("label");
    request.idColumn = call.options.words("id");
    request.splits = call.options.words("splits");
    request.splitColumn = call.options.words("split");
    request.columns = partsOf(call.options.words("text"));
    if (request.labels.empty() == request.labelColumn.empty())
        return badInput(text("cli", "Give either --labels with a table of labels, or --label with a column."));
    return request;
}

Json figuresJson(const std::optional<reports::ReportFigures>& figures, const reports::ReportModel& model)
{
    if (!figures)
        return {};
    Json json = Json::parse(reports::jsonOf(figures->network, figures->networkClasses, model));
    json["baseline"] = Json::parse(reports::jsonOf(figures->baseline, figures->baselineClasses, model));
    json["gain"] = Json::parse(reports::jsonOf(figures->gain));
    return json;
}

Json notesJson(const std::vector<Text>& notes)
{
    Json json = Json::array();
    for (const Text& note : notes)
        json.push_back(english(note));
    return json;
}

std::string linesOf(const std::vector<Text>& notes)
{
    std::string lines;
    for (const Text& note : notes)
        lines += "  " + english(note) + "\n";
    return lines;
}

/// A dash where there is no figure.
std::string threeDecimals(const std::optional<double>& value)
{
    return value ? fmt::format("{:.3f}", *value) : "-";
}

/// Network and baseline side by side.
std::string tableOf(const reports::ReportFigures& figures)
{
    const auto row = [](const char* name, const learning::LabelMetrics& metrics, const learning::ClassMeans& classes) {
        const auto& means = metrics.means;
        return fmt::format("  {:<28}{:>9}{:>9}{:>10}{:>10}{:>10}\n", name, threeDecimals(means.macroAuc.value),
            threeDecimals(means.meanAveragePrecision.value),
            threeDecimals(classes.macroF1.value ? classes.macroF1.value : means.macroF1.value),
            threeDecimals(classes.accuracy.value ? classes.accuracy.value : means.microF1.value), metrics.n);
    };
    return fmt::format("  {:<28}{:>9}{:>9}{:>10}{:>10}{:>10}\n", "", "AUC", "MAP", "macro F1", "micro F1", "reports")
           + row("network", figures.network, figures.networkClasses)
           + row("TF-IDF and regression", figures.baseline, figures.baselineClasses);
}

Result<Answer> runTrain(const Call& call)
{
    learning::TrainingRequest training;
    training.network = call.options.words("network");
    for (const auto& network : learning::textNetworks())
        for (const Option& option : learning::textOptions(network))
            if (call.options.has(option.name))
                training.options[option.name] = call.options.words(option.name);
    training.folder = call.options.words("out");
    training.existing = TRY(existingOf(call));
    training.version = HOUNSFIELD_VERSION;
    TRY(learning::checkFolder(training));
    reports::ReportSetRequest request = TRY(requestOf(call));
    const OptionValues values =
        TRY(learning::textValues(*TRY(learning::findTextNetwork(training.network)), training.options));
    request.seed = static_cast<std::uint64_t>(values.integer("seed"));
    request.validation = values.number("validation");
    request.test = values.number("test-share");
    files::ReaderPool readers;
    const reports::ReportSet set = TRY(reports::openReportSet(readers, request, call.monitor.part(0, 0.05)));
    const reports::ReportRun run = TRY(reports::trainReports(set, training, call.monitor.part(0.05, 1)));
    const Json json{{"run", run.folder.string()}, {"epochs", run.epochs}, {"best_epoch", run.keptEpoch},
        {"seconds_training", run.secondsTraining}, {"reports_per_s", run.reportsPerSecond},
        {"threshold", run.model.threshold}, {"validation", figuresJson(run.validation, run.model)},
        {"test", figuresJson(run.test, run.model)}, {"notes", notesJson(run.notes)}};
    std::string words =
        fmt::format("{} on {}: epoch {} of {} kept.\n", training.network, set.name, run.keptEpoch, run.epochs);
    if (run.test)
        words += tableOf(*run.test);
    words += linesOf(run.notes) + english(set.splitRule) + "\nThe model is " + (run.folder / "model.onnx").string()
             + ", a summary " + (run.folder / "summary.html").string() + ".\n";
    return Answer{words, lineOf(json), run.ending == learning::Ending::Diverged ? 1 : 0};
}

/// On the first of the reports that are scored.
Result<reports::Faithfulness> faithfulnessOf(const std::shared_ptr<const reports::ReportModel>& model,
    const reports::ReportSet& set, const std::vector<std::int64_t>& cases, const Monitor& monitor)
{
    constexpr std::size_t most = 150;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < std::min(most, cases.size()); ++i)
        texts.push_back(set.texts[static_cast<std::size_t>(cases[i])]);
    return reports::faithfulnessOf(model, texts, 0, monitor);
}

Json jsonOf(const reports::Faithfulness& faithfulness)
{
    const auto figure = [](const std::optional<double>& value) { return value ? Json(*value) : Json(); };
    return {{"top", figure(faithfulness.top)}, {"random", figure(faithfulness.random)},
        {"ratio", figure(faithfulness.ratio)}, {"n", faithfulness.n}};
}

std::string wordsOf(const reports::Faithfulness& faithfulness)
{
    if (faithfulness.n == 0)
        return {};
    return fmt::format("  Without its highlighted words a called label's probability falls by {:.3f}, without as many "
                       "drawn ones by {:.3f} ({} calls).\n",
        *faithfulness.top, *faithfulness.random, faithfulness.n);
}

Result<Answer> runEvaluate(const Call& call)
{
    const auto read =
        std::make_shared<const reports::ReportModel>(TRY(reports::readReportModel(call.options.words("model"))));
    const reports::ReportModel& model = *read;
    reports::ReportSetRequest request = TRY(requestOf(call));
    request.known = model.labels;
    request.knownKind = model.kind;
    if (request.columns.empty())
        request.columns = model.columns;
    files::ReaderPool readers;
    const reports::ReportSet set = TRY(reports::openReportSet(readers, request, call.monitor.part(0, 0.3)));
    std::vector<std::int64_t> cases = set.casesOf(learning::Part::Test);
    if (!set.hasOwnParts || cases.empty()) {
        cases.clear();
        for (std::int64_t i = 0; i < set.count(); ++i)
            cases.push_back(i);
    }
    constexpr int resamples = 1000;
    const auto figures = TRY(reports::figuresOf(model, set, cases, resamples, call.monitor.part(0.3, 0.6)));
    Json json{{"n", figures.network.n}, {"unmatched", set.unmatched}};
    json.update(figuresJson(figures, model));
    const auto faithfulness = TRY(faithfulnessOf(read, set, cases, call.monitor.part(0.6, 1)));
    json["faithfulness"] = jsonOf(faithfulness);
    json["notes"] = notesJson(set.notes);
    return Answer{tableOf(figures) + wordsOf(faithfulness) + linesOf(set.notes), lineOf(json), 0};
}

} // namespace

Verb reportTrainVerb()
{
    std::vector<Option> options = dataOptions();
    Option network{"network", Option::Kind::Choice, learning::textNetworks().front().name,
        text("cli", "What is trained; see the verb networks.")};
    for (const auto& one : learning::textNetworks())
        network.choices.push_back(one.name);
    options.push_back(std::move(network));
    for (Option& option : runFolderOptions())
        options.push_back(std::move(option));
    for (Option& option : learning::textOptions(learning::textNetworks().front())) {
        option.fallback.clear(); // the network's own
        options.push_back(std::move(option));
    }
    return {"report train", "Trains a network on labelled reports, and the plain regression beside it.",
        "hounsfield-cli report train --data reports.csv --labels labels.csv --network bigru-attention --out run", "",
        Verb::Count::None, std::move(options), runTrain};
}

Verb reportEvaluateVerb()
{
    std::vector<Option> options = dataOptions();
    options.insert(
        options.begin(), {"model", Option::Kind::Path, "", text("cli", "The model.onnx of a training with reports."),
                             -1e300, 1e300, {}, true});
    return {"report evaluate", "Scores a model of reports on labelled reports.",
        "hounsfield-cli report evaluate --model run/model.onnx --data reports.csv --labels labels.csv --json", "",
        Verb::Count::None, std::move(options), runEvaluate};
}

} // namespace hounsfield::cli
