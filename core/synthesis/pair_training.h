#pragma once

#include "core/base/options.h"
#include "core/learning/training.h"
#include "core/synthesis/adversarial_pair.h"
#include "core/synthesis/generator.h"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::synthesis {

/// Every option of a training of a pair: the command line, the form of the window and run.json are made from this
/// table.
std::vector<Option> pairTrainingOptions();
/// All options: what was given, else the table's. Errors: BadInput naming the option.
Result<OptionValues> pairTrainingValues(const std::map<std::string, std::string>& given);

/// What the averaged generator is worth at one moment, against members at equal count and class mix, and how the steps
/// since the evaluation before went (means).
struct PairEvaluation {
    std::int64_t step = 0;
    double seconds = 0; ///< of training so far, all sittings
    double kid = 0, kidDeviation = 0, fid = 0;
    double precision = 0, recall = 0, density = 0, coverage = 0;
    double recognised = 0; ///< share that the real-data classifier reads as meant
    double generatorLoss = 0, discriminatorLoss = 0, realScore = 0, madeScore = 0;
    bool operator==(const PairEvaluation&) const = default;
};

/// One step, for the live view.
struct PairStepEvent {
    std::int64_t step = 0, steps = 0; ///< of the whole training; 0: only time ends it
    PairFigures figures;
    double imagesPerSecond = 0; ///< real images
    double secondsLeft = 0;
};

/// Called from the training thread.
struct PairEvents {
    std::function<void(const PairStepEvent&)> onStep;
    /// With images of the same noise each time, `gridImages` of each class in turn.
    std::function<void(const PairEvaluation&, const MadeImages& grid)> onEvaluation;
};
inline constexpr std::int64_t gridImages = 8;

struct PairRequest {
    std::string network = "dcgan";
    std::int64_t size = 32;
    std::map<std::string, std::string> options;    ///< given ones of `pairTrainingOptions`
    std::map<std::string, std::string> classifier; ///< of `trainingOptions`, for the classifier whose features judge
    std::filesystem::path folder;                  ///< the run's own
    learning::Existing existing = learning::Existing::Refuse;
    std::string version; ///< of the program
    PairEvents events;
};

/// A finished training. Its folder holds generator.onnx, discriminator.onnx, state.onnx, run.json, metrics.jsonl and
/// features/, the run of the classifier whose features judge.
struct PairRun {
    enum class Ending { Finished, Stopped, Alarm };
    std::filesystem::path folder;
    std::string network, data, version, started, finished;
    std::map<std::string, std::string> options;
    std::int64_t size = 32;
    std::vector<std::string> classes;
    std::vector<std::int64_t> membersPerClass;
    std::int64_t members = 0, heldBack = 0;
    std::string features; ///< whose features, for people
    std::string dataFingerprint, splitHash, splitRule;
    std::int64_t steps = 0, keptStep = 0;
    double secondsTraining = 0, imagesPerSecond = 0;
    Ending ending = Ending::Finished;
    Text alarm, advice; ///< of an ending by alarm; of a run just trained, notes hold them too
    std::vector<PairEvaluation> evaluations;
    std::vector<std::string> notes;

    /// The kept one. Null before the first.
    const PairEvaluation* kept() const;
};

/// Trains the classifier whose features judge, then the pair, until the steps or minutes asked for are over, an alarm
/// stops it or the Monitor does; keeps the generator with the least kernel distance (KID). Only members of the split
/// are seen by the pair. Bits do not depend on threads, nor on being killed and resumed.
/// Errors: BadInput (one class, a class without training images, options, a folder that is there, an alarm before the
/// first evaluation …), Environment, Cancelled when stopped before the first evaluation.
Result<PairRun> trainPair(const learning::DataSet& data, const PairRequest& request, const Monitor& monitor);

/// What is said of a training on few images; none where there are enough.
std::optional<Text> warningOfFew(const PairRun& run);

/// run.json of a folder. Errors: BadInput, Environment.
Result<PairRun> readPairRun(const std::filesystem::path& folder);
std::string jsonOf(const PairRun& run);
std::string jsonOf(const PairEvaluation& evaluation);

} // namespace hounsfield::synthesis
