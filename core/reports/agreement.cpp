#include "core/reports/agreement.h"

#include "core/reports/span_pairs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <ranges>

namespace hounsfield::reports {

namespace {

using Weights = std::span<const std::int32_t>; ///< how often each document counts

/// κ and α are both 1 − observed ÷ expected; in this form several labels can be pooled.
struct Differences {
    double observed = 0, expected = 0;

    void operator+=(const Differences& more)
    {
        observed += more.observed;
        expected += more.expected;
    }
    double coefficient() const
    {
        return expected > 0 ? 1 - observed / expected : std::numeric_limits<double>::quiet_NaN();
    }
};

/// Ratings and the document of each.
struct Rated {
    std::vector<Rating> ratings;
    std::vector<std::size_t> documents;

    void add(Rating rating, std::size_t document)
    {
        ratings.push_back(std::move(rating));
        documents.push_back(document);
    }
    std::int64_t weight(std::size_t i, Weights weights) const { return weights.empty() ? 1 : weights[documents[i]]; }
};

std::size_t categoriesOf(const Rated& rated)
{
    int highest = -1;
    for (const Rating& rating : rated.ratings)
        for (const int category : rating)
            highest = std::max(highest, category);
    return static_cast<std::size_t>(highest + 1);
}

bool isJudgedByBoth(const Rating& rating)
{
    return rating.size() >= 2 && rating[0] >= 0 && rating[1] >= 0;
}

Differences cohen(const Rated& rated, std::size_t categories, Weights weights)
{
    std::vector<std::array<std::int64_t, 2>> given(categories);
    std::int64_t count = 0, different = 0;
    for (std::size_t i = 0; i < rated.ratings.size(); ++i) {
        const Rating& rating = rated.ratings[i];
        const std::int64_t weight = rated.weight(i, weights);
        if (!isJudgedByBoth(rating))
            continue;
        count += weight;
        different += rating[0] == rating[1] ? 0 : weight;
        given[static_cast<std::size_t>(rating[0])][0] += weight;
        given[static_cast<std::size_t>(rating[1])][1] += weight;
    }
    std::int64_t byChance = count * count; // pairs of judgements that differ; whole numbers, so that none is exactly 0
    for (const auto& [first, second] : given)
        byChance -= first * second;
    if (count == 0)
        return {};
    const auto all = static_cast<double>(count);
    return {static_cast<double>(different) / all, static_cast<double>(byChance) / (all * all)};
}

Differences krippendorff(const Rated& rated, std::size_t categories, Weights weights)
{
    std::vector<std::int64_t> given(categories), here(categories);
    std::int64_t count = 0;
    double different = 0;
    for (std::size_t i = 0; i < rated.ratings.size(); ++i) {
        const std::int64_t weight = rated.weight(i, weights);
        std::ranges::fill(here, 0);
        std::int64_t judged = 0;
        for (const int category : rated.ratings[i])
            if (category >= 0) {
                ++here[static_cast<std::size_t>(category)];
                ++judged;
            }
        if (judged < 2)
            continue;
        std::int64_t pairs = judged * judged; // ordered ones that differ
        for (std::size_t c = 0; c < categories; ++c) {
            given[c] += weight * here[c];
            pairs -= here[c] * here[c];
        }
        count += weight * judged;
        different += static_cast<double>(weight * pairs) / static_cast<double>(judged - 1);
    }
    std::int64_t byChance = count * count;
    for (const std::int64_t of : given)
        byChance -= of * of;
    if (count < 2)
        return {};
    const auto all = static_cast<double>(count);
    return {different / all, static_cast<double>(byChance) / (all * (all - 1))};
}

std::optional<double> defined(double value)
{
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

Rated unplaced(std::span<const Rating> ratings)
{
    return {{ratings.begin(), ratings.end()}, {}};
}

/// Spans of one label in one document.
struct SpanCounts {
    std::int64_t spans = 0, exact = 0, overlapping = 0; ///< of both readers; pairs
};

/// Everything that readers said of one label.
struct Said {
    Rated documents, findings;
    std::size_t categories = 0;    ///< of findings
    std::vector<SpanCounts> spans; ///< one a document; empty unless there are two readers
};

constexpr std::size_t figureCount = 6;
using Values = std::array<double, figureCount>;

Values valuesOf(const Said& said, std::size_t readers, Weights weights)
{
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    SpanCounts all;
    for (std::size_t i = 0; i < said.spans.size(); ++i) {
        const std::int64_t weight = weights.empty() ? 1 : weights[i];
        all.spans += weight * said.spans[i].spans;
        all.exact += weight * said.spans[i].exact;
        all.overlapping += weight * said.spans[i].overlapping;
    }
    const auto f1 = [&](std::int64_t pairs) {
        return all.spans > 0 ? 2 * static_cast<double>(pairs) / static_cast<double>(all.spans) : undefined;
    };
    const bool areTwo = readers == 2;
    return {areTwo ? cohen(said.documents, 2, weights).coefficient() : undefined,
        krippendorff(said.documents, 2, weights).coefficient(),
        areTwo ? cohen(said.findings, said.categories, weights).coefficient() : undefined,
        krippendorff(said.findings, said.categories, weights).coefficient(), f1(all.exact), f1(all.overlapping)};
}

/// What is said of all labels together: documents are pooled, findings and spans counted as if of one label.
struct Overall {
    const std::map<std::string, Said>& labels;
    Said together; ///< findings and spans

    Values values(std::size_t readers, Weights weights) const
    {
        Values values = valuesOf(together, readers, weights);
        Differences kappa, alpha;
        for (const auto& [label, said] : labels) {
            kappa += cohen(said.documents, 2, weights);
            alpha += krippendorff(said.documents, 2, weights);
        }
        values[0] = readers == 2 ? kappa.coefficient() : values[0];
        values[1] = alpha.coefficient();
        return values;
    }
};

/// Puts what readers said into tables.
class Collector {
  public:
    Collector(const std::vector<Readings>& documents, const AgreementOptions& options)
        : m_documents(documents)
        , m_options(options)
    {
        for (const std::string& label : options.labels)
            m_labels[label];
        for (const Readings& readings : documents)
            for (const Document* document : readings)
                if (document)
                    addLabelsOf(*document);
        for (std::size_t i = 0; i < documents.size(); ++i)
            for (auto& [label, said] : m_labels) {
                addDocument(label, said, i);
                addFindings(label, said, i);
                addSpans(label, said, i);
            }
        for (auto& [label, said] : m_labels)
            said.categories = m_categories.size();
    }

    std::map<std::string, Said> take() { return std::move(m_labels); }

  private:
    void addLabelsOf(const Document& document)
    {
        for (const std::string& label : document.labels)
            m_labels[label];
        for (const Annotation& span : document.spans)
            if (span.isConfirmed)
                m_labels[span.label];
    }

    static std::vector<const Annotation*> spansOf(const Document* document, const std::string& label)
    {
        std::vector<const Annotation*> spans;
        if (!document)
            return spans;
        for (const Annotation& span : document->spans)
            if (span.isConfirmed && span.label == label)
                spans.push_back(&span);
        return spans;
    }

    void addDocument(const std::string& label, Said& said, std::size_t i) const
    {
        Rating rating;
        for (const Document* document : m_documents[i])
            rating.push_back(!document ? -1 : std::ranges::count(document->labels, label) > 0 ? 1 : 0);
        said.documents.add(std::move(rating), i);
    }

    int categoryOf(const Annotation& span)
    {
        const auto found = span.attributes.find(m_options.attribute);
        const std::string value = found == span.attributes.end() ? std::string() : found->second;
        return m_categories.try_emplace(value, static_cast<int>(m_categories.size())).first->second;
    }

    void addFindings(const std::string& label, Said& said, std::size_t i)
    {
        std::vector<const Annotation*> spans;
        std::vector<std::size_t> readers;
        for (std::size_t reader = 0; reader < m_documents[i].size(); ++reader)
            for (const Annotation* span : spansOf(m_documents[i][reader], label)) {
                spans.push_back(span);
                readers.push_back(reader);
            }
        for (const std::vector<std::size_t>& finding : overlapping(spans)) {
            constexpr int none = -1, several = -2;
            Rating rating(m_documents[i].size(), none);
            for (const std::size_t member : finding) {
                int& its = rating[readers[member]];
                const int category = categoryOf(*spans[member]);
                its = its == none || its == category ? category : several;
            }
            std::ranges::replace(rating, several, none);
            said.findings.add(std::move(rating), i);
        }
    }

    void addSpans(const std::string& label, Said& said, std::size_t i) const
    {
        if (m_documents[i].size() != 2)
            return;
        said.spans.emplace_back();
        if (!m_documents[i][0] || !m_documents[i][1])
            return;
        const auto a = spansOf(m_documents[i][0], label), b = spansOf(m_documents[i][1], label);
        said.spans.back() = {static_cast<std::int64_t>(a.size() + b.size()),
            std::ssize(pairsOf(a, b, [](const auto& x, const auto& y) { return x.pieces == y.pieces; })),
            std::ssize(pairsOf(a, b, overlap))};
    }

    const std::vector<Readings>& m_documents;
    const AgreementOptions& m_options;
    std::map<std::string, Said> m_labels;
    std::map<std::string, int> m_categories;
};

Said togetherOf(const std::map<std::string, Said>& labels, std::size_t documents)
{
    Said all;
    for (const auto& [label, said] : labels) {
        all.categories = said.categories;
        for (std::size_t i = 0; i < said.findings.ratings.size(); ++i)
            all.findings.add(said.findings.ratings[i], said.findings.documents[i]);
        all.spans.resize(said.spans.empty() ? 0 : documents);
        for (std::size_t i = 0; i < said.spans.size(); ++i) {
            all.spans[i].spans += said.spans[i].spans;
            all.spans[i].exact += said.spans[i].exact;
            all.spans[i].overlapping += said.spans[i].overlapping;
        }
    }
    return all;
}

std::int64_t countOf(const Rated& rated, bool byBoth)
{
    return std::ranges::count_if(rated.ratings, [byBoth](const Rating& rating) {
        return byBoth ? isJudgedByBoth(rating)
                      : std::ranges::count_if(rating, [](int category) { return category >= 0; }) >= 2;
    });
}

LabelAgreement figuresOf(
    const std::string& label, const Said& said, const Values& values, std::span<const learning::Interval> intervals)
{
    LabelAgreement agreement{label, {}, {}, {}, {}, {}, {}};
    std::int64_t spans = 0;
    for (const SpanCounts& counts : said.spans)
        spans += counts.spans;
    const std::array<std::int64_t, figureCount> counts{countOf(said.documents, true), countOf(said.documents, false),
        countOf(said.findings, true), countOf(said.findings, false), spans, spans};
    const std::array<Figure*, figureCount> figures{&agreement.documentKappa, &agreement.documentAlpha,
        &agreement.attributeKappa, &agreement.attributeAlpha, &agreement.exactF1, &agreement.overlapF1};
    for (std::size_t i = 0; i < figureCount; ++i) {
        figures[i]->value = defined(values[i]);
        figures[i]->count = counts[i];
        if (figures[i]->value && std::isfinite(intervals[i].low))
            figures[i]->interval = intervals[i];
    }
    return agreement;
}

/// The documents of one reader by id.
Result<void> addReader(const std::vector<Document>& documents, std::size_t reader, std::size_t readers,
    std::map<std::string, std::size_t>& places, std::vector<Readings>& all)
{
    for (const Document& document : documents) {
        const auto [place, isNew] = places.try_emplace(document.id, all.size());
        if (isNew)
            all.emplace_back(readers, nullptr);
        Readings& readings = all[place->second];
        if (readings[reader])
            return badInput(text("reports", "The document %1 stands twice with one reader.").with(document.id));
        for (const Document* other : readings)
            if (other && other->text != document.text)
                return badInput(text("reports", "The text of the document %1 is not the same with every reader.")
                                    .with(document.id));
        readings[reader] = &document;
    }
    return {};
}

} // namespace

std::optional<double> cohenKappa(std::span<const Rating> ratings)
{
    const Rated rated = unplaced(ratings);
    return defined(cohen(rated, categoriesOf(rated), {}).coefficient());
}

std::optional<double> krippendorffAlpha(std::span<const Rating> ratings)
{
    const Rated rated = unplaced(ratings);
    return defined(krippendorff(rated, categoriesOf(rated), {}).coefficient());
}

Result<std::vector<Readings>> sideBySide(std::span<const std::vector<Document>> readers)
{
    std::vector<Readings> all;
    std::map<std::string, std::size_t> places;
    for (std::size_t reader = 0; reader < readers.size(); ++reader)
        TRY(addReader(readers[reader], reader, readers.size(), places, all));
    return all;
}

Result<Agreement> agreementOf(
    std::span<const std::vector<Document>> readers, const AgreementOptions& options, const Monitor& monitor)
{
    std::vector<Readings> documents = TRY(sideBySide(readers));
    std::erase_if(documents, [](const Readings& readings) {
        return std::ranges::count_if(readings, [](const Document* document) { return document != nullptr; }) < 2;
    });
    const std::map<std::string, Said> labels = Collector(documents, options).take();
    const Overall overall{labels, togetherOf(labels, documents.size())};
    std::vector<std::int64_t> units(documents.size());
    std::iota(units.begin(), units.end(), 0);
    const auto everyValue = [&](Weights weights) {
        std::vector<Values> all{overall.values(readers.size(), weights)};
        for (const auto& [label, said] : labels)
            all.push_back(valuesOf(said, readers.size(), weights));
        return all;
    };
    TRY(monitor.at(text("reports", "Comparing readers"), 0));
    const auto intervals = learning::bootstrapIntervals(units, static_cast<int>(figureCount * (labels.size() + 1)),
        options.resamples, options.seed, [&](Weights weights, std::span<double> values) {
            if (!monitor.stopRequested())
                std::ranges::copy(everyValue(weights) | std::views::join, values.begin());
        });
    TRY(monitor.at(text("reports", "Comparing readers"), 1));
    const std::vector<Values> values = everyValue({});
    Agreement agreement{static_cast<std::int64_t>(documents.size()), {}, {}};
    agreement.overall = figuresOf({}, overall.together, values[0], std::span(intervals).first(figureCount));
    std::size_t at = 1;
    for (const auto& [label, said] : labels) {
        agreement.labels.push_back(
            figuresOf(label, said, values[at], std::span(intervals).subspan(at * figureCount, figureCount)));
        ++at;
    }
    return agreement;
}

} // namespace hounsfield::reports
