#pragma once

#include <QByteArray>

#include "core/nn/executor.h"
#include "core/nn/reference.h"

#include <cstdint>
#include <memory>
#include <vector>

/// What tests need to hold the float, planned, fused path against the double path of the operator table.
namespace hounsfield::nn::test {

/// A network with one batch for it.
struct Bench {
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<Weights> weights;
    Tensor images; ///< or the tokens of texts
    std::vector<std::int32_t> classes;
};
/// Images and classes are drawn; the network's input is `image`, its first output logits.
Bench benchOf(Graph graph, std::int64_t batch);
/// Texts of 1 … `length` words of a vocabulary, padded with 0; the network's input is `tokens`.
Bench textBenchOf(Graph graph, std::int64_t batch, std::int64_t length, std::int64_t vocabulary);
PlanRequest requestOf(const Bench& bench, Mode mode, int threads);
/// A training step with softmax cross entropy, whose gradient is only summed.
Executor::Step stepOf(const Bench& bench);
/// Biases and scales away from 0 and 1, so that no gradient is 0 by itself.
void stir(Weights& weights);

/// Values and gradients in double, by the operator table.
struct DoublePath {
    ReferenceRun run;
    double loss = 0;
};
DoublePath doublePathOf(const Bench& bench, bool isTraining);

/// ‖a − b‖ ÷ ‖b‖, a in float, b in double; what is smaller than rounding counts as nothing.
double distance(const Tensor& a, const Tensor& b);
/// The weights whose gradient after `train` is farther from the double path than the bar, as a sentence; empty: none.
QByteArray gradientsBeyond(double bar, const Bench& bench, const Executor& executor, const DoublePath& path);

/// The instruction set that HOUNSFIELD_LEVEL asks for and the machine lacks; empty where it is there.
QByteArray missingLevel();
/// The one that was loaded, and the one asked for where one is.
QByteArray loadedLevel();
QByteArray wantedLevel();

} // namespace hounsfield::nn::test
