#include "core/reports/local_rules.h"

#include "core/reports/document_findings.h"
#include "core/reports/sentences.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace hounsfield::reports {

namespace {

constexpr std::string_view prefix = "local.";
constexpr std::size_t longestPhrase = 10;                // tokens; a longer one stands in no other report
constexpr std::size_t windowBefore = 8, windowAfter = 4; // tokens, as most triggers of the program

/// Words and characters that stand in every report: a rule of nothing else would change most of them.
constexpr std::string_view commonWords[] = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "with",
    "without", "by", "as", "and", "or", "nor", "but", "no", "not", "none", "is", "are", "was", "were", "be", "been",
    "has", "have", "had", "there", "this", "that", "these", "those", "it", "its", "which", "may", "seen", "noted",
    "identified", "evidence", "again", "within", "normal", "chest", "patient", "的", "了", "在", "有", "为", "及", "和",
    "与", "或", "见", "无", "未", "不", "没", "是", "等", "可", "其", "该", "此", "伴", "并", "也", "均", "亦", "尚",
    "则", "于", "以", "从", "对", "被", "把", "较", "前", "示", "呈", "lung", "lungs", "lobe", "base", "upper", "lower",
    "side", "area", "肺", "叶", "野", "部", "区", "侧", "胸", "心"};

constexpr std::array statuses{
    Status::Present, Status::Absent, Status::Uncertain, Status::Historical, Status::Hypothetical, Status::Family};

struct TokenSpan {
    std::size_t first = 0, last = 0; ///< [first, last)
};

bool isCommon(const std::string& word)
{
    return std::ranges::find(commonWords, word) != std::end(commonWords);
}

