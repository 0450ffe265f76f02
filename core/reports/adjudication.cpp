#include "core/reports/adjudication.h"

#include "core/reports/span_pairs.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

namespace hounsfield::reports {

namespace {

using Place = std::optional<std::size_t>;
using Fit = std::function<bool(const Annotation&, const Annotation&)>;

/// One thing in the lists of one reader or both.
struct Item {
    Place a, b;
    std::optional<Disagreement::Kind> dispute; ///< nothing: they agree
    Decision decision{Decision::Kind::TakeA, {}};
};

struct Comparison {
    std::vector<Item> labels, spans, relations;
};

bool areSame(const Annotation& x, const Annotation& y)
{
    return x.pieces == y.pieces && x.label == y.label && x.attributes == y.attributes;
}

/// Puts the lists of two readers side by side.
class Comparer {
  public:
    Comparer(const Document& a, const Document& b)
        : m_a(a)
        , m_b(b)
    {
    }

    Comparison run()
    {
        compareLabels();
        compareSpans();
        compareRelations();
        return std::move(m_found);
    }

  private:
    void compareLabels()
    {
        compareLists(m_a.labels.size(), m_b.labels.size(), m_found.labels, Disagreement::Kind::DocumentLabel,
            [&](std::size_t i, std::size_t j) { return m_a.labels[i] == m_b.labels[j]; });
    }

    /// Pairs what is equal, each once; the rest is in one list only.
    static void compareLists(std::size_t countA, std::size_t countB, std::vector<Item>& items, Disagreement::Kind kind,
        const std::function<bool(std::size_t, std::size_t)>& areEqual)
    {
        std::vector<bool> isPaired(countB);
        for (std::size_t i = 0; i < countA; ++i) {
            std::size_t j = 0;
            while (j < countB && (isPaired[j] || !areEqual(i, j)))
                ++j;
            if (j < countB)
                isPaired[j] = true;
            items.push_back(j < countB ? Item{i, j, {}} : Item{i, {}, kind});
        }
        for (std::size_t j = 0; j < countB; ++j)
            if (!isPaired[j])
                items.push_back({{}, j, kind});
    }

    void compareSpans()
    {
        for (std::size_t i = 0; i < m_a.spans.size(); ++i)
            m_restA.push_back(i);
        for (std::size_t j = 0; j < m_b.spans.size(); ++j)
            m_restB.push_back(j);
        pair({},
            [](const Annotation& x, const Annotation& y) { return areSame(x, y) && x.isConfirmed == y.isConfirmed; });
        std::erase_if(m_restA, [&](std::size_t i) { return !m_a.spans[i].isConfirmed; });
        std::erase_if(m_restB, [&](std::size_t j) { return !m_b.spans[j].isConfirmed; });
        using enum Disagreement::Kind;
        pair(Attributes,
            [](const Annotation& x, const Annotation& y) { return x.pieces == y.pieces && x.label == y.label; });
        pair(Label, [](const Annotation& x, const Annotation& y) { return x.pieces == y.pieces; });
        pair(Extent, [](const Annotation& x, const Annotation& y) { return x.label == y.label && overlap(x, y); });
        for (const std::size_t i : m_restA)
            m_found.spans.push_back({i, {}, Marked});
        for (const std::size_t j : m_restB)
            m_found.spans.push_back({{}, j, Marked});
    }

    void pair(std::optional<Disagreement::Kind> dispute, const Fit& fit)
    {
        std::vector<const Annotation*> a, b;
        for (const std::size_t i : m_restA)
            a.push_back(&m_a.spans[i]);
        for (const std::size_t j : m_restB)
            b.push_back(&m_b.spans[j]);
        std::set<std::size_t> pairedA, pairedB;
        for (const auto& [i, j] : pairsOf(a, b, fit)) {
            m_found.spans.push_back({m_restA[i], m_restB[j], dispute});
            pairedA.insert(m_restA[i]);
            pairedB.insert(m_restB[j]);
        }
        std::erase_if(m_restA, [&](std::size_t i) { return pairedA.contains(i); });
        std::erase_if(m_restB, [&](std::size_t j) { return pairedB.contains(j); });
    }

