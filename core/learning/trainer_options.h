#pragma once

#include "core/base/options.h"
#include "core/learning/trainer.h"

namespace hounsfield::learning {

/// The trainer's part of `trainingOptions` and `textOptions`.
TrainerOptions trainerOptions(const OptionValues& options);

/// The option `threads`; all processors where it is 0.
int threadsFrom(const OptionValues& options);

} // namespace hounsfield::learning
