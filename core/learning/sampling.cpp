#include "core/learning/sampling.h"

#include "core/base/random.h"

#include <algorithm>

namespace hounsfield::learning {

namespace {

std::vector<std::int64_t> balanced(std::span<const int> labels, int classCount, std::uint64_t seed, std::int64_t epoch)
{
    std::vector<std::vector<std::int64_t>> members(static_cast<std::size_t>(classCount));
    for (std::size_t i = 0; i < labels.size(); ++i)
        members[static_cast<std::size_t>(labels[i])].push_back(static_cast<std::int64_t>(i));
    const auto present = std::ranges::count_if(members, [](const auto& list) { return !list.empty(); });
    const auto each = (labels.size() + static_cast<std::size_t>(present) - 1) / static_cast<std::size_t>(present);
    std::vector<std::int64_t> drawn;
    for (std::size_t c = 0; c < members.size(); ++c) {
        if (members[c].empty())
            continue;
        Random random(seed, "balanced", static_cast<std::uint64_t>(epoch), c);
        std::size_t taken = 0;
        while (taken < each)
            for (const std::int64_t i : random.permutation(static_cast<std::int64_t>(members[c].size()))) {
                if (taken == each)
                    break;
                drawn.push_back(members[c][static_cast<std::size_t>(i)]);
                ++taken;
            }
    }
    return drawn;
}

} // namespace

std::vector<std::int64_t> drawEpoch(
    std::span<const int> labels, int classCount, Sampling sampling, std::uint64_t seed, std::int64_t epoch)
{
    if (labels.empty())
        return {};
    const auto count = static_cast<std::int64_t>(labels.size());
    Random random(seed, "shuffle", static_cast<std::uint64_t>(epoch));
    if (sampling == Sampling::Shuffled)
        return random.permutation(count);
    const std::vector<std::int64_t> drawn = balanced(labels, classCount, seed, epoch);
    std::vector<std::int64_t> order;
    for (const std::int64_t i : random.permutation(static_cast<std::int64_t>(drawn.size())))
        order.push_back(drawn[static_cast<std::size_t>(i)]);
    return order;
}

std::vector<std::vector<std::int64_t>> batchesOf(
    std::span<const std::int64_t> order, std::int64_t batch, LastBatch last)
{
    std::vector<std::vector<std::int64_t>> batches;
    const auto size = static_cast<std::size_t>(std::max<std::int64_t>(batch, 1));
    for (std::size_t begin = 0; begin < order.size(); begin += size) {
        const std::size_t count = std::min(size, order.size() - begin);
        if (count < size && last == LastBatch::Dropped && !batches.empty())
            break;
        const auto part = order.subspan(begin, count);
        batches.emplace_back(part.begin(), part.end());
    }
    return batches;
}

} // namespace hounsfield::learning
