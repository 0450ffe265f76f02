#include "core/synthesis/judgement.h"

#include "core/base/parallel.h"
#include "core/learning/training.h"
#include "core/synthesis/discriminator.h"
#include "core/synthesis/features.h"
#include "core/synthesis/made_data.h"
#include "core/synthesis/membership.h"
#include "core/synthesis/pair_training.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

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
        TRY(findCopies(monitor.part(0.4, 0.5)));
        TRY(testMembership(monitor.part(0.5, 0.55)));
        TRY(trainOnMade(monitor.part(0.55, 1)));
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
        Impression seen = TRY(network.see(
            m_made.count, [&](std::int64_t i, float* to) { std::ranges::copy(m_made.image(i), to); },
            monitor.part(0.2, 0.4)));
        const LabelledFeatures made{std::move(seen.features), m_made.labels};
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

    /// Samples of the natural mix and the held back images against the members.
    Result<void> findCopies(const Monitor& monitor)
    {
        if (m_found.features.empty()) {
            miss(std::array{"copies"}, m_found.missing.at("fid"));
            return {};
        }
        auto network =
            TRY(FeatureNetwork::make(TRY(learning::readModel(m_folder / "features" / "model.onnx")), m_threads));
        std::vector<std::int64_t> sampled = Random(m_options.seed, "samples searched").permutation(m_made.count);
        sampled.resize(static_cast<std::size_t>(std::min(m_options.copySamples, m_made.count)));
        const auto made =
            TRY(bothOf(network, static_cast<std::int64_t>(sampled.size()), [&](std::int64_t i, float* to) {
                std::ranges::copy(m_made.image(sampled[static_cast<std::size_t>(i)]), to);
            }));
        const auto real = [&](const std::vector<std::int64_t>& cases) {
            return bothOf(network, static_cast<std::int64_t>(cases.size()),
                [&](std::int64_t i, float* to) { m_data.images.read(cases[static_cast<std::size_t>(i)], to); });
        };
        const auto members = TRY(real(m_split.members)), apart = TRY(real(m_split.heldBack));
        const auto& form = m_generator.frame.preprocessing;
        const auto report =
            TRY(synthesis::findCopies({{members.pixels, members.features}, {apart.pixels, apart.features},
                                          {made.pixels, made.features}, {form.width, form.height, form.channels}},
                {}, monitor));
        m_found.copies = shareWithInterval(copyShare(report.samples), static_cast<std::int64_t>(report.samples.size()));
        m_found.copiesOfHeldOut = copyShare(report.heldOut);
        return {};
    }

    /// All held back images and twice as many members.
    Result<void> testMembership(const Monitor& monitor)
    {
        const auto discriminator = readDiscriminator(m_folder / "discriminator.onnx", m_generator);
        if (!discriminator || m_split.heldBack.empty()) {
            miss(std::array{"membership_auc"},
                discriminator ? text("synthesis", "No training patient was held back.") : discriminator.error().what);
            return {};
        }
        std::vector<std::int64_t> cases = m_split.members;
        const auto order = Random(m_options.seed, "members asked").permutation(static_cast<std::int64_t>(cases.size()));
        for (std::size_t i = 0; i < cases.size(); ++i)
            cases[i] = m_split.members[static_cast<std::size_t>(order[i])];
        cases.resize(std::min(cases.size(), 2 * m_split.heldBack.size()));
        const std::size_t members = cases.size();
        cases.insert(cases.end(), m_split.heldBack.begin(), m_split.heldBack.end());
        const auto scores =
            TRY(discriminatorScores(*discriminator, m_generator.frame, m_data, cases, m_threads, monitor));
        std::vector<MembershipCase> asked;
        for (std::size_t i = 0; i < cases.size(); ++i)
            asked.push_back(
                {scores[i], i < members, labelOf(cases[i]), m_split.split.units[static_cast<std::size_t>(cases[i])]});
        m_found.membership = TRY(computeMembership(asked)).pooled;
        return {};
    }

    struct Both {
        FeatureSet pixels, features;
    };

    Result<Both> bothOf(FeatureNetwork& network, std::int64_t count, const FeatureNetwork::Read& read) const
    {
        Both both;
        both.pixels.count = count;
        both.pixels.width = m_generator.frame.preprocessing.elements();
        both.pixels.values.resize(static_cast<std::size_t>(count * both.pixels.width));
        for (std::int64_t i = 0; i < count; ++i)
            read(i, both.pixels.values.data() + i * both.pixels.width);
        both.features = TRY(network.see(count, read, Monitor())).features;
        return both;
    }

    /// Wilson 1927.
    static learning::Figure shareWithInterval(double share, std::int64_t n)
    {
        constexpr double z = 1.959963984540054;
        const auto count = static_cast<double>(n);
        const double middle = (share + z * z / (2 * count)) / (1 + z * z / count);
        const double half =
            z / (1 + z * z / count) * std::sqrt(share * (1 - share) / count + z * z / (4 * count * count));
        return {share, std::max(0.0, middle - half), std::min(1.0, middle + half), n};
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
