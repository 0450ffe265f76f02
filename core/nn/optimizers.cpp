#include "core/nn/optimizers.h"

#include "core/nn/kernels/kernels.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::nn {

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
        kernels::sgd({static_cast<float>(m_rate), static_cast<float>(m_options.momentum), static_cast<float>(decay),
                         m_options.isNesterov},
            count, gradient, m_moments[0].data() + begin, weight);
        return;
    }
    const bool isApart = m_options.kind == OptimizerOptions::Kind::AdamW;
    const kernels::AdamStep step{static_cast<float>(m_rate / m_correction1), static_cast<float>(m_options.beta1),
        static_cast<float>(m_options.beta2), static_cast<float>(m_options.epsilon),
        static_cast<float>(isApart ? 0 : decay), static_cast<float>(isApart ? 1 - m_rate * decay : 1),
        static_cast<float>(1 / std::sqrt(m_correction2))};
    kernels::adam(step, count, gradient, m_moments[0].data() + begin, m_moments[1].data() + begin, weight);
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