    /// Relations are the same when they join annotations that stand side by side, whatever their ids.
    void compareRelations()
    {
        std::map<std::string, std::size_t> itemOfA, itemOfB;
        for (std::size_t i = 0; i < m_found.spans.size(); ++i) {
            if (const Place& a = m_found.spans[i].a)
                itemOfA[m_a.spans[*a].id] = firstLike(i);
            if (const Place& b = m_found.spans[i].b)
                itemOfB[m_b.spans[*b].id] = firstLike(i);
        }
        const auto ends = [](const Relation& relation, const std::map<std::string, std::size_t>& items) {
            const auto from = items.find(relation.from), to = items.find(relation.to);
            const auto none = static_cast<std::size_t>(-1);
            return std::pair(from == items.end() ? none : from->second, to == items.end() ? none : to->second);
        };
        compareLists(m_a.relations.size(), m_b.relations.size(), m_found.relations, Disagreement::Kind::Related,
            [&](std::size_t i, std::size_t j) {
                const Relation &mine = m_a.relations[i], &other = m_b.relations[j];
                return mine.type == other.type && ends(mine, itemOfA) == ends(other, itemOfB);
            });
        std::erase_if(m_found.relations, [&](const Item& item) {
            const bool isWhole = (!item.a || joinsJudgements(m_a.relations[*item.a], m_a, itemOfA))
                                 && (!item.b || joinsJudgements(m_b.relations[*item.b], m_b, itemOfB));
            return item.dispute && !isWhole;
        });
    }

    /// Who marks the same words twice with one label has marked one thing: which of the two a relation names is chance.
    std::size_t firstLike(std::size_t item) const
    {
        const auto areAlike = [](const Place& x, const Place& y, const std::vector<Annotation>& spans) {
            return x.has_value() == y.has_value() && (!x || areSame(spans[*x], spans[*y]));
        };
        for (std::size_t i = 0; i < item; ++i)
            if (areAlike(m_found.spans[i].a, m_found.spans[item].a, m_a.spans)
                && areAlike(m_found.spans[i].b, m_found.spans[item].b, m_b.spans))
                return i;
        return item;
    }

    static bool joinsJudgements(
        const Relation& relation, const Document& document, const std::map<std::string, std::size_t>& items)
    {
        return std::ranges::all_of(document.spans, [&](const Annotation& span) {
            const bool isEnd = span.id == relation.from || span.id == relation.to;
            return !isEnd || (span.isConfirmed && items.contains(span.id));
        });
    }

    const Document& m_a;
    const Document& m_b;
    Comparison m_found;
    std::vector<std::size_t> m_restA, m_restB; ///< annotations not yet side by side with any
};

Span firstWords(const Document& document, const std::string& id)
{
    const auto found = std::ranges::find(document.spans, id, &Annotation::id);
    return found == document.spans.end() || found->pieces.empty() ? Span{} : found->pieces.front();
}

Disagreement told(const Item& item, const Document& a, const Document& b)
{
    Disagreement told{*item.dispute, {}, {}, item.a.has_value(), item.b.has_value(), {}, {}, {}};
    const Document& holder = item.a ? a : b;
    const std::size_t place = item.a ? *item.a : *item.b;
    if (told.kind == Disagreement::Kind::DocumentLabel) {
        told.label = holder.labels[place];
        return told;
    }
    if (told.kind == Disagreement::Kind::Related) {
        told.relation = holder.relations[place];
        const Span from = firstWords(holder, told.relation->from), to = firstWords(holder, told.relation->to);
        told.where = from.begin <= to.begin ? from : to;
        return told;
    }
    if (item.a)
        told.a = a.spans[*item.a];
    if (item.b)
        told.b = b.spans[*item.b];
    const auto begin = [](const Annotation& span) { return span.pieces.front(); };
    told.where = told.a ? begin(*told.a) : begin(*told.b);
    if (told.b && begin(*told.b).begin < told.where.begin)
        told.where = begin(*told.b);
    return told;
}

/// The items in dispute, in the order in which they are shown.
std::vector<std::pair<Disagreement, Item*>> disputes(Comparison& comparison, const Document& a, const Document& b)
{
    std::vector<std::pair<Disagreement, Item*>> all;
    for (std::vector<Item>* items : {&comparison.labels, &comparison.spans, &comparison.relations})
        for (Item& item : *items)
            if (item.dispute)
                all.emplace_back(told(item, a, b), &item);
    std::ranges::stable_sort(all, [](const auto& x, const auto& y) {
        const auto key = [](const Disagreement& one) {
            return std::tuple(one.kind != Disagreement::Kind::DocumentLabel, one.where.begin,
                one.kind == Disagreement::Kind::Related, one.where.end);
        };
        return key(x.first) < key(y.first);
    });
    return all;
}

Result<void> areComparable(const Document& a, const Document& b)
{
    TRY(check(a));
    TRY(check(b));
    if (a.text != b.text)
        return badInput(
            text("reports", "The text of the document %1 is not the same with every reader.").with(a.id), a.id);
    return {};
}

bool takes(const Item& item, Decision::Kind side)
{
    return item.decision.kind == side || item.decision.kind == Decision::Kind::Both;
}

/// Builds the document that was decided on.
class Author {
  public:
    Author(const Document& a, const Document& b, Comparison comparison)
        : m_a(a)
        , m_b(b)
        , m_comparison(std::move(comparison))
        , m_made(a)
    {
        m_made.labels.clear();
        m_made.spans.clear();
        m_made.relations.clear();
        m_made.facts.insert(b.facts.begin(), b.facts.end());
        for (const Annotation& span : a.spans)
            m_ids.insert(span.id);
        for (const Relation& relation : a.relations)
            m_relationIds.insert(relation.id);
    }

