#include "core/learning/ranking.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace hounsfield::learning {

Ranking::Ranking(const std::vector<float>& scores, std::vector<char> isPositive)
    : m_order(scores.size())
    , m_isPositive(std::move(isPositive))
{
    const auto score = [&](std::int32_t i) { return scores[static_cast<std::size_t>(i)]; };
    std::iota(m_order.begin(), m_order.end(), 0);
    std::ranges::stable_sort(m_order, {}, score);
    for (std::size_t k = 0; k < m_order.size(); ++k)
        m_endsTie.push_back(k + 1 == m_order.size() || score(m_order[k]) != score(m_order[k + 1]));
}

Ranking::Pairs Ranking::pairs(std::span<const std::int32_t> weights) const
{
    double below = 0, won = 0, tiedPositives = 0, tiedNegatives = 0, positives = 0;
    for (std::size_t k = 0; k < m_order.size(); ++k) {
        const auto i = static_cast<std::size_t>(m_order[k]);
        (m_isPositive[i] ? tiedPositives : tiedNegatives) += weights[i];
        if (!m_endsTie[k])
            continue;
        won += tiedPositives * (below + tiedNegatives / 2);
        positives += tiedPositives;
        below += tiedNegatives;
        tiedPositives = tiedNegatives = 0;
    }
    return {won, positives * below};
}

double Ranking::area(std::span<const std::int32_t> weights) const
{
    const Pairs found = pairs(weights);
    return found.all > 0 ? found.won / found.all : std::numeric_limits<double>::quiet_NaN();
}

} // namespace hounsfield::learning
