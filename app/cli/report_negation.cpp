#include "app/cli/report_negation.h"

#include "app/cli/report_input.h"
#include "core/reports/finding_rules.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace hounsfield::cli {

namespace {

using Json = nlohmann::ordered_json;
using reports::Span;

/// Right and wrong answers to a question of yes and no.
struct Tally {
    int rightYes = 0, wrongYes = 0, rightNo = 0, wrongNo = 0;

    void add(bool said, bool is) { ++(said ? (is ? rightYes : wrongYes) : (is ? wrongNo : rightNo)); }
    double precision() const { return ratio(rightYes, rightYes + wrongYes); }
    double recall() const { return ratio(rightYes, rightYes + wrongNo); }
    double f1() const { return ratio(2 * rightYes, 2 * rightYes + wrongYes + wrongNo); }
    double accuracy() const { return ratio(rightYes + rightNo, rightYes + rightNo + wrongYes + wrongNo); }

  private:
    static double ratio(int part, int whole) { return whole > 0 ? static_cast<double>(part) / whole : 0; }
};

struct Score {
    Tally negation, past;
    int notLocated = 0;
};

bool isUpper(const reports::CodePoints& text, Span span)
{
    for (std::int64_t i = span.begin; i < span.end; ++i)
        if (text[i] >= U'a' && text[i] <= U'z')
            return false;
    return true;
}

/// Where the words of a concept, without quotes around them, stand one after the other: in capitals, else first.
std::optional<Span> locate(const std::string& words, const std::string& sentence)
{
    const reports::CodePoints text(sentence);
    const std::size_t begin = words.starts_with('"') ? 1 : 0;
    const std::size_t end = words.size() > 1 && words.ends_with('"') ? words.size() - 1 : words.size();
    const auto wanted = reports::tokensOf(std::string_view(words).substr(begin, end - begin));
    const auto tokens = reports::tokensOf(text);
    std::optional<Span> first;
    for (std::size_t at = 0; !wanted.empty() && at + wanted.size() <= tokens.size(); ++at) {
        std::size_t same = 0;
        while (same < wanted.size() && tokens[at + same].word == wanted[same].word)
            ++same;
        if (same < wanted.size())
            continue;
        const Span span{tokens[at].span.begin, tokens[at + same - 1].span.end};
        if (isUpper(text, span))
            return span;
        first = first ? first : span;
    }
    return first;
}

Result<std::size_t> columnOf(const reports::Table& table, const char* name, const std::string& file)
{
    const auto column = table.column(name);
    if (!column)
        return badInput(text("cli", "The table has no column \"%1\".").with(name), file);
    return *column;
}

Result<Score> scoreOf(const reports::Table& table, const std::string& file, const reports::RuleSet& rules)
{
    const auto words = TRY(columnOf(table, "concept", file));
    const auto sentence = TRY(columnOf(table, "sentence", file));
    const auto negation = TRY(columnOf(table, "negation", file));
    const auto temporality = table.column("temporality");
    Score score;
    for (const auto& [number, row] : table.rows) {
        const auto where = locate(row[words], row[sentence]);
        reports::ConceptStatus status;
        if (where)
            status = reports::statusOf(row[sentence], *where, rules);
        else
            ++score.notLocated;
        score.negation.add(status.status == reports::Status::Absent || status.isGone, row[negation] == "Negated");
        if (temporality)
            score.past.add(status.isPast, row[*temporality] == "Historical");
    }
    return score;
}

Result<Answer> runNegation(const Call& call)
{
    const std::string file = call.options.words("data");
    const reports::Table table = TRY(tableOf(file, call.monitor));
    const reports::RuleSet rules = TRY(rulesOf(call.options.words("rules")));
    const Score score = TRY(scoreOf(table, file, rules));
    const Tally& tally = score.negation;
    Json json{{"n", table.rows.size()}, {"precision", tally.precision()}, {"recall", tally.recall()},
        {"f1", tally.f1()}, {"accuracy", tally.accuracy()}, {"not_located", score.notLocated}};
    std::string words = fmt::format("{} sentences: F1 {:.3f} (precision {:.3f}, recall {:.3f}), {} not located\n",
        table.rows.size(), tally.f1(), tally.precision(), tally.recall(), score.notLocated);
    if (table.column("temporality")) {
        json["temporality"] = {{"precision", score.past.precision()}, {"recall", score.past.recall()}};
        words +=
            fmt::format("Historical: precision {:.3f}, recall {:.3f}\n", score.past.precision(), score.past.recall());
    }
    return Answer{words, json.dump(), 0};
}

} // namespace

Verb reportNegationVerb()
{
    return {"report negation", "Scores how well the rules tell denied concepts from affirmed ones.",
        "hounsfield-cli report negation --data negation.csv --json", "", Verb::Count::None,
        {{"data", Option::Kind::Path, "",
             text("cli", "CSV with the columns concept, sentence, negation and perhaps temporality."), -1e300, 1e300,
             {}, true},
            {"rules", Option::Kind::Path, "",
                text("cli", "CSV of rules that add to the shipped ones or replace them.")}},
        runNegation};
}

} // namespace hounsfield::cli
