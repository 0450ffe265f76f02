#pragma once

#include "core/base/monitor.h"
#include "core/base/options.h"
#include "core/learning/data_set.h"
#include "core/learning/run_folder.h"
#include "core/learning/split.h"
#include "core/learning/trainer.h"

#include <filesystem>
#include <map>
#include <string>

namespace hounsfield::learning {

/// What to do with a run folder that is there already.
enum class Existing { Refuse, Resume, Replace };

/// A training of an image classifier, from opened data to a finished run folder.
struct TrainingRequest {
    std::string network = "small-resnet";
    std::map<std::string, std::string> options; ///< given ones of `trainingOptions`
    std::filesystem::path folder;               ///< the run's own
    Existing existing = Existing::Refuse;
    std::string version; ///< of the program
    TrainerEvents events;
};

/// The split a training with these options would use, to be shown before. Errors: BadInput of options.
Result<Split> plannedSplit(
    const DataSet& data, const std::string& network, const std::map<std::string, std::string>& options);

/// The request that reads data at the size this network asks for.
Result<DataRequest> dataRequestFor(
    const std::string& network, const std::map<std::string, std::string>& options, DataRequest request);

/// Whether the folder may be used, asked before hours of reading. Errors: BadInput when a run is there that may not be
/// touched.
Result<void> checkFolder(const TrainingRequest& request);

/// Checks the folder, makes it and writes to it, before hours of training. Errors: as checkFolder; Environment.
Result<void> prepareFolder(const TrainingRequest& request);

/// A run that shall be replaced stays whole until there is a state of the new one to go on from.
class ReplacedRun {
  public:
    explicit ReplacedRun(const TrainingRequest& request);
    /// Removes its files save the state, which is the new run's by now. Does nothing when it was done or nothing is to
    /// be replaced.
    void forget();

  private:
    std::filesystem::path m_folder; ///< empty: nothing to forget
};

/// Splits, trains, chooses the threshold on validation, scores validation and test once, writes the run folder.
/// A run stopped by the Monitor after its first steps returns what was reached (Run::ending Stopped).
/// Errors: BadInput (one class, nothing to train on, a folder that is there already …), Environment, Cancelled when
/// stopped before the first step.
Result<Run> trainClassifier(const DataSet& data, const TrainingRequest& request, const Monitor& monitor);

} // namespace hounsfield::learning
