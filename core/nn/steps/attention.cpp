// Self-attention of several heads on [N, L, heads · E] values (Vaswani et al. 2017): sample by sample and head by head,
// the heads addressed where they lie. The probabilities are kept for the gradient.

#include "core/nn/steps/step.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

class Attention final : public Step {
  public:
    Attention(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_y(planned.outputs[0])
    {
        const Shape& shape = owner.plan().value(m_y).shape;
        m_length = static_cast<int>(shape[1]);
        m_width = static_cast<int>(shape[2]);
        m_each = m_width / planned.heads;
    }

    void prepare() override
    {
        using Scope = Buffer::Scope;
        const std::int64_t square = std::int64_t{m_length} * m_length;
        m_packed = program.reserve(
            Scope::Thread, 4 * std::max(kernels::packedSize(m_each, m_length), kernels::packedSize(m_length, m_each)));
        m_isKept = needsGradient(m_y);
        m_probabilities = m_isKept ? program.reserve(Scope::Samples, square * planned.heads * program.groupSize() * 4)
                                   : program.reserve(Scope::Thread, square * 4);
        if (m_isKept)
            m_gradient = program.reserve(Scope::Thread, square * 4);
    }

    void forward(const Group& group) override
    {
        for (int sample = 0; sample < group.count; ++sample)
            for (int head = 0; head < planned.heads; ++head) {
                float* scores = probabilities(group, sample, head);
                multiplyTransposed(group, at(Queries, group, sample, head), at(Keys, group, sample, head), scores);
                kernels::softmaxRows({m_length, m_length}, planned.scale, mask(group, sample), scores, scores);
                multiply(group, scores, at(Values, group, sample, head), result(group, sample, head), false);
            }
    }

    void backward(const Group& group) override
    {
        for (int sample = 0; sample < group.count; ++sample)
            for (int head = 0; head < planned.heads; ++head)
                backward(group, sample, head);
    }

  private:
    enum Input { Queries, Keys, Values, Mask };

    void backward(const Group& group, int sample, int head) const
    {
        const float* made = probabilities(group, sample, head);
        const float* d = program.gradient(m_y, group) + offset(program.gradientPlace(m_y).image, sample, head);
        if (isAsked(Values))
            addTurned(made, d, gradient(Values, group, sample, head), isAdded(Values));
        if (!isAsked(Queries) && !isAsked(Keys))
            return;
        float* scores = program.at(m_gradient, group);
        multiplyTransposed(group, d, at(Values, group, sample, head), scores);
        kernels::softmaxRowsGradient({m_length, m_length}, planned.scale, made, scores, false, scores);
        if (isAsked(Queries))
            multiply(
                group, scores, at(Keys, group, sample, head), gradient(Queries, group, sample, head), isAdded(Queries));
        if (isAsked(Keys))
            addTurned(scores, at(Queries, group, sample, head), gradient(Keys, group, sample, head), isAdded(Keys));
    }

    bool isAsked(Input input) const { return needsGradient(planned.inputs[input]); }
    /// One value may be queries, keys and values at once; they write in the order values, queries, keys.
    bool isAdded(Input input) const
    {
        const int value = planned.inputs[input];
        const bool isWritten = input != Values && value == planned.inputs[Values];
        return isWritten || (input == Keys && value == planned.inputs[Queries]) || isAccumulated(value);
    }

    std::int64_t offset(std::int64_t ofSample, int sample, int head) const
    {
        return sample * ofSample + std::int64_t{head} * m_each;
    }
    const float* at(Input input, const Group& group, int sample, int head) const
    {
        const int value = planned.inputs[input];
        return program.value(value, group) + offset(program.place(value).image, sample, head);
    }
    float* gradient(Input input, const Group& group, int sample, int head) const
    {
        const int value = planned.inputs[input];
        return program.gradient(value, group) + offset(program.gradientPlace(value).image, sample, head);
    }
    float* result(const Group& group, int sample, int head) const
    {
        return program.value(m_y, group) + offset(program.place(m_y).image, sample, head);
    }
    const float* mask(const Group& group, int sample) const
    {
        const int value = planned.inputs[Mask];
        return value < 0 ? nullptr : program.value(value, group) + sample * program.place(value).image;
    }
    float* probabilities(const Group& group, int sample, int head) const
    {
        const std::int64_t square = std::int64_t{m_length} * m_length;
        return program.at(m_probabilities, group)
               + (m_isKept ? (std::int64_t{sample} * planned.heads + head) * square : 0);
    }

    /// y[L][L] = a · bᵀ, both [L][E] of one head.
    void multiplyTransposed(const Group& group, const float* a, const float* b, float* y) const
    {
        float* packed = program.at(m_packed, group);
        const kernels::PackSegment segment{0, 1, m_width, m_each};
        kernels::pack(b, &segment, 1, m_length, 0, kernels::packedBlocks(m_length), packed);
        const int tap = 0;
        kernels::multiply({1, &tap, m_each, 1, m_length, 0, m_width, 0, m_length, m_length}, a, packed, y, {});
    }

    /// y[L][E] (+)= p[L][L] · b[L][E].
    void multiply(const Group& group, const float* p, const float* b, float* y, bool isAdded) const
    {
        float* packed = program.at(m_packed, group);
        const kernels::PackSegment segment{0, m_width, 1, m_length};
        kernels::pack(b, &segment, 1, m_each, 0, kernels::packedBlocks(m_each), packed);
        const int tap = 0;
        kernels::Finish finish;
        finish.isAccumulated = isAdded;
        kernels::multiply({1, &tap, m_length, 1, m_length, 0, m_length, 0, m_width, m_each}, p, packed, y, finish);
    }

    /// to[L][E] (+)= pᵀ · d[L][E].
    void addTurned(const float* p, const float* d, float* to, bool isAdded) const
    {
        const int segment = 0;
        kernels::weightGradient(
            {1, 1, m_length, 0, 0, m_length, 0, 0, m_width, 1, &segment, m_length, m_each, m_width, isAdded}, p, d, to,
            0, m_length);
    }

    int m_y;
    int m_length = 0, m_width = 0, m_each = 0;
    bool m_isKept = false;
    int m_packed = -1, m_probabilities = -1, m_gradient = -1;
};

} // namespace

std::unique_ptr<Step> makeAttention(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Attention>(planned, program);
}

} // namespace hounsfield::nn
