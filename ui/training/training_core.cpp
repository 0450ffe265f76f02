#include "ui/training/training_core.h"

#include "core/learning/project_labels.h"
#include "core/learning/sample_set.h"

namespace hounsfield::training {

namespace {

/// A half-written sample is not taken for a whole one: it is made beside its place.
Result<std::filesystem::path> madeSample(const std::filesystem::path& folder, const Monitor& monitor)
{
    std::error_code problem;
    if (std::filesystem::exists(folder, problem))
        return folder;
    std::filesystem::path beside = folder;
    beside += ".new";
    std::filesystem::remove_all(beside, problem);
    TRY(learning::writeSampleFolder(beside / "train", {.seed = 1}, 0, 600, monitor.part(0, 0.6)));
    TRY(learning::writeSampleFolder(beside / "test", {.seed = 2}, 0, 400, monitor.part(0.6, 1)));
    std::filesystem::rename(beside, folder, problem);
    if (problem)
        return environment(text("training", "The sample cannot be put in its place: %1.").with(problem.message()),
            folder.string(), text("training", "See that there is room and permission in this folder."));
    return folder;
}

/// Notes in the project what was learned from what; a training whose note fails has still been done.
void note(study::Project& project, const learning::Run& run, const std::filesystem::path& data)
{
    const auto& best = run.test ? run.test : run.validation;
    const std::string figures = best ? learning::jsonOf(*best, run.classes) : "{}";
    (void)project.setDataSet({run.data, data.string(), {}, run.dataFingerprint});
    (void)project.setRun({run.folder.filename().string(), run.network, run.data, run.started, figures});
}

Result<std::vector<RunPointer>> readRuns(const OpenProject& project, const Monitor& monitor)
{
    const auto folders = learning::listRuns(TRY(project())->runsFolder());
    std::vector<RunPointer> runs;
    for (std::size_t i = 0; i < folders.size(); ++i) {
        TRY(monitor.at(text("training", "Reading earlier trainings"), double(i) / double(folders.size())));
        // A run that cannot be read is left where it is and not listed; the others are.
        if (auto run = learning::readRun(folders[i]))
            runs.push_back(std::make_shared<const learning::Run>(std::move(*run)));
    }
    return runs;
}

} // namespace

TrainingCore trainingCore(files::ReaderPool& readers, OpenProject project, std::filesystem::path sample)
{
    TrainingCore core;
    core.open = [&readers](const learning::DataRequest& request, const Monitor& monitor) {
        return learning::openDataSet(readers, request, monitor);
    };
    core.train = [project](const learning::DataSet& data, const learning::TrainingRequest& request,
                     const Monitor& monitor) -> Result<learning::Run> {
        auto run = TRY(learning::trainClassifier(data, request, monitor));
        note(*TRY(project()), run, data.cases.empty() ? std::filesystem::path() : data.cases.front().source.path);
        return run;
    };
    core.runs = [project](const Monitor& monitor) { return readRuns(project, monitor); };
    core.runsFolder = [project]() -> Result<std::filesystem::path> { return TRY(project())->runsFolder(); };
    core.images = [&readers](const files::ImageSetRequest& request, const Monitor& monitor) {
        return readers.readImages(request, monitor);
    };
    core.sample = [sample = std::move(sample)](const Monitor& monitor) { return madeSample(sample, monitor); };
    core.labels = [project]() -> Result<std::vector<learning::GivenLabel>> {
        return learning::labelsOf(*TRY(project()));
    };
    core.setLabel = [project](const study::Label& label) -> Result<void> { return TRY(project())->setLabel(label); };
    return core;
}

} // namespace hounsfield::training
