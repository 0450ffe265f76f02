#include "core/reports/finding_attributes.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <vector>

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

/// The largest number of "3" or "x3x5", as "3x3x5 mm" falls into tokens; nothing in any other word.
std::optional<double> largestIn(const std::string& word)
{
    std::optional<double> largest;
    std::size_t begin = word.starts_with('x') ? 1 : 0;
    while (begin <= word.size()) {
        const std::size_t end = std::min(word.find('x', begin), word.size());
        const auto number = numberOf(word.substr(begin, end - begin));
        if (!number)
            return {};
        largest = std::max(largest.value_or(0), *number);
        begin = end + 1;
    }
    return largest;
}

/// The first of the tokens that are the numbers of "3.2 x 4.1" or "5-" before a unit at `unit`; `unit` when there are
/// none.
std::size_t firstNumber(std::span<const Token> sentence, std::size_t unit)
{
    std::size_t first = unit;
    if (first > 1 && sentence[first - 1].word == "-" && largestIn(sentence[first - 2].word))
        --first;
    while (first > 0) {
        const std::string& before = sentence[first - 1].word;
        const bool continues = largestIn(before) || (first < unit && isTimes(before) && first > 1);
        if (!continues)
            break;
        --first;
    }
    return first;
}

/// Numbers with their unit; several joined by "x" are one, their largest, whether each has a unit or the last alone.
struct Measure {
    TokenRange range;
    double mm = 0;
};

std::vector<Measure> measuresOf(const StatusScope& scope, std::span<const Token> sentence)
{
    std::vector<Measure> all;
    for (const PhraseMatch& match : scope.matches()) {
        const Rule& rule = scope.ruleOf(match);
        const auto factor = rule.attribute == "unit" ? numberOf(rule.value) : std::nullopt;
        const std::size_t first = factor ? firstNumber(sentence, match.begin) : match.begin;
        if (first == match.begin)
            continue;
        double largest = 0;
        for (std::size_t i = first; i < match.begin; ++i)
            largest = std::max(largest, largestIn(sentence[i].word).value_or(0));
        const Measure measure{{first, match.end}, largest * *factor};
        if (!all.empty() && all.back().range.end == first && isTimes(sentence[first].word))
            all.back() = {{all.back().range.begin, match.end}, std::max(all.back().mm, measure.mm)};
        else
            all.push_back(measure);
    }
    return all;
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

std::string changeOf(TokenRange finding, const StatusScope& scope)
{
    return scope.isNew(finding) ? "new" : attributeOf("change", finding, scope);
}

std::optional<double> sizeOf(TokenRange finding, const StatusScope& scope, std::span<const Token> sentence)
{
    std::optional<double> best;
    std::size_t nearest = reachOfSizes + 1;
    for (const Measure& measure : measuresOf(scope, sentence)) {
        const auto gap = scope.distance(measure.range, finding);
        if (!gap || *gap >= nearest)
            continue;
        nearest = *gap;
        best = measure.mm;
    }
    return best;
}

} // namespace hounsfield::reports
