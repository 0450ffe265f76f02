#pragma once

#include "core/nn/steps/step.h"

namespace hounsfield::nn {

/// The weight and bias gradients of a convolution or dense step: a copy a group while weights are small, else one,
/// whose rows are split over tasks. Either way each sum has one order, whatever the number of threads.
class WeightPart {
  public:
    /// @param work  geometry of one sample's product; images and pointers are filled in later
    WeightPart(Program& program, int weight, int bias, bool isSplitAllowed);

    bool isTrained() const { return m_isWeightTrained || m_isBiasTrained; }
    bool isSplit() const { return m_isSplit; }
    /// @param rowOf  as GradientSource; @param rowLength floats of a row of the flat weights, @param rowStride of ours
    void prepare(
        std::int64_t rowLength, std::int64_t rowStride, std::int64_t floats, std::vector<std::int32_t> rowOf = {});
    /// Null where none is wanted.
    float* weightGradient(const Group& group) const
    {
        return m_isWeightTrained && !m_program.areWeightsSkipped ? m_program.at(m_weightBuffer, group) : nullptr;
    }
    /// Whether this pass adds to what stands there.
    bool isWeightGradientAdded() const { return m_isInFlat && m_program.areWeightsAdded; }
    float* biasGradient(const Group& group) const
    {
        return m_isBiasTrained && !m_program.areWeightsSkipped ? m_program.at(m_biasBuffer, group) : nullptr;
    }

    /// The gradient of the step's output y before its end was bent; the bias gradient is summed on the way.
    float* beginBackward(const Group& group, int y, float slope) const;
    /// Tasks that a split gradient of so many rows is computed in, and the rows of one.
    struct Rows {
        int first = 0, end = 0;
    };
    std::int64_t rowTasks(std::int64_t rows) const;
    static Rows rowsOf(std::int64_t task, int rows);

  private:
    Program& m_program;
    int m_weight, m_bias;
    bool m_isWeightTrained = false, m_isBiasTrained = false, m_isSplit = false, m_isInFlat = false;
    int m_weightBuffer = -1, m_biasBuffer = -1;
};

/// Zeros of some images.
void clear(const kernels::Extent& extent, float* x, const kernels::Place& at);

} // namespace hounsfield::nn
