#include "core/nn/steps/weight_part.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

/// Above this a copy of the gradient for every group costs more than it saves.
constexpr std::int64_t mostFloatsOfCopy = 128 * 1024;
constexpr int rowsOfTask = 96;

} // namespace

WeightPart::WeightPart(Program& program, int weight, int bias, bool isSplitAllowed)
    : m_program(program)
    , m_weight(weight)
    , m_bias(bias)
    , m_isWeightTrained(program.plan().isTrained(weight))
    , m_isBiasTrained(program.plan().isTrained(bias))
    , m_isSplit(isSplitAllowed && m_isWeightTrained && program.plan().entryOf(weight).count > mostFloatsOfCopy)
{
}

void WeightPart::prepare(
    std::int64_t rowLength, std::int64_t rowStride, std::int64_t floats, std::vector<std::int32_t> rowOf)
{
    const auto source = [&](int value, int copies, std::int64_t size) {
        GradientSource made{m_program.plan().value(value).entry, 0, copies};
        const bool isPlain = value == m_weight && m_isSplit && rowOf.empty() && rowLength == rowStride;
        const auto inFlat = isPlain ? m_program.reserveInFlat(value) : std::nullopt;
        m_isInFlat = m_isInFlat || inFlat;
        made.buffer =
            inFlat ? *inFlat
                   : m_program.reserve(copies == 1 ? Buffer::Scope::Once : Buffer::Scope::Group, (size + 15) / 16 * 64);
        return made;
    };
    if (m_isWeightTrained) {
        GradientSource made = source(m_weight, m_isSplit ? 1 : m_program.groups(), floats);
        made.rowLength = rowLength;
        made.rowStride = rowStride;
        made.rowOf = std::move(rowOf);
        m_weightBuffer = made.buffer;
        m_program.addGradientSource(std::move(made));
    }
    if (m_isBiasTrained) {
        GradientSource made = source(m_bias, m_program.groups(), m_program.plan().entryOf(m_bias).count + 16);
        made.rowLength = made.rowStride = m_program.plan().entryOf(m_bias).count;
        m_biasBuffer = made.buffer;
        m_program.addGradientSource(std::move(made));
    }
}

float* WeightPart::beginBackward(const Group& group, int y, float slope) const
{
    const auto extent = m_program.extent(y, group);
    const auto at = m_program.gradientPlace(y);
    float* d = m_program.gradient(y, group);
    m_program.clearGradientBorder(y, group);
    if (slope != 1)
        kernels::maskedAdd(extent, d, at, m_program.value(y, group), m_program.place(y), slope, false, d, at);
    if (float* gradient = biasGradient(group))
        kernels::channelSums(extent, d, at, gradient);
    return d;
}

std::int64_t WeightPart::rowTasks(std::int64_t rows) const
{
    return m_isSplit ? (rows + rowsOfTask - 1) / rowsOfTask : 0;
}

WeightPart::Rows WeightPart::rowsOf(std::int64_t task, int rows)
{
    const int first = static_cast<int>(task) * rowsOfTask;
    return {first, std::min(rows, first + rowsOfTask)};
}

void clear(const kernels::Extent& extent, float* x, const kernels::Place& at)
{
    for (int image = 0; image < extent.images; ++image)
        for (int row = 0; row < extent.rows; ++row)
            std::fill_n(x + image * at.image + row * at.row, std::int64_t{extent.columns} * extent.channels, 0.0F);
}

} // namespace hounsfield::nn
