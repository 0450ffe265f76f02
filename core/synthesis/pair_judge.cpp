#include "core/synthesis/pair_judge.h"

#include "core/nn/executor.h"
#include "core/synthesis/measures.h"

#include <algorithm>

namespace hounsfield::synthesis {

namespace {

constexpr std::int64_t judged = 1000; ///< images of each side, where there are so many members

/// How much the first images of a class differ: `read` gives image i.
double varianceOf(const std::vector<int>& labels, int label, std::int64_t elements, const FeatureNetwork::Read& read)
{
    constexpr std::size_t most = 64;
    std::vector<float> pixels;
    std::int64_t images = 0;
    for (std::size_t i = 0; i < labels.size() && images < static_cast<std::int64_t>(most); ++i) {
        if (labels[i] != label)
            continue;
        pixels.resize(pixels.size() + static_cast<std::size_t>(elements));
        read(static_cast<std::int64_t>(i), pixels.data() + images++ * elements);
    }
    return images < 2 ? 0 : pixelVariance(pixels, images);
}

/// Members drawn once, in their own mix of classes.
std::vector<std::int64_t> drawnMembers(const PairSplit& split)
{
    const auto count = static_cast<std::int64_t>(split.members.size());
    std::vector<std::int64_t> drawn = Random(1, "members that judge").permutation(count);
    drawn.resize(static_cast<std::size_t>(std::min(judged, count)));
    for (std::int64_t& one : drawn)
        one = split.members[static_cast<std::size_t>(one)];
    return drawn;
}

} // namespace

Result<learning::Model> featureModel(const learning::DataSet& data, const PairSplit& split, const PairRequest& request,
    const std::map<std::string, std::string>& options, const Monitor& monitor)
{
    learning::TrainingRequest training;
    training.network = "small-resnet";
    training.options = options;
    training.folder = request.folder / "features";
    training.version = request.version;
    training.existing = learning::Existing::Replace;
    std::error_code ignored;
    if (request.existing == learning::Existing::Resume) {
        training.existing = learning::Existing::Resume;
        if (std::filesystem::exists(training.folder / "run.json", ignored)) {
            auto model = TRY(learning::readModel(training.folder / "model.onnx"));
            if (model.splitHash == split.split.hash && model.dataFingerprint == data.fingerprint)
                return model;
            training.existing = learning::Existing::Replace;
        }
    }
    const auto run = TRY(learning::trainClassifier(data, training, monitor));
    if (run.ending == learning::Ending::Stopped)
        return cancelled();
    return learning::readModel(training.folder / "model.onnx");
}

Result<nn::Graph> settled(const nn::Graph& generator, std::uint64_t seed, int threads, const Monitor& monitor)
{
    constexpr std::int64_t batches = 50, images = 64;
    const auto graph = std::make_shared<const nn::Graph>(generator);
    const auto weights = std::make_shared<nn::Weights>(generator);
    const std::int64_t classes = graph->inputs[1].shape[1];
    nn::PlanRequest request;
    request.inputs = {{"noise", {images, noiseLength}}, {"label", {images, classes}}};
    request.mode = nn::Mode::Training;
    request.threads = threads;
    auto executor = TRY(nn::Executor::plan(graph, weights, std::move(request)));
    std::vector<float> noise(static_cast<std::size_t>(images * noiseLength)),
        labels(static_cast<std::size_t>(images * classes));
    for (std::int64_t i = 0; i < images; ++i)
        labels[static_cast<std::size_t>(i * classes + i % classes)] = 1;
    TRY(executor.setInput("label", labels));
    for (std::int64_t b = 0; b < batches; ++b) {
        drawNoise(Random(seed, "settling", static_cast<std::uint64_t>(b)), noise);
        TRY(executor.setInput("noise", noise));
        TRY(executor.forward(monitor));
        executor.commit();
    }
    nn::Graph result = generator;
    weights->writeInto(result);
    return result;
}

struct PairJudge::State {
    ImageFrame frame;
    FeatureNetwork network;
    Impression members;
    std::vector<int> labels;            ///< of the members that judge
    std::vector<double> memberVariance; ///< of each class
    std::vector<std::string> classes;
    int threads = 1;

