#include "core/learning/training.h"

#include "core/base/atomic_file.h"
#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/learning/image_batches.h"
#include "core/learning/options.h"
#include "core/learning/predictor.h"
#include "core/learning/synthetic_cases.h"
#include "core/learning/trainer_options.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <unistd.h>

namespace hounsfield::learning {

namespace {

namespace fs = std::filesystem;

constexpr std::array runFiles{"run.json", "state.onnx", "model.onnx", "metrics.jsonl", "predictions.csv",
    "summary.html", "generator.onnx", "discriminator.onnx", "seen.json"};

SplitOptions splitOptions(const OptionValues& options)
{
    return {static_cast<std::uint64_t>(options.integer("seed")), options.number("validation"),
        options.number("test-share")};
}

/// Inverse to how many cases a class has, with mean 1 over the cases.
std::vector<float> classWeights(const DataSet& data, const std::vector<std::int64_t>& training)
{
    std::vector<double> counts(data.classes.size());
    for (const std::int64_t i : training)
        ++counts[static_cast<std::size_t>(data.cases[static_cast<std::size_t>(i)].label)];
    std::vector<float> weights;
    for (const double count : counts)
        weights.push_back(
            static_cast<float>(static_cast<double>(training.size()) / (static_cast<double>(counts.size()) * count)));
    return weights;
}

/// Hash of everything that decides the weights: neither threads nor how often a state is written.
std::string identityOf(const DataSet& data, const Split& split, const Network& network, const OptionValues& options)
{
    Hasher hasher;
    hasher.add(network.name + '\n' + data.fingerprint + '\n' + split.hash + '\n' + std::to_string(data.images.width)
               + 'x' + std::to_string(data.images.height) + 'x' + std::to_string(data.images.channels) + '\n');
    for (const auto& [name, value] : options.all())
        if (name != "threads" && name != "save-seconds")
            hasher.add(name + '=' + value + '\n');
    return hasher.hex();
}

/// One training: what it was given and what it has come to.
class Training {
  public:
    Training(
        const DataSet& data, const TrainingRequest& request, const Network& network, OptionValues options, Split split)
        : m_data(data)
        , m_request(request)
        , m_network(network)
        , m_options(std::move(options))
        , m_split(std::move(split))
        , m_replaced(request)
    {
        for (std::size_t i = 0; i < m_data.cases.size(); ++i)
            m_data.cases[i].part = m_split.parts[i];
        m_training = m_data.casesOf(Part::Train);
        m_validation = m_data.casesOf(Part::Validation);
        m_test = m_data.casesOf(Part::Test);
        m_run.started = timestamp();
    }

    Result<Run> run(const Monitor& monitor)
    {
        TRY(check());
        TRY(prepareFolder(m_request));
        m_preprocessing = TRY(preprocessingFor(m_data, m_training, m_options));
        const TrainerOutcome outcome = TRY(train(monitor.part(0, 0.97)));
        describe(outcome);
        // What was asked to stop still answers with what was reached.
        TRY(score(outcome, monitor.stopRequested() ? Monitor() : monitor.part(0.97, 1)));
        return finish(outcome);
    }

  private:
    Result<void> check() const
    {
        std::vector<std::int64_t> counts(m_data.classes.size());
        for (const std::int64_t i : m_training)
            ++counts[static_cast<std::size_t>(m_data.cases[static_cast<std::size_t>(i)].label)];
        for (std::size_t c = 0; c < counts.size(); ++c)
            if (counts[c] == 0)
                return badInput(
                    text("learning", "There is no training image of \"%1\": all %2 images leave %3 to train on.")
                        .with(m_data.classes[c], m_data.cases.size(), m_training.size()),
                    m_data.name, text("learning", "Add images of this class, or keep fewer for validation and test."));
        return {};
    }

    Result<TrainerOutcome> train(const Monitor& monitor)
    {
        TrainerJob job;
        const NetworkForm form{m_preprocessing.channels, m_preprocessing.width, m_preprocessing.height,
            static_cast<std::int64_t>(m_data.classes.size()), static_cast<std::uint64_t>(m_options.integer("seed"))};
        job.graph = std::make_shared<const nn::Graph>(TRY(buildNetwork(m_network, form)));
        job.source = imageBatches(m_data, m_training, m_preprocessing, m_options);
        job.options = trainerOptions(m_options);
        if (m_options.words("class-weights") == "balanced")
            job.options.loss.classWeights = classWeights(m_data, m_training);
        job.state = m_request.folder / "state.onnx";
        job.identity = identityOf(m_data, m_split, m_network, m_options);
        job.resume = m_request.existing == Existing::Resume;
        std::optional<Predictor> judge;
        if (!m_validation.empty())
            job.validate = [&](const std::shared_ptr<nn::Weights>& weights, const Monitor& inner) -> Result<Judgement> {
                Preprocessing plain = m_preprocessing;
                plain.shifts = {{0, 0}};
                if (!judge)
                    judge.emplace(TRY(Predictor::make(job.graph, weights, plain, form.classes, job.options.threads)));
                return judgementOf(TRY(judge->scores(m_data, m_validation, m_split.units, quiet(inner))));
            };
        job.events = m_request.events;
        job.onSaved = [this](const std::vector<EpochRecord>& history) {
            m_replaced.forget();
            return writeHistory(m_request.folder, history);
        };
        return runTrainer(job, monitor);
    }