    Adjudicated run()
    {
        for (std::vector<Item>* items : {&m_comparison.labels, &m_comparison.spans, &m_comparison.relations})
            std::ranges::stable_sort(*items, [](const Item& x, const Item& y) { return orderOf(x) < orderOf(y); });
        for (const Item& item : m_comparison.labels) {
            if (item.a && takes(item, Decision::Kind::TakeA))
                m_made.labels.push_back(m_a.labels[*item.a]);
            else if (item.b && takes(item, Decision::Kind::TakeB))
                m_made.labels.push_back(m_b.labels[*item.b]);
        }
        for (const Item& item : m_comparison.spans)
            addSpans(item);
        for (const Item& item : m_comparison.relations)
            addRelations(item);
        return {std::move(m_made), std::move(m_lost)};
    }

  private:
    /// As A lists them, then what only B has.
    static std::pair<bool, std::size_t> orderOf(const Item& item)
    {
        return {!item.a.has_value(), item.a ? *item.a : *item.b};
    }

    static std::string freeId(const std::string& wanted, const char* letter, std::set<std::string>& taken)
    {
        std::string id = wanted;
        for (std::size_t number = taken.size() + 1; id.empty() || taken.contains(id); ++number)
            id = letter + std::to_string(number);
        taken.insert(id);
        return id;
    }

    /// @param id  of A, kept; empty: the annotation's own where it is free
    std::string add(Annotation span, const std::string& id)
    {
        span.id = id.empty() ? freeId(span.id, "T", m_ids) : id;
        m_made.spans.push_back(span);
        return span.id;
    }

    void addSpans(const Item& item)
    {
        const Annotation* a = item.a ? &m_a.spans[*item.a] : nullptr;
        const Annotation* b = item.b ? &m_b.spans[*item.b] : nullptr;
        const std::string id = a ? a->id : std::string();
        std::string madeOfA, madeOfB;
        if (item.decision.kind == Decision::Kind::Given) {
            Annotation given = *item.decision.given;
            given.isConfirmed = true;
            madeOfA = madeOfB = add(std::move(given), id);
        } else if (!item.dispute) {
            madeOfA = madeOfB = add(withBothNotes(*a, *b), id);
        } else {
            if (a && takes(item, Decision::Kind::TakeA))
                madeOfA = add(*a, id);
            if (b && takes(item, Decision::Kind::TakeB))
                madeOfB = add(*b, madeOfA.empty() ? id : std::string());
            if (item.decision.kind == Decision::Kind::TakeA)
                madeOfB = madeOfA;
            if (item.decision.kind == Decision::Kind::TakeB)
                madeOfA = madeOfB;
        }
        if (a)
            m_madeOfA[a->id] = madeOfA;
        if (b)
            m_madeOfB[b->id] = madeOfB;
    }

    static Annotation withBothNotes(const Annotation& a, const Annotation& b)
    {
        Annotation both = a;
        if (a.note != b.note && !b.note.empty())
            both.note += (a.note.empty() ? "" : " / ") + b.note;
        return both;
    }

    void addRelations(const Item& item)
    {
        std::optional<Relation> ofA, ofB;
        const bool wantsA = item.a && (!item.dispute || takes(item, Decision::Kind::TakeA));
        const bool wantsB = item.b && (!item.dispute || takes(item, Decision::Kind::TakeB));
        if (wantsA)
            ofA = made(m_a.relations[*item.a], m_madeOfA);
        if (wantsB)
            ofB = made(m_b.relations[*item.b], m_madeOfB);
        if ((wantsA || wantsB) && !ofA && !ofB)
            m_lost.push_back(wantsA ? m_a.relations[*item.a] : m_b.relations[*item.b]);
        if (ofA)
            m_made.relations.push_back(*ofA);
        // What both relate may stay with an annotation of each.
        const bool isAnother = ofB && !(ofA && areAlike(ofA->from, ofB->from) && areAlike(ofA->to, ofB->to));
        if (!isAnother)
            return;
        ofB->id = freeId(ofB->id, "R", m_relationIds);
        m_made.relations.push_back(*ofB);
    }

