#include "core/nn/steps/folded_weights.h"

#include <cmath>

namespace hounsfield::nn {

FoldedWeights::FoldedWeights(Program& program, const PlannedStep& planned, std::int64_t channels, std::int64_t inner)
    : m_program(program)
    , m_normalization(planned.normalization)
    , m_weight(planned.inputs[1])
    , m_ownBias(planned.inputs[2])
    , m_channels(channels)
    , m_inner(inner)
{
}

void FoldedWeights::prepare()
{
    if (!isFolded())
        return;
    m_scaled = m_program.reserve(Buffer::Scope::Once, m_program.plan().entryOf(m_weight).count * 4);
    m_shift = m_program.reserve(Buffer::Scope::Once, m_channels * 4);
}

void FoldedWeights::fold() const
{
    const Plan& plan = m_program.plan();
    const auto parameter = [&](std::size_t i) { return m_program.weight(plan.find(m_normalization->inputs[i])); };
    const double epsilon = m_normalization->number("epsilon", 1e-5);
    const std::int64_t count = plan.entryOf(m_weight).count;
    const float* from = m_program.weight(m_weight);
    const float* own = m_ownBias >= 0 ? m_program.weight(m_ownBias) : nullptr;
    float* to = m_program.at(m_scaled, m_program.everything());
    float* shift = m_program.at(m_shift, m_program.everything());
    for (std::int64_t m = 0; m < m_channels; ++m) {
        const double scale =
            static_cast<double>(parameter(1)[m]) / std::sqrt(static_cast<double>(parameter(4)[m]) + epsilon);
        const double start = own ? static_cast<double>(own[m]) : 0;
        shift[m] = static_cast<float>(
            static_cast<double>(parameter(2)[m]) + (start - static_cast<double>(parameter(3)[m])) * scale);
        for (std::int64_t first = m * m_inner; first < count; first += m_channels * m_inner)
            for (std::int64_t i = first; i < first + m_inner; ++i)
                to[i] = static_cast<float>(static_cast<double>(from[i]) * scale);
    }
}

const float* FoldedWeights::weights() const
{
    return isFolded() ? m_program.at(m_scaled, m_program.everything()) : m_program.weight(m_weight);
}

const float* FoldedWeights::bias() const
{
    if (isFolded())
        return m_program.at(m_shift, m_program.everything());
    return m_ownBias >= 0 ? m_program.weight(m_ownBias) : nullptr;
}

} // namespace hounsfield::nn
