#include "core/nn/optimizers.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::nn {

namespace {

struct SgdStep {
    float rate, momentum, decay;
    bool isNesterov;
};

/// Plain loops over restricted pointers: the compiler makes vectors of them.
void sgd(float* __restrict weight, float* __restrict velocity, const float* __restrict gradient, std::int64_t count,
    SgdStep s)
{
    const float ahead = s.isNesterov ? s.momentum : 0.0F, own = s.isNesterov ? 0.0F : 1.0F;
    for (std::int64_t i = 0; i < count; ++i) {
        const float g = gradient[i] + s.decay * weight[i];
        const float v = s.momentum * velocity[i] + g;
        velocity[i] = v;
        weight[i] -= s.rate * (s.isNesterov ? g + ahead * v : own * v);
    }
}

struct AdamStep {
    float rate, beta1, beta2, epsilon, gradientDecay, weightFactor, rootFactor;
};

void adam(float* __restrict weight, float* __restrict first, float* __restrict second, const float* __restrict gradient,
    std::int64_t count, AdamStep s)
{
    for (std::int64_t i = 0; i < count; ++i) {
        const float g = gradient[i] + s.gradientDecay * weight[i];
        const float m = first[i] = s.beta1 * first[i] + (1 - s.beta1) * g;
        const float v = second[i] = s.beta2 * second[i] + (1 - s.beta2) * g * g;
        weight[i] = s.weightFactor * weight[i] - s.rate * m / (__builtin_sqrtf(v) * s.rootFactor + s.epsilon);
    }
}

} // namespace

Optimizer::Optimizer(std::shared_ptr<Weights> weights, OptimizerOptions options)
    : m_weights(std::move(weights))
    , m_options(options)
    , m_values(m_weights->values())
{
    m_moments.assign(options.kind == OptimizerOptions::Kind::Sgd ? 1 : 2, std::vector<float>(m_values.size(), 0.0F));
}

void Optimizer::beginStep(std::int64_t number, double rate)
{
    const double t = static_cast<double>(number);
    m_rate = rate;
    m_correction1 = 1 - std::pow(m_options.beta1, t);
    m_correction2 = 1 - std::pow(m_options.beta2, t);
    m_values = m_weights->values();
}

void Optimizer::update(std::int64_t begin, std::span<const float> gradient)
{
    const std::int64_t end = begin + static_cast<std::int64_t>(gradient.size());
    const auto& entries = m_weights->entries();
    auto entry = std::ranges::upper_bound(entries, begin, {}, &Weights::Entry::offset);
    for (entry -= entry == entries.begin() ? 0 : 1; entry != entries.end() && entry->offset < end; ++entry) {
        const std::int64_t from = std::max(begin, entry->offset), to = std::min(end, entry->offset + entry->count);
        if (entry->isTrained && from < to)
            updateEntry(m_values.data() + from, from, gradient.data() + (from - begin), to - from, entry->isDecayed);
    }
}

void Optimizer::updateEntry(
    float* weight, std::int64_t begin, const float* gradient, std::int64_t count, bool isDecayed)
{
    const double decay = isDecayed ? m_options.weightDecay : 0;
    if (m_options.kind == OptimizerOptions::Kind::Sgd) {
        sgd(weight, m_moments[0].data() + begin, gradient, count,
            {static_cast<float>(m_rate), static_cast<float>(m_options.momentum), static_cast<float>(decay),
                m_options.isNesterov});
        return;
    }
    const bool isApart = m_options.kind == OptimizerOptions::Kind::AdamW;
    adam(weight, m_moments[0].data() + begin, m_moments[1].data() + begin, gradient, count,
        {static_cast<float>(m_rate / m_correction1), static_cast<float>(m_options.beta1),
            static_cast<float>(m_options.beta2), static_cast<float>(m_options.epsilon),
            static_cast<float>(isApart ? 0 : decay), static_cast<float>(isApart ? 1 - m_rate * decay : 1),
            static_cast<float>(1 / std::sqrt(m_correction2))});
}

Result<void> Optimizer::restore(std::vector<std::vector<float>> state)
{
    const bool fits = state.size() == m_moments.size()
                      && std::ranges::all_of(state, [&](const auto& block) { return block.size() == m_values.size(); });
    if (!fits)
        return badInput(text("nn", "The state of the optimizer was saved for another network or another optimizer."));
    m_moments = std::move(state);
    return {};
}

} // namespace hounsfield::nn
