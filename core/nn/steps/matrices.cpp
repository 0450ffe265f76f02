// A product of two matrices of each sample (MatMul of rank 3): attention's scores and sums. The right one is packed
// sample by sample, as weights are once a step.

#include "core/nn/steps/step.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

class Matrices final : public Step {
  public:
    Matrices(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_a(planned.inputs[0])
        , m_b(planned.inputs[1])
        , m_y(planned.outputs[0])
    {
        const auto whole = [](std::int64_t size) { return static_cast<int>(size); };
        const Shape& a = owner.plan().value(m_a).shape;
        const Shape& b = owner.plan().value(m_b).shape;
        m_rows = whole(a[1]);
        m_depth = whole(a[2]);
        m_columns = whole(b[2]);
    }

    void prepare() override
    {
        const auto size = std::max(kernels::packedSize(m_depth, m_columns), kernels::packedSize(m_columns, m_depth));
        m_packed = program.reserve(Buffer::Scope::Thread, size * 4);
        m_sum = program.reserve(Buffer::Scope::Thread, (std::int64_t{m_depth} * m_columns + 16) * 4);
    }

    void forward(const Group& group) override
    {
        for (int sample = 0; sample < group.count; ++sample)
            multiply(group, {m_rows, m_depth, m_columns}, of(m_a, group, sample), of(m_b, group, sample), false,
                of(m_y, group, sample), false);
    }

    void backward(const Group& group) override
    {
        for (int sample = 0; sample < group.count; ++sample) {
            const float* d = ofGradient(m_y, group, sample);
            if (needsGradient(m_a)) // d · bᵀ
                multiply(group, {m_rows, m_columns, m_depth}, d, of(m_b, group, sample), true,
                    ofGradient(m_a, group, sample), isAccumulated(m_a));
            if (needsGradient(m_b)) // aᵀ · d
                addProductOfRows(group, of(m_a, group, sample), d, ofGradient(m_b, group, sample),
                    isAccumulated(m_b) || m_a == m_b);
        }
    }

  private:
    struct Size {
        int rows, depth, columns;
    };

    float* of(int value, const Group& group, int sample) const
    {
        return program.value(value, group) + sample * program.place(value).image;
    }
    float* ofGradient(int value, const Group& group, int sample) const
    {
        return program.gradient(value, group) + sample * program.gradientPlace(value).image;
    }

    /// y[rows][columns] (+)= x[rows][depth] · w, which lies as [depth][columns], or transposed.
    void multiply(const Group& group, const Size& size, const float* x, const float* w, bool isTransposed, float* y,
        bool isAdded) const
    {
        float* packed = program.at(m_packed, group);
        const kernels::PackSegment segment{
            0, isTransposed ? 1 : size.columns, isTransposed ? size.depth : 1, size.depth};
        kernels::pack(w, &segment, 1, size.columns, 0, kernels::packedBlocks(size.columns), packed);
        const int tap = 0;
        const kernels::Product product{
            1, &tap, size.depth, 1, size.rows, 0, size.depth, 0, size.columns, size.columns};
        kernels::Finish finish;
        finish.isAccumulated = isAdded;
        kernels::multiply(product, x, packed, y, finish);
    }

    void addProductOfRows(const Group& group, const float* a, const float* d, float* to, bool isAdded) const
    {
        const int offset = 0;
        const kernels::WeightGradient work{
            1, 1, m_rows, 0, 0, m_depth, 0, 0, m_columns, 1, &offset, m_depth, m_columns, m_columns, false};
        float* sum = program.at(m_sum, group);
        kernels::weightGradient(work, a, d, sum, 0, m_depth);
        for (std::int64_t i = 0; i < std::int64_t{m_depth} * m_columns; ++i)
            to[i] = (isAdded ? to[i] : 0) + sum[i];
    }

    int m_a, m_b, m_y;
    int m_rows = 0, m_depth = 0, m_columns = 0, m_packed = -1, m_sum = -1;
};

} // namespace

std::unique_ptr<Step> makeMatrices(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Matrices>(planned, program);
}

} // namespace hounsfield::nn
