#include "core/reports/exchange_formats.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <numeric>

namespace hounsfield::reports {

namespace {

/// The longest annotations, none of which touches another's words.
std::set<std::size_t> apart(const std::vector<Annotation>& spans)
{
    const auto begin = [&spans](std::size_t i) { return spans[i].pieces.front().begin; };
    const auto end = [&spans](std::size_t i) { return spans[i].pieces.back().end; };
    std::vector<std::size_t> order(spans.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return end(a) - begin(a) > end(b) - begin(b); });
    std::map<std::int64_t, std::int64_t> taken; // begin, end
    std::set<std::size_t> kept;
    for (const std::size_t i : order) {
        const auto next = taken.lower_bound(begin(i));
        if ((next != taken.end() && next->first < end(i))
            || (next != taken.begin() && std::prev(next)->second > begin(i)))
            continue;
        taken.emplace(begin(i), end(i));
        kept.insert(i);
    }
    return kept;
}

void dropOverlaps(Document& document, Tally& tally)
{
    const std::set<std::size_t> kept = apart(document.spans);
    std::vector<Annotation> spans;
    for (const std::size_t i : kept)
        spans.push_back(std::move(document.spans[i]));
    tally.add(text("reports", "Annotations over or inside of longer ones"),
        static_cast<std::int64_t>(document.spans.size() - spans.size()));
    document.spans = std::move(spans);
}

void dropSpans(const Holds& holds, Document& document, Tally& tally)
{
    const auto drop = [&](const Text& what, const auto& isLost) {
        tally.add(what, static_cast<std::int64_t>(std::erase_if(document.spans, isLost)));
    };
    if (!holds.suggestions)
        drop(text("reports", "Suggestions that nobody confirmed"), [](const auto& span) { return !span.isConfirmed; });
    if (!holds.pieces)
        drop(text("reports", "Annotations in several pieces"), [](const auto& span) { return span.pieces.size() > 1; });
    if (!holds.overlaps)
        dropOverlaps(document, tally);
}

void dropRelations(const Holds& holds, Document& document, Tally& tally)
{
    std::set<std::string> ids;
    for (const Annotation& span : document.spans)
        ids.insert(span.id);
    const auto isLost = [&](const Relation& relation) {
        return !holds.relations || !ids.contains(relation.from) || !ids.contains(relation.to);
    };
    tally.add(text("reports", "Relations"), static_cast<std::int64_t>(std::erase_if(document.relations, isLost)));
}

void dropDetails(const Holds& holds, Document& document, Tally& tally)
{
    for (Annotation& span : document.spans) {
        if (!holds.attributes) {
            tally.add(text("reports", "Attributes"), static_cast<std::int64_t>(span.attributes.size()));
            span.attributes.clear();
        }
        if (!holds.notes) {
            tally.add(text("reports", "Notes"), span.note.empty() ? 0 : 1);
            span.note.clear();
        }
    }
}

template <typename Container> void drop(bool isHeld, Container& all, const Text& what, Tally& tally)
{
    if (isHeld)
        return;
    tally.add(what, static_cast<std::int64_t>(all.size()));
    all.clear();
}

void dropBlanks(Document& document, Tally& tally)
{
    const auto change = [&tally](std::string& name) {
        std::string changed = withoutBlanks(name);
        tally.add(text("reports", "Blanks in labels, which become underscores"), changed == name ? 0 : 1);
        name = std::move(changed);
    };
    for (Annotation& span : document.spans)
        change(span.label);
    for (Relation& relation : document.relations)
        change(relation.type);
}

} // namespace

std::string withoutBlanks(std::string_view name)
{
    std::string changed;
    const auto length = static_cast<std::int32_t>(name.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(name.data());
    for (std::int32_t i = 0; i < length;) {
        const std::int32_t start = i;
        UChar32 point = 0;
        U8_NEXT(bytes, i, length, point);
        if (point >= 0 && (u_isUWhiteSpace(point) || u_isISOControl(point)))
            changed += '_';
        else
            changed.append(name.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
    }
    return changed.empty() ? "_" : changed;
}

std::vector<Document> fitted(const ExchangeFormat& format, std::span<const Document> documents, Tally& tally)
{
    std::vector<Document> all(documents.begin(), documents.end());
    const Holds& holds = format.holds;
    for (Document& document : all) {
        dropSpans(holds, document, tally);
        dropRelations(holds, document, tally);
        dropDetails(holds, document, tally);
        drop(holds.documentLabels, document.labels, text("reports", "Labels of whole documents"), tally);
        drop(holds.parts, document.parts, text("reports", "Names of parts of documents"), tally);
        drop(holds.facts, document.facts, text("reports", "Facts of documents, such as the patient"), tally);
        if (!holds.blanks)
            dropBlanks(document, tally);
    }
    for (std::size_t i = 0; i < all.size() && !holds.documentNames; ++i) // they will be numbers
        tally.add(text("reports", "Names of documents"), all[i].id == std::to_string(i + 1) ? 0 : 1);
    if (format.fit)
        format.fit(all, tally);
    return all;
}

} // namespace hounsfield::reports
