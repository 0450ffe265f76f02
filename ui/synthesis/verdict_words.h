#pragma once

#include <QString>

#include "core/learning/metrics.h"
#include "ui/synthesis/pair_record.h"

namespace hounsfield::synthesising {

/// "+0.003, interval −0.010 to +0.016"; a dash where the figure is not defined.
QString differenceText(const learning::Figure& difference);

/// What the trial came to, one sentence: as core says it, else from the difference and its interval.
QString trialSentence(const synthesis::TrialResult& trial);

/// Wilson's interval of a share (Wilson 1927), 95 %.
learning::Figure shareOf(std::int64_t right, std::int64_t of);

} // namespace hounsfield::synthesising