    /// Hears a wish to stop but reports nothing: the bar belongs to the training.
    static Monitor quiet(const Monitor& monitor) { return monitor.part(0, 0); }

    static Judgement judgementOf(const Scores& scores)
    {
        const Metrics metrics = computeMetrics(scores, 0.5, 0);
        Judgement judgement;
        judgement.metrics["validation_loss"] = metrics.crossEntropy;
        judgement.metrics["validation_accuracy"] = metrics.accuracy.value.value_or(0);
        if (metrics.auc.value)
            judgement.metrics["validation_auc"] = *metrics.auc.value;
        // The area saturates when validation is easy; the loss decides between equals.
        judgement.figure = metrics.auc.value.value_or(0) - 1e-3 * std::min(metrics.crossEntropy, 100.0);
        return judgement;
    }

    void describe(const TrainerOutcome& outcome)
    {
        m_run.folder = m_request.folder;
        m_run.network = m_network.name;
        m_run.data = m_data.name;
        m_run.version = m_request.version;
        m_run.options = m_options.all();
        m_run.classes = m_data.classes;
        m_run.dataFingerprint = m_data.fingerprint;
        m_run.splitHash = m_split.hash;
        m_run.splitRule = english(m_split.rule);
        for (const auto& row : m_data.counts())
            m_run.counts.emplace_back(row.begin(), row.end());
        m_run.synthetic = m_data.syntheticCounts();
        m_run.epochs = static_cast<std::int64_t>(outcome.history.size());
        m_run.keptEpoch = outcome.keptEpoch;
        m_run.ending = outcome.ending;
        m_run.history = outcome.history;
        m_run.secondsReading = m_data.secondsReading;
        m_run.secondsTraining = outcome.secondsTraining;
        m_run.imagesPerSecond =
            outcome.secondsTraining > 0 ? static_cast<double>(outcome.samples) / outcome.secondsTraining : 0;
        if (outcome.problem)
            m_run.notes.push_back(english(*outcome.problem));
        addNotes();
    }

    void addNotes()
    {
        for (const Warning& warning : m_data.warnings)
            m_run.notes.push_back(english(warning.sentence));
        if (m_split.sharedUnits > 0)
            m_run.notes.push_back(english(
                text("learning", "%1 patients lie in more than one part of the data's own split: figures are too good.")
                    .with(m_split.sharedUnits)));
        constexpr std::int64_t fewSteps = 300;
        const std::int64_t steps =
            m_run.epochs * (static_cast<std::int64_t>(m_training.size()) / m_options.integer("batch"));
        if (m_run.ending == Ending::Finished && steps < fewSteps)
            m_run.notes.push_back(
                english(text("learning", "The network learned for %1 steps only: a smaller batch or more epochs help.")
                            .with(steps)));
        const double chance = std::log(static_cast<double>(m_data.classes.size()));
        if (!m_run.history.empty() && m_run.history.back().loss > 0.97 * chance)
            m_run.notes.push_back(
                english(text("learning", "The loss never left that of guessing (%1): the network has learned nothing. "
                                         "Try another seed, more epochs or mean-std normalisation.")
                            .with(chance)));
    }

    Result<void> score(const TrainerOutcome& outcome, const Monitor& monitor)
    {
        const auto graph = std::make_shared<const nn::Graph>(outcome.graph);
        auto predictor = TRY(Predictor::make(
            graph, nullptr, m_preprocessing, static_cast<std::int64_t>(m_data.classes.size()), threadsFrom(m_options)));
        const auto seed = static_cast<std::uint64_t>(m_options.integer("seed"));
        if (!m_validation.empty()) {
            const Scores scores = TRY(predictor.scores(m_data, m_validation, m_split.units, monitor.part(0, 0.4)));
            m_run.threshold = chooseThreshold(scores);
            m_run.hasChosenThreshold = m_data.classes.size() == 2;
            m_run.validation = judged(scores, seed);
            keep(scores, m_validation, Part::Validation);
        }
        if (m_run.classes.size() == 2 && m_validation.empty())
            m_run.notes.push_back(english(text("learning", "There is no validation part, so the threshold is 0.5.")));
        if (!m_test.empty()) {
            const Scores scores = TRY(predictor.scores(m_data, m_test, m_split.units, monitor.part(0.4, 1)));
            m_run.test = judged(scores, seed);
            keep(scores, m_test, Part::Test);
        }
        return {};
    }

    Metrics judged(const Scores& scores, std::uint64_t seed) const
    {
        Metrics metrics = computeMetrics(scores, 0.5, 1000, seed);
        metrics.chosen = figuresAt(scores, m_run.threshold);
        return metrics;
    }

