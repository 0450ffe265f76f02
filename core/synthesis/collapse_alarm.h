#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::synthesis {

/// What one step of training shows, before the generator's weights change.
struct StepSigns {
    double realScore = 0; ///< mean of D over the real images of the batch
    double fakeScore = 0; ///< mean of D over the made ones
    double discriminatorLoss = 0;
    double generatorLoss = 0;
    double gradientNorm = 0; ///< of the generator
};

/// How much 64 samples of one class differ, and 64 real images of it: see pixelVariance.
struct ClassVariance {
    double real = 0;
    double samples = 0;
    std::string name; ///< of the class
};

/// What one evaluation shows.
struct EvaluationSigns {
    std::int64_t step = 0;
    std::vector<ClassVariance> classes;
    double coverage = 0;
};

enum class AlarmAction {
    None,
    SkipStep, ///< leave the generator's weights as they are and go on
    Stop      ///< end the training; the best checkpoint stands
};

struct Alarm {
    AlarmAction action = AlarmAction::None;
    Text reason; ///< empty without an alarm
    Text advice;
};

/// Everything the alarms remember between steps: numbers, saved with a checkpoint.
struct AlarmState {
    std::array<double, 101> norms{}; ///< the generator's last gradient norms, in a ring
    std::int64_t normCount = 0;      ///< norms ever taken in
    std::int64_t skipped = 0;        ///< steps skipped so far
    /// The last five blocks of 100 steps, oldest first: mean of D(real) − D(made), mean loss of the generator.
    std::array<double, 5> gaps{}, losses{};
    std::int64_t blocks = 0; ///< ever completed
    double gapSum = 0, lossSum = 0;
    std::int64_t inBlock = 0; ///< steps in the sums
    double bestCoverage = 0;

    bool operator==(const AlarmState&) const = default;
};

/// One step. Stops when a sign is not finite; when D has won: in each of five blocks of 100 steps real and made are
/// more than 2 apart and the generator's loss grows from block to block, by more than 1 in all (a healthy hinge
/// training may keep them 2 apart, but its loss only goes up and down); and at the tenth step whose gradient norm is
/// more than 100 times the median of the last 101. Each of these is to be skipped and counts for nothing else.
Alarm alarmAtStep(AlarmState& state, const StepSigns& signs);

/// One evaluation. Stops when a sign is not finite; when, from step 500 on, the samples of a class differ less than
/// 20 % of what the real images of it do; and when coverage is below half its best, once that was 0.2 or more.
Alarm alarmAtEvaluation(AlarmState& state, const EvaluationSigns& signs);

/// For a checkpoint: a training that goes on from these numbers gives the same alarms.
std::vector<double> numbersOf(const AlarmState& state);
/// Errors: BadInput when they are not as many as numbersOf gives.
Result<AlarmState> alarmStateOf(std::span<const double> numbers);

/// Mean over the pixels of the variance between images, with n − 1.
/// @param pixels  images × pixels; 2 images at least
double pixelVariance(std::span<const float> pixels, std::int64_t images);

} // namespace hounsfield::synthesis
