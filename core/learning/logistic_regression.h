#pragma once

#include "core/base/monitor.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hounsfield::learning {

/// The features of one case that are not zero, in rising order of their index.
struct SparseRow {
    struct Entry {
        std::int32_t index = 0;
        double value = 0;
        bool operator==(const Entry&) const = default;
    };
    std::vector<Entry> entries;
    bool operator==(const SparseRow&) const = default;
};

struct LogisticOptions {
    double c = 1;            ///< weight of the cases' losses against that of the weights' size; above 0
    double tolerance = 1e-5; ///< done when the gradient is this much shorter than at zero weights, times the share of
                             ///< the rarer answer (liblinear's rule)
    int newtonSteps = 1000;  ///< at most, for one label
    int threads = 1;
};

/// One logistic regression a label, each against the rest.
struct LinearModel {
    std::int64_t labels = 0;
    std::int64_t features = 0;
    std::vector<double> weights; ///< labels × (features + 1), the intercept last

    std::span<const double> weightsOf(std::int64_t label) const
    {
        return std::span(weights).subspan(
            static_cast<std::size_t>(label * (features + 1)), static_cast<std::size_t>(features + 1));
    }
    /// One logit a label; features that the model does not know count for nothing.
    std::vector<double> logits(const SparseRow& row) const;
    bool operator==(const LinearModel&) const = default;
};

/// What is learnt from: rows and, for each, one answer (0 or 1) a label.
struct LogisticData {
    std::span<const SparseRow> rows;
    std::span<const std::uint8_t> answers; ///< rows × labels
    std::int64_t labels = 0;
    std::int64_t features = 0; ///< indices are below it
};

/// Logistic regression with the objective of liblinear (Fan et al. 2008): ½‖w‖² + C Σ log(1 + exp(−y wᵀx)), where the
/// intercept is the weight of a feature that is always 1, and y is 1 or −1. Truncated Newton steps with
/// preconditioned conjugate gradients and a line search. The same bits on any number of threads.
/// @param start  weights to begin with, such as those of a smaller C; empty: zero
/// Errors: BadInput when there are no rows, sizes do not match, an index is no feature or C is not above 0; Cancelled.
Result<LinearModel> fitLogistic(const LogisticData& data, const LogisticOptions& options, const Monitor& monitor = {},
    const LinearModel& start = {});

/// 1 / (1 + exp(−logit)), without overflow.
double probabilityOf(double logit);

} // namespace hounsfield::learning
