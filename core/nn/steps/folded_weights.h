#pragma once

#include "core/nn/steps/step.h"

namespace hounsfield::nn {

/// Weights and bias of a convolution, with the normalisation by running statistics that follows it folded in where the
/// plan found one.
class FoldedWeights {
  public:
    /// @param channels  that are made; @param inner  weights side by side that make the same one
    FoldedWeights(Program& program, const PlannedStep& planned, std::int64_t channels, std::int64_t inner);

    void prepare();
    bool isFolded() const { return m_normalization; }
    /// Before the weights are packed.
    void fold() const;
    const float* weights() const;
    const float* bias() const; ///< null: none

  private:
    Program& m_program;
    const Node* m_normalization;
    int m_weight, m_ownBias;
    std::int64_t m_channels, m_inner;
    int m_scaled = -1, m_shift = -1;
};

} // namespace hounsfield::nn
