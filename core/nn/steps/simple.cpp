// Steps of one pass: pooling, global mean, relu, addition, flattening.

#include "core/nn/steps/weight_part.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

class MaxPool final : public Step {
  public:
    using Step::Step;

    void prepare() override
    {
        const auto in = program.extent(planned.inputs[0], program.everything());
        const auto out = program.extent(planned.outputs[0], program.everything());
        const auto kernel = planned.node->integers("kernel_shape");
        const ImageWindow w =
            windowOf(*planned.node, program.plan().value(planned.inputs[0]).shape, {kernel[0], kernel[1]});
        m_pooling = {in.rows, in.columns, out.rows, out.columns, in.channels, w.kernelRows, w.kernelColumns,
            w.strideRow, w.strideColumn, w.top, w.left, w.dilationRow, w.dilationColumn};
        m_bytes = std::int64_t{out.rows} * out.columns * out.channels;
        if (needsGradient(planned.inputs[0]))
            m_index = program.reserve(Buffer::Scope::Samples, program.groupSize() * m_bytes);
    }

    void forward(const Group& group) override
    {
        const auto xAt = program.place(planned.inputs[0]), yAt = program.place(planned.outputs[0]);
        for (int image = 0; image < group.count; ++image)
            kernels::maxPool(m_pooling, program.value(planned.inputs[0], group) + image * xAt.image, xAt,
                program.value(planned.outputs[0], group) + image * yAt.image, yAt, indexOf(group, image));
    }

    void backward(const Group& group) override
    {
        const int x = planned.inputs[0], y = planned.outputs[0];
        const auto dAt = program.gradientPlace(y), toAt = program.gradientPlace(x);
        if (!isAccumulated(x))
            clear(program.extent(x, group), program.gradient(x, group), toAt);
        for (int image = 0; image < group.count; ++image)
            kernels::maxPoolGradient(m_pooling, program.gradient(y, group) + image * dAt.image, dAt,
                indexOf(group, image), program.gradient(x, group) + image * toAt.image, toAt);
    }

  private:
    std::uint8_t* indexOf(const Group& group, int image) const
    {
        return m_index < 0 ? nullptr : program.at<std::uint8_t>(m_index, group) + image * m_bytes;
    }

    kernels::Pooling m_pooling;
    std::int64_t m_bytes = 0;
    int m_index = -1;
};

class GlobalAverage final : public Step {
  public:
    using Step::Step;

    void forward(const Group& group) override { eachImage(group, false); }
    void backward(const Group& group) override { eachImage(group, true); }

  private:
    void eachImage(const Group& group, bool isBackward) const
    {
        const int x = planned.inputs[0], y = planned.outputs[0];
        auto extent = program.extent(x, group);
        const float factor = 1.0F / static_cast<float>(extent.rows * extent.columns);
        extent.images = 1;
        const auto at = isBackward ? program.gradientPlace(x) : program.place(x);
        const auto yAt = isBackward ? program.gradientPlace(y) : program.place(y);
        for (int image = 0; image < group.count; ++image)
            if (isBackward)
                kernels::spread(extent, program.gradient(y, group) + image * yAt.image, factor, isAccumulated(x),
                    program.gradient(x, group) + image * at.image, at);
            else
                kernels::pixelMean(extent, program.value(x, group) + image * at.image, at, factor,
                    program.value(y, group) + image * yAt.image);
    }
};

class Relu final : public Step {
  public:
    using Step::Step;

    void forward(const Group& group) override
    {
        const int x = planned.inputs[0], y = planned.outputs[0];
        kernels::add(program.extent(x, group), program.value(x, group), program.place(x), nullptr, {}, planned.slope,
            program.value(y, group), program.place(y));
    }

    void backward(const Group& group) override
    {
        const int x = planned.inputs[0], y = planned.outputs[0];
        kernels::maskedAdd(program.extent(x, group), program.gradient(y, group), program.gradientPlace(y),
            program.value(y, group), program.place(y), planned.slope, isAccumulated(x), program.gradient(x, group),
            program.gradientPlace(x));
    }
};

class Add final : public Step {
  public:
    using Step::Step;

