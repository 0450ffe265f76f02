#include "core/reports/faithfulness.h"

#include "core/base/random.h"
#include "core/reports/tokens.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::reports {

namespace {

using Places = std::vector<std::int64_t>;

constexpr std::int64_t draws = 10;

std::vector<std::int64_t> calledLabels(const ReportModel& model, std::span<const float> probabilities)
{
    if (model.kind == ReportModel::Kind::OneClass)
        return {std::ranges::max_element(probabilities) - probabilities.begin()};
    std::vector<std::int64_t> called;
    for (std::size_t k = 0; k < probabilities.size(); ++k)
        if (static_cast<double>(probabilities[k]) >= model.threshold)
            called.push_back(static_cast<std::int64_t>(k));
    return called;
}

Places firstOf(Places order, std::int64_t count)
{
    order.resize(static_cast<std::size_t>(count));
    std::ranges::sort(order);
    return order;
}

Places highestOf(const std::vector<float>& values, std::int64_t count)
{
    Places order(values.size());
    std::iota(order.begin(), order.end(), std::int64_t{0});
    std::ranges::stable_sort(
        order, std::greater(), [&](std::int64_t i) { return values[static_cast<std::size_t>(i)]; });
    return firstOf(std::move(order), count);
}

struct Sums {
    double top = 0, random = 0;
    std::int64_t n = 0;
};

/// Adds the falls of the called labels of one text.
Result<void> addText(Sums& sums, EvidenceReader& reader, const std::string& text,
    const std::vector<std::int64_t>& called, std::uint64_t seed, std::uint64_t place, const Monitor& monitor)
{
    const Evidence evidence = TRY(reader.read(text, called, monitor));
    const std::int64_t words = std::ssize(evidence.words), leftOut = std::max<std::int64_t>(1, words / 5);
    if (words == 0)
        return {};
    std::vector<Places> readings;
    for (std::int64_t draw = 0; draw < draws; ++draw)
        readings.push_back(firstOf(
            Random(seed, "words left out", place, static_cast<std::uint64_t>(draw)).permutation(words), leftOut));
    for (const LabelEvidence& label : evidence.labels)
        readings.push_back(highestOf(label.highlight, leftOut));
    const std::vector<float> probabilities = TRY(reader.probabilitiesWithout(text, readings, monitor));
    const std::int64_t labels = std::ssize(probabilities) / std::ssize(readings);
    const auto fall = [&](const LabelEvidence& label, std::int64_t reading) {
        return label.probability
               - static_cast<double>(probabilities[static_cast<std::size_t>(reading * labels + label.label)]);
    };
    for (std::size_t i = 0; i < evidence.labels.size(); ++i) {
        sums.top += fall(evidence.labels[i], draws + static_cast<std::int64_t>(i));
        for (std::int64_t draw = 0; draw < draws; ++draw)
            sums.random += fall(evidence.labels[i], draw) / static_cast<double>(draws);
        ++sums.n;
    }
    return {};
}

} // namespace

Result<Faithfulness> faithfulnessOf(std::shared_ptr<const ReportModel> model, std::span<const std::string> texts,
    int threads, const Monitor& monitor, std::uint64_t seed)
{
    const std::vector<float> probabilities = TRY(probabilitiesOf(*model, texts, threads, monitor.part(0, 0.1)));
    const std::size_t labels = model->labels.size();
    EvidenceReader reader = TRY(EvidenceReader::make(model, threads));
    Sums sums;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto fraction = [&](std::size_t text) {
            return 0.1 + 0.9 * static_cast<double>(text) / static_cast<double>(texts.size());
        };
        const auto called = calledLabels(*model, std::span(probabilities).subspan(i * labels, labels));
        if (!called.empty())
            TRY(addText(sums, reader, texts[i], called, seed, i, monitor.part(fraction(i), fraction(i + 1))));
    }
    Faithfulness result;
    result.n = sums.n;
    if (sums.n == 0)
        return result;
    result.top = sums.top / static_cast<double>(sums.n);
    result.random = sums.random / static_cast<double>(sums.n);
    if (sums.random > 0)
        result.ratio = sums.top / sums.random;
    return result;
}

} // namespace hounsfield::reports
