// A dense layer: a product in which the samples of a group are the pixels, or the words of its texts. Behind a Flatten
// it takes the image as it lies in memory; the weights are permuted when they are packed, not the data.

#include "core/nn/steps/weight_part.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

class Dense final : public Step {
  public:
    Dense(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_x(planned.inputs[0])
        , m_y(planned.outputs[0])
        , m_weights(owner, planned.inputs[1], planned.inputs[2], true)
    {
        const auto x = owner.extent(m_x, owner.everything());
        if (owner.plan().value(m_x).isImage()) {
            m_rows = x.rows;
            m_pixels = x.rows * x.columns;
        } else {
            m_words = x.columns;
        }
        m_channels = x.channels;
        m_outputs = owner.extent(m_y, owner.everything()).channels;
    }

    void prepare() override
    {
        const auto at = program.place(m_x);
        for (int row = 0; row < m_rows; ++row)
            m_tapOffsets.push_back(static_cast<int>(row * at.row));
        for (int pixel = 0; pixel < m_pixels; ++pixel) // rows of the weights in the order of the image
            m_segments.push_back({std::int64_t{pixel} * m_outputs, std::int64_t{m_pixels} * m_outputs, 1, m_channels});
        m_packed = program.reserve(Buffer::Scope::Once, kernels::packedSize(m_pixels * m_channels, m_outputs) * 4);
        if (!needsGradient(m_y))
            return;
        if (needsGradient(m_x))
            m_packedBack =
                program.reserve(Buffer::Scope::Once, m_pixels * kernels::packedSize(m_outputs, m_channels) * 4);
        std::vector<std::int32_t> rowOf;
        for (int channel = 0; channel < m_channels && m_pixels > 1; ++channel)
            for (int pixel = 0; pixel < m_pixels; ++pixel)
                rowOf.push_back(pixel * m_channels + channel);
        m_weights.prepare(m_outputs, m_outputs, std::int64_t{m_pixels} * m_channels * m_outputs, std::move(rowOf));
    }

    std::int64_t packTasks() const override
    {
        return kernels::packedBlocks(m_outputs) + (m_packedBack >= 0 ? m_pixels : 0);
    }

    void pack(std::int64_t task) override
    {
        const float* master = program.weight(planned.inputs[1]);
        const auto index = static_cast<int>(task);
        const int blocks = kernels::packedBlocks(m_outputs);
        if (index < blocks) {
            kernels::pack(master, m_segments.data(), m_pixels, m_outputs, index, index + 1,
                program.at(m_packed, program.everything()));
            return;
        }
        const int pixel = index - blocks;
        const kernels::PackSegment back{
            std::int64_t{pixel} * m_outputs, 1, std::int64_t{m_pixels} * m_outputs, m_outputs};
        kernels::pack(master, &back, 1, m_channels, 0, kernels::packedBlocks(m_channels), packedBack(pixel));
    }

    void forward(const Group& group) override
    {
        kernels::Finish finish{planned.inputs[2] >= 0 ? program.weight(planned.inputs[2]) : nullptr};
        finish.slope = planned.slope;
        const kernels::Product product{m_rows, m_tapOffsets.data(), m_pixels / m_rows * m_channels, 1,
            group.count * m_words, 0, program.place(m_x).image / m_words, 0, m_outputs, m_outputs};
        kernels::multiply(
            product, program.value(m_x, group), program.at(m_packed, group), program.value(m_y, group), finish);
    }

    void backward(const Group& group) override
    {
        const float* d = m_weights.beginBackward(group, m_y, planned.slope);
        if (!m_weights.isSplit())
            weightGradient(group, 0, m_pixels * m_channels);
        if (m_packedBack >= 0)
            inputGradient(group, d);
    }

    std::int64_t rowTasks() const override
    {
        return needsGradient(m_y) ? m_weights.rowTasks(std::int64_t{m_pixels} * m_channels) : 0;
    }

    std::optional<RowReads> rowReads() const override { return RowReads{{m_x}, {m_y}}; }

    void rowTask(std::int64_t task) override
    {
        const auto rows = WeightPart::rowsOf(task, m_pixels * m_channels);
        weightGradient(program.everything(), rows.first, rows.end);
    }

  private:
    float* packedBack(int pixel) const
    {
        return program.at(m_packedBack, program.everything()) + pixel * kernels::packedSize(m_outputs, m_channels);
    }

    void weightGradient(const Group& group, int firstRow, int endRow)
    {
        float* gradient = m_weights.weightGradient(group);
        if (!gradient)
            return;
        const kernels::WeightGradient work{1, 1, group.count * m_words, 0, 0, program.place(m_x).image / m_words, 0, 0,
            m_outputs, m_rows, m_tapOffsets.data(), m_pixels / m_rows * m_channels, m_outputs, m_outputs,
            m_weights.isWeightGradientAdded()};
        kernels::weightGradient(
            work, program.value(m_x, group), program.gradient(m_y, group), gradient, firstRow, endRow);
    }

    void inputGradient(const Group& group, const float* d)
    {
        const auto at = program.gradientPlace(m_x);
        const int columns = m_pixels / m_rows, tap = 0;
        kernels::Finish finish;
        finish.isAccumulated = isAccumulated(m_x);
        const kernels::Product product{
            1, &tap, m_outputs, 1, group.count * m_words, 0, m_outputs, 0, at.image / m_words, m_channels};
        for (int pixel = 0; pixel < m_pixels; ++pixel)
            kernels::multiply(product, d, packedBack(pixel),
                program.gradient(m_x, group) + pixel / columns * at.row + pixel % columns * at.column, finish);
    }

    int m_x, m_y;
    WeightPart m_weights;
    int m_rows = 1, m_pixels = 1, m_channels = 0, m_outputs = 0;
    int m_words = 1; ///< of a sample: rows that the layer is applied to one by one
    std::vector<int> m_tapOffsets;
    std::vector<kernels::PackSegment> m_segments;
    int m_packed = -1, m_packedBack = -1;
};

} // namespace

std::unique_ptr<Step> makeDense(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Dense>(planned, program);
}

} // namespace hounsfield::nn
