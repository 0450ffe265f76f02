#include "core/synthesis/pair_training.h"

#include "core/base/atomic_file.h"
#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/learning/image_batches.h"
#include "core/learning/options.h"
#include "core/learning/synthetic_cases.h"
#include "core/learning/trainer_options.h"
#include "core/synthesis/pair_json.h"
#include "core/synthesis/pair_judge.h"
#include "core/synthesis/pair_run_state.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::synthesis {

namespace {

using learning::DataSet;

PairOptions pairOptions(const OptionValues& values, const PairForm& form)
{
    PairOptions options;
    options.form = form;
    options.loss = values.words("loss") == "hinge" ? AdversarialLoss::Hinge : AdversarialLoss::NonSaturating;
    options.augment.isOn = values.words("diffaugment") == "on";
    options.augment.isMirrored = values.words("mirror") == "yes";
    options.batch = values.integer("batch");
    options.generatorRate = values.number("generator-rate");
    options.discriminatorRate = values.number("discriminator-rate");
    options.beta1 = values.number("beta1");
    options.beta2 = values.number("beta2");
    options.averaging = values.number("averaging");
    options.seed = form.seed;
    options.threads = learning::threadsFrom(values);
    return options;
}

/// The options of the classifier beside the pair: those of the split are the pair's.
std::map<std::string, std::string> classifierOptions(const PairRequest& request, const OptionValues& values)
{
    std::map<std::string, std::string> options = request.classifier;
    for (const char* name : {"seed", "validation", "test-share", "threads"})
        options[name] = values.words(name);
    return options;
}

/// Counts by which two runs differ only in how they were run.
bool decidesNothing(const std::string& option)
{
    return option == "threads" || option == "save-seconds" || option == "steps" || option == "minutes";
}

/// One training: what it was given and what it has come to.
class Training {
  public:
    Training(const DataSet& data, const PairRequest& request, const PairNetwork& network, OptionValues options,
        PairSplit split)
        : m_data(data)
        , m_request(request)
        , m_network(network)
        , m_options(std::move(options))
        , m_split(std::move(split))
        , m_replaced(folderRequest())
        , m_seed(static_cast<std::uint64_t>(m_options.integer("seed")))
    {
        m_run.started = timestamp();
    }

    Result<PairRun> run(const Monitor& monitor)
    {
        TRY(learning::prepareFolder(folderRequest()));
        m_frame.size = m_request.size;
        const auto& defaults = TRY(learning::trainingValues(*TRY(learning::findNetwork("small-resnet")), {}));
        m_frame.preprocessing = TRY(learning::preprocessingFor(m_data, m_split.members, defaults));
        m_byClass.resize(m_data.classes.size());
        for (const std::int64_t i : m_split.members)
            m_byClass[static_cast<std::size_t>(m_data.cases[static_cast<std::size_t>(i)].label)].push_back(i);
        describe();
        m_judge.emplace(TRY(PairJudge::make(m_data, m_split, m_frame,
            TRY(featureModel(
                m_data, m_split, m_request, classifierOptions(m_request, m_options), monitor.part(0, 0.05))),
            learning::threadsFrom(m_options), monitor.part(0.05, 0.06))));
        m_run.features = m_judge->featureName();
        m_pair.emplace(TRY(AdversarialPair::make(m_network, pairOptions(m_options, form()))));
        TRY(resume());
        TRY(loop(monitor.part(0.06, 0.99)));
        return finish();
    }

  private:
    learning::TrainingRequest folderRequest() const
    {
        learning::TrainingRequest request;
        request.folder = m_request.folder;
        request.existing = m_request.existing;
        return request;
    }

    PairForm form() const
    {
        return {
            m_request.size, m_frame.preprocessing.channels, static_cast<std::int64_t>(m_data.classes.size()), m_seed};
    }

    /// Hash of everything that decides the weights but how long they are trained.
    std::string identity() const
    {
        Hasher hasher;
        hasher.add(m_network.name + '\n' + m_data.fingerprint + '\n' + m_split.split.hash + '\n'
                   + std::to_string(m_request.size) + '\n');
        for (const auto& [name, value] : m_options.all())
            if (!decidesNothing(name))
                hasher.add(name + '=' + value + '\n');
        return hasher.hex();
    }