    void forward(const Group& group) override
    {
        const int a = planned.inputs[0], b = planned.inputs[1], y = planned.outputs[0];
        kernels::add(program.extent(a, group), program.value(a, group), program.place(a), program.value(b, group),
            program.place(b), planned.slope, program.value(y, group), program.place(y));
    }

    void backward(const Group& group) override
    {
        const int y = planned.outputs[0];
        const float* mask = planned.isBent() ? program.value(y, group) : nullptr;
        for (std::size_t i = 0; i < 2; ++i) {
            const int x = planned.inputs[i];
            const bool isSecondOfSame = i == 1 && x == planned.inputs[0];
            if (needsGradient(x))
                kernels::maskedAdd(program.extent(y, group), program.gradient(y, group), program.gradientPlace(y), mask,
                    program.place(y), planned.slope, isAccumulated(x) || isSecondOfSame, program.gradient(x, group),
                    program.gradientPlace(x));
        }
    }
};

/// Also every operator that leaves its input as it is. Images become rows in ONNX's order.
class Flatten final : public Step {
  public:
    using Step::Step;

    void prepare() override
    {
        m_row = program.reserve(Buffer::Scope::Thread, elementCount(program.plan().value(planned.inputs[0]).shape)
                                                           / std::max<std::int64_t>(1, program.plan().batch)
                                                           * program.groupSize() * 4);
    }

    void forward(const Group& group) override
    {
        float* row = program.at(m_row, group);
        program.readTensor(planned.inputs[0], false, group, row);
        program.writeTensor(planned.outputs[0], false, group, row);
    }

    void backward(const Group& group) override
    {
        const int x = planned.inputs[0], y = planned.outputs[0];
        float* row = program.at(m_row, group);
        program.readTensor(y, true, group, row);
        if (isAccumulated(x))
            program.addTensor(x, group, row);
        else
            program.writeTensor(x, true, group, row);
    }

  private:
    int m_row = -1;
};

} // namespace

std::unique_ptr<Step> makeMaxPool(const PlannedStep& planned, Program& program)
{
    return std::make_unique<MaxPool>(planned, program);
}
std::unique_ptr<Step> makeGlobalAverage(const PlannedStep& planned, Program& program)
{
    return std::make_unique<GlobalAverage>(planned, program);
}
std::unique_ptr<Step> makeRelu(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Relu>(planned, program);
}
std::unique_ptr<Step> makeAdd(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Add>(planned, program);
}
std::unique_ptr<Step> makeFlatten(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Flatten>(planned, program);
}

std::unique_ptr<Step> makeStep(const PlannedStep& planned, Program& program)
{
    struct Row {
        StepKind kind;
        std::unique_ptr<Step> (*make)(const PlannedStep&, Program&);
    };
    constexpr Row table[] = {{StepKind::Convolution, makeConvolution},
        {StepKind::PooledConvolution, makePooledConvolution},
        {StepKind::TransposedConvolution, makeTransposedConvolution}, {StepKind::Dense, makeDense},
        {StepKind::Normalization, makeNormalization}, {StepKind::MaxPool, makeMaxPool},
        {StepKind::GlobalAverage, makeGlobalAverage}, {StepKind::Relu, makeRelu}, {StepKind::Add, makeAdd},
        {StepKind::Flatten, makeFlatten}, {StepKind::Recurrent, makeRecurrent}, {StepKind::Embedding, makeEmbedding},
        {StepKind::Matrices, makeMatrices}, {StepKind::Attention, makeAttention}, {StepKind::Softmax, makeSoftmax},
        {StepKind::LayerNormalization, makeLayerNormalization}, {StepKind::Gelu, makeGelu},
        {StepKind::Shared, makeShared}, {StepKind::Curve, makeCurve}, {StepKind::Modulation, makeModulation},
        {StepKind::AveragePool, makeAveragePool}, {StepKind::Repeat, makeRepeat}, {StepKind::Dropout, makeDropout},
        {StepKind::Generic, makeGeneric}};
    return std::ranges::find(table, planned.kind, &Row::kind)->make(planned, program);
}

} // namespace hounsfield::nn
