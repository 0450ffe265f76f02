#pragma once

#include "core/base/result.h"
#include "core/learning/metrics.h"

#include <cstdint>
#include <vector>

namespace hounsfield::learning {

/// What a model said of cases that may have any number of labels at once.
struct LabelScores {
    std::int64_t labels = 0;
    std::vector<float> probabilities; ///< cases × labels
    std::vector<std::uint8_t> truth;  ///< cases × labels, 0 or 1
    std::vector<std::int64_t> units;  ///< patient of each case, for the bootstrap

    std::int64_t count() const { return static_cast<std::int64_t>(units.size()); }
};

/// Figures of one label. None where the cases all have it or all lack it.
struct LabelFigures {
    std::int64_t positives = 0;
    Figure auc;              ///< under the ROC curve, ties by half
    Figure averagePrecision; ///< Σ (recall gained) × precision over distinct scores, without interpolation
    Figure f1;               ///< 0 when nothing is called
};

/// Means over the labels that have figures; microF1 counts the calls of all labels together. In a difference of two
/// models the value is the second's less the first's.
struct LabelMeans {
    Figure macroAuc, meanAveragePrecision, macroF1, microF1;
};

struct LabelMetrics {
    std::int64_t n = 0;
    double threshold = 0.5; ///< of all labels: called at a probability ≥ threshold
    std::vector<LabelFigures> perLabel;
    LabelMeans means;
};

/// @param resamples  of the unit-level bootstrap for the intervals; 0: no intervals
LabelMetrics computeLabelMetrics(
    const LabelScores& scores, double threshold, int resamples = 1000, std::uint64_t seed = 1);

/// A model's scores and the threshold it calls at.
struct JudgedScores {
    const LabelScores& scores;
    double threshold = 0.5;
};

/// What the second model gains over the first on the same cases, with intervals from resamples that both share.
/// Errors: BadInput when cases, truth or units differ.
Result<LabelMeans> computeGain(
    const JudgedScores& first, const JudgedScores& second, int resamples = 1000, std::uint64_t seed = 1);

/// The threshold for all labels with the best micro F1, of 0.02, 0.03 … 0.97; the lowest of equal ones.
double globalThreshold(const LabelScores& validation);

/// For cases of one class each, the most probable of which is called.
struct ClassMeans {
    Figure accuracy;
    Figure macroF1; ///< over the classes that have cases
};
/// @param resamples  as computeLabelMetrics
ClassMeans figuresByMostProbable(const LabelScores& scores, int resamples = 0, std::uint64_t seed = 1);

} // namespace hounsfield::learning
