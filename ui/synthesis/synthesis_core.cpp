#include "ui/synthesis/synthesis_core.h"

#include "core/learning/project_labels.h"
#include "core/synthesis/features.h"
#include "core/synthesis/sampled_images.h"
#include "core/synthesis/synthetic_export.h"
#include "core/synthesis/synthetic_folder.h"
#include "ui/synthesis/pair_work.h"
#include "ui/synthesis/pictures.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::synthesising {

using synthesis::FeatureSet;
using synthesis::GeneratorModel;
using synthesis::MadeImages;
using synthesis::PairSplit;
namespace fs = std::filesystem;

namespace {

/// A training that was interrupted has a wish, mostly a state, and no run.json yet.
Result<std::vector<RunPointer>> readRuns(const OpenProject& project, const Monitor& monitor)
{
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    std::error_code problem, ignored;
    for (fs::directory_iterator entries(TRY(project())->runsFolder(), problem);
         !problem && entries != fs::directory_iterator(); entries.increment(problem))
        for (const char* file : {"state.onnx", "generator.onnx", "wish.json"})
            if (fs::exists(entries->path() / file, ignored)) {
                found.emplace_back(fs::last_write_time(entries->path() / file, ignored), entries->path());
                break;
            }
    std::ranges::sort(found, std::greater{});
    std::vector<RunPointer> runs;
    for (std::size_t i = 0; i < found.size(); ++i) {
        TRY(monitor.at(text("synthesis", "Reading earlier trainings"), double(i) / double(found.size())));
        if (auto record = readRecord(found[i].second)) // trainings of other things are no concern of this page
            runs.push_back(std::make_shared<const PairRecord>(std::move(*record)));
    }
    return runs;
}

Result<std::vector<Moment>> readMoments(files::ReaderPool& readers, const PairRecord& record, const Monitor& monitor)
{
    std::vector<Moment> moments;
    for (const auto& [step, file] : momentFiles(record.folder)) {
        files::ImageSetRequest request;
        request.sources = {{file}};
        request.channels = 3;
        const auto set = TRY(readers.readImages(request, monitor));
        if (!set.images.front() || set.type != image::ScalarType::UInt8)
            continue;
        const QImage picture = pictureOf(set);
        const std::int64_t classes = record.run
                                         ? std::ssize(record.run->classes)
                                         : set.height * synthesis::gridImages / std::max<std::int64_t>(1, set.width);
        moments.push_back(momentOf(step, picture, classes));
    }
    return moments;
}

FeatureSet pixelsOf(const learning::DataSet& data, const std::vector<std::int64_t>& cases)
{
    FeatureSet pixels{std::ssize(cases), data.images.elements(), {}};
    pixels.values.resize(static_cast<std::size_t>(pixels.count * pixels.width));
    for (std::size_t i = 0; i < cases.size(); ++i)
        data.images.read(cases[i], pixels.values.data() + static_cast<std::ptrdiff_t>(i) * pixels.width);
    return pixels;
}

Result<FeatureSet> featuresOf(synthesis::FeatureNetwork& network, const FeatureSet& pixels, const Monitor& monitor)
{
    const auto read = [&](std::int64_t i, float* to) { std::ranges::copy(pixels.row(i), to); };
    return TRY(network.see(pixels.count, read, monitor)).features;
}

/// By pixels alone, where there is no classifier to give features or too few images for limits.
Result<Resemblances> nearestByPixels(const PairSplit& split, const synthesis::PixelShape& shape,
    const FeatureSet& training, const FeatureSet& samples, const Monitor& monitor)
{
    Resemblances found;
    for (const auto& one : TRY(synthesis::findNearestImages({samples, training, shape, {}}, {}, monitor))) {
        const double ratio = one.meanOfNeighbours > 0 ? one.distance / one.meanOfNeighbours : 1;
        found.images.push_back({split.members[static_cast<std::size_t>(one.index)], one.distance, ratio, false, false});
    }
    return found;
}

Result<Resemblances> resemblancesOf(const PairRecord& record, const learning::DataSet& data,
    const GeneratorModel& generator, const MadeImages& made, const Monitor& monitor)
{
    const PairSplit split = TRY(splitOf(record, data));
    if (split.split.hash != generator.splitHash || data.images.elements() != made.elements)
        return badInput(text("synthesis", "These are not the images that the generator was trained on."), data.name,
            text("synthesis", "Open the data of that training to see its images beside the made ones."));
    const synthesis::PixelShape shape{data.images.width, data.images.height, data.images.channels};
    const FeatureSet training = pixelsOf(data, split.members);
    const FeatureSet samples{made.count, made.elements, made.values};
    const auto model = learning::readModel(record.folder / "features" / "model.onnx");
    if (!model || training.count < 20)
        return nearestByPixels(split, shape, training, samples, monitor);
    auto network = TRY(synthesis::FeatureNetwork::make(*model, 0));
    const FeatureSet trainingFeatures = TRY(featuresOf(network, training, monitor.part(0, 0.3)));
    const FeatureSet sampleFeatures = TRY(featuresOf(network, samples, monitor.part(0.3, 0.4)));
    const FeatureSet noPixels{0, training.width, {}}, noFeatures{0, trainingFeatures.width, {}};
    const auto report = TRY(
        synthesis::findCopies({{training, trainingFeatures}, {noPixels, noFeatures}, {samples, sampleFeatures}, shape},
            {}, monitor.part(0.4, 1)));
    Resemblances found{{}, report.pixelLimit};
    for (const auto& sign : report.samples)
        found.images.push_back({split.members[static_cast<std::size_t>(sign.nearest.index)], sign.nearest.distance,
            sign.ratio, sign.isSuspicious, sign.isCopy});
    return found;
}

/// Notes in the project what was learned from what; a training whose note fails has still been done.
void note(study::Project& project, const synthesis::PairRun& run, const PairWish& wish)
{
    (void)project.setDataSet({run.data, wish.data.data.string(), {}, run.dataFingerprint});
    (void)project.setRun({run.folder.filename().string(), "pair: " + run.network, run.data, run.started, "{}"});
}

/// Not marked into a training set, else marked.
Result<std::int64_t> handOut(
    files::ReaderPool& readers, const GeneratorModel& generator, const Handout& handout, const Monitor& monitor)
{
    synthesis::SampledImages wanted{{handout.label}, handout.count, handout.seed};
    if (handout.label < 0) {
        wanted.labels.resize(generator.classes.size());
        std::iota(wanted.labels.begin(), wanted.labels.end(), 0);
        wanted.count *= std::ssize(generator.classes);
    }
    synthesis::SyntheticJob job;
    job.folder = handout.folder;
    job.provenance = synthesis::provenanceOf(generator, wanted);
    job.make = TRY(synthesis::imagesOf(generator, wanted));
    if (handout.form == Handout::Form::TrainingSet)
        return TRY(synthesis::writeSyntheticFolder(job, monitor)).images;
    synthesis::ExportOptions options;
    options.format = handout.form == Handout::Form::Png     ? synthesis::ExportFormat::Png
                     : handout.form == Handout::Form::Nifti ? synthesis::ExportFormat::Nifti
                                                            : synthesis::ExportFormat::Dicom;
    options.spacing = generator.frame.preprocessing.spacing;
    return TRY(synthesis::exportSynthetic(readers, job, options, monitor)).images;
}

void addSampling(SynthesisCore& core)
{
    core.generator = [](const fs::path& file) { return synthesis::readGenerator(file); };
    core.make = [](const GeneratorModel& model, const std::vector<synthesis::Sampler::Wish>& wishes,
                    const Monitor& monitor) -> Result<MadeImages> {
        auto sampler = TRY(synthesis::Sampler::make(model.graph, nullptr, model.frame, 0));
        return sampler.make(wishes, monitor);
    };
    core.between = [](const GeneratorModel& model, const synthesis::Sampler::Wish& from,
                       const synthesis::Sampler::Wish& to, std::int64_t count,
                       const Monitor& monitor) -> Result<MadeImages> {
        auto sampler = TRY(synthesis::Sampler::make(model.graph, nullptr, model.frame, 0));
        return sampler.between(from, to, count, monitor);
    };
    core.resemblances = resemblancesOf;
}

} // namespace

