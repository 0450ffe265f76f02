#include "core/reports/finding_attributes.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace hounsfield::reports {

namespace {

constexpr std::size_t reachOfWords = 6, reachOfSizes = 10;

std::optional<double> numberOf(const std::string& word)
{
    double value = 0;
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
    const bool isWhole = problem == std::errc() && end == word.data() + word.size();
    return isWhole ? std::optional(value) : std::nullopt;
}

bool isTimes(const std::string& word)
{
    return word == "x" || word == "×" || word == "*" || word == "by";
}

/// The first of the tokens that are the numbers of "3.2 x 4.1" before a unit at `unit`; `unit` when there are none.
std::size_t firstNumber(std::span<const Token> sentence, std::size_t unit)
{
    std::size_t first = unit;
    while (first > 0) {
        const std::string& before = sentence[first - 1].word;
        const bool isNumberHere = numberOf(before).has_value();
        const bool continues = isNumberHere || (first < unit && isTimes(before) && first > 1);
        if (!continues)
            break;
        --first;
    }
    return first;
}

} // namespace

std::string attributeOf(std::string_view attribute, TokenRange finding, const StatusScope& scope)
{
    const std::string* best = nullptr;
    std::size_t nearest = std::numeric_limits<std::size_t>::max();
    for (const PhraseMatch& match : scope.matches()) {
        const Rule& rule = scope.ruleOf(match);
        if (rule.kind != Rule::Kind::Attribute || rule.attribute != attribute)
            continue;
        const bool isInside = match.begin >= finding.begin && match.end <= finding.end;
        const auto gap = isInside ? 0 : scope.distance({match.begin, match.end}, finding);
        if (!gap || *gap > reachOfWords)
            continue;
        const std::size_t cost = 2 * *gap + (match.begin >= finding.end ? 5 : 0);
        if (cost < nearest) {
            nearest = cost;
            best = &rule.value;
        }
    }
    return best ? *best : std::string();
}

std::optional<double> sizeOf(TokenRange finding, const StatusScope& scope, std::span<const Token> sentence)
{
    std::optional<double> best;
    std::size_t nearest = reachOfSizes + 1;
    for (const PhraseMatch& match : scope.matches()) {
        const Rule& rule = scope.ruleOf(match);
        const auto factor = rule.attribute == "unit" ? numberOf(rule.value) : std::nullopt;
        const std::size_t first = factor ? firstNumber(sentence, match.begin) : match.begin;
        const auto gap = scope.distance({first, match.end}, finding);
        if (first == match.begin || !gap || *gap >= nearest)
            continue;
        nearest = *gap;
        double largest = 0;
        for (std::size_t i = first; i < match.begin; ++i)
            largest = std::max(largest, numberOf(sentence[i].word).value_or(0));
        best = largest * *factor;
    }
    return best;
}

} // namespace hounsfield::reports