/// Whether a token names something: a Han character, or letters that are no placeholder.
bool isName(const Token& token)
{
    const bool isTakenOut = token.word.starts_with("xxx") || token.word.starts_with("[**");
    const bool hasLetter = std::ranges::any_of(
        token.word, [](char c) { return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z'); });
    return hasLetter && token.word.size() > 1 && !isTakenOut;
}

enum class Use { Name, Trigger };

/// Builds the row for one correction.
class Proposer {
  public:
    Proposer(const Document& document, const Correction& correction, const RuleSet& rules)
        : m_document(document)
        , m_correction(correction)
        , m_rules(rules)
        , m_points(document.text)
        , m_tokens(tokensOf(m_points))
    {
    }

    Result<LocalRule> run()
    {
        const Annotation& corrected = m_correction.corrected;
        if (corrected.pieces.size() != 1)
            return badInput(text("reports", "The words of a rule stand together."), m_document.id);
        const Span words = corrected.pieces.front();
        if (words.begin < 0 || words.end > m_points.size() || words.size() <= 0)
            return badInput(
                text("reports", "The annotation %1 lies outside of its text.").with(corrected.id), m_document.id);
        const std::optional<Finding>& read = m_correction.wasRead;
        if (corrected.label.empty())
            return hiding(words);
        if (!read || read->label != corrected.label)
            return naming(words, corrected.label);
        const Status wanted = TRY(wantedStatus());
        if (wanted == read->status)
            return badInput(text("reports", "The rules read \"%1\" so already.").with(wordsOf(words)), m_document.id);
        return m_correction.because ? becauseOf(*m_correction.because, wanted) : withoutTrigger(wanted);
    }

  private:
    std::string wordsOf(Span span) const { return m_points.slice(span); }

    /// The tokens that share a code point with a span.
    TokenSpan tokensAt(Span span) const
    {
        TokenSpan found;
        for (std::size_t i = 0; i < m_tokens.size(); ++i)
            if (m_tokens[i].span.begin < span.end && m_tokens[i].span.end > span.begin) {
                found.first = found.last == 0 ? i : found.first;
                found.last = i + 1;
            }
        return found;
    }

    Result<Status> wantedStatus() const
    {
        const auto& attributes = m_correction.corrected.attributes;
        const auto found = attributes.find("status");
        if (found == attributes.end())
            return m_correction.wasRead->status;
        for (const Status status : statuses)
            if (nameOf(status) == found->second)
                return status;
        return badInput(text("reports", "\"%1\" is no status of a finding.").with(found->second), m_document.id);
    }

    /// Tokens as a phrase, without a mark at their end; refused when they say too little or too much for a rule.
    Result<std::string> phraseOf(Span span, Use use) const
    {
        TokenSpan range = tokensAt(span);
        while (range.last > range.first && isSentenceMark(m_tokens[range.last - 1]))
            --range.last;
        const auto tokens = std::span(m_tokens).subspan(range.first, range.last - range.first);
        const std::string words = wordsOf(span);
        const Text advice = text("reports", "Choose more words around it.");
        if (tokens.size() > longestPhrase)
            return badInput(
                text("reports", "\"%1\" is too long for a rule: it hardly stands in another report.").with(words),
                m_document.id, text("reports", "Choose fewer words."));
        const bool isShort = tokens.size() <= 1 && CodePoints(tokens.empty() ? "" : tokens.front().word).size() <= 1;
        if (isShort)
            return badInput(text("reports", "\"%1\" is too short for a rule.").with(words), m_document.id, advice);
        if (!saysEnough(tokens, use))
            return badInput(
                text("reports", "\"%1\" stands in too many reports for a rule.").with(words), m_document.id, advice);
        std::string phrase;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const bool isSign = tokens[i].word == "|" || tokens[i].word == "*" || tokens[i].word == "$";
            if (isSign || (i + 1 < tokens.size() && isSentenceMark(tokens[i])))
                return badInput(text("reports", "A rule holds no \"%1\".").with(tokens[i].word), m_document.id,
                    text("reports", "Choose fewer words."));
            if (i > 0 && tokens[i].span.begin > tokens[i - 1].span.end)
                phrase += ' ';
            phrase += tokens[i].word;
        }
        return phrase;
    }

    /// Whether a token is neither common nor, in a name, a mere side, size or degree.
    bool saysEnough(std::span<const Token> tokens, Use use) const
    {
        std::vector<bool> isAttribute(tokens.size());
        for (const PhraseMatch& match : m_rules.phrases().matches(tokens))
            if (use == Use::Name && m_rules.rules()[match.rule].kind == Rule::Kind::Attribute)
                std::fill(isAttribute.begin() + static_cast<std::ptrdiff_t>(match.begin),
                    isAttribute.begin() + static_cast<std::ptrdiff_t>(match.end), true);
        for (std::size_t i = 0; i < tokens.size(); ++i)
            if (isName(tokens[i]) && !isCommon(tokens[i].word) && !isAttribute[i])
                return true;
        return false;
    }

    /// The id of the local rule that has this phrase and use, else the next free one.
    std::string idOf(const std::string& phrase, Use use) const
    {
        std::size_t highest = 0;
        for (const Rule& rule : m_rules.rules()) {
            const bool isTrigger = rule.kind == Rule::Kind::Trigger;
            if (rule.isLocal && rule.phrase == phrase && isTrigger == (use == Use::Trigger))
                return rule.id;
            std::size_t number = 0;
            if (rule.id.starts_with(prefix))
                std::from_chars(rule.id.data() + prefix.size(), rule.id.data() + rule.id.size(), number);
            highest = std::max(highest, number);
        }
        return std::string(prefix) + std::to_string(highest + 1);
    }

    /// The finer name of a label where all rules give it the same; else the phrase.
    std::string findingOf(const std::string& label, const std::string& phrase) const
    {
        std::set<std::string> names;
        for (const Rule& rule : m_rules.rules())
            if (rule.label == label && !rule.finding.empty())
                names.insert(rule.finding);
        return names.size() == 1 ? *names.begin() : phrase;
    }

    Result<LocalRule> naming(Span words, const std::string& label)
    {
        const std::string phrase = TRY(phraseOf(words, Use::Name));
        LocalRule rule{idOf(phrase, Use::Name),
            {{"phrase", phrase}, {"kind", "finding"}, {"finding", findingOf(label, phrase)}, {"label", label}}};
        const std::string wrong = m_correction.wasRead ? m_correction.wasRead->label : std::string();
        const auto isRight = [&](const std::vector<Finding>& findings) {
            return std::ranges::count(findings, label, &Finding::label) > 0
                   && (wrong.empty() || std::ranges::count(findings, wrong, &Finding::label) == 0);
        };
        return tried(std::move(rule), words, isRight);
    }

    /// Words that are no finding; where another finding of the same words is right, they name that one alone.
    Result<LocalRule> hiding(Span words)
    {
        const std::optional<Finding>& read = m_correction.wasRead;
        if (!read || read->span.begin < words.begin || read->span.end > words.end)
            return badInput(
                text("reports", "The rules found nothing inside \"%1\".").with(wordsOf(words)), m_document.id);
        std::vector<Finding> others = findingsOf(m_document, m_rules);
        std::erase_if(others, [&](const Finding& one) { return one.span != read->span || one.label == read->label; });
        const std::string phrase = TRY(phraseOf(words, Use::Name));
        LocalRule rule{idOf(phrase, Use::Name), {{"phrase", phrase}, {"kind", "ignore"}}};
        if (others.size() == 1 && words == read->span)
            rule.fields = {{"phrase", phrase}, {"kind", "finding"}, {"finding", others.front().finding},
                {"label", others.front().label}};
        const auto isRight = [&](const std::vector<Finding>& findings) {
            return std::ranges::count(findings, read->label, &Finding::label) == 0;
        };
        return tried(std::move(rule), words, isRight);
    }

    Result<LocalRule> withoutTrigger(Status wanted)
    {
        const Trigger& trigger = m_correction.wasRead->trigger;
        if (trigger.span.size() == 0)
            return badInput(text("reports", "No words made \"%1\" %2.")
                                .with(wordsOf(m_correction.wasRead->span),
                                    Text{"reports", std::string(nameOf(m_correction.wasRead->status)), {}, {}}),
                m_document.id, text("reports", "Choose the words that say what it is."));
        const std::string phrase = TRY(phraseOf(trigger.span, Use::Trigger));
        return ofStatus({idOf(phrase, Use::Trigger), {{"phrase", phrase}, {"role", "pseudo"}}}, wanted);
    }

    Result<LocalRule> becauseOf(Span words, Status wanted)
    {
        const Finding& read = *m_correction.wasRead;
        const bool isBefore = words.end <= read.span.begin, isAfter = words.begin >= read.span.end;
        if (words.begin < 0 || words.end > m_points.size() || !(isBefore || isAfter))
            return badInput(
                text("reports", "The words that say a status stand before or behind the finding."), m_document.id);
        const std::string phrase = TRY(phraseOf(words, Use::Trigger));
        LocalRule rule{idOf(phrase, Use::Trigger), {{"phrase", phrase}}};
        if (wanted == Status::Present) {
            const Span set = read.trigger.span;
            const bool holdsTrigger = words.begin <= set.begin && set.end <= words.end;
            rule.fields["role"] = holdsTrigger ? "pseudo" : "end";
            return ofStatus(std::move(rule), wanted);
        }
        const TokenSpan own = tokensAt(words), target = tokensAt(read.span);
        const std::size_t between = isBefore ? target.first - own.last : own.first - target.last;
        rule.fields["role"] = isBefore ? "before" : "after";
        rule.fields["status"] = nameOf(wanted);
        rule.fields["window"] = std::to_string(std::max(between, isBefore ? windowBefore : windowAfter));
        return ofStatus(std::move(rule), wanted);
    }

    Result<LocalRule> ofStatus(LocalRule rule, Status wanted)
    {
        const std::string& label = m_correction.corrected.label;
        return tried(std::move(rule), m_correction.wasRead->span, [&](const std::vector<Finding>& findings) {
            return std::ranges::any_of(
                findings, [&](const Finding& one) { return one.label == label && one.status == wanted; });
        });
    }

    /// The rule, when with it the words are read as they should be.
    template <typename IsRight> Result<LocalRule> tried(LocalRule rule, Span words, const IsRight& isRight)
    {
        const RuleSet with = TRY(withLocal(m_rules, std::array{rule}));
        std::vector<Finding> findings = findingsOf(m_document, with);
        std::erase_if(
            findings, [&](const Finding& one) { return one.span.end <= words.begin || words.end <= one.span.begin; });
        if (!isRight(findings))
            return badInput(
                text("reports", "A rule of \"%1\" would not correct this text.").with(rule.fields["phrase"]),
                m_document.id, text("reports", "Choose other words."));
        return rule;
    }

    const Document& m_document;
    const Correction& m_correction;
    const RuleSet& m_rules;
    CodePoints m_points;
    std::vector<Token> m_tokens;
};

} // namespace

