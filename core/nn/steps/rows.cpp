// Steps over the rows of texts: softmax, layer normalisation, GELU, and sums and products with numbers that all samples
// share.

#include "core/nn/steps/weight_part.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

/// The rows of a group's samples, side by side. Rank 4 has borders and is not for these steps.
kernels::Rows rowsOf(const Program& program, int value, const Group& group)
{
    const Shape& shape = program.plan().value(value).shape;
    const std::int64_t length = shape.back();
    return {program.place(value).image * group.count / length, static_cast<int>(length)};
}

/// Along the last axis, or along the words of each sample.
class Softmax final : public Step {
  public:
    Softmax(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_x(planned.inputs[0])
        , m_y(planned.outputs[0])
    {
        const Shape& shape = owner.plan().value(m_x).shape;
        const auto rank = static_cast<std::int64_t>(shape.size());
        const std::int64_t axis = planned.node->integer("axis", -1);
        m_isOfRows = axis == -1 || axis == rank - 1;
        m_columns = {static_cast<int>(shape[1]), static_cast<int>(shape.back())};
    }

    void forward(const Group& group) override
    {
        const float* x = program.value(m_x, group);
        float* y = program.value(m_y, group);
        if (m_isOfRows)
            return kernels::softmaxRows(rowsOf(program, m_x, group), 1, nullptr, x, y);
        for (int sample = 0; sample < group.count; ++sample)
            kernels::softmaxColumns(m_columns, x + sample * ofSample(), y + sample * ofSample());
    }

    void backward(const Group& group) override
    {
        const float* y = program.value(m_y, group);
        const float* d = program.gradient(m_y, group);
        float* to = program.gradient(m_x, group);
        if (m_isOfRows)
            return kernels::softmaxRowsGradient(rowsOf(program, m_x, group), 1, y, d, isAccumulated(m_x), to);
        for (int sample = 0; sample < group.count; ++sample) {
            const std::int64_t at = sample * ofSample();
            kernels::softmaxColumnsGradient(m_columns, y + at, d + at, isAccumulated(m_x), to + at);
        }
    }

  private:
    std::int64_t ofSample() const { return std::int64_t{m_columns.length} * m_columns.width; }

    int m_x, m_y;
    bool m_isOfRows = true;
    kernels::Columns m_columns;
};

class LayerNormalization final : public Step {
  public:
    LayerNormalization(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_x(planned.inputs[0])
        , m_scale(planned.inputs[1])
        , m_shift(planned.inputs.size() > 2 ? planned.inputs[2] : -1)
        , m_y(planned.outputs[0])
        , m_part(owner, m_scale, m_shift, false)
        , m_length(owner.plan().value(m_x).shape.back())
    {
    }

    void prepare() override
    {
        const std::int64_t rows = program.place(m_x).image * program.groupSize() / m_length;
        m_statistics = program.reserve(Buffer::Scope::Samples, rows * 2 * 4);
        m_spare = program.reserve(Buffer::Scope::Thread, m_length * 4);
        if (needsGradient(m_y))
            m_part.prepare(m_length, m_length, m_length);
    }

    void forward(const Group& group) override
    {
        const kernels::RowNormalization by{program.weight(m_scale), m_shift >= 0 ? program.weight(m_shift) : nullptr,
            static_cast<float>(planned.node->number("epsilon", 1e-5))};
        kernels::normalizeRows(rowsOf(program, m_x, group), by, program.value(m_x, group), program.value(m_y, group),
            program.at(m_statistics, group));
    }

    void backward(const Group& group) override
    {
        kernels::normalizeRowsGradient(rowsOf(program, m_x, group), program.weight(m_scale), program.value(m_x, group),
            program.at(m_statistics, group), program.gradient(m_y, group), needsGradient(m_x) && isAccumulated(m_x),
            needsGradient(m_x) ? program.gradient(m_x, group) : nullptr, cleared(m_part.weightGradient(group), group),
            cleared(m_part.biasGradient(group), group));
    }

  private:
    /// Where a sum begins; of what is not trained it goes nowhere.
    float* cleared(float* sum, const Group& group) const
    {
        float* at = sum ? sum : program.at(m_spare, group);
        std::fill_n(at, m_length, 0.0F);
        return at;
    }

    int m_x, m_scale, m_shift, m_y;
    WeightPart m_part;
    std::int64_t m_length;
    int m_statistics = -1, m_spare = -1;
};

class Gelu final : public Step {
  public:
    using Step::Step;

