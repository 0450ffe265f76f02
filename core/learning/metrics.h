#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// What a model said of labelled cases.
struct Scores {
    int classes = 2;
    std::vector<float> probabilities; ///< cases × classes
    std::vector<int> labels;          ///< one a case
    std::vector<std::int64_t> units;  ///< patient (else study, else file) of each case, for the bootstrap

    std::int64_t count() const { return static_cast<std::int64_t>(labels.size()); }
    double probability(std::int64_t i, int c) const
    {
        return static_cast<double>(probabilities[static_cast<std::size_t>(i * classes + c)]);
    }
};

/// A figure with its 95 % interval and on how many cases it stands; `value` is empty where it is not defined.
struct Figure {
    std::optional<double> value;
    double low = 0;
    double high = 0;
    std::int64_t n = 0;
};

struct ClassFigures {
    Figure sensitivity, specificity, ppv, npv, f1, auc; ///< this class against the rest
};

struct CurvePoint {
    double x = 0;
    double y = 0;
    double threshold = 0;
};

/// What a chosen threshold gives; with more than two classes the most probable is called, and sensitivity and
/// specificity are means over the classes.
struct AtThreshold {
    double threshold = 0.5;
    double accuracy = 0;
    double sensitivity = 0;
    double specificity = 0;
};

/// Everything that is said of a set of scores. With two classes, class 1 is the positive one and is called at a
/// probability ≥ threshold; with more the most probable class is called.
struct Metrics {
    std::int64_t n = 0;
    std::int64_t units = 0;
    double threshold = 0.5;
    Figure accuracy, balancedAccuracy, auc; ///< auc: one against rest, mean over the classes that are there
    std::vector<ClassFigures> perClass;
    std::vector<std::vector<std::int64_t>> confusion; ///< [truth][called]
    double ece = 0; ///< expected calibration error, 15 bins of the called class's probability (Guo et al. 2017)
    double crossEntropy = 0;
    std::optional<AtThreshold> chosen; ///< beside the figures above, which are at 0.5: set by who knows the model's own
};

/// @param resamples  of the patient-level bootstrap (Efron 1979, percentiles); 0: no intervals
Metrics computeMetrics(const Scores& scores, double threshold = 0.5, int resamples = 1000, std::uint64_t seed = 1);

AtThreshold figuresAt(const Scores& scores, double threshold);

/// The class that is called: see Metrics.
int calledClass(const Scores& scores, std::int64_t i, double threshold);

/// Area under the ROC curve of one class against the rest, ties by half (Mann–Whitney). Empty without both kinds.
std::optional<double> areaUnderCurve(const Scores& scores, int c);
/// Mean over the classes for which it is defined.
std::optional<double> macroAreaUnderCurve(const Scores& scores);

/// x: 1 − specificity, y: sensitivity; from (0, 0) to (1, 1), one point a distinct score.
std::vector<CurvePoint> rocCurve(const Scores& scores, int c);
/// x: sensitivity (recall), y: PPV (precision).
std::vector<CurvePoint> precisionRecallCurve(const Scores& scores, int c);

/// The threshold on class 1 nearest to 0.5 among those whose balanced accuracy is within one standard error of the
/// best: validation that is nearly separable has a wide plateau, whose other points say nothing. 0.5 without both
/// classes or with more than two.
double chooseThreshold(const Scores& validation);

} // namespace hounsfield::learning
