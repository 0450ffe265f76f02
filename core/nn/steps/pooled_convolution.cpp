// Convolution, bias, relu and 2 × 2 max pooling in one: two rows of the convolution lie in the first cache, are pooled
// and gone. Outputs that the pool drops are never computed. The gradient behind it is sparse and walks over lists.

#include "core/nn/steps/weight_part.h"
#include "core/nn/steps/winograd.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

class PooledConvolution final : public Step {
  public:
    PooledConvolution(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_x(planned.inputs[0])
        , m_y(planned.outputs[0])
        , m_weights(owner, planned.inputs[1], planned.inputs[2], false)
    {
        const Shape& shape = owner.plan().value(planned.inputs[1]).shape;
        m_outputs = static_cast<int>(shape[0]);
        m_kernelRows = static_cast<int>(shape[2]);
        m_depth = static_cast<int>(shape[3] * shape[1]);
        m_gradientRow = (m_depth + 15) / 16 * 16;
        const ImageWindow window{m_kernelRows, static_cast<int>(shape[3])};
        kernels::Extent y = owner.extent(m_y, owner.group(0, 0)); // before pooling
        y.rows *= 2;
        y.columns *= 2;
        y.images = std::min(y.images, imagesAtOnce);
        if (Winograd::suits(window, 1, static_cast<int>(shape[1]), y, y.images))
            m_winograd.emplace(owner, window, static_cast<int>(shape[1]), y);
    }

    void prepare() override
    {
        const auto extent = program.extent(m_y, program.everything());
        const auto at = program.place(m_x);
        m_pixels = std::int64_t{extent.rows} * extent.columns;
        for (int row = 0; row < m_kernelRows; ++row)
            m_tapOffsets.push_back(static_cast<int>(row * at.row));
        const std::int64_t floatsOfRow = 2 * extent.columns * std::int64_t{m_outputs};
        m_rows =
            program.reserve(Buffer::Scope::Thread, floatsOfRow * (m_winograd ? imagesAtOnce * 2 * extent.rows : 2) * 4);
        if (m_winograd)
            m_winograd->prepare(false, false);
        else
            m_packed = program.reserve(Buffer::Scope::Once, kernels::packedSize(m_kernelRows * m_depth, m_outputs) * 4);
        if (!needsGradient(m_y))
            return;
        m_index = program.reserve(Buffer::Scope::Samples, program.groupSize() * m_pixels * m_outputs);
        m_entries = program.reserve(
            Buffer::Scope::Thread, m_pixels * m_outputs * static_cast<std::int64_t>(sizeof(kernels::SparseEntry)));
        m_counts = program.reserve(Buffer::Scope::Thread, std::max<std::int64_t>(m_outputs, 4 * m_pixels) * 4);
        m_lostBias = program.reserve(Buffer::Scope::Thread, m_outputs * std::int64_t{4});
        m_lostGradient = program.reserve(Buffer::Scope::Thread, floatsOfGradient() * 4);
        m_weights.prepare(m_depth, m_gradientRow, floatsOfGradient());
        if (needsGradient(m_x)) {
            m_filters = program.reserve(Buffer::Scope::Thread, 4 * m_pixels * (m_outputs + 16) * 4);
            m_values = program.reserve(Buffer::Scope::Thread, 4 * m_pixels * (m_outputs + 16) * 4);
        }
    }

    std::int64_t packTasks() const override
    {
        return m_winograd ? m_winograd->packTasks() : kernels::packedBlocks(m_outputs);
    }

    void pack(std::int64_t task) override
    {
        const float* master = program.weight(planned.inputs[1]);
        if (m_winograd)
            return m_winograd->pack(task, master, Weights::Order::OutputFirst);
        const kernels::PackSegment segment{0, 1, std::int64_t{m_kernelRows} * m_depth, m_kernelRows * m_depth};
        kernels::pack(master, &segment, 1, m_outputs, static_cast<int>(task), static_cast<int>(task) + 1,
            program.at(m_packed, program.everything()));
    }

    void forward(const Group& group) override
    {
        const kernels::Finish finish{planned.inputs[2] >= 0 ? program.weight(planned.inputs[2]) : nullptr};
        if (m_winograd)
            winogradForward(group, finish);
        else
            directForward(group, finish);
    }

    void backward(const Group& group) override
    {
        float* gradient = m_weights.weightGradient(group);
        float* bias = m_weights.biasGradient(group);
        if (gradient)
            std::fill_n(gradient, floatsOfGradient(), 0.0F);
        if (bias)
            std::fill_n(bias, m_outputs, 0.0F);
        if (needsGradient(m_x) && !isAccumulated(m_x))
            clear(program.extent(m_x, group), program.gradient(m_x, group), program.gradientPlace(m_x));
        for (int image = 0; image < group.count; ++image) {
            const kernels::Pooled pooled = pooledImage(group, image);
            if (m_weights.isTrained())
                weightGradient(group, image, pooled, gradient ? gradient : program.at(m_lostGradient, group),
                    bias ? bias : program.at(m_lostBias, group));
            if (needsGradient(m_x))
                inputGradient(group, image, pooled);
        }
    }

  private:
    static constexpr int imagesAtOnce = 2; ///< whose unpooled rows fit beside Winograd's tiles

    /// Two rows at a time, which stay in the first cache.
    void directForward(const Group& group, const kernels::Finish& finish) const
    {
        const auto extent = program.extent(m_y, group);
        const auto at = program.place(m_x);
        float* rows = program.at(m_rows, group);
        const kernels::Product product{m_kernelRows, m_tapOffsets.data(), m_depth, 2, 2 * extent.columns, at.row,
            at.column, 2 * extent.columns * std::int64_t{m_outputs}, m_outputs, m_outputs};
        for (int image = 0; image < extent.images; ++image)
            for (int row = 0; row < extent.rows; ++row) {
                kernels::multiply(product, program.value(m_x, group) + image * at.image + 2 * row * at.row,
                    program.at(m_packed, group), rows, finish);
                pool(group, image, row, rows);
            }
    }

    void winogradForward(const Group& group, const kernels::Finish& finish) const
    {
        Images x{program.extent(m_x, group), program.place(m_x), nullptr};
        const auto extent = program.extent(m_y, group);
        const std::int64_t row = 2 * extent.columns * std::int64_t{m_outputs};
        Images unpooled{{0, 2 * extent.rows, 2 * extent.columns, m_outputs}, {2 * extent.rows * row, row, m_outputs},
            program.at(m_rows, group)};
        for (int first = 0; first < extent.images; first += imagesAtOnce) {
            x.extent.images = unpooled.extent.images = std::min(imagesAtOnce, extent.images - first);
            x.data = program.value(m_x, group) + first * x.at.image;
            m_winograd->forward(group, x, unpooled, finish);
            for (int image = 0; image < x.extent.images; ++image)
                for (int r = 0; r < extent.rows; ++r)
                    pool(group, first + image, r, unpooled.data + image * unpooled.at.image + 2 * r * row);
        }
    }

    /// One row of y from two before pooling.
    void pool(const Group& group, int image, int row, const float* rows) const
    {
        const auto extent = program.extent(m_y, group);
        const auto at = program.place(m_y);
        const std::int64_t pixel = image * m_pixels + std::int64_t{row} * extent.columns;
        std::uint8_t* index = m_index < 0 ? nullptr : program.at<std::uint8_t>(m_index, group) + pixel * m_outputs;
        kernels::reluPool(rows, 2 * extent.columns * std::int64_t{m_outputs}, extent.columns, m_outputs,
            program.value(m_y, group) + image * at.image + row * at.row, index);
    }

    std::int64_t floatsOfGradient() const { return std::int64_t{m_outputs} * m_kernelRows * m_gradientRow; }

    kernels::Pooled pooledImage(const Group& group, int image) const
    {
        const auto extent = program.extent(m_y, group);
        const auto at = program.place(m_y), dAt = program.gradientPlace(m_y);
        return {program.value(m_y, group) + image * at.image,
            program.at<std::uint8_t>(m_index, group) + image * m_pixels * m_outputs,
            program.gradient(m_y, group) + image * dAt.image, extent.rows, extent.columns, m_outputs, at.row, dAt.row};
    }

    void weightGradient(
        const Group& group, int image, const kernels::Pooled& pooled, float* gradient, float* bias) const
    {
        const auto at = program.place(m_x);
        const float* x = program.value(m_x, group) + image * at.image;
        const kernels::SparseWeightGradient work{
            m_kernelRows, m_depth, at.row, m_gradientRow, m_outputs, static_cast<int>(m_pixels)};
        if (kernels::shallowWeightGradient(work, pooled, at.column, x, gradient, bias))
            return;
        auto* entries = program.at<kernels::SparseEntry>(m_entries, group);
        int* counts = program.at<int>(m_counts, group);
        kernels::listByChannel(pooled, at.row, at.column, entries, counts);
        kernels::sparseWeightGradient(work, x, entries, counts, gradient, bias);
    }

    void inputGradient(const Group& group, int image, const kernels::Pooled& pooled) const
    {
        const auto at = program.gradientPlace(m_x);
        int* filters = program.at<int>(m_filters, group);
        float* values = program.at(m_values, group);
        int* counts = program.at<int>(m_counts, group);
        kernels::listByPixel(pooled, m_kernelRows * m_depth, filters, values, counts);
        kernels::sparseInputGradient(
            {2 * pooled.rows, 2 * pooled.columns, m_kernelRows, m_depth, at.row, at.column, m_outputs},
            program.weight(planned.inputs[1]), filters, values, counts,
            program.gradient(m_x, group) + image * at.image);
    }

    int m_x, m_y;
    WeightPart m_weights;
    std::optional<Winograd> m_winograd; ///< forward
    int m_outputs = 0, m_kernelRows = 0, m_depth = 0;
    std::int64_t m_gradientRow = 0, m_pixels = 0;
    std::vector<int> m_tapOffsets;
    int m_packed = -1, m_rows = -1, m_index = -1, m_entries = -1, m_counts = -1, m_filters = -1, m_values = -1;
    int m_lostBias = -1, m_lostGradient = -1;
};

} // namespace

std::unique_ptr<Step> makePooledConvolution(const PlannedStep& planned, Program& program)
{
    return std::make_unique<PooledConvolution>(planned, program);
}

} // namespace hounsfield::nn