    void forward(const Group& group) override
    {
        const int x = planned.inputs[0];
        kernels::gelu(
            program.place(x).image * group.count, program.value(x, group), program.value(planned.outputs[0], group));
    }

    void backward(const Group& group) override
    {
        const int x = planned.inputs[0];
        kernels::geluGradient(program.place(x).image * group.count, program.value(x, group),
            program.gradient(planned.outputs[0], group), isAccumulated(x), program.gradient(x, group));
    }
};

/// y = x + w or x · w, where w is one for all samples, and perhaps for all of their rows.
class Shared final : public Step {
  public:
    Shared(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_x(planned.inputs[0])
        , m_shared(planned.inputs[1])
        , m_y(planned.outputs[0])
        , m_part(owner, m_shared, -1, false)
        , m_isSum(planned.node->op == "Add")
    {
        const PlannedValue& shared = owner.plan().value(m_shared);
        m_period = elementCount(shared.shape);
        if (shared.constant) {
            const auto values = shared.constant->as<float>();
            m_constant.assign(values.begin(), values.end());
        }
    }

    void prepare() override
    {
        m_product = program.reserve(Buffer::Scope::Thread, program.place(m_x).image * program.groupSize() * 4);
        if (needsGradient(m_y))
            m_part.prepare(m_period, m_period, m_period);
    }

    void forward(const Group& group) override
    {
        const float* x = program.value(m_x, group);
        float* y = program.value(m_y, group);
        if (m_isSum)
            kernels::add(extent(group), x, here(), shared(), {}, 1, y, here());
        else
            kernels::product(extent(group), x, here(), shared(), {}, false, y, here());
    }

    void backward(const Group& group) override
    {
        const float* d = program.gradient(m_y, group);
        if (needsGradient(m_x)) {
            float* to = program.gradient(m_x, group);
            if (m_isSum)
                kernels::maskedAdd(extent(group), d, here(), nullptr, {}, 1, isAccumulated(m_x), to, here());
            else
                kernels::product(extent(group), d, here(), shared(), {}, isAccumulated(m_x), to, here());
        }
        float* gradient = m_part.weightGradient(group);
        if (!gradient)
            return;
        if (!m_isSum) {
            float* product = program.at(m_product, group);
            kernels::product(extent(group), d, here(), program.value(m_x, group), here(), false, product, here());
            d = product;
        }
        kernels::channelSums(extent(group), d, here(), gradient);
    }

  private:
    /// As many images as w is repeated, of one pixel each.
    kernels::Extent extent(const Group& group) const
    {
        const std::int64_t times = program.place(m_x).image * group.count / m_period;
        return {static_cast<int>(times), 1, 1, static_cast<int>(m_period)};
    }
    kernels::Place here() const { return {m_period, m_period, m_period}; }
    const float* shared() const { return m_constant.empty() ? program.weight(m_shared) : m_constant.data(); }

    int m_x, m_shared, m_y;
    WeightPart m_part;
    bool m_isSum;
    std::int64_t m_period = 1;
    std::vector<float> m_constant;
    int m_product = -1;
};

} // namespace

std::unique_ptr<Step> makeSoftmax(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Softmax>(planned, program);
}
std::unique_ptr<Step> makeLayerNormalization(const PlannedStep& planned, Program& program)
{
    return std::make_unique<LayerNormalization>(planned, program);
}
std::unique_ptr<Step> makeGelu(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Gelu>(planned, program);
}
std::unique_ptr<Step> makeShared(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Shared>(planned, program);
}

} // namespace hounsfield::nn
