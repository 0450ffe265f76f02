#pragma once

#include "core/base/result.h"
#include "core/learning/bootstrap.h"
#include "core/learning/metrics.h"

#include <string>

namespace hounsfield::synthesis {

/// One way of training, tried with several seeds and judged on the same locked test cases.
struct TrialRow {
    std::string name;
    std::vector<learning::Scores> seeds; ///< one a seed: the probabilities of the test cases, their truth and patient
};

struct RowFigures {
    std::vector<double> auc;                    ///< one a seed; mean over the classes as macroAreaUnderCurve has it
    double mean = 0;                            ///< over the seeds
    std::optional<learning::Interval> interval; ///< 95 % of the mean by Student's t; none with one seed
};

/// Errors: BadInput when there is no seed, the seeds have other cases, or no class has cases on both sides.
Result<RowFigures> figuresOf(const TrialRow& row);

/// Two rows of one trial. Seed k of the one is paired with seed k of the other.
struct Comparison {
    const TrialRow& tried;
    const TrialRow& control;
};

enum class Use { Helped, DidNotHelp, Harmed };

struct UseVerdict {
    double difference = 0; ///< mean AUC of the tried row less the control's
    /// 95 %. Both sources of chance add as variances: which patients were tested (paired bootstrap of patients, each
    /// resample over all seeds of both rows) and how the trainings fell out (Student's t over the seeds' differences).
    learning::Interval interval;
    Use use = Use::DidNotHelp; ///< helped or harmed only when the interval leaves out 0
    Text sentence;
};

/// Errors: BadInput as figuresOf says, when the rows differ in seeds, cases, truth or patients, or no
/// resample has both classes.
Result<UseVerdict> judgeUse(const Comparison& rows, int resamples = 2000, std::uint64_t seed = 1);

} // namespace hounsfield::synthesis