    void keep(const Scores& scores, const std::vector<std::int64_t>& cases, Part part)
    {
        const auto classes = static_cast<std::size_t>(scores.classes);
        for (std::size_t i = 0; i < cases.size(); ++i) {
            const Case& one = m_data.cases[static_cast<std::size_t>(cases[i])];
            const auto first = scores.probabilities.begin() + static_cast<std::ptrdiff_t>(i * classes);
            m_run.predictions.push_back(
                {one.name, part, one.label, calledClass(scores, static_cast<std::int64_t>(i), 0.5),
                    {first, first + static_cast<std::ptrdiff_t>(classes)}, one.pixelHash, one.uid, one.patient,
                    scores.units[i], one.source});
        }
    }

    Result<Run> finish(const TrainerOutcome& outcome)
    {
        m_run.finished = timestamp();
        Model model;
        model.network = m_network.name;
        model.created = m_run.finished;
        model.classes = m_data.classes;
        model.preprocessing = m_preprocessing;
        model.threshold = m_run.threshold;
        model.hasChosenThreshold = m_run.hasChosenThreshold;
        model.facts = m_data.facts;
        model.splitHash = m_split.hash;
        model.dataFingerprint = m_data.fingerprint;
        nlohmann::ordered_json metrics;
        if (m_run.validation)
            metrics["validation"] = nlohmann::ordered_json::parse(jsonOf(*m_run.validation, m_run.classes));
        if (m_run.test)
            metrics["test"] = nlohmann::ordered_json::parse(jsonOf(*m_run.test, m_run.classes));
        model.metrics = metrics.dump();
        TRY(writeRun(m_run, exported(model, outcome.graph)));
        return std::move(m_run);
    }

    DataSet m_data; ///< a copy, cheap: the pixels are shared
    const TrainingRequest& m_request;
    const Network& m_network;
    OptionValues m_options;
    Split m_split;
    std::vector<std::int64_t> m_training, m_validation, m_test;
    Preprocessing m_preprocessing;
    ReplacedRun m_replaced;
    Run m_run;
};

} // namespace

Result<Split> plannedSplit(
    const DataSet& data, const std::string& network, const std::map<std::string, std::string>& options)
{
    const OptionValues values = TRY(trainingValues(*TRY(findNetwork(network)), options));
    return makeSplit(data.cases, static_cast<int>(data.classes.size()), splitOptions(values));
}

Result<DataRequest> dataRequestFor(
    const std::string& network, const std::map<std::string, std::string>& options, DataRequest request)
{
    const Network& row = *TRY(findNetwork(network));
    const OptionValues values = TRY(trainingValues(row, options));
    request.width = request.height = values.integer("size");
    request.autoSize = row.autoSize;
    request.channels = values.words("channels") == "auto" ? 0 : static_cast<int>(values.integer("channels"));
    return request;
}

Result<void> checkFolder(const TrainingRequest& request)
{
    std::error_code ignored;
    const bool isThere =
        std::ranges::any_of(runFiles, [&](const char* name) { return fs::exists(request.folder / name, ignored); });
    if (isThere && request.existing == Existing::Refuse)
        return badInput(text("learning", "There is a training run here already."), request.folder.string(),
            text("learning", "Give --resume to go on with it, --force to replace it, or another folder."));
    fs::path nearest = fs::absolute(request.folder, ignored);
    while (!fs::exists(nearest, ignored) && nearest.has_parent_path() && nearest != nearest.parent_path())
        nearest = nearest.parent_path();
    if (!fs::is_directory(nearest, ignored) || ::access(nearest.c_str(), W_OK) != 0)
        return environment(text("learning", "The run cannot be written here: %1 is no folder that may be written to.")
                               .with(nearest.string()),
            request.folder.string(), text("learning", "Choose another place or change its permissions."));
    return {};
}

Result<void> prepareFolder(const TrainingRequest& request)
{
    TRY(checkFolder(request));
    std::error_code ignored;
    TRY(makeFolder(request.folder));
    TRY(writeAtomically(request.folder / ".writable", std::string_view("ok")));
    fs::remove(request.folder / ".writable", ignored);
    return {};
}

ReplacedRun::ReplacedRun(const TrainingRequest& request)
    : m_folder(request.existing == Existing::Replace ? request.folder : fs::path())
{
}

void ReplacedRun::forget()
{
    std::error_code ignored;
    for (const char* name : runFiles)
        if (!m_folder.empty() && std::string_view(name) != "state.onnx")
            fs::remove(m_folder / name, ignored);
    m_folder.clear();
}

Result<Run> trainClassifier(const DataSet& data, const TrainingRequest& request, const Monitor& monitor)
{
    const Network& network = *TRY(findNetwork(request.network));
    Split split = TRY(plannedSplit(data, request.network, request.options));
    TRY(checkGenerators(data, split));
    OptionValues options = TRY(trainingValues(network, request.options, split.count(Part::Train)));
    return Training(data, request, network, std::move(options), std::move(split)).run(monitor);
}

} // namespace hounsfield::learning