SynthesisCore synthesisCore(
    files::ReaderPool& readers, OpenProject project, std::function<Result<fs::path>(const Monitor&)> sample)
{
    SynthesisCore core;
    core.open = [&readers](const learning::DataRequest& request, std::int64_t size, const Monitor& monitor) {
        return synthesis::openForPair(readers, request, size, monitor);
    };
    core.train = [project](const learning::DataSet& data, const synthesis::PairRequest& request,
                     const Monitor& monitor) -> Result<synthesis::PairRun> {
        auto run = TRY(synthesis::trainPair(data, request, monitor));
        if (const auto record = readRecord(request.folder); record && record->wish)
            note(*TRY(project()), run, *record->wish);
        return run;
    };
    core.runs = [project](const Monitor& monitor) { return readRuns(project, monitor); };
    core.runsFolder = [project]() -> Result<fs::path> { return TRY(project())->runsFolder(); };
    core.sample = std::move(sample);
    core.labels = [project]() -> Result<std::vector<learning::GivenLabel>> {
        return learning::labelsOf(*TRY(project()));
    };
    core.moments = [&readers](const PairRecord& record, const Monitor& monitor) {
        return readMoments(readers, record, monitor);
    };
    core.judge = [](const GeneratorModel& model, const fs::path& folder, const learning::DataSet& data,
                     const Monitor& monitor) { return synthesis::judgeGenerator(model, folder, data, {}, monitor); };
    core.trial = [](const learning::DataSet& data, const fs::path& folder, const synthesis::TrialOptions& options,
                     const Monitor& monitor) { return synthesis::runTrial(data, folder, options, monitor); };
    core.handOut = [&readers](const GeneratorModel& model, const Handout& handout, const Monitor& monitor) {
        return handOut(readers, model, handout, monitor);
    };
    addSampling(core);
    return core;
}

} // namespace hounsfield::synthesising