    void describe()
    {
        m_run.folder = m_request.folder;
        m_run.network = m_network.name;
        m_run.data = m_data.name;
        m_run.version = m_request.version;
        m_run.options = m_options.all();
        m_run.size = m_request.size;
        m_run.classes = m_data.classes;
        m_run.members = static_cast<std::int64_t>(m_split.members.size());
        m_run.heldBack = static_cast<std::int64_t>(m_split.heldBack.size());
        for (const auto& cases : m_byClass)
            m_run.membersPerClass.push_back(static_cast<std::int64_t>(cases.size()));
        m_run.dataFingerprint = m_data.fingerprint;
        m_run.splitHash = m_split.split.hash;
        m_run.splitRule = english(m_split.split.rule);
        for (const learning::Warning& warning : m_data.warnings)
            m_run.notes.push_back(english(warning.sentence));
        if (const auto few = warningOfFew(m_run))
            m_run.notes.push_back(english(*few));
    }

    Result<void> resume()
    {
        std::error_code ignored;
        const auto file = m_request.folder / "state.onnx";
        if (m_request.existing != learning::Existing::Resume || !std::filesystem::exists(file, ignored))
            return {};
        m_state = TRY(readState(file, identity()));
        return m_pair->restore(m_state.pair);
    }

    bool isOver() const
    {
        const std::int64_t steps = m_options.integer("steps");
        const double seconds = 60 * m_options.number("minutes");
        return (steps > 0 && done() >= steps) || (seconds > 0 && m_state.seconds >= seconds);
    }

    std::int64_t done() const { return m_state.pair.step; }

    /// Evaluations stand at fixed steps and at the end. One that was interrupted is made when the training goes on.
    bool isEvaluationDue() const
    {
        const auto& evaluations = m_state.evaluations;
        return done() > 0 && (evaluations.empty() || evaluations.back().step != done())
               && (done() % m_options.integer("evaluate-every") == 0 || isOver());
    }

    Result<void> loop(const Monitor& monitor)
    {
        while (m_run.ending == PairRun::Ending::Finished) {
            if (isEvaluationDue())
                TRY(evaluate(monitor));
            if (monitor.stopRequested())
                return stopped();
            if (isOver())
                return {};
            TRY(step(monitor));
            TRY(save(false));
        }
        return {};
    }

    Result<void> step(const Monitor& monitor)
    {
        const Stopwatch watch;
        const auto figures =
            m_pair->step([this](auto step, auto place, auto label, auto image) { readReal(step, place, label, image); },
                [this](const PairFigures& step) { return heed(alarmAtStep(m_state.alarm, signsOf(step))); }, monitor);
        if (!figures && figures.error().kind == Error::Kind::Cancelled)
            return {}; // heard by the loop
        if (!figures)
            return tl::unexpected(figures.error());
        ++m_state.pair.step;
        m_state.seconds += watch.seconds();
        if (!figures->isFinite()) {
            heed(alarmAtStep(m_state.alarm, signsOf(*figures)));
            return {};
        }
        note(*figures);
        tell(*figures, monitor);
        return {};
    }

    static StepSigns signsOf(const PairFigures& step)
    {
        return {step.realScore, step.madeScore, step.discriminatorLoss, step.generatorLoss, step.generatorNorm};
    }

    /// Whether the generator may learn from this step.
    bool heed(const Alarm& alarm)
    {
        if (alarm.action == AlarmAction::Stop) {
            m_run.ending = PairRun::Ending::Alarm;
            m_run.alarm = alarm.reason;
            m_run.advice = alarm.advice;
            m_run.notes.push_back(english(alarm.reason) + " " + english(alarm.advice));
        }
        return alarm.action == AlarmAction::None;
    }

    Result<void> stopped()
    {
        m_run.ending = PairRun::Ending::Stopped;
        TRY(save(true));
        if (m_state.evaluations.empty())
            return cancelled();
        return {};
    }

