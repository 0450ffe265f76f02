#pragma once

#include "core/learning/metrics.h"
#include "core/learning/model_file.h"
#include "core/learning/trainer.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// One case of predictions.csv.
struct Prediction {
    std::string name; ///< Case::name
    Part part = Part::Test;
    int label = 0;
    int called = 0;
    std::vector<float> probabilities;
    std::string pixelHash, uid; ///< Case's
    std::string patient;
    std::int64_t unit = 0; ///< patient (else study, else file), for the bootstrap
    files::Source source;  ///< where the image was, to open it again
};

/// Everything a run folder holds, as the window and `summary.html` show it. Written whole at the end of a training
/// (a stopped one included); state.onnx alone is the truth while it runs.
struct Run {
    std::filesystem::path folder;
    std::string network, data, started, finished, version;
    std::map<std::string, std::string> options; ///< all, with seed
    std::vector<std::string> classes;
    std::string dataFingerprint, splitHash;
    std::string splitRule;                         ///< English sentence
    std::vector<std::string> notes;                ///< warnings and remarks, English
    std::vector<std::vector<std::int64_t>> counts; ///< class × part
    std::vector<std::int64_t> synthetic;           ///< of each class, among its training images
    std::int64_t epochs = 0;                       ///< done
    std::int64_t keptEpoch = 0;
    Ending ending = Ending::Finished;
    double secondsReading = 0, secondsTraining = 0, imagesPerSecond = 0;
    double threshold = 0.5;
    bool hasChosenThreshold = false;
    std::vector<EpochRecord> history;
    std::optional<Metrics> validation, test;
    std::vector<Prediction> predictions; ///< of validation and test cases
};

/// The one sentence of a run: what it can be trusted with.
Text verdictOf(const Run& run);

/// Writes model.onnx, metrics.jsonl, run.json, predictions.csv and summary.html, each old or new.
/// @param model  the exported graph; Errors: Environment.
Result<void> writeRun(const Run& run, const nn::Graph& model);

/// metrics.jsonl while training: one line an epoch.
Result<void> writeHistory(const std::filesystem::path& folder, const std::vector<EpochRecord>& history);

/// Reads a run folder back. Errors: BadInput (what is missing or wrong), Environment.
Result<Run> readRun(const std::filesystem::path& folder);

/// Scores of one part as they stand in the run's predictions.
Scores scoresOf(const Run& run, Part part);

/// Run folders below a folder, newest first; what is no run is passed over.
std::vector<std::filesystem::path> listRuns(const std::filesystem::path& folder);

/// JSON of metrics as in the answers of `train` and `evaluate`.
std::string jsonOf(const Metrics& metrics, const std::vector<std::string>& classes);

} // namespace hounsfield::learning
