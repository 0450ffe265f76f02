#pragma once

#include "core/learning/metrics.h"
#include "core/synthesis/pair_training.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hounsfield::synthesis {

struct TrialOptions {
    std::string network = "dcgan";
    std::int64_t size = 32;
    std::int64_t perClass = 50; ///< real training images of each class
    std::int64_t seeds = 5;     ///< repetitions, each with images drawn anew
    std::int64_t ratio = 2;     ///< made (or repeated) images for each real one
    std::int64_t pairSteps = 3000;
    std::int64_t classifierSteps = 600; ///< of every classifier
    std::uint64_t splitSeed = 1;        ///< of the parts; the test part is the same in all repetitions
    int threads = 0;
    std::string version; ///< of the program
};

/// The classifiers that are compared, each trained for the same number of steps and tested on the same patients.
enum class TrialArm {
    Real,        ///< the real images alone
    Repeated,    ///< each as often as made ones would be added: the control of mere repetition
    Classic,     ///< the real images, changed at random (rotation, shift, zoom …): the control of common practice
    Made,        ///< real and made images
    ClassicMade, ///< real and made images, changed at random
    MadeAlone    ///< made images alone
};
inline constexpr int trialArms = 6;
std::string nameOf(TrialArm arm); ///< "real", "repeated", "classic", "made", "classic+made", "made alone"

/// What a trial came to. The question is whether made images help beside common practice: classic+made less classic.
struct TrialResult {
    std::vector<std::vector<learning::Scores>> scores; ///< [arm][seed], of the locked test patients
    std::vector<learning::Figure> auc;                 ///< of each arm: mean over the seeds and its interval
    learning::Figure difference;
    Text verdict; ///< one sentence
    std::vector<std::string> notes;
};

/// Draws `perClass` training images of each class for every seed, trains a pair on them and the classifiers; a
/// repetition that is finished in the folder is not made again. Errors: as trainPair; BadInput when a class has fewer
/// images or there is no test part; Cancelled.
Result<TrialResult> runTrial(const learning::DataSet& data, const std::filesystem::path& folder,
    const TrialOptions& options, const Monitor& monitor);

/// {"rows":[{"name","auc","ci"}],"difference":[d,lo,hi],"verdict"}
std::string jsonOf(const TrialResult& result);

} // namespace hounsfield::synthesis
