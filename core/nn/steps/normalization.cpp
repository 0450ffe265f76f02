// Batch normalisation (Ioffe and Szegedy 2015) with the addition and relu behind it as one pass. In training every
// group gives the moments of its samples; they are put together in the order of the groups (Chan et al. 1983), in
// double.

#include "core/nn/steps/weight_part.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hounsfield::nn {

namespace {

class Normalization final : public Step {
  public:
    Normalization(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_x(planned.inputs[0])
        , m_y(planned.outputs[0])
        , m_isTraining(owner.plan().request.isTraining())
        , m_channels(owner.extent(m_x, owner.everything()).channels)
        , m_epsilon(planned.node->number("epsilon", 1e-5))
    {
    }

    void prepare() override
    {
        m_parts = program.reserve(Buffer::Scope::Group, 2 * bytes());
        for (int* buffer : {&m_mean, &m_inverse, &m_variance, &m_scale, &m_shift, &m_a, &m_b, &m_c})
            *buffer = program.reserve(Buffer::Scope::Once, bytes());
        for (const std::size_t i : {1U, 2U})
            if (program.plan().isTrained(planned.inputs[i])) {
                GradientSource source{
                    program.plan().value(planned.inputs[i]).entry, program.reserve(Buffer::Scope::Once, bytes())};
                source.rowLength = source.rowStride = m_channels;
                (i == 1 ? m_scaleGradient : m_shiftGradient) = source.buffer;
                program.addGradientSource(std::move(source));
            }
    }

    std::int64_t packTasks() const override { return m_isTraining ? 0 : 1; }

    void pack(std::int64_t) override
    {
        std::copy_n(program.weight(planned.inputs[3]), m_channels, once(m_mean));
        std::copy_n(program.weight(planned.inputs[4]), m_channels, once(m_variance));
        makeScale();
    }

    bool isForwardSplit() const override { return m_isTraining; }

    void forward(const Group& group) override
    {
        if (!m_isTraining) {
            forwardAfter(group);
            return;
        }
        float* mean = program.at(m_parts, group);
        kernels::channelMoments(
            program.extent(m_x, group), program.value(m_x, group), program.place(m_x), mean, mean + padded());
    }

    void finishForward() override
    {
        const auto extent = program.extent(m_x, program.everything());
        for (int c = 0; c < m_channels; ++c) {
            double count = 0, mean = 0, squares = 0;
            for (int g = 0; g < program.groups(); ++g) {
                const Group group = program.group(g, 0);
                const float* part = program.at(m_parts, group);
                const double more = static_cast<double>(group.count) * extent.rows * extent.columns;
                const double distance = static_cast<double>(part[c]) - mean;
                squares +=
                    static_cast<double>(part[padded() + c]) + distance * distance * count * more / (count + more);
                mean += distance * more / (count + more);
                count += more;
            }
            once(m_mean)[c] = static_cast<float>(mean);
            once(m_variance)[c] = static_cast<float>(squares / count);
        }
        makeScale();
    }

    void forwardAfter(const Group& group) override
    {
        const bool isAdding = planned.add >= 0;
        kernels::affine(program.extent(m_x, group), program.value(m_x, group), program.place(m_x), once(m_scale),
            once(m_shift), isAdding ? program.value(planned.add, group) : nullptr,
            isAdding ? program.place(planned.add) : kernels::Place{}, planned.slope, program.value(m_y, group),
            program.place(m_y));
    }

    bool isBackwardSplit() const override { return needsGradient(m_y); }

    void backward(const Group& group) override
    {
        float* sum = program.at(m_parts, group);
        const auto dAt = program.gradientPlace(m_y);
        float* d = program.gradient(m_y, group);
        kernels::maskAndSum(program.extent(m_x, group), planned.isBent() ? program.value(m_y, group) : nullptr,
            program.place(m_y), planned.slope, program.value(m_x, group), program.place(m_x), once(m_mean), d, dAt, sum,
            sum + padded());
        if (needsGradient(planned.add))
            kernels::maskedAdd(program.extent(m_x, group), d, dAt, nullptr, {}, 1, isAccumulated(planned.add),
                program.gradient(planned.add, group), program.gradientPlace(planned.add));
    }

    void finishBackward() override
    {
        const auto extent = program.extent(m_x, program.everything());
        const double count = static_cast<double>(program.plan().batch) * extent.rows * extent.columns;
        for (int c = 0; c < m_channels; ++c) {
            double sum = 0, product = 0;
            for (int g = 0; g < program.groups(); ++g) {
                const float* part = program.at(m_parts, program.group(g, 0));
                sum += static_cast<double>(part[c]);
                product += static_cast<double>(part[padded() + c]);
            }
            const double inverse = static_cast<double>(once(m_inverse)[c]),
                         scale = static_cast<double>(once(m_scale)[c]);
            const double slope = m_isTraining ? -scale * inverse * inverse * product / count : 0;
            once(m_a)[c] = static_cast<float>(scale);
            once(m_b)[c] = static_cast<float>(slope);
            once(m_c)[c] = m_isTraining
                               ? static_cast<float>(-scale * sum / count - slope * static_cast<double>(once(m_mean)[c]))
                               : 0.0F;
            if (m_scaleGradient >= 0)
                once(m_scaleGradient)[c] = static_cast<float>(product * inverse);
            if (m_shiftGradient >= 0)
                once(m_shiftGradient)[c] = static_cast<float>(sum);
        }
    }

    void backwardAfter(const Group& group) override
    {
        if (needsGradient(m_x))
            kernels::normalizationGradient(program.extent(m_x, group), program.gradient(m_y, group),
                program.gradientPlace(m_y), program.value(m_x, group), program.place(m_x), once(m_a), once(m_b),
                once(m_c), isAccumulated(m_x), program.gradient(m_x, group), program.gradientPlace(m_x));
    }

    void commit() override
    {
        if (!m_isTraining)
            return;
        const auto kept = static_cast<float>(planned.node->number("momentum", 0.9));
        float* mean = program.weight(planned.inputs[3]);
        float* variance = program.weight(planned.inputs[4]);
        for (int c = 0; c < m_channels; ++c) {
            mean[c] = kept * mean[c] + (1 - kept) * once(m_mean)[c];
            variance[c] = kept * variance[c] + (1 - kept) * once(m_variance)[c];
        }
    }

  private:
    std::int64_t padded() const { return (m_channels + 15) / 16 * 16; }
    std::int64_t bytes() const { return padded() * 4; }
    float* once(int buffer) const { return program.at(buffer, program.everything()); }

    void makeScale()
    {
        const float* factor = program.weight(planned.inputs[1]);
        const float* offset = program.weight(planned.inputs[2]);
        for (int c = 0; c < m_channels; ++c) {
            const double inverse = 1 / std::sqrt(static_cast<double>(once(m_variance)[c]) + m_epsilon);
            const double scale = static_cast<double>(factor[c]) * inverse;
            once(m_inverse)[c] = static_cast<float>(inverse);
            once(m_scale)[c] = static_cast<float>(scale);
            once(m_shift)[c] =
                static_cast<float>(static_cast<double>(offset[c]) - static_cast<double>(once(m_mean)[c]) * scale);
        }
    }

    int m_x, m_y;
    bool m_isTraining;
    int m_channels;
    double m_epsilon;
    int m_parts = -1, m_mean = -1, m_inverse = -1, m_variance = -1, m_scale = -1, m_shift = -1, m_a = -1, m_b = -1,
        m_c = -1;
    int m_scaleGradient = -1, m_shiftGradient = -1;
};

} // namespace

std::unique_ptr<Step> makeNormalization(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Normalization>(planned, program);
}

} // namespace hounsfield::nn
