#pragma once

#include "core/files/reader_client.h"
#include "core/study/project.h"
#include "core/synthesis/copies.h"
#include "core/synthesis/judgement.h"
#include "core/synthesis/pair_training.h"
#include "core/synthesis/trial.h"
#include "ui/synthesis/pair_record.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::synthesising {

using DataPointer = std::shared_ptr<const learning::DataSet>;
using GeneratorPointer = std::shared_ptr<const synthesis::GeneratorModel>;

/// Made images that are shown, each beside the training image it resembles most.
struct Resemblance {
    std::int64_t nearest = -1; ///< case of the data set; −1: not looked for
    double distance = 0;       ///< as synthesis::NearestImage
    double ratio = 1;          ///< to the mean of the 50 nearest
    bool isSuspicious = false;
    bool isCopy = false;
};
struct Resemblances {
    std::vector<Resemblance> images; ///< one a made image
    double limit = 0; ///< distance of real images to their nearest other, its lowest hundredth; 0: unknown
};

/// What is written to a folder: images of a class, numbers `first` on.
struct Handout {
    enum class Form { TrainingSet, Png, Nifti, Dicom };
    Form form = Form::TrainingSet;
    std::filesystem::path folder;
    int label = -1;           ///< −1: all classes
    std::int64_t count = 100; ///< of each class
    std::uint64_t seed = 1;
};

/// What the page asks of core. Called from background threads; a test may hand in others.
struct SynthesisCore {
    std::function<Result<learning::DataSet>(const learning::DataRequest&, std::int64_t size, const Monitor&)> open;
    std::function<Result<synthesis::PairRun>(const learning::DataSet&, const synthesis::PairRequest&, const Monitor&)>
        train;
    /// Trainings of pairs, the newest first; those that were interrupted too.
    std::function<Result<std::vector<RunPointer>>(const Monitor&)> runs;
    /// The folder in which runs get folders of their own.
    std::function<Result<std::filesystem::path>()> runsFolder;
    /// Makes the built-in labelled sample where it is not there yet; returns its folder.
    std::function<Result<std::filesystem::path>(const Monitor&)> sample;
    /// The labels a person gave, as they are saved now.
    std::function<Result<std::vector<learning::GivenLabel>>()> labels;
    /// Pictures of the samples of earlier evaluations in a run's folder, by step.
    std::function<Result<std::vector<Moment>>(const PairRecord&, const Monitor&)> moments;

    std::function<Result<synthesis::GeneratorModel>(const std::filesystem::path& file)> generator;
    std::function<Result<synthesis::GeneratorJudgement>(const synthesis::GeneratorModel&,
        const std::filesystem::path& folder, const learning::DataSet&, const Monitor&)>
        judge;
    std::function<Result<synthesis::TrialResult>(
        const learning::DataSet&, const std::filesystem::path& folder, const synthesis::TrialOptions&, const Monitor&)>
        trial;
    std::function<Result<synthesis::MadeImages>(
        const synthesis::GeneratorModel&, const std::vector<synthesis::Sampler::Wish>&, const Monitor&)>
        make;
    /// Images on the way from the first wish to the second.
    std::function<Result<synthesis::MadeImages>(const synthesis::GeneratorModel&, const synthesis::Sampler::Wish&,
        const synthesis::Sampler::Wish&, std::int64_t count, const Monitor&)>
        between;
    std::function<Result<Resemblances>(const PairRecord&, const learning::DataSet&, const synthesis::GeneratorModel&,
        const synthesis::MadeImages&, const Monitor&)>
        resemblances;
    /// Writes images; returns how many.
    std::function<Result<std::int64_t>(const synthesis::GeneratorModel&, const Handout&, const Monitor&)> handOut;
};

/// Gives the project of the user; opens it on first use. Any thread.
using OpenProject = std::function<Result<std::shared_ptr<study::Project>>()>;

/// The real core, `readers` outlive it.
/// @param sample  makes the built-in sample, as the training page has it
SynthesisCore synthesisCore(files::ReaderPool& readers, OpenProject project,
    std::function<Result<std::filesystem::path>(const Monitor&)> sample);

} // namespace hounsfield::synthesising