    Result<void> measure(const MadeImages& made, PairEvaluation& evaluation, const Monitor& monitor);
};

PairJudge::PairJudge(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
PairJudge::PairJudge(PairJudge&&) noexcept = default;
PairJudge& PairJudge::operator=(PairJudge&&) noexcept = default;
PairJudge::~PairJudge() = default;

Result<PairJudge> PairJudge::make(const learning::DataSet& data, const PairSplit& split, const ImageFrame& frame,
    const learning::Model& features, int threads, const Monitor& monitor)
{
    auto state = std::make_unique<State>(
        State{frame, TRY(FeatureNetwork::make(features, threads)), {}, {}, {}, data.classes, threads});
    const auto drawn = drawnMembers(split);
    const auto read = [&](std::int64_t i, float* values) {
        data.images.read(drawn[static_cast<std::size_t>(i)], values);
    };
    state->members = TRY(state->network.see(static_cast<std::int64_t>(drawn.size()), read, monitor));
    for (const std::int64_t i : drawn)
        state->labels.push_back(data.cases[static_cast<std::size_t>(i)].label);
    for (int label = 0; label < static_cast<int>(state->classes.size()); ++label)
        state->memberVariance.push_back(varianceOf(state->labels, label, data.images.elements(), read));
    return PairJudge(std::move(state));
}

const std::string& PairJudge::featureName() const
{
    return m_state->network.name();
}

Result<PairEvaluated> PairJudge::evaluate(const nn::Graph& generator, std::uint64_t seed, const Monitor& monitor)
{
    State& s = *m_state;
    PairEvaluated found;
    found.generator = TRY(settled(generator, seed, s.threads, monitor));
    auto sampler = TRY(Sampler::make(std::make_shared<const nn::Graph>(found.generator), nullptr, s.frame, s.threads));
    std::vector<Sampler::Wish> wishes, shown;
    for (std::size_t i = 0; i < s.labels.size(); ++i)
        wishes.push_back({seed, s.labels[i], static_cast<std::int64_t>(i)});
    for (std::int64_t i = 0; i < gridImages * static_cast<std::int64_t>(s.classes.size()); ++i)
        shown.push_back({seed, static_cast<int>(i / gridImages), i % gridImages});
    found.grid = TRY(sampler.make(shown, monitor));
    const MadeImages made = TRY(sampler.make(wishes, monitor));
    TRY(s.measure(made, found.evaluation, monitor));
    for (int label = 0; label < static_cast<int>(s.classes.size()); ++label)
        found.variances.push_back({s.memberVariance[static_cast<std::size_t>(label)],
            varianceOf(made.labels, label, made.elements,
                [&](std::int64_t i, float* to) { std::ranges::copy(made.image(i), to); }),
            s.classes[static_cast<std::size_t>(label)]});
    return found;
}

Result<void> PairJudge::State::measure(const MadeImages& made, PairEvaluation& evaluation, const Monitor& monitor)
{
    const Impression seen = TRY(network.see(
        made.count, [&](std::int64_t i, float* to) { std::ranges::copy(made.image(i), to); }, monitor));
    const Measures measures = TRY(computeMeasures({members.features, seen.features}, {}, monitor));
    evaluation.kid = measures.kernelDistance.mean;
    evaluation.kidDeviation = measures.kernelDistance.standardDeviation;
    evaluation.fid = measures.frechetDistance;
    evaluation.precision = measures.neighbours.precision;
    evaluation.recall = measures.neighbours.recall;
    evaluation.density = measures.neighbours.density;
    evaluation.coverage = measures.neighbours.coverage;
    std::int64_t recognised = 0;
    const auto width = static_cast<std::int64_t>(classes.size());
    for (std::size_t i = 0; i < made.labels.size(); ++i) {
        const auto row = seen.probabilities.begin() + static_cast<std::int64_t>(i) * width;
        recognised += std::max_element(row, row + width) - row == made.labels[i];
    }
    evaluation.recognised = static_cast<double>(recognised) / static_cast<double>(made.count);
    return {};
}

} // namespace hounsfield::synthesis
