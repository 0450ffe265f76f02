#include "core/reports/status_scope.h"

#include <algorithm>
#include <limits>

namespace hounsfield::reports {

namespace {

using Role = Rule::Role;
using Meaning = Rule::Meaning;

bool opensSegment(Role role)
{
    return role == Role::List || role == Role::And || role == Role::Join;
}

bool isPredicate(Meaning meaning)
{
    return meaning == Meaning::Normal || meaning == Meaning::Abnormal;
}

TokenRange rangeOf(const PhraseMatch& match)
{
    return {match.begin, match.end};
}

} // namespace

StatusScope::StatusScope(std::span<const Token> sentence, const RuleSet& rules)
    : m_sentence(sentence)
    , m_rules(rules)
    , m_matches(rules.phrases().matches(sentence))
{
    chooseTriggers();
    dropEarlier();
    cutSegments();
}

void StatusScope::dropOverruled(std::vector<PhraseMatch>& sameWords) const
{
    std::vector<const Rule*> rules;
    for (const PhraseMatch& match : sameWords)
        rules.push_back(&ruleOf(match));
    std::erase_if(sameWords, [&](const PhraseMatch& match) {
        const Rule& rule = ruleOf(match);
        return !rule.isLocal && std::ranges::any_of(rules, [&](const Rule* other) {
            const bool isOfOtherSide = (other->role == Role::Before && rule.role == Role::After)
                                       || (other->role == Role::After && rule.role == Role::Before);
            return other->isLocal && !isOfOtherSide;
        });
    });
}

void StatusScope::chooseTriggers()
{
    std::size_t free = 0;
    for (std::size_t i = 0; i < m_matches.size();) {
        const std::size_t begin = m_matches[i].begin;
        std::vector<PhraseMatch> longest;
        for (; i < m_matches.size() && m_matches[i].begin == begin; ++i) {
            const PhraseMatch& match = m_matches[i];
            if (ruleOf(match).kind != Rule::Kind::Trigger || begin < free)
                continue;
            if (!longest.empty() && match.end > longest.front().end)
                longest.clear();
            if (longest.empty() || match.end == longest.front().end)
                longest.push_back(match);
        }
        dropOverruled(longest);
        m_triggers.insert(m_triggers.end(), longest.begin(), longest.end());
        free = longest.empty() ? free : longest.front().end;
    }
}

void StatusScope::dropEarlier()
{
    for (const PhraseMatch& earlier : m_triggers) {
        if (ruleOf(earlier).role != Role::Earlier)
            continue;
        for (const PhraseMatch& trigger : m_triggers)
            if (trigger.end == earlier.begin && ruleOf(trigger).meaning == Meaning::Absent)
                m_unseenEarlier.push_back(trigger);
    }
    std::erase_if(m_triggers, [&](const PhraseMatch& trigger) {
        return std::ranges::any_of(m_unseenEarlier,
            [&](const PhraseMatch& unseen) { return trigger.begin == unseen.begin && trigger.rule == unseen.rule; });
    });
}

bool StatusScope::isNew(TokenRange target) const
{
    return std::ranges::any_of(m_unseenEarlier, [&](const PhraseMatch& unseen) {
        return ruleOf(unseen).role != Role::Before && reachFromBehind(unseen, target, Crossing::Listed);
    });
}

void StatusScope::cutSegments()
{
    const std::size_t count = m_sentence.size();
    m_segments.push_back({0, count});
    m_segmentOf.assign(count + 1, 0);
    m_endsBefore.assign(count + 1, 0);
    std::size_t token = 0, ends = 0;
    const auto fill = [&](std::size_t to) {
        for (; token < to; ++token) {
            m_segmentOf[token] = m_segments.size() - 1;
            m_endsBefore[token] = ends;
        }
    };
    for (const PhraseMatch& trigger : m_triggers) {
        const Role role = ruleOf(trigger).role;
        fill(trigger.begin);
        if (opensSegment(role)) {
            Segment& last = m_segments.back();
            const bool isEmpty = last.begin >= trigger.begin && m_segments.size() > 1; // ", or"
            if (isEmpty)
                last = {trigger.end, count, role};
            else {
                last.end = trigger.begin;
                m_segments.push_back({trigger.end, count, role});
            }
        }
        fill(trigger.begin + 1);
        ends += role == Role::End ? 1 : 0;
        fill(trigger.end);
        m_segments.back().hasClause |= role == Role::Clause || ruleOf(trigger).meaning == Meaning::Normal;
    }
    fill(count + 1);
}

std::optional<std::size_t> StatusScope::distance(TokenRange a, TokenRange b) const
{
    if (a.begin > b.begin)
        std::swap(a, b);
    if (a.end > b.begin || isEndBetween(a.end, b.begin))
        return {};
    return b.begin - a.end;
}

std::optional<std::size_t> StatusScope::reachFromBefore(const PhraseMatch& trigger, TokenRange target) const
{
    const std::size_t end = std::min(trigger.end, target.begin); // "no focal" of "no focal consolidation" may overlap
    if (trigger.begin >= target.begin || isEndBetween(end, target.begin))
        return {};
    const std::size_t first = segmentAt(trigger.begin), last = segmentAt(target.begin);
    const bool isOpen = trigger.end == m_segments[first].end; // "no acute, displaced fracture is seen"
    for (std::size_t i = first + (isOpen ? 2 : 1); i <= last; ++i)
        if (m_segments[i].hasClause && m_segments[i].opener != Role::Join)
            return {};
    const std::size_t from = std::min(target.begin, std::max(end, m_segments[last].begin));
    if (target.begin - from > ruleOf(trigger).window)
        return {};
    return target.begin - end;
}

std::optional<std::size_t> StatusScope::reachFromBehind(
    const PhraseMatch& trigger, TokenRange target, Crossing crossing) const
{
    if (trigger.begin < target.end || isEndBetween(target.end, trigger.begin))
        return {};
    const std::size_t first = segmentAt(target.end - 1), last = segmentAt(trigger.begin);
    const Segment& its = m_segments[last];
    const bool isPartOfItsOwn = first + 1 == last && trigger.begin == its.begin && trigger.end + 1 >= its.end;
    if (crossing == Crossing::Open && isPartOfItsOwn) // "is stable, within normal limits"
        return trigger.begin - target.end;
    for (std::size_t i = first; i < last; ++i)
        if (m_segments[i].hasClause)
            return {};
    const std::size_t from = first == last ? target.end : std::min(its.begin, trigger.begin);
    if (trigger.begin - from > ruleOf(trigger).window)
        return {};
    if (first != last && its.opener == Role::List && trigger.begin > from) {
        const bool endsItsPart = target.end == m_segments[first].end;
        if (crossing == Crossing::Listed || !endsItsPart)
            return {};
    }
    return trigger.begin - target.end;
}

template <typename Wanted>
StatusScope::Candidate StatusScope::nearest(TokenRange target, Side side, Crossing crossing, const Wanted& wanted) const
{
    Candidate best{nullptr, std::numeric_limits<std::size_t>::max()};
    for (const PhraseMatch& trigger : m_triggers) {
        const Rule& rule = ruleOf(trigger);
        const bool fits = rule.role == Role::Both || rule.role == (side == Side::Before ? Role::Before : Role::After);
        if (!fits || !wanted(rule.meaning))
            continue;
        const auto reach =
            side == Side::Before ? reachFromBefore(trigger, target) : reachFromBehind(trigger, target, crossing);
        if (reach && *reach < best.distance)
            best = {&trigger, *reach};
    }
    return best;
}

StatusScope::Candidate StatusScope::nearestOf(Meaning meaning, TokenRange target) const
{
    const auto wanted = [meaning](Meaning other) { return other == meaning; };
    const Candidate before = nearest(target, Side::Before, Crossing::Listed, wanted);
    const Candidate after = nearest(target, Side::After, Crossing::Listed, wanted);
    return before.distance <= after.distance ? before : after;
}

StatusScope::Candidate StatusScope::withoutDoubt(const Candidate& candidate) const
{
    if (!candidate.match || ruleOf(*candidate.match).meaning != Meaning::Uncertain)
        return candidate;
    const auto isAbsent = [](Meaning meaning) { return meaning == Meaning::Absent; };
    const Candidate denial = nearest(rangeOf(*candidate.match), Side::Before, Crossing::Listed, isAbsent);
    if (!denial.match)
        return candidate;
    for (std::size_t i = segmentAt(denial.match->begin) + 1; i <= segmentAt(candidate.match->begin); ++i)
        if (m_segments[i].opener != Role::Join)
            return candidate;
    return denial;
}

Reading StatusScope::statusOf(TokenRange target) const
{
    const auto isDoubt = [](Meaning meaning) { return meaning == Meaning::Absent || meaning == Meaning::Uncertain; };
    const Candidate past = nearestOf(Meaning::Historical, target);
    const auto reading = [&](Status status, const Candidate& by) {
        TokenRange range = rangeOf(*by.match);
        if (range.begin < target.begin)
            range.end = std::min(range.end, target.begin);
        return Reading{status, range, past.match != nullptr};
    };
    if (const Candidate family = nearestOf(Meaning::Family, target); family.match)
        return reading(Status::Family, family);
    const Candidate before = withoutDoubt(nearest(target, Side::Before, Crossing::Listed, isDoubt));
    const Candidate after = nearest(target, Side::After, Crossing::Listed, isDoubt);
    for (const Candidate& candidate : {before, after})
        if (candidate.match && ruleOf(*candidate.match).meaning == Meaning::Absent)
            return reading(Status::Absent, candidate);
    if (const Candidate hypothesis = nearestOf(Meaning::Hypothetical, target); hypothesis.match)
        return reading(Status::Hypothetical, hypothesis);
    if (before.match || after.match)
        return reading(Status::Uncertain, before.match ? before : after);
    if (const Candidate gone = nearestOf(Meaning::Gone, target); gone.match) {
        Reading historical = reading(Status::Historical, gone);
        historical.isGone = true;
        return historical;
    }
    if (past.match)
        return reading(Status::Historical, past);
    return {};
}

StatusScope::Candidate StatusScope::predicateOf(TokenRange subject) const
{
    const Candidate before = nearest(subject, Side::Before, Crossing::Open, isPredicate);
    if (before.match && before.distance == 0)
        return before;
    const Candidate after = nearest(subject, Side::After, Crossing::Open, isPredicate);
    return after.match ? after : before;
}

std::optional<Reading> StatusScope::statusOfSubject(TokenRange subject) const
{
    const Candidate predicate = predicateOf(subject);
    if (!predicate.match)
        return {};
    Reading reading = statusOf(rangeOf(*predicate.match));
    if (ruleOf(*predicate.match).meaning == Meaning::Abnormal) {
        if (!reading.trigger)
            reading.trigger = rangeOf(*predicate.match);
        return reading;
    }
    if (reading.status == Status::Absent)
        return {};
    return Reading{Status::Absent, rangeOf(*predicate.match), false};
}

} // namespace hounsfield::reports