    /// A case of the class, drawn anew for every place of every step.
    void readReal(std::int64_t step, std::int64_t place, std::int64_t label, std::span<float> image) const
    {
        const auto& cases = m_byClass[static_cast<std::size_t>(label)];
        Random random(m_seed, "real image", static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(place));
        std::vector<float> stored(static_cast<std::size_t>(m_frame.preprocessing.elements()));
        m_data.images.read(
            cases[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(cases.size())))], stored.data());
        m_frame.enter(stored, image);
    }

    void note(const PairFigures& figures)
    {
        PairEvaluation& sums = m_state.sums;
        ++sums.step;
        sums.discriminatorLoss += figures.discriminatorLoss;
        sums.generatorLoss += figures.generatorLoss;
        sums.realScore += figures.realScore;
        sums.madeScore += figures.madeScore;
    }

    void tell(const PairFigures& figures, const Monitor& monitor)
    {
        const std::int64_t steps = m_options.integer("steps");
        const double perStep = m_state.seconds / static_cast<double>(done());
        double left = steps > 0 ? perStep * static_cast<double>(steps - done()) : 1e300;
        if (const double minutes = m_options.number("minutes"); minutes > 0)
            left = std::min(left, 60 * minutes - m_state.seconds);
        if (m_request.events.onStep)
            m_request.events.onStep({done(), steps, figures, static_cast<double>(m_options.integer("batch")) / perStep,
                std::max(0.0, left)});
        (void)monitor.at(text("synthesis", "Training the pair, step %1").with(done()),
            m_state.seconds / (m_state.seconds + std::max(left, 1e-9)));
    }

    Result<void> evaluate(const Monitor& monitor)
    {
        auto found = m_judge->evaluate(m_pair->generator(), m_seed, monitor.part(0, 0));
        if (!found && found.error().kind == Error::Kind::Cancelled)
            return {}; // heard by the loop
        if (!found)
            return tl::unexpected(found.error());
        PairEvaluation& evaluation = found->evaluation;
        const auto share = 1 / std::max(1.0, static_cast<double>(m_state.sums.step));
        evaluation.step = done();
        evaluation.seconds = m_state.seconds;
        evaluation.discriminatorLoss = share * m_state.sums.discriminatorLoss;
        evaluation.generatorLoss = share * m_state.sums.generatorLoss;
        evaluation.realScore = share * m_state.sums.realScore;
        evaluation.madeScore = share * m_state.sums.madeScore;
        m_state.sums = {};
        if (m_state.bestStep == 0 || evaluation.kid < bestKid())
            keep(found->generator);
        m_state.evaluations.push_back(evaluation);
        heed(alarmAtEvaluation(m_state.alarm, {done(), found->variances, evaluation.coverage}));
        if (m_request.events.onEvaluation)
            m_request.events.onEvaluation(evaluation, found->grid);
        return {};
    }

    double bestKid() const
    {
        return std::ranges::find(m_state.evaluations, m_state.bestStep, &PairEvaluation::step)->kid;
    }

    void keep(const nn::Graph& generator)
    {
        const auto blockOf = [](const nn::Graph& graph) {
            const nn::Weights weights(graph);
            const auto values = weights.values();
            return std::vector<float>(values.begin(), values.end());
        };
        m_state.best = blockOf(generator);
        m_state.bestJudge = blockOf(m_pair->discriminator());
        m_state.bestStep = done();
    }

    Result<void> save(bool isLast)
    {
        if (!isLast && m_sinceSaved.seconds() < m_options.number("save-seconds"))
            return {};
        m_state.pair = m_pair->state();
        TRY(writeState(m_request.folder / "state.onnx", m_state, identity()));
        m_replaced.forget();
        std::string lines;
        for (const PairEvaluation& evaluation : m_state.evaluations)
            lines += jsonOf(evaluation) + '\n';
        TRY(writeAtomically(m_request.folder / "metrics.jsonl", lines));
        m_sinceSaved = Stopwatch();
        return {};
    }

    /// A graph with the numbers of a block.
    static nn::Graph withBlock(nn::Graph graph, const std::vector<float>& block)
    {
        nn::Weights weights(graph);
        std::ranges::copy(block, weights.values().begin());
        weights.writeInto(graph);
        return graph;
    }

    Result<PairRun> finish()
    {
        TRY(save(true));
        if (m_state.evaluations.empty())
            return tl::unexpected(Error{Error::Kind::BadInput, m_run.alarm, m_data.name, m_run.advice});
        m_run.steps = done();
        m_run.keptStep = m_state.bestStep;
        m_run.evaluations = m_state.evaluations;
        m_run.secondsTraining = m_state.seconds;
        m_run.imagesPerSecond =
            static_cast<double>(done() * m_options.integer("batch")) / std::max(1e-9, m_state.seconds);
        m_run.finished = timestamp();
        GeneratorModel model;
        model.graph = std::make_shared<const nn::Graph>(withBlock(m_pair->generator(), m_state.best));
        model.network = m_network.name;
        model.classes = m_data.classes;
        model.frame = m_frame;
        model.facts = m_data.facts;
        model.images = m_run.members;
        model.steps = m_run.keptStep;
        model.dataFingerprint = m_data.fingerprint;
        model.splitHash = m_split.split.hash;
        Ordered figures = objectOf(*m_run.kept());
        figures.erase("seconds");
        figures["features"] = m_run.features;
        model.figures = figures.dump();
        const auto folder = m_request.folder;
        const std::string generator = exported(model);
        TRY(writeAtomically(folder / "generator.onnx", generator));
        learning::Provenance seen;
        seen.generator = hashOf(generator);
        seen.split = model.splitHash;
        learning::addSeen(m_data, m_split.members, seen);
        TRY(writeAtomically(folder / seenFile, learning::jsonOf(seen)));
        TRY(writeAtomically(folder / "discriminator.onnx",
            exportedDiscriminator(model, withBlock(m_pair->discriminator(), m_state.bestJudge))));
        // Last: a folder with run.json is complete.
        TRY(writeAtomically(folder / "run.json", jsonOf(m_run)));
        return std::move(m_run);
    }

    DataSet m_data; ///< a copy, cheap: the pixels are shared
    const PairRequest& m_request;
    const PairNetwork& m_network;
    OptionValues m_options;
    PairSplit m_split;
    learning::ReplacedRun m_replaced;
    std::uint64_t m_seed;
    ImageFrame m_frame;
    std::vector<std::vector<std::int64_t>> m_byClass; ///< members
    std::optional<PairJudge> m_judge;
    std::optional<AdversarialPair> m_pair;
    PairRunState m_state;
    PairRun m_run;
    Stopwatch m_sinceSaved;
};

Result<void> checkSize(std::int64_t size)
{
    if (size == 32 || size == 64 || size == 128)
        return {};
    return badInput(text("synthesis", "Images of %1 pixels cannot be made.").with(size), "--size",
        text("synthesis", "Choose 32, 64 or 128."));
}

} // namespace

std::optional<Text> warningOfFew(const PairRun& run)
{
    constexpr std::int64_t few = 500, fewOfClass = 50;
    const auto least = *std::ranges::min_element(run.membersPerClass);
    if (run.members >= few && least >= fewOfClass)
        return {};
    return text("synthesis",
        "%1 images, %2 of the rarest class, are few to learn from: expect copies and little variety. "
        "From %3 images and %4 a class on it gets better.")
        .with(run.members, least, few, fewOfClass);
}

Result<PairRun> trainPair(const DataSet& data, const PairRequest& request, const Monitor& monitor)
{
    TRY(checkSize(request.size));
    const PairNetwork* network = TRY(findPairNetwork(request.network));
    OptionValues options = TRY(pairTrainingValues(request.options));
    PairSplit split = TRY(splitForPair(data, classifierOptions(request, options)));
    return Training(data, request, *network, std::move(options), std::move(split)).run(monitor);
}

} // namespace hounsfield::synthesis
