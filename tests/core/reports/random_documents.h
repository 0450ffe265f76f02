#pragma once

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/reports/annotation.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <vector>

namespace hounsfield::reports {

/// Documents with every script and every kind of annotation, the same for the same seed.
class RandomDocuments {
  public:
    explicit RandomDocuments(std::uint64_t seed)
        : m_random(seed, "documents")
    {
    }

    std::vector<Document> some()
    {
        std::vector<Document> documents;
        const std::int64_t count = 1 + m_random.below(4);
        for (std::int64_t i = 0; i < count; ++i)
            documents.push_back(one("文 report " + std::to_string(i)));
        return documents;
    }

    Document one(const std::string& id)
    {
        Document document;
        document.id = id;
        const std::int64_t words = m_random.below(40);
        for (std::int64_t i = 0; i < words; ++i)
            document.text += any(m_words);
        const CodePoints points(document.text);
        for (std::int64_t i = m_random.below(9); i > 0 && points.size() > 0; --i)
            addSpan(document, points);
        for (std::int64_t i = m_random.below(5); i > 0 && !document.spans.empty(); --i)
            document.relations.push_back(
                {"R" + std::to_string(i), any(m_labels), anySpan(document), anySpan(document)});
        for (std::int64_t i = m_random.below(3); i > 0; --i)
            document.labels.push_back(any(m_labels) + std::to_string(i));
        for (std::int64_t i = m_random.below(3); i > 0; --i)
            document.facts["fact " + std::to_string(i)] = any(m_values);
        addParts(document, points.size());
        return document;
    }

  private:
    template <std::size_t count> std::string any(const std::array<const char*, count>& all)
    {
        return all[static_cast<std::size_t>(m_random.below(count))];
    }
    bool one() { return m_random.below(4) == 0; }

    std::string anySpan(const Document& document)
    {
        return document
            .spans[static_cast<std::size_t>(m_random.below(static_cast<std::int64_t>(document.spans.size())))]
            .id;
    }

    void addSpan(Document& document, const CodePoints& points)
    {
        Annotation span;
        span.id = "T" + std::to_string(document.spans.size() + 1);
        span.label = any(m_labels);
        std::int64_t at = m_random.below(points.size());
        for (std::int64_t piece = one() ? 3 : 1; piece > 0 && at < points.size(); --piece) {
            const std::int64_t end = std::min(points.size(), at + 1 + m_random.below(12));
            span.pieces.push_back({at, end});
            at = end + 1 + m_random.below(4);
        }
        span.surface = surfaceOf(points, span.pieces);
        for (const char* name : {"status", "side", "size mm"})
            if (one())
                span.attributes[name] = any(m_values);
        if (one())
            span.note = any(m_values);
        span.isConfirmed = !one();
        document.spans.push_back(std::move(span));
    }

    void addParts(Document& document, std::int64_t size)
    {
        if (one())
            document.parts = {
                {"findings", {0, size / 3}}, {"诊断意见", {size / 3, size / 3}}, {"text", {size / 2, size}}};
    }

    static constexpr std::array<const char*, 30> m_words{"nodule", " ", " ", "\n", "\r\n", "\n\n", "\u00a0", "左肺",
        "结节，", "。", "🫁", "👩‍⚕️", "e\u0301dema", "שלום", " \u202bمرحبا\u202c ", "3.2", "cm", ", ", ". ",
        ";", "\"", "=1+1", "'", "\t", "-DOCSTART-", "x-ray", "[**Name**]", "\\", "\u3000", "á"};
    static constexpr std::array<const char*, 8> m_labels{
        "Edema", "Lung Lesion", "肺结节", "B-x", "Equiv", "a;b=c", "=label", "No_Finding"};
    static constexpr std::array<const char*, 12> m_values{
        "true", "absent", "left", "", "3.2", "a;b", "c=d", "e\\", "-5", "'=x", "two\nlines", " 两 字 "};

    Random m_random;
};

/// A hundred small files need not be safe from a loss of power.
inline FileCalls withoutSync()
{
    FileCalls calls = FileCalls::ofTheSystem();
    calls.sync = [](int) { return 0; };
    return calls;
}

/// The same document with its spans and relations in one order and numbered in it: what formats may choose.
inline Document inOrder(Document document)
{
    const auto place = [](const Annotation& span) {
        std::vector<std::int64_t> borders;
        for (const Span& piece : span.pieces)
            borders.insert(borders.end(), {piece.begin, piece.end});
        return std::tuple(borders, span.label, span.attributes, span.note, span.isConfirmed);
    };
    std::ranges::stable_sort(document.spans, {}, place);
    const auto rename = [&document](const std::string& from, const std::string& to) {
        for (Relation& relation : document.relations) {
            relation.from = relation.from == from ? to : relation.from;
            relation.to = relation.to == from ? to : relation.to;
        }
    };
    for (std::size_t i = 0; i < document.spans.size(); ++i)
        rename(document.spans[i].id, "#" + std::to_string(i));
    for (std::size_t i = 0; i < document.spans.size(); ++i)
        document.spans[i].id = "#" + std::to_string(i);
    std::ranges::sort(document.relations, {},
        [](const Relation& relation) { return std::tuple(relation.type, relation.from, relation.to); });
    for (std::size_t i = 0; i < document.relations.size(); ++i)
        document.relations[i].id = "R" + std::to_string(i);
    return document;
}

} // namespace hounsfield::reports
