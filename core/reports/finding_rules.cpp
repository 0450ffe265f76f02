#include "core/reports/finding_rules.h"

#include "core/reports/finding_attributes.h"
#include "core/reports/sentences.h"
#include "core/reports/status_scope.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace hounsfield::reports {

namespace {

Span spanOf(std::span<const Token> sentence, TokenRange range)
{
    return {sentence[range.begin].span.begin, sentence[range.end - 1].span.end};
}

Trigger triggerOf(const CodePoints& text, std::span<const Token> sentence, const std::optional<TokenRange>& range)
{
    if (!range)
        return {};
    const Span span = spanOf(sentence, *range);
    return {text.slice(span), span};
}

bool names(const Rule& rule)
{
    return rule.kind != Rule::Kind::Trigger && rule.kind != Rule::Kind::Attribute;
}

/// The names of findings that stand in no longer name; of the same words, local ones before those of the program.
std::vector<PhraseMatch> outermost(const StatusScope& scope)
{
    std::vector<PhraseMatch> sorted;
    for (const PhraseMatch& match : scope.matches())
        if (names(scope.ruleOf(match)))
            sorted.push_back(match);
    const auto isLocal = [&](const PhraseMatch& match) { return scope.ruleOf(match).isLocal; };
    std::ranges::sort(sorted, [&](const PhraseMatch& a, const PhraseMatch& b) {
        return std::tuple(a.begin, b.end, isLocal(b)) < std::tuple(b.begin, a.end, isLocal(a));
    });
    std::vector<PhraseMatch> kept;
    TokenRange widest;
    bool isWidestLocal = false;
    for (const PhraseMatch& match : sorted) {
        const bool isSame = match.begin == widest.begin && match.end == widest.end;
        if (match.end <= widest.end && (!isSame || isLocal(match) != isWidestLocal))
            continue;
        widest = {match.begin, match.end};
        isWidestLocal = isLocal(match);
        kept.push_back(match);
    }
    return kept;
}

class TextReader {
  public:
    TextReader(std::string_view utf8, const RuleSet& rules)
        : m_text(utf8)
        , m_tokens(tokensOf(m_text))
        , m_rules(rules)
    {
    }

    std::vector<Finding> run()
    {
        for (const Sentence& sentence : sentencesOf(m_text, m_tokens))
            read(std::span(m_tokens).subspan(sentence.first, sentence.last - sentence.first));
        return std::move(m_findings);
    }

    ConceptStatus statusAt(Span where)
    {
        for (const Sentence& sentence : sentencesOf(m_text, m_tokens)) {
            const auto tokens = std::span(m_tokens).subspan(sentence.first, sentence.last - sentence.first);
            const TokenRange range = rangeOf(tokens, where);
            if (range.begin == range.end)
                continue;
            const Reading reading = StatusScope(tokens, m_rules).statusOf(range);
            return {reading.status, triggerOf(m_text, tokens, reading.trigger), reading.isPast, reading.isGone};
        }
        return {};
    }

  private:
    /// The tokens that share a code point with `where`.
    static TokenRange rangeOf(std::span<const Token> tokens, Span where)
    {
        TokenRange range;
        for (std::size_t i = 0; i < tokens.size(); ++i)
            if (tokens[i].span.begin < where.end && tokens[i].span.end > where.begin) {
                range.begin = range.end == 0 ? i : range.begin;
                range.end = i + 1;
            }
        return range;
    }

    void read(std::span<const Token> sentence)
    {
        const StatusScope scope(sentence, m_rules);
        for (const PhraseMatch& match : outermost(scope)) {
            const Rule& rule = scope.ruleOf(match);
            const TokenRange range{match.begin, match.end};
            if (rule.kind == Rule::Kind::Finding)
                add(rule, range, scope.statusOf(range), scope, sentence);
            else if (rule.kind == Rule::Kind::Subject)
                if (const auto reading = scope.statusOfSubject(range))
                    add(rule, range, *reading, scope, sentence);
        }
    }

    void add(const Rule& rule, TokenRange range, const Reading& reading, const StatusScope& scope,
        std::span<const Token> sentence)
    {
        Finding finding;
        finding.label = rule.label;
        finding.finding = rule.finding;
        finding.status = reading.status;
        finding.span = spanOf(sentence, range);
        finding.trigger = triggerOf(m_text, sentence, reading.trigger);
        finding.rule = rule.id;
        finding.side = attributeOf("side", range, scope);
        finding.severity = attributeOf("severity", range, scope);
        finding.change = changeOf(range, scope);
        finding.sizeMm = sizeOf(range, scope, sentence);
        m_findings.push_back(std::move(finding));
    }

    CodePoints m_text;
    std::vector<Token> m_tokens;
    const RuleSet& m_rules;
    std::vector<Finding> m_findings;
};

} // namespace

std::vector<Finding> readFindings(std::string_view utf8, const RuleSet& rules)
{
    return TextReader(utf8, rules).run();
}

std::vector<Finding> readFindings(const Report& report, const RuleSet& rules)
{
    std::vector<Finding> all;
    for (const Column& column : report.columns)
        for (Finding& finding : readFindings(column.text, rules)) {
            finding.column = column.name;
            all.push_back(std::move(finding));
        }
    return all;
}

ConceptStatus statusOf(std::string_view utf8, Span where, const RuleSet& rules)
{
    return TextReader(utf8, rules).statusAt(where);
}

} // namespace hounsfield::reports
