#include "core/synthesis/judgement.h"

#include "core/base/parallel.h"
#include "core/learning/training.h"
#include "core/synthesis/features.h"
#include "core/synthesis/made_data.h"
#include "core/synthesis/pair_training.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace hounsfield::synthesis {

namespace {

using learning::DataSet;
using Ordered = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::array distanceKeys{"fid", "fid_floor", "fid_train_test", "kid", "precision", "recall", "density",
    "coverage", "recognised", "trtr_auc"};
constexpr std::array allKeys{"tstr_auc", "copies", "membership_auc"};

/// One judging: what is known of the generator and what was found.
class Judging {
  public:
    Judging(const GeneratorModel& generator, fs::path folder, const DataSet& data, const JudgementOptions& options)
        : m_generator(generator)
        , m_folder(std::move(folder))
        , m_data(data)
        , m_options(options)
        , m_threads(options.threads > 0 ? options.threads : processorCount())
    {
    }

    Result<GeneratorJudgement> run(const Monitor& monitor)
    {
        if (m_generator.classes != m_data.classes)
            return badInput(text("synthesis", "The data have other classes than the generator."), m_data.name);
        const auto run = readPairRun(m_folder);
        if (!run) {
            miss(distanceKeys, run.error().what);
            miss(allKeys, run.error().what);
            return std::move(m_found);
        }
        m_options.threads = m_threads;
        m_split = TRY(splitForPair(m_data, splitOptionsOf(*run)));
        if (m_split.split.hash != m_generator.splitHash)
            return badInput(
                text("synthesis",
                    "These are not the data that the generator was trained on: their split is another one."),
                m_data.name, text("synthesis", "Give the data and labels of that training."));
        TRY(makeImages(monitor.part(0, 0.1)));
        TRY(measure(monitor.part(0.1, 0.4)));
        TRY(trainOnMade(monitor.part(0.4, 0.9)));
        return std::move(m_found);
    }

  private:
    template <typename Keys> void miss(const Keys& keys, const Text& reason)
    {
        for (const char* key : keys)
            m_found.missing[key] = reason;
    }

    static std::map<std::string, std::string> splitOptionsOf(const PairRun& run)
    {
        std::map<std::string, std::string> options;
        for (const char* name : {"seed", "validation", "test-share"})
            if (const auto found = run.options.find(name); found != run.options.end())
                options[name] = found->second;
        return options;
    }

    int labelOf(std::int64_t i) const { return m_data.cases[static_cast<std::size_t>(i)].label; }

    /// As many as the training part has, in its mix of classes.
    Result<void> makeImages(const Monitor& monitor)
    {
        auto sampler = TRY(Sampler::make(m_generator.graph, nullptr, m_generator.frame, m_threads));
        std::vector<Sampler::Wish> wishes;
        std::vector<std::int64_t> counts(m_data.classes.size());
        for (const std::int64_t i : m_split.training())
            wishes.push_back({m_options.seed, labelOf(i), counts[static_cast<std::size_t>(labelOf(i))]++});
        m_made = TRY(sampler.make(wishes, monitor));
        return {};
    }

    Result<Impression> see(
        FeatureNetwork& network, const std::vector<std::int64_t>& cases, const Monitor& monitor) const
    {
        return network.see(
            static_cast<std::int64_t>(cases.size()),
            [&](std::int64_t i, float* to) { m_data.images.read(cases[static_cast<std::size_t>(i)], to); }, monitor);
    }

    LabelledFeatures labelled(FeatureSet features, const std::vector<std::int64_t>& cases) const
    {
        LabelledFeatures set{std::move(features), {}};
        for (const std::int64_t i : cases)
            set.labels.push_back(labelOf(i));
        return set;
    }

    Result<void> measure(const Monitor& monitor)
    {
        const auto model = learning::readModel(m_folder / "features" / "model.onnx");
        if (!model) {
            miss(distanceKeys, model.error().what);
            return {};
        }
        auto network = TRY(FeatureNetwork::make(*model, m_threads));
        m_found.features = network.name();
        const auto training = m_split.training();
        const auto real = labelled(TRY(see(network, training, monitor.part(0, 0.2))).features, training);
        const Impression seen = TRY(network.see(
            m_made.count, [&](std::int64_t i, float* to) { std::ranges::copy(m_made.image(i), to); },
            monitor.part(0.2, 0.4)));
        const LabelledFeatures made{seen.features, m_made.labels};
        const MatchedDraw draw = TRY(drawMatched({real, made}, m_options.most, m_options.seed));
        m_found.n = draw.real.count;
        m_found.measures = TRY(computeMeasures(draw.sides(), {}, monitor.part(0.4, 0.5)));
        m_found.floor = TRY(realFloor(real, draw.perClass, {}, monitor.part(0.5, 0.8)));
        m_found.recognised = shareRecognised(seen.probabilities);
        if (m_split.test.empty())
            miss(
                std::array{"fid_train_test", "trtr_auc", "tstr_auc"}, text("synthesis", "The data have no test part."));
        else {
            const auto test = labelled(TRY(see(network, m_split.test, monitor.part(0.8, 0.9))).features, m_split.test);
            const MatchedDraw apart = TRY(drawMatched({real, test}, m_options.most, m_options.seed));
            m_found.trainToTest = TRY(computeMeasures(apart.sides(), {}, monitor.part(0.9, 1)));
            if (const auto run = learning::readRun(m_folder / "features"); run && run->test)
                m_found.trtr = run->test->auc;
        }
        return {};
    }

