#pragma once

#include "core/synthesis/copies.h"
#include "core/synthesis/generator.h"
#include "core/synthesis/measures.h"
#include "core/synthesis/real_floor.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::synthesis {

struct JudgementOptions {
    std::int64_t most = 1000;       ///< images a side at most
    std::int64_t copySamples = 500; ///< that are searched for copies
    std::uint64_t seed = 1;
    int threads = 0;
    bool isTraining = true; ///< whether a classifier is trained on made images alone
};

/// Everything that is said of a generator. Figures of features are against the real training part at equal count and
/// mix of classes; the test part was never used to choose anything. What could not be measured is absent, with the
/// reason in `missing` under its key.
struct GeneratorJudgement {
    std::int64_t n = 0;   ///< images a side
    std::string features; ///< whose
    std::optional<Measures> measures;
    std::optional<RealFloor> floor;      ///< real training images against others of them
    std::optional<Measures> trainToTest; ///< real training images against real test images
    std::optional<double> recognised;    ///< share that the real-data classifier reads as meant
    learning::Figure tstr;               ///< AUC on real test images of a classifier trained on made images alone
    learning::Figure trtr;               ///< of the one trained on the real training part
    learning::Figure copies;             ///< share of copies among the samples, Wilson's interval
    double copiesOfHeldOut = 0;          ///< the same share of real images that were never seen
    learning::Figure membership; ///< AUC of the discriminator's score, members against training patients held back
    std::map<std::string, Text> missing;
};

/// Above this interval-free figure, samples are not added to a training set.
inline constexpr double mostMembership = 0.60;

/// @param folder  the run's: its classifier's features, discriminator and split are needed for most figures
/// @param data    what the generator was trained on, opened by openForPair
/// Errors: BadInput when the data do not fit the generator; Cancelled.
Result<GeneratorJudgement> judgeGenerator(const GeneratorModel& generator, const std::filesystem::path& folder,
    const learning::DataSet& data, const JudgementOptions& options, const Monitor& monitor);

/// As `synthesise judge` answers.
std::string jsonOf(const GeneratorJudgement& judgement);

} // namespace hounsfield::synthesis