    /// The relation between what became of its ends; nothing when one was decided away.
    static std::optional<Relation> made(Relation relation, const std::map<std::string, std::string>& newIds)
    {
        for (std::string* end : {&relation.from, &relation.to}) {
            const auto found = newIds.find(*end);
            if (found == newIds.end() || found->second.empty())
                return {};
            *end = found->second;
        }
        return relation;
    }

    bool areAlike(const std::string& x, const std::string& y) const
    {
        const auto& spans = m_made.spans;
        return x == y
               || areSame(*std::ranges::find(spans, x, &Annotation::id), *std::ranges::find(spans, y, &Annotation::id));
    }

    const Document& m_a;
    const Document& m_b;
    Comparison m_comparison;
    Document m_made;
    std::vector<Relation> m_lost;
    std::set<std::string> m_ids, m_relationIds;
    std::map<std::string, std::string> m_madeOfA, m_madeOfB; ///< new id of each old one; empty: decided away
};

/// The suggestions of a reader that nobody has judged go on waiting, with their relations.
void putBackSuggestions(const Document& mine, Adjudicated& all)
{
    Document& made = all.document;
    std::set<std::string> suggested, there, relations;
    for (const Annotation& span : made.spans)
        there.insert(span.id);
    for (const Relation& relation : made.relations)
        relations.insert(relation.id);
    for (const Annotation& span : mine.spans) {
        if (span.isConfirmed)
            continue;
        suggested.insert(span.id);
        const bool isJudged = std::ranges::any_of(made.spans,
            [&](const Annotation& other) { return other.pieces == span.pieces && other.label == span.label; });
        if (!isJudged && there.insert(span.id).second)
            made.spans.push_back(span);
    }
    for (const Relation& relation : mine.relations) {
        const bool isOfSuggestion = suggested.contains(relation.from) || suggested.contains(relation.to);
        if (!isOfSuggestion || relations.contains(relation.id))
            continue;
        if (there.contains(relation.from) && there.contains(relation.to))
            made.relations.push_back(relation);
        else
            all.lost.push_back(relation);
    }
}

bool isOfSpans(Disagreement::Kind kind)
{
    return kind != Disagreement::Kind::DocumentLabel && kind != Disagreement::Kind::Related;
}

} // namespace

Result<std::vector<Disagreement>> disagreements(const Document& a, const Document& b)
{
    TRY(areComparable(a, b));
    Comparison comparison = Comparer(a, b).run();
    std::vector<Disagreement> all;
    for (auto& [disagreement, item] : disputes(comparison, a, b))
        all.push_back(std::move(disagreement));
    return all;
}

Result<Adjudicated> adjudicated(const Document& a, const Document& b, std::span<const Decision> decisions)
{
    TRY(areComparable(a, b));
    Comparison comparison = Comparer(a, b).run();
    const auto disputed = disputes(comparison, a, b);
    const auto decided = std::ranges::count_if(
        decisions, [](const Decision& decision) { return decision.kind != Decision::Kind::Undecided; });
    if (decisions.size() != disputed.size() || static_cast<std::size_t>(decided) != disputed.size())
        return badInput(text("reports", "Of %1 disagreements %2 are decided.").with(disputed.size(), decided), a.id);
    for (std::size_t i = 0; i < disputed.size(); ++i) {
        const auto& [disagreement, item] = disputed[i];
        if (decisions[i].kind == Decision::Kind::Given && !(decisions[i].given && isOfSpans(disagreement.kind)))
            return badInput(text("reports", "Only marked words can be replaced by an annotation."), a.id);
        item->decision = decisions[i];
    }
    Adjudicated made = Author(a, b, std::move(comparison)).run();
    TRY(check(made.document));
    return made;
}

Result<Adjudicated> settled(const Document& mine, const Document& theirs, std::size_t number, Decision::Kind kind)
{
    std::vector<Decision> decisions(TRY(disagreements(mine, theirs)).size(), {Decision::Kind::TakeA, {}});
    if (number >= decisions.size())
        return badInput(text("reports", "This disagreement is settled already."), mine.id);
    decisions[number].kind = kind;
    Adjudicated made = TRY(adjudicated(mine, theirs, decisions));
    putBackSuggestions(mine, made);
    TRY(check(made.document));
    return made;
}

} // namespace hounsfield::reports