    double shareRecognised(const std::vector<float>& probabilities) const
    {
        const auto classes = static_cast<std::int64_t>(m_data.classes.size());
        std::int64_t count = 0;
        for (std::int64_t i = 0; i < m_made.count; ++i) {
            const auto row = probabilities.begin() + i * classes;
            count += std::max_element(row, row + classes) - row == m_made.labels[static_cast<std::size_t>(i)];
        }
        return static_cast<double>(count) / static_cast<double>(m_made.count);
    }

    /// The same classifier with the same recipe, on made images alone: epoch and threshold by real validation images.
    Result<void> trainOnMade(const Monitor& monitor)
    {
        if (!m_options.isTraining) {
            miss(std::array{"tstr_auc"}, text("synthesis", "It was not asked for."));
            return {};
        }
        if (m_split.test.empty())
            return {};
        MadeData mixed(m_data);
        mixed.add(m_made, m_generator.hash);
        mixed.add(casesOf(learning::Part::Validation), learning::Part::Validation);
        mixed.add(m_split.test, learning::Part::Test);
        learning::TrainingRequest request;
        request.network = "small-resnet";
        request.options = {{"seed", std::to_string(m_options.seed)}, {"threads", std::to_string(m_options.threads)}};
        request.folder = m_folder / "trained-on-made";
        request.existing = learning::Existing::Replace;
        const auto run = TRY(learning::trainClassifier(mixed.finish(), request, monitor));
        if (run.ending == learning::Ending::Stopped)
            return cancelled();
        m_found.tstr = run.test ? run.test->auc : learning::Figure{};
        return {};
    }

    std::vector<std::int64_t> casesOf(learning::Part part) const
    {
        std::vector<std::int64_t> cases;
        for (std::size_t i = 0; i < m_split.split.parts.size(); ++i)
            if (m_split.split.parts[i] == part)
                cases.push_back(static_cast<std::int64_t>(i));
        return cases;
    }

    const GeneratorModel& m_generator;
    const fs::path m_folder;
    const DataSet& m_data;
    JudgementOptions m_options;
    const int m_threads;
    PairSplit m_split;
    MadeImages m_made;
    GeneratorJudgement m_found;
};

Ordered figureOf(const std::optional<double>& value)
{
    return value ? Ordered(*value) : Ordered();
}

Ordered intervalOf(const learning::Figure& figure)
{
    return figure.value ? Ordered{figure.low, figure.high} : Ordered();
}

} // namespace

Result<GeneratorJudgement> judgeGenerator(const GeneratorModel& generator, const fs::path& folder, const DataSet& data,
    const JudgementOptions& options, const Monitor& monitor)
{
    return Judging(generator, folder, data, options).run(monitor);
}

std::string jsonOf(const GeneratorJudgement& found)
{
    Ordered json{
        {"n", found.n}, {"features", found.features.empty() ? Ordered() : Ordered(found.features + " (not ImageNet)")}};
    const auto rows = measureTable();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        json[rows[i].key] = found.measures ? Ordered(rows[i].of(*found.measures)) : Ordered();
        const std::string floor = std::string(rows[i].key) + "_floor";
        json[floor] = found.floor ? figureOf(found.floor->figures[i].value) : Ordered();
        json[floor + "_ci"] = found.floor ? intervalOf(found.floor->figures[i]) : Ordered();
        json[std::string(rows[i].key) + "_train_test"] =
            found.trainToTest ? Ordered(rows[i].of(*found.trainToTest)) : Ordered();
    }
    json["recognised"] = figureOf(found.recognised);
    const auto add = [&](const std::string& name, const learning::Figure& figure) {
        json[name] = figureOf(figure.value);
        json[name + "_ci"] = intervalOf(figure);
    };
    add("tstr_auc", found.tstr);
    add("trtr_auc", found.trtr);
    add("copies", found.copies);
    json["copies_of_held_out"] = found.copies.value ? Ordered(found.copiesOfHeldOut) : Ordered();
    add("membership_auc", found.membership);
    Ordered reasons = Ordered::object();
    for (const auto& [key, reason] : found.missing)
        reasons[key] = english(reason);
    json["missing"] = reasons;
    return json.dump(-1, ' ', false, Ordered::error_handler_t::replace);
}

} // namespace hounsfield::synthesis
