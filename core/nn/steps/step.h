#pragma once

#include "core/nn/program.h"

namespace hounsfield::nn {

/// Some images of a step: how many, where, and their first pixel.
struct Images {
    kernels::Extent extent;
    kernels::Place at;
    float* data = nullptr;
};

/// Some nodes of a plan, forward and backward. Steps of groups work on the samples of one group at a time and are
/// called for several groups at once; whole steps on the batch.
class Step {
  public:
    Step(const PlannedStep& planned, Program& program)
        : planned(planned)
        , program(program)
    {
    }
    virtual ~Step() = default;
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

    /// Reserves memory; `isAccumulated` of the program is known.
    virtual void prepare() {}
    virtual bool isWhole() const { return false; }

    virtual std::int64_t packTasks() const { return 0; }
    virtual void pack(std::int64_t) {}

    virtual void forward(const Group&) = 0;
    /// Whether `forward` only gathers what `finishForward` (once) puts together for `forwardAfter`.
    virtual bool isForwardSplit() const { return false; }
    virtual void finishForward() {}
    virtual void forwardAfter(const Group&) {}

    virtual void backward(const Group&) = 0;
    virtual bool isBackwardSplit() const { return false; }
    virtual void finishBackward() {}
    virtual void backwardAfter(const Group&) {}
    /// Tasks of a weight gradient that is split by rows over all samples; a stage of its own. Known before `prepare`.
    virtual std::int64_t rowTasks() const { return 0; }
    virtual void rowTask(std::int64_t) {}
    /// What row tasks read of all samples; none: anything, so that every group keeps all that it has made.
    struct RowReads {
        std::vector<int> values, gradients;
    };
    virtual std::optional<RowReads> rowReads() const { return {}; }

    /// New running statistics, when the step has succeeded.
    virtual void commit() {}

    const PlannedStep planned;

  protected:
    bool needsGradient(int value) const { return value >= 0 && program.plan().value(value).needsGradient; }
    bool isAccumulated(int value) const { return program.isAccumulated(this, value); }
    Images valueOf(int value, const Group& group) const
    {
        return {program.extent(value, group), program.place(value), program.value(value, group)};
    }
    Images gradientOf(int value, const Group& group) const
    {
        return {program.extent(value, group), program.gradientPlace(value), program.gradient(value, group)};
    }

    Program& program;
};

std::unique_ptr<Step> makeStep(const PlannedStep& planned, Program& program);

std::unique_ptr<Step> makeConvolution(const PlannedStep&, Program&);
std::unique_ptr<Step> makePooledConvolution(const PlannedStep&, Program&);
std::unique_ptr<Step> makeTransposedConvolution(const PlannedStep&, Program&);
std::unique_ptr<Step> makeDense(const PlannedStep&, Program&);
std::unique_ptr<Step> makeNormalization(const PlannedStep&, Program&);
std::unique_ptr<Step> makeMaxPool(const PlannedStep&, Program&);
std::unique_ptr<Step> makeGlobalAverage(const PlannedStep&, Program&);
std::unique_ptr<Step> makeRelu(const PlannedStep&, Program&);
std::unique_ptr<Step> makeAdd(const PlannedStep&, Program&);
std::unique_ptr<Step> makeFlatten(const PlannedStep&, Program&);
std::unique_ptr<Step> makeRecurrent(const PlannedStep&, Program&);
std::unique_ptr<Step> makeEmbedding(const PlannedStep&, Program&);
std::unique_ptr<Step> makeMatrices(const PlannedStep&, Program&);
std::unique_ptr<Step> makeAttention(const PlannedStep&, Program&);
std::unique_ptr<Step> makeSoftmax(const PlannedStep&, Program&);
std::unique_ptr<Step> makeLayerNormalization(const PlannedStep&, Program&);
std::unique_ptr<Step> makeGelu(const PlannedStep&, Program&);
std::unique_ptr<Step> makeShared(const PlannedStep&, Program&);
std::unique_ptr<Step> makeCurve(const PlannedStep&, Program&);
std::unique_ptr<Step> makeModulation(const PlannedStep&, Program&);
std::unique_ptr<Step> makeAveragePool(const PlannedStep&, Program&);
std::unique_ptr<Step> makeRepeat(const PlannedStep&, Program&);
std::unique_ptr<Step> makeDropout(const PlannedStep&, Program&);
std::unique_ptr<Step> makeGeneric(const PlannedStep&, Program&);

} // namespace hounsfield::nn
