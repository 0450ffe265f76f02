#pragma once

#include "core/nn/executor.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hounsfield::nn {

/// Of softmax cross entropy.
struct CrossEntropyOptions {
    double labelSmoothing = 0;       ///< ε: target (1 − ε) · one-hot + ε / classes
    std::vector<float> classWeights; ///< empty: all 1; the mean is weighted by the weight of each sample's class
};

/// The losses of a training step on the first output, N × outputs, made of logits. The targets are those of the whole
/// batch; the memory they lie in is the caller's, must outlive the loss, and may hold another batch at the next step.
/// Sums are made in double, in the order of the samples.

/// Classes 0 … outputs − 1, one a sample.
Executor::Loss softmaxCrossEntropy(std::span<const std::int32_t> classes, CrossEntropyOptions options = {});
/// Targets 0 … 1, N × outputs: multi-label, mean over samples and labels. NaN is an unknown label and counts nothing.
Executor::Loss binaryCrossEntropy(std::span<const float> targets);
/// Targets N × outputs: mean over samples and outputs of the squared difference.
Executor::Loss meanSquaredError(std::span<const float> targets);

/// The same in double, of a whole batch: the mean loss; `gradient` (as long as `output`) gets its gradient.
double softmaxCrossEntropy(std::span<const double> output, std::span<const std::int32_t> classes,
    const CrossEntropyOptions& options, std::span<double> gradient);
double binaryCrossEntropy(std::span<const double> output, std::span<const float> targets, std::span<double> gradient);
double meanSquaredError(std::span<const double> output, std::span<const float> targets, std::span<double> gradient);

} // namespace hounsfield::nn
