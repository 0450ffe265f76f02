#pragma once

#include "core/reports/lexicon.h"

#include <optional>
#include <span>
#include <vector>

namespace hounsfield::reports {

/// Tokens [begin, end) of a sentence.
struct TokenRange {
    std::size_t begin = 0, end = 0;
};

/// What a sentence says of a concept in it.
struct Reading {
    Status status = Status::Present;
    std::optional<TokenRange> trigger; ///< what set the status; none: nothing did, so Present
    bool isPast = false;               ///< something calls it old or past, whatever the status
    bool isGone = false;               ///< historical because it has resolved or was removed: no longer there
};

/// One sentence as the rules see it. Findings and negation both ask it for a status, so they cannot disagree.
/// A trigger reaches a concept within its window, which starts anew in every part of a list, and never across an end
/// ("but", "which") or into a part that speaks for itself ("no effusion, the heart is large").
class StatusScope {
  public:
    /// Tokens of one sentence; both must outlive the scope.
    StatusScope(std::span<const Token> sentence, const RuleSet& rules);

    Reading statusOf(TokenRange target) const;
    /// What is said of an organ that is a finding only when called normal or abnormal; nothing when it is called
    /// neither.
    std::optional<Reading> statusOfSubject(TokenRange subject) const;

    /// Whether an earlier examination did not show it: "a nodule, not seen on prior exams".
    bool isNew(TokenRange target) const;

    /// Everything the rules found in the sentence, by begin.
    const std::vector<PhraseMatch>& matches() const { return m_matches; }
    const Rule& ruleOf(const PhraseMatch& match) const { return m_rules.rules()[match.rule]; }
    /// Tokens between two ranges without an end between them; nothing when there is one or they overlap.
    std::optional<std::size_t> distance(TokenRange a, TokenRange b) const;

  private:
    /// A part of a list, or a whole sentence without commas.
    struct Segment {
        std::size_t begin = 0, end = 0;
        Rule::Role opener = Rule::Role::List; ///< List, And or Join
        bool hasClause = false;
    };
    struct Candidate {
        const PhraseMatch* match = nullptr;
        std::size_t distance = 0;
    };
    enum class Side { Before, After };
    enum class Crossing { Listed, Open }; ///< whether a trigger behind must stand in the last part of a list

    void chooseTriggers();
    /// Of rules with the same words, the program's give way to local ones that stand on the same side of a concept.
    void dropOverruled(std::vector<PhraseMatch>& sameWords) const;
    /// A denial right before words of an earlier examination denies nothing now.
    void dropEarlier();
    void cutSegments();
    std::size_t segmentAt(std::size_t token) const { return m_segmentOf[token]; }
    bool isEndBetween(std::size_t from, std::size_t to) const { return m_endsBefore[to] != m_endsBefore[from]; }
    std::optional<std::size_t> reachFromBefore(const PhraseMatch& trigger, TokenRange target) const;
    std::optional<std::size_t> reachFromBehind(const PhraseMatch& trigger, TokenRange target, Crossing crossing) const;
    template <typename Wanted>
    Candidate nearest(TokenRange target, Side side, Crossing crossing, const Wanted& wanted) const;
    Candidate nearestOf(Rule::Meaning meaning, TokenRange target) const;
    /// A doubt that is itself denied ("no effusion or suspected mass") gives way to the denial.
    Candidate withoutDoubt(const Candidate& candidate) const;
    Candidate predicateOf(TokenRange subject) const;

    std::span<const Token> m_sentence;
    const RuleSet& m_rules;
    std::vector<PhraseMatch> m_matches;
    std::vector<PhraseMatch> m_triggers;      ///< without overlaps: the longest of each place, all rules that share it
    std::vector<PhraseMatch> m_unseenEarlier; ///< denials that speak of an earlier examination
    std::vector<Segment> m_segments;
    std::vector<std::size_t> m_segmentOf;  ///< of each token
    std::vector<std::size_t> m_endsBefore; ///< how many ends begin before each token
};

} // namespace hounsfield::reports
