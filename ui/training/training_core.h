#pragma once

#include "core/base/monitor.h"
#include "core/files/reader_client.h"
#include "core/learning/data_set.h"
#include "core/learning/run_folder.h"
#include "core/learning/training.h"
#include "core/study/project.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hounsfield::training {

using RunPointer = std::shared_ptr<const learning::Run>;
using DataPointer = std::shared_ptr<const learning::DataSet>;

/// What the training page asks of core. Called from background threads (`labels` too); a test may hand in others.
struct TrainingCore {
    std::function<Result<learning::DataSet>(const learning::DataRequest&, const Monitor&)> open;
    std::function<Result<learning::Run>(const learning::DataSet&, const learning::TrainingRequest&, const Monitor&)>
        train;
    /// Finished runs, newest first.
    std::function<Result<std::vector<RunPointer>>(const Monitor&)> runs;
    /// The folder in which runs get folders of their own.
    std::function<Result<std::filesystem::path>()> runsFolder;
    /// Pictures of cases for the gallery.
    std::function<Result<files::ReaderPool::ImageSet>(const files::ImageSetRequest&, const Monitor&)> images;
    /// Makes the built-in labelled sample where it is not there yet; returns its folder.
    std::function<Result<std::filesystem::path>(const Monitor&)> sample;
    /// The labels a person gave, as they are saved now.
    std::function<Result<std::vector<learning::GivenLabel>>()> labels;
    std::function<Result<void>(const study::Label&)> setLabel;
};

/// Gives the project of the user; opens it on first use. Any thread.
using OpenProject = std::function<Result<std::shared_ptr<study::Project>>()>;

/// The real core, `readers` outlive it: readers, trainer, run folders and the user's project.
/// @param sample  the folder in which the built-in labelled radiographs are, or are made when they are asked for
TrainingCore trainingCore(files::ReaderPool& readers, OpenProject project, std::filesystem::path sample);

} // namespace hounsfield::training
