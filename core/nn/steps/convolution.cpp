// Convolution of whole images, in place on bordered channels-last memory, with what follows it (normalisation folded
// into the weights, addition, relu).

#include "core/nn/steps/weight_part.h"
#include "core/nn/steps/winograd.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::nn {

namespace {

using kernels::Finish;
using kernels::PackSegment;
using kernels::Product;

/// The input gradient at the pixels of one phase of the strides: a product over the output's gradient.
struct Phase {
    int row = 0, column = 0; ///< first pixel
    int rows = 0, columns = 0;
    int taps = 0, depth = 0;
    std::vector<int> tapOffsets;
    std::vector<PackSegment> segments; ///< of the first channel group
    std::int64_t packed = 0;           ///< offset in the packed weights of a channel group
};

class Convolution final : public Step {
  public:
    Convolution(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_x(planned.inputs[0])
        , m_y(planned.outputs[0])
        , m_weights(owner, planned.inputs[1], planned.inputs[2], true)
    {
        const Plan& plan = owner.plan();
        const Shape& shape = plan.value(planned.inputs[1]).shape;
        m_order = plan.entryOf(planned.inputs[1]).order;
        m_window = windowOf(*planned.node, plan.value(m_x).shape, {shape[2], shape[3]});
        m_groups = static_cast<int>(planned.node->integer("group", 1));
        m_outputs = static_cast<int>(shape[0]) / m_groups;
        m_channels = static_cast<int>(shape[1]);
        m_isFused = m_window.dilationColumn == 1 && m_groups == 1;
        m_taps = m_window.kernelRows * (m_isFused ? 1 : m_window.kernelColumns);
        m_depth = m_channels * (m_isFused ? m_window.kernelColumns : 1);
        m_hasInputGradient = needsGradient(m_x) && needsGradient(m_y);
        const kernels::Extent y = owner.extent(m_y, owner.group(0, 0));
        if (Winograd::suits(m_window, m_groups, m_channels, y, y.images))
            m_winograd.emplace(owner, m_window, m_channels, y);
    }

    void prepare() override
    {
        prepareForward();
        if (m_winograd)
            m_winograd->prepare(
                m_hasInputGradient, m_weights.isTrained() && !m_weights.isSplit() && needsGradient(m_y));
        else if (m_hasInputGradient)
            preparePhases();
        const std::int64_t all = std::int64_t{m_outputs} * m_groups, rows = std::int64_t{m_taps} * m_depth;
        std::vector<std::int32_t> rowOf;
        if (m_order == Weights::Order::OutputFirst && m_weights.isTrained()) // element by element
            for (std::int64_t i = 0; i < all * rows; ++i)
                rowOf.push_back(static_cast<std::int32_t>(i % rows * all + i / rows));
        const std::int64_t rowLength = rowOf.empty() ? all : 1;
        m_weights.prepare(rowLength, rowLength, all * rows, std::move(rowOf));
        if (planned.normalization) {
            m_scaled = program.reserve(Buffer::Scope::Once, program.plan().entryOf(planned.inputs[1]).count * 4);
            m_bias = program.reserve(Buffer::Scope::Once, all * 4);
        }
    }

    std::int64_t packTasks() const override { return planned.normalization ? 1 : packParts(); }

    void pack(std::int64_t task) override
    {
        if (!planned.normalization)
            return packPart(task);
        fold();
        for (std::int64_t part = 0; part < packParts(); ++part)
            packPart(part);
    }

    void forward(const Group& group) override
    {
        Finish finish{bias()};
        if (planned.add >= 0) {
            const auto at = program.place(planned.add);
            finish.add = program.value(planned.add, group);
            finish.addImage = at.image;
            finish.addRow = at.row;
            finish.addColumn = at.column;
        }
        finish.isRectified = planned.isRectified;
        if (m_winograd)
            m_winograd->forward(group, valueOf(m_x, group), valueOf(m_y, group), finish);
        else
            directForward(group, finish);
    }

    void backward(const Group& group) override
    {
        const float* d = m_weights.beginBackward(group, m_y, planned.isRectified);
        if (m_winograd)
            return winogradBackward(group);
        if (!m_weights.isSplit())
            weightGradient(group, 0, m_taps * m_depth);
        if (m_hasInputGradient)
            inputGradient(group, d, program.gradientPlace(m_y));
    }

    std::int64_t rowTasks() const override { return needsGradient(m_y) ? m_weights.rowTasks(m_taps * m_depth) : 0; }

    void rowTask(std::int64_t task) override
    {
        const auto rows = WeightPart::rowsOf(task, m_taps * m_depth);
        weightGradient(program.everything(), rows.first, rows.end);
    }

  private:
    Images valueOf(int value, const Group& group) const
    {
        return {program.extent(value, group), program.place(value), program.value(value, group)};
    }
    Images gradientOf(int value, const Group& group) const
    {
        return {program.extent(value, group), program.gradientPlace(value), program.gradient(value, group)};
    }

    void directForward(const Group& group, const Finish& all) const
    {
        const Images x = valueOf(m_x, group), y = valueOf(m_y, group);
        const Product product{m_taps, m_tapOffsets.data(), m_depth, y.extent.rows, y.extent.columns,
            m_window.strideRow * x.at.row, m_window.strideColumn * x.at.column, y.at.row, y.at.column, m_outputs,
            y.extent.images, x.at.image, y.at.image};
        for (int g = 0; g < m_groups; ++g) {
            Finish finish = all;
            finish.bias = all.bias ? all.bias + g * m_outputs : nullptr;
            finish.add = all.add ? all.add + g * m_outputs : nullptr;
            kernels::multiply(product, x.data + g * m_channels, program.at(m_packed, group) + g * m_packedGroup,
                y.data + g * m_outputs, finish);
        }
    }

    void winogradBackward(const Group& group)
    {
        Images dx;
        if (m_hasInputGradient) {
            dx = gradientOf(m_x, group);
            if (!isAccumulated(m_x))
                clear(dx.extent, dx.data, dx.at);
        }
        float* gradient = m_weights.isSplit() ? nullptr : m_weights.weightGradient(group);
        m_winograd->backward(group, valueOf(m_x, group), gradientOf(m_y, group), dx, gradient);
    }

    void prepareForward()
    {
        const auto at = program.place(m_x);
        const int tapColumns = m_isFused ? 1 : m_window.kernelColumns;
        for (int row = 0; row < m_window.kernelRows; ++row)
            for (int column = 0; column < tapColumns; ++column)
                m_tapOffsets.push_back(
                    static_cast<int>((row * m_window.dilationRow - m_window.top) * at.row
                                     + (column * m_window.dilationColumn - m_window.left) * at.column));
        for (int row = 0; row < m_window.kernelRows; ++row)
            for (int column = 0; column < m_window.kernelColumns; ++column)
                m_segments.push_back(segment(row, column, false));
        if (m_winograd)
            return;
        m_packedGroup = kernels::packedSize(m_taps * m_depth, m_outputs);
        m_packed = program.reserve(Buffer::Scope::Once, m_packedGroup * m_groups * 4);
    }

    void preparePhases()
    {
        for (int row = 0; row < m_window.strideRow; ++row)
            for (int column = 0; column < m_window.strideColumn; ++column)
                m_phases.push_back(phaseAt(row, column));
        for (Phase& phase : m_phases) {
            phase.packed = m_packedPhases;
            m_packedPhases += kernels::packedSize(phase.taps * phase.depth, m_channels);
        }
        m_packedBack = program.reserve(Buffer::Scope::Once, m_packedPhases * m_groups * 4);
    }

    Phase phaseAt(int row, int column) const
    {
        const ImageWindow& w = m_window;
        const auto at = program.gradientPlace(m_y);
        const auto extent = program.extent(m_x, program.everything());
        Phase phase{row, column, (extent.rows - row + w.strideRow - 1) / w.strideRow,
            (extent.columns - column + w.strideColumn - 1) / w.strideColumn};
        std::vector<int> columns; // of the kernel, so that the gradient's columns rise
        for (int k = w.kernelColumns - 1; k >= 0; --k)
            if ((column + w.left - k * w.dilationColumn) % w.strideColumn == 0)
                columns.push_back(k);
        phase.depth = m_outputs * (m_isFused ? static_cast<int>(columns.size()) : 1);
        for (int k = 0; k < w.kernelRows && !columns.empty(); ++k) {
            if ((row + w.top - k * w.dilationRow) % w.strideRow != 0)
                continue;
            for (std::size_t i = 0; i < columns.size(); ++i) {
                phase.segments.push_back(segment(k, columns[i], true));
                if (i > 0 && m_isFused)
                    continue;
                phase.tapOffsets.push_back(
                    static_cast<int>((row + w.top - k * w.dilationRow) / w.strideRow * at.row
                                     + (column + w.left - columns[i] * w.dilationColumn) / w.strideColumn * at.column));
            }
        }
        phase.taps = static_cast<int>(phase.tapOffsets.size());
        phase.depth = phase.taps ? phase.depth : 0;
        return phase;
    }

    /// The weights of one tap, outputs as columns (forward) or as rows (input gradient).
    PackSegment segment(int row, int column, bool isBackward) const
    {
        const std::int64_t tap = std::int64_t{row} * m_window.kernelColumns + column,
                           all = std::int64_t{m_outputs} * m_groups;
        const std::int64_t rows = std::int64_t{m_window.kernelRows} * m_window.kernelColumns * m_channels;
        const bool isFirst = m_order == Weights::Order::OutputFirst;
        const std::int64_t base = isFirst ? tap * m_channels : tap * m_channels * all;
        const std::int64_t channel = isFirst ? 1 : all, output = isFirst ? rows : 1;
        return isBackward ? PackSegment{base, output, channel, m_outputs}
                          : PackSegment{base, channel, output, m_channels};
    }

    const float* master() const
    {
        return planned.normalization ? program.at(m_scaled, program.everything()) : program.weight(planned.inputs[1]);
    }

    const float* bias() const
    {
        if (planned.normalization)
            return program.at(m_bias, program.everything());
        return planned.inputs[2] >= 0 ? program.weight(planned.inputs[2]) : nullptr;
    }

    std::int64_t packParts() const
    {
        return m_winograd ? m_winograd->packTasks()
                          : std::int64_t{kernels::packedBlocks(m_outputs)} * m_groups
                                + static_cast<std::int64_t>(m_phases.size());
    }

    void packPart(std::int64_t part)
    {
        const std::int64_t forwardParts = std::int64_t{kernels::packedBlocks(m_outputs)} * m_groups;
        if (m_winograd)
            m_winograd->pack(part, master(), m_order);
        else if (part < forwardParts)
            packForward(part);
        else
            packPhase(m_phases[static_cast<std::size_t>(part - forwardParts)]);
    }

    void packForward(std::int64_t task)
    {
        const int blocks = kernels::packedBlocks(m_outputs), block = static_cast<int>(task % blocks);
        const std::int64_t g = task / blocks;
        kernels::pack(master() + g * m_outputs, m_segments.data(), static_cast<int>(m_segments.size()), m_outputs,
            block, block + 1, program.at(m_packed, program.everything()) + g * m_packedGroup);
    }

    void packPhase(const Phase& phase)
    {
        for (int g = 0; g < m_groups; ++g)
            kernels::pack(master() + g * m_outputs, phase.segments.data(), static_cast<int>(phase.segments.size()),
                m_channels, 0, kernels::packedBlocks(m_channels),
                program.at(m_packedBack, program.everything()) + g * m_packedPhases + phase.packed);
    }

    /// Normalisation with running statistics as part of weights and bias.
    void fold()
    {
        const Plan& plan = program.plan();
        const Node& node = *planned.normalization;
        const auto parameter = [&](std::size_t i) { return program.weight(plan.find(node.inputs[i])); };
        const double epsilon = node.number("epsilon", 1e-5);
        const std::int64_t all = std::int64_t{m_outputs} * m_groups, count = plan.entryOf(planned.inputs[1]).count;
        const float* from = program.weight(planned.inputs[1]);
        const float* own = planned.inputs[2] >= 0 ? program.weight(planned.inputs[2]) : nullptr;
        float* to = program.at(m_scaled, program.everything());
        float* shift = program.at(m_bias, program.everything());
        const bool isFirst = m_order == Weights::Order::OutputFirst;
        for (std::int64_t m = 0; m < all; ++m) {
            const double scale =
                static_cast<double>(parameter(1)[m]) / std::sqrt(static_cast<double>(parameter(4)[m]) + epsilon);
            const double start = own ? static_cast<double>(own[m]) : 0;
            shift[m] = static_cast<float>(
                static_cast<double>(parameter(2)[m]) + (start - static_cast<double>(parameter(3)[m])) * scale);
            for (std::int64_t i = 0; i < count / all; ++i) {
                const std::int64_t at = isFirst ? m * (count / all) + i : i * all + m;
                to[at] = static_cast<float>(static_cast<double>(from[at]) * scale);
            }
        }
    }

    void weightGradient(const Group& group, int firstRow, int endRow)
    {
        float* gradient = m_weights.weightGradient(group);
        if (!gradient)
            return;
        const auto extent = program.extent(m_y, group);
        const auto xAt = program.place(m_x), dAt = program.gradientPlace(m_y);
        for (int g = 0; g < m_groups; ++g) {
            const kernels::WeightGradient work{extent.images, extent.rows, extent.columns, xAt.image,
                m_window.strideRow * xAt.row, m_window.strideColumn * xAt.column, dAt.image, dAt.row, dAt.column,
                m_taps, m_tapOffsets.data(), m_depth, m_outputs, std::int64_t{m_outputs} * m_groups, false};
            kernels::weightGradient(work, program.value(m_x, group) + g * m_channels,
                program.gradient(m_y, group) + g * m_outputs, gradient + g * m_outputs, firstRow, endRow);
        }
    }

    void inputGradient(const Group& group, const float* d, const kernels::Place& dAt)
    {
        const auto at = program.gradientPlace(m_x);
        float* to = program.gradient(m_x, group);
        Finish finish;
        finish.isAccumulated = isAccumulated(m_x);
        for (const Phase& phase : m_phases)
            for (int g = 0; g < m_groups; ++g) {
                const Product product{phase.taps, phase.tapOffsets.data(), phase.depth, phase.rows, phase.columns,
                    dAt.row, dAt.column, m_window.strideRow * at.row, m_window.strideColumn * at.column, m_channels,
                    group.count, dAt.image, at.image};
                const float* packed = program.at(m_packedBack, group) + g * m_packedPhases + phase.packed;
                float* start = to + phase.row * at.row + phase.column * at.column + g * m_channels;
                kernels::multiply(product, d + g * m_outputs, packed, start, finish);
            }
    }

    int m_x, m_y;
    WeightPart m_weights;
    std::optional<Winograd> m_winograd; ///< in place of direct products
    Weights::Order m_order;
    ImageWindow m_window;
    int m_groups = 1, m_outputs = 0, m_channels = 0; ///< of one channel group
    bool m_isFused = false, m_hasInputGradient = false;
    int m_taps = 0, m_depth = 0;
    std::vector<int> m_tapOffsets;
    std::vector<PackSegment> m_segments;
    std::vector<Phase> m_phases;
    std::int64_t m_packedGroup = 0, m_packedPhases = 0;
    int m_packed = -1, m_packedBack = -1, m_scaled = -1, m_bias = -1;
};

} // namespace

std::unique_ptr<Step> makeConvolution(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Convolution>(planned, program);
}

} // namespace hounsfield::nn
