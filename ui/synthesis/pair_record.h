#pragma once

#include <QByteArray>
#include <QImage>

#include "core/learning/data_set.h"
#include "core/synthesis/judgement.h"
#include "core/synthesis/pair_training.h"
#include "core/synthesis/trial.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::synthesising {

/// What a training of a pair was asked for. Kept in the run's folder, so that it can go on after an interruption and
/// its data be found again.
struct PairWish {
    std::string network = "dcgan";
    std::int64_t size = 32;
    std::map<std::string, std::string> options; ///< those that were changed
    learning::DataRequest data;                 ///< paths alone; labels are read anew
    bool operator==(const PairWish& other) const;
};

/// The samples of one evaluation: the same noise each time, some images of each class in turn.
struct Moment {
    std::int64_t step = 0;
    std::vector<QImage> images;
    std::int64_t perClass = 1;
};

/// What a reader answered in the blind test, once.
struct BlindScore {
    std::int64_t images = 0;
    std::int64_t right = 0;
    std::string when; ///< ISO 8601
    bool operator==(const BlindScore&) const = default;
};

/// A run folder of a pair as the page knows it.
struct PairRecord {
    std::filesystem::path folder;
    std::optional<synthesis::PairRun> run;               ///< none: interrupted before it had one
    std::optional<PairWish> wish;                        ///< none: trained elsewhere
    std::optional<synthesis::GeneratorJudgement> judged; ///< none: not yet
    std::optional<synthesis::TrialResult> trial;         ///< none: not yet; without scores
    std::vector<BlindScore> blind;

    std::filesystem::path otherGenerator; ///< a file of another name, opened alone

    std::string name() const { return folder.filename().string(); }
    std::filesystem::path generator() const
    {
        return otherGenerator.empty() ? folder / "generator.onnx" : otherGenerator;
    }
};
using RunPointer = std::shared_ptr<const PairRecord>;

/// Reads what is there. Errors: BadInput when it is no run folder of a pair, or cannot be understood.
Result<PairRecord> readRecord(const std::filesystem::path& folder);

/// Each writes one file of the folder, old or new. Errors: Environment.
Result<void> keep(const std::filesystem::path& folder, const PairWish& wish);
Result<void> keep(const std::filesystem::path& folder, const synthesis::GeneratorJudgement& judged);
Result<void> keep(const std::filesystem::path& folder, const synthesis::TrialResult& trial);
Result<void> keep(const std::filesystem::path& folder, const std::vector<BlindScore>& blind);
/// The samples of an evaluation as one picture, a row a class.
Result<void> keep(const std::filesystem::path& folder, const Moment& moment);

/// Files of kept moments by step, and a picture cut into its images again.
std::map<std::int64_t, std::filesystem::path> momentFiles(const std::filesystem::path& folder);
Moment momentOf(std::int64_t step, const QImage& picture, std::int64_t classes);

} // namespace hounsfield::synthesising
