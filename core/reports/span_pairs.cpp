#include "core/reports/span_pairs.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace hounsfield::reports {

namespace {

/// Grows a matching by one pair at a time along paths of alternating partners.
struct Matching {
    std::vector<std::vector<std::size_t>> partners;    ///< that fit each a
    std::vector<std::optional<std::size_t>> partnerOf; ///< of each b

    bool place(std::size_t a, std::vector<bool>& tried)
    {
        for (const std::size_t b : partners[a]) // a free one first, so that equals are paired in their order
            if (!partnerOf[b]) {
                partnerOf[b] = a;
                return true;
            }
        for (const std::size_t b : partners[a]) {
            if (tried[b])
                continue;
            tried[b] = true;
            if (place(*partnerOf[b], tried)) {
                partnerOf[b] = a;
                return true;
            }
        }
        return false;
    }
};

} // namespace

bool overlap(const Annotation& a, const Annotation& b)
{
    return std::ranges::any_of(a.pieces, [&](const Span& mine) {
        return std::ranges::any_of(
            b.pieces, [&](const Span& other) { return mine.begin < other.end && other.begin < mine.end; });
    });
}

std::vector<std::pair<std::size_t, std::size_t>> pairsOf(std::span<const Annotation* const> a,
    std::span<const Annotation* const> b, const std::function<bool(const Annotation&, const Annotation&)>& fit)
{
    Matching matching{std::vector<std::vector<std::size_t>>(a.size()), {}};
    matching.partnerOf.resize(b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size(); ++j)
            if (fit(*a[i], *b[j]))
                matching.partners[i].push_back(j);
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::vector<bool> tried(b.size());
        matching.place(i, tried);
    }
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t j = 0; j < b.size(); ++j)
        if (matching.partnerOf[j])
            pairs.emplace_back(*matching.partnerOf[j], j);
    std::ranges::sort(pairs);
    return pairs;
}

std::vector<std::vector<std::size_t>> overlapping(std::span<const Annotation* const> annotations)
{
    std::vector<std::size_t> groupOf(annotations.size());
    std::iota(groupOf.begin(), groupOf.end(), std::size_t{0});
    for (std::size_t i = 0; i < annotations.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (groupOf[j] != groupOf[i] && overlap(*annotations[i], *annotations[j]))
                std::ranges::replace(groupOf, std::size_t{groupOf[j]}, std::size_t{groupOf[i]});
    std::vector<std::vector<std::size_t>> byLeader(annotations.size());
    for (std::size_t i = 0; i < annotations.size(); ++i)
        byLeader[groupOf[i]].push_back(i);
    std::erase_if(byLeader, [](const auto& group) { return group.empty(); });
    return byLeader;
}

} // namespace hounsfield::reports