Csv csvOf(std::span<const LocalRule> rules)
{
    std::set<std::string> columns{"phrase"};
    for (const LocalRule& rule : rules)
        for (const auto& [column, value] : rule.fields)
            columns.insert(column);
    Csv table{{"id"}, {}};
    table.columns.insert(table.columns.end(), columns.begin(), columns.end());
    for (const LocalRule& rule : rules) {
        std::vector<std::string> row{rule.id};
        for (const std::string& column : columns) {
            const auto found = rule.fields.find(column);
            row.push_back(found == rule.fields.end() ? std::string() : found->second);
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

Result<std::vector<LocalRule>> localRulesOf(const Csv& table, const std::string& where)
{
    const auto id = table.column("id");
    if (!id || !table.column("phrase"))
        return badInput(text("reports", "A table of rules needs the columns id and phrase."), where);
    std::vector<LocalRule> rules;
    for (const std::vector<std::string>& row : table.rows) {
        LocalRule rule{row[*id], {}};
        for (std::size_t i = 0; i < row.size(); ++i)
            if (i != *id && (!row[i].empty() || table.columns[i] == "phrase"))
                rule.fields[table.columns[i]] = row[i];
        rules.push_back(std::move(rule));
    }
    return rules;
}

Result<RuleSet> withLocal(const RuleSet& rules, std::span<const LocalRule> local)
{
    return rules.with(csvOf(local), "local rules");
}

Result<LocalRule> proposedRule(const Document& document, const Correction& correction, const RuleSet& rules)
{
    return Proposer(document, correction, rules).run();
}

} // namespace hounsfield::reports
