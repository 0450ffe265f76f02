#include "core/synthesis/trial.h"

#include "core/learning/options.h"
#include "core/learning/training.h"
#include "core/synthesis/made_data.h"
#include "core/synthesis/use_verdict.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace hounsfield::synthesis {

namespace {

using learning::DataSet;
using learning::Part;
namespace fs = std::filesystem;
using Ordered = nlohmann::ordered_json;

struct ArmRow {
    TrialArm arm;
    const char* name;
    bool hasReal, isRepeated, isClassic, hasMade;
};
constexpr std::array<ArmRow, trialArms> arms{{
    {TrialArm::Real, "real", true, false, false, false},
    {TrialArm::Repeated, "repeated", true, true, false, false},
    {TrialArm::Classic, "classic", true, false, true, false},
    {TrialArm::Made, "made", true, false, false, true},
    {TrialArm::ClassicMade, "classic+made", true, false, true, true},
    {TrialArm::MadeAlone, "made alone", false, false, false, true},
}};

/// One repetition: its images, its pair, its classifiers.
class Repetition {
  public:
    Repetition(
        const DataSet& data, const PairSplit& split, const TrialOptions& options, fs::path folder, std::uint64_t seed)
        : m_data(data)
        , m_split(split)
        , m_options(options)
        , m_folder(std::move(folder))
        , m_seed(seed)
    {
    }

    /// Scores of the test part, in the order of `arms`.
    Result<std::vector<learning::Scores>> run(const Monitor& monitor)
    {
        drawReal();
        TRY(makeImages(monitor.part(0, 0.6)));
        std::vector<learning::Scores> scores;
        for (std::size_t a = 0; a < arms.size(); ++a) {
            const double from = 0.6 + 0.4 * static_cast<double>(a) / trialArms;
            scores.push_back(TRY(train(arms[a], monitor.part(from, from + 0.4 / trialArms))));
        }
        return scores;
    }

  private:
    void drawReal()
    {
        std::vector<std::int64_t> taken(m_data.classes.size());
        const auto training = m_split.training();
        for (const std::int64_t i :
            Random(m_seed, "images of a trial").permutation(static_cast<std::int64_t>(training.size()))) {
            const std::int64_t one = training[static_cast<std::size_t>(i)];
            auto& count = taken[static_cast<std::size_t>(m_data.cases[static_cast<std::size_t>(one)].label)];
            if (count < m_options.perClass) {
                m_real.push_back(one);
                ++count;
            }
        }
    }

    /// The pair sees the drawn images alone; a run that is finished already is used again.
    Result<void> makeImages(const Monitor& monitor)
    {
        const fs::path folder = m_folder / "pair";
        std::error_code ignored;
        if (!fs::exists(folder / "run.json", ignored)) {
            MadeData few(m_data);
            few.add(m_real, Part::Train);
            PairRequest request;
            request.network = m_options.network;
            request.size = m_options.size;
            request.options = {{"minutes", "0"}, {"steps", std::to_string(m_options.pairSteps)},
                {"seed", std::to_string(m_seed)}, {"validation", "0"}, {"test-share", "0"},
                {"threads", std::to_string(m_options.threads)}};
            request.folder = folder;
            request.existing = learning::Existing::Resume;
            request.version = m_options.version;
            const auto run = TRY(trainPair(few.finish(), request, monitor));
            if (run.ending == PairRun::Ending::Stopped)
                return cancelled();
            for (const std::string& note : run.notes)
                m_notes.push_back(note);
        }
        const auto generator = TRY(readGenerator(folder / "generator.onnx"));
        m_hash = generator.hash;
        auto sampler = TRY(Sampler::make(generator.graph, nullptr, generator.frame, m_options.threads));
        std::vector<Sampler::Wish> wishes;
        for (int label = 0; label < static_cast<int>(m_data.classes.size()); ++label)
            for (std::int64_t i = 0; i < m_options.ratio * m_options.perClass; ++i)
                wishes.push_back({m_seed, label, i});
        m_made = TRY(sampler.make(wishes, monitor.part(1, 1)));
        return {};
    }

    Result<learning::Scores> train(const ArmRow& arm, const Monitor& monitor)
    {
        MadeData mixed(m_data);
        const auto realTimes = !arm.hasReal ? 0 : arm.isRepeated ? 1 + m_options.ratio : 1;
        for (std::int64_t k = 0; k < realTimes; ++k)
            mixed.add(m_real, Part::Train);
        if (arm.hasMade)
            mixed.add(m_made, m_hash);
        const std::int64_t images =
            realTimes * static_cast<std::int64_t>(m_real.size()) + (arm.hasMade ? m_made.count : 0);
        mixed.add(m_split.test, Part::Test);
        learning::TrainingRequest request;
        request.network = "small-resnet";
        request.options = optionsOf(arm, images);
        request.folder = m_folder / arm.name;
        request.existing = learning::Existing::Resume;
        request.version = m_options.version;
        std::error_code ignored;
        if (fs::exists(request.folder / "run.json", ignored))
            return testScoresOf(TRY(learning::readRun(request.folder)));
        const auto run = TRY(learning::trainClassifier(mixed.finish(), request, monitor));
        if (run.ending == learning::Ending::Stopped)
            return cancelled();
        return testScoresOf(run);
    }

