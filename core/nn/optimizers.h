#pragma once

#include "core/base/result.h"
#include "core/nn/weights.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace hounsfield::nn {

struct OptimizerOptions {
    enum class Kind { Sgd, Adam, AdamW };
    Kind kind = Kind::Adam;
    double momentum = 0.9;  ///< of Sgd; 0: none
    bool isNesterov = true; ///< of Sgd
    double beta1 = 0.9;     ///< of Adam and AdamW
    double beta2 = 0.999;   ///< of Adam and AdamW
    double epsilon = 1e-7;  ///< of Adam and AdamW, added to the root of the corrected second moment
    double weightDecay = 0; ///< of entries with isDecayed. Sgd, Adam: added to the gradient; AdamW: apart from it
};

/// Turns gradients into new weights, a block at a time. The state lies in flat blocks like Weights::values().
/// Sgd as in PyTorch (Sutskever et al. 2013, without dampening); Adam: Kingma and Ba 2015; AdamW: Loshchilov and Hutter
/// 2019.
class Optimizer {
  public:
    Optimizer(std::shared_ptr<Weights> weights, OptimizerOptions options);

    /// Before each step. @param number of the step, from 1; a step that was stopped is given its number again.
    void beginStep(std::int64_t number, double rate);
    /// As Executor::Update: elements begin … begin + gradient.size() − 1. Threads may call it for ranges that are
    /// apart.
    void update(std::int64_t begin, std::span<const float> gradient);

    /// What a later run needs to go on bit for bit, beside the weights and the step number: the moments, one flat block
    /// each (Sgd: velocity; Adam: first and second moment).
    std::span<const std::vector<float>> state() const { return m_moments; }
    /// Errors: BadInput when the blocks do not fit.
    Result<void> restore(std::vector<std::vector<float>> state);

  private:
    void updateEntry(float* weight, std::int64_t begin, const float* gradient, std::int64_t count, bool isDecayed);

    std::shared_ptr<Weights> m_weights;
    OptimizerOptions m_options;
    std::vector<std::vector<float>> m_moments;
    std::span<float> m_values;
    double m_rate = 0;
    double m_correction1 = 1;
    double m_correction2 = 1;
};

} // namespace hounsfield::nn
