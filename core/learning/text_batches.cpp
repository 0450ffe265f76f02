#include "core/learning/text_batches.h"

#include "core/base/random.h"

#include <algorithm>

namespace hounsfield::learning {

std::int64_t paddedLength(std::int64_t words)
{
    constexpr std::int64_t unit = 16;
    return std::max<std::int64_t>(1, (words + unit - 1) / unit) * unit;
}

std::vector<Batch> textBatches(
    const std::vector<Words>& texts, std::int64_t batch, std::uint64_t seed, std::int64_t epoch)
{
    const auto count = static_cast<std::int64_t>(texts.size());
    std::vector<std::int64_t> order =
        Random(seed, "order of texts", static_cast<std::uint64_t>(epoch)).permutation(count);
    const std::int64_t window = 10 * batch;
    for (std::int64_t first = 0; first < count; first += window)
        std::stable_sort(order.begin() + first, order.begin() + std::min(count, first + window),
            [&](std::int64_t a, std::int64_t b) {
                return texts[static_cast<std::size_t>(a)].size() < texts[static_cast<std::size_t>(b)].size();
            });
    const std::int64_t batches = (count + batch - 1) / batch;
    std::vector<Batch> result;
    for (const std::int64_t b :
        Random(seed, "order of batches", static_cast<std::uint64_t>(epoch)).permutation(batches))
        result.emplace_back(order.begin() + b * batch, order.begin() + std::min(count, (b + 1) * batch));
    return result;
}

BatchSource textSource(std::shared_ptr<const TextCases> cases, std::int64_t batch, std::uint64_t seed)
{
    BatchSource source;
    source.shapes = [cases](const Batch& of) -> std::map<std::string, nn::Shape> {
        std::size_t longest = 1;
        for (const std::int64_t i : of)
            longest = std::max(longest, cases->texts[static_cast<std::size_t>(i)].size());
        return {{"tokens",
            {static_cast<std::int64_t>(of.size()), paddedLength(static_cast<std::int64_t>(longest))}}};
    };
    source.batches = [=](std::int64_t epoch) { return textBatches(cases->texts, batch, seed, epoch); };
    source.fill = [cases](const std::string&, const BatchSource::Draw& draw, std::span<float> data) {
        const Words& words = cases->texts[static_cast<std::size_t>(draw.caseNumber)];
        const auto rest = std::ranges::transform(words, data.begin(), [](auto word) { return float(word); }).out;
        std::fill(rest, data.end(), 0.0F);
    };
    source.labelCount = cases->labelCount;
    source.labels = [cases](std::int64_t i, std::span<float> labels) {
        std::copy_n(cases->labels.begin() + i * cases->labelCount, labels.size(), labels.begin());
    };
    source.target = [cases](std::int64_t i) { return cases->classes[static_cast<std::size_t>(i)]; };
    return source;
}

} // namespace hounsfield::learning