    /// With the patients numbered as in the whole set: a run numbers those it knows.
    learning::Scores testScoresOf(const learning::Run& run) const
    {
        learning::Scores scores = learning::scoresOf(run, Part::Test);
        scores.units.clear();
        for (const std::int64_t i : m_split.test)
            scores.units.push_back(m_split.split.units[static_cast<std::size_t>(i)]);
        return scores;
    }

    /// As many steps whatever the count of images; the last weights, for validation would cost images.
    std::map<std::string, std::string> optionsOf(const ArmRow& arm, std::int64_t images) const
    {
        const std::int64_t batch = std::min<std::int64_t>(64, m_options.perClass);
        const std::int64_t perEpoch = std::max<std::int64_t>(1, images / batch);
        std::map<std::string, std::string> options{{"seed", std::to_string(m_seed)},
            {"threads", std::to_string(m_options.threads)}, {"batch", std::to_string(batch)},
            {"epochs", std::to_string((m_options.classifierSteps + perEpoch - 1) / perEpoch)}, {"keep", "last"},
            {"last-batch", "dropped"}, {"validation", "0"}, {"test-share", "0"}, {"patience", "0"}};
        if (!arm.isClassic)
            for (const char* change : {"rotation", "shift", "zoom", "contrast", "brightness", "crop", "noise"})
                options[change] = "0";
        return options;
    }

    const DataSet& m_data;
    const PairSplit& m_split;
    const TrialOptions& m_options;
    const fs::path m_folder;
    const std::uint64_t m_seed;
    std::vector<std::int64_t> m_real;
    MadeImages m_made;
    std::string m_hash;
    std::vector<std::string> m_notes;
};

Result<void> conclude(TrialResult& result)
{
    std::vector<TrialRow> rows;
    for (std::size_t a = 0; a < arms.size(); ++a) {
        rows.push_back({arms[a].name, result.scores[a]});
        const RowFigures figures = TRY(figuresOf(rows.back()));
        const auto interval = figures.interval.value_or(learning::Interval{figures.mean, figures.mean});
        result.auc.push_back({figures.mean, std::max(0.0, interval.low), std::min(1.0, interval.high),
            result.scores[a].front().count()});
    }
    const auto& row = [&](TrialArm arm) -> const TrialRow& { return rows[static_cast<std::size_t>(arm)]; };
    const UseVerdict verdict = TRY(judgeUse({row(TrialArm::ClassicMade), row(TrialArm::Classic)}));
    result.difference = {verdict.difference, verdict.interval.low, verdict.interval.high, result.auc.front().n};
    result.verdict = verdict.sentence;
    return {};
}

Result<void> checkTrial(const DataSet& data, const PairSplit& split, const TrialOptions& options)
{
    std::vector<std::int64_t> counts(data.classes.size());
    for (const std::int64_t i : split.training())
        ++counts[static_cast<std::size_t>(data.cases[static_cast<std::size_t>(i)].label)];
    for (std::size_t c = 0; c < counts.size(); ++c)
        if (counts[c] < options.perClass)
            return badInput(
                text("synthesis", "\"%1\" has %2 training images, fewer than the %3 a class that are asked for.")
                    .with(data.classes[c], counts[c], options.perClass),
                data.name, text("synthesis", "Ask for fewer, or add images."));
    if (split.test.empty())
        return badInput(text("synthesis", "There is no test part to try the classifiers on."), data.name);
    return {};
}

} // namespace

std::string nameOf(TrialArm arm)
{
    return std::ranges::find(arms, arm, &ArmRow::arm)->name;
}

Result<TrialResult> runTrial(
    const DataSet& data, const fs::path& folder, const TrialOptions& options, const Monitor& monitor)
{
    const PairSplit split = TRY(splitForPair(data, {{"seed", std::to_string(options.splitSeed)}}));
    TRY(checkTrial(data, split, options));
    TrialResult result;
    result.scores.resize(trialArms);
    for (std::int64_t seed = 1; seed <= options.seeds; ++seed) {
        const double share = 1 / static_cast<double>(options.seeds), from = share * static_cast<double>(seed - 1);
        Repetition repetition(
            data, split, options, folder / ("seed" + std::to_string(seed)), static_cast<std::uint64_t>(seed));
        auto scores = TRY(repetition.run(monitor.part(from, from + share)));
        for (std::size_t a = 0; a < scores.size(); ++a)
            result.scores[a].push_back(std::move(scores[a]));
    }
    TRY(conclude(result));
    return result;
}

std::string jsonOf(const TrialResult& result)
{
    Ordered rows = Ordered::array();
    for (std::size_t a = 0; a < result.auc.size(); ++a)
        rows.push_back(
            {{"name", arms[a].name}, {"auc", *result.auc[a].value}, {"ci", {result.auc[a].low, result.auc[a].high}}});
    const Ordered json{{"rows", rows},
        {"difference", {result.difference.value.value_or(0), result.difference.low, result.difference.high}},
        {"verdict", english(result.verdict)}, {"notes", result.notes}};
    return json.dump(-1, ' ', false, Ordered::error_handler_t::replace);
}

} // namespace hounsfield::synthesis
