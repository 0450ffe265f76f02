#pragma once

#include "core/base/monitor.h"
#include "core/nn/executor.h"
#include "core/nn/losses.h"
#include "core/nn/optimizers.h"
#include "core/nn/schedules.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// Case numbers that make one step.
using Batch = std::vector<std::int64_t>;

/// Where samples come from: images, texts, anything with named inputs. All functions are pure, so that a resumed run
/// sees what an uninterrupted one saw; `fill` is called by several threads at once.
struct BatchSource {
    /// Shapes of the inputs of a batch, in ONNX order, batch first.
    std::function<std::map<std::string, nn::Shape>(const Batch&)> shapes;
    std::function<std::vector<Batch>(std::int64_t epoch)> batches;
    /// Where a sample stands: its case, the epoch, and its place in the epoch (a case may be drawn twice).
    struct Draw {
        std::int64_t caseNumber = 0;
        std::int64_t epoch = 0;
        std::int64_t place = 0;
    };
    /// Channels last; whole numbers as floats.
    std::function<void(const std::string& input, const Draw&, std::span<float> data)> fill;
    /// The class of a case; or, of multi-label tasks, its labels (0 or 1, NaN unknown), `labelCount` of them.
    std::function<std::int32_t(std::int64_t caseNumber)> target;
    std::function<void(std::int64_t caseNumber, std::span<float> labels)> labels;
    std::int64_t labelCount = 0; ///< 0: one class a case
};

/// What a validation says.
struct Judgement {
    double figure = 0;                     ///< larger is better; picks the epoch
    std::map<std::string, double> metrics; ///< shown and logged: "validation_loss", "validation_auc" …
};

struct TrainerOptions {
    std::int64_t epochs = 10;
    std::uint64_t seed = 1;
    int threads = 1;
    nn::OptimizerOptions optimizer;
    nn::Schedule schedule; ///< `steps` is set by the trainer
    nn::CrossEntropyOptions loss;
    double clipNorm = 0; ///< 0: no clipping
    double averaging =
        0; ///< decay of the moving average of weights and statistics: min(averaging, (1 + t)/(10 + t)); 0: none
    enum class Keep { Last, Best } keep = Keep::Last; ///< best: by the figure of validation
    std::int64_t patience = 0;                        ///< epochs without a better figure before it stops; 0: never
    double saveSeconds = 10; ///< least time between two states written (the last is always written)
};

/// One finished epoch.
struct EpochRecord {
    std::int64_t epoch = 0; ///< from 1
    std::int64_t step = 0;  ///< steps done so far
    double loss = 0;        ///< mean over the epoch
    double rate = 0;        ///< learning rate at its end
    double seconds = 0;     ///< of its steps
    double samplesPerSecond = 0;
    std::map<std::string, double> metrics;
    bool operator==(const EpochRecord&) const = default;
};

/// One step, for the live view.
struct StepEvent {
    std::int64_t epoch = 0; ///< from 1
    std::int64_t step = 0;  ///< from 1, of the whole training
    std::int64_t steps = 0;
    double loss = 0;
    double samplesPerSecond = 0; ///< over the last second or so
    double secondsLeft = 0;
};

/// Called from the training thread.
struct TrainerEvents {
    std::function<void(const StepEvent&)> onStep;
    std::function<void(const EpochRecord&)> onEpoch;
};

struct TrainerJob {
    std::shared_ptr<const nn::Graph> graph; ///< with starting weights; its first output are the logits
    BatchSource source;
    TrainerOptions options;
    /// Figures of some weights on the validation part; empty: there is none.
    std::function<Result<Judgement>(std::shared_ptr<nn::Weights>, const Monitor&)> validate;
    std::filesystem::path state; ///< state.onnx, written while training; empty: nothing is written
    std::string identity;        ///< hash of everything that decides the weights; a state of another is refused
    bool resume = false;         ///< go on from `state` where it is there
    TrainerEvents events;
    /// After each state written: what else is made from it (metrics.jsonl). May be empty.
    std::function<Result<void>(const std::vector<EpochRecord>&)> onSaved;
};

enum class Ending { Finished, EarlyStop, Stopped, Diverged };

struct TrainerOutcome {
    nn::Graph graph; ///< with the kept weights
    std::vector<EpochRecord> history;
    std::int64_t keptEpoch = 0; ///< 0: stopped within the first
    Ending ending = Ending::Finished;
    std::optional<Error> problem; ///< of a divergence: what happened and what to do
    double secondsTraining = 0;   ///< of the steps alone, validation and writing not counted; over all sittings
    std::int64_t samples = 0;     ///< seen in steps, over all sittings
};

/// Trains until done, stopped (Monitor: the best weights so far are kept), out of patience, or diverged (the last good
/// weights are kept, `problem` says so). Weights are bit for bit the same for any number of threads and for a run that
/// was killed and resumed. Knows neither pixels nor words.
/// Errors: BadInput (a state that does not fit, a graph that does not), Unsupported, Environment (disk), Cancelled when
/// stopped before anything was learned.
Result<TrainerOutcome> runTrainer(const TrainerJob& job, const Monitor& monitor);

} // namespace hounsfield::learning
