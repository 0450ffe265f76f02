#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hounsfield::learning {

/// Cases in rising order of a score, so that any weighted area under the ROC curve is one pass.
class Ranking {
  public:
    Ranking() = default;
    /// One score and one answer (1 positive, 0 negative) a case.
    Ranking(const std::vector<float>& scores, std::vector<char> isPositive);

    /// Pairs of a positive and a negative case (Mann–Whitney), each counted as often as its cases count.
    struct Pairs {
        double won = 0; ///< the positive case scores higher; ties by half
        double all = 0;
    };
    /// @param weights  how often each case counts
    Pairs pairs(std::span<const std::int32_t> weights) const;
    /// Won pairs of all; NaN without both kinds.
    double area(std::span<const std::int32_t> weights) const;

  private:
    std::vector<std::int32_t> m_order;
    std::vector<char> m_endsTie; ///< the next case in order has another score
    std::vector<char> m_isPositive;
};

} // namespace hounsfield::learning
