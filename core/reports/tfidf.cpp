#include "core/reports/tfidf.h"

#include "core/reports/report.h"

#include <nlohmann/json.hpp>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace hounsfield::reports {

namespace {

std::string lowered(std::string_view utf8)
{
    std::string lower;
    icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())})
        .toLower(icu::Locale::getRoot())
        .toUTF8String(lower);
    return lower;
}

/// As \w of Python's re: marks are no part of a word.
bool isWordSign(char32_t c)
{
    return c == U'_' || (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

/// As \s of Python's re.
bool isSpace(char32_t c)
{
    return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 || (c >= 0x1C && c <= 0x1F);
}

std::vector<std::string> wordsOf(const CodePoints& text)
{
    std::vector<std::string> words;
    for (std::int64_t begin = 0; begin < text.size();) {
        std::int64_t end = begin;
        while (end < text.size() && isWordSign(text[end]))
            ++end;
        if (end - begin >= 2)
            words.push_back(text.slice({begin, end}));
        begin = end + 1;
    }
    return words;
}

/// Every code point; two or more spaces of any kind are one blank, a single one stays as it is.
std::vector<std::string> charactersOf(const CodePoints& text)
{
    std::vector<std::string> characters;
    for (std::int64_t begin = 0; begin < text.size();) {
        std::int64_t end = begin;
        while (end < text.size() && isSpace(text[end]))
            ++end;
        end = std::max(end, begin + 1);
        characters.push_back(end - begin > 1 ? " " : text.slice({begin, end}));
        begin = end;
    }
    return characters;
}

/// How often each n-gram stands in a text.
std::map<std::string, int> countsOf(const Tfidf::Options& options, std::string_view utf8)
{
    const bool areWords = options.unit == Tfidf::Unit::Words;
    const CodePoints text(lowered(utf8));
    const std::vector<std::string> units = areWords ? wordsOf(text) : charactersOf(text);
    std::map<std::string, int> counts;
    for (std::size_t begin = 0; begin < units.size(); ++begin) {
        std::string ngram;
        const std::size_t end = std::min(units.size(), begin + static_cast<std::size_t>(options.longest));
        for (std::size_t i = begin; i < end; ++i) {
            ngram += (areWords && i > begin ? " " : "") + units[i];
            ++counts[ngram];
        }
    }
    return counts;
}

} // namespace

Tfidf::Tfidf(const Options& options, std::span<const std::string> texts)
    : m_options(options)
{
    std::map<std::string, int> having;
    for (const std::string& text : texts)
        for (const auto& [ngram, count] : countsOf(options, text))
            ++having[ngram];
    for (const auto& [ngram, count] : having) {
        if (count < options.fewest)
            continue;
        m_ngrams.push_back(ngram);
        m_idf.push_back(std::log((1 + static_cast<double>(texts.size())) / (1 + count)) + 1);
    }
    index();
}

void Tfidf::index()
{
    for (std::size_t i = 0; i < m_ngrams.size(); ++i)
        m_indices[m_ngrams[i]] = static_cast<std::int32_t>(i);
}

learning::SparseRow Tfidf::transform(std::string_view text) const
{
    learning::SparseRow row;
    double squares = 0;
    for (const auto& [ngram, count] : countsOf(m_options, text)) {
        const auto found = m_indices.find(ngram);
        if (found == m_indices.end())
            continue;
        const double value = (1 + std::log(count)) * m_idf[static_cast<std::size_t>(found->second)];
        row.entries.push_back({found->second, value});
        squares += value * value;
    }
    for (auto& entry : row.entries)
        entry.value /= std::sqrt(squares);
    return row;
}

std::string Tfidf::json() const
{
    const char* unit = m_options.unit == Unit::Words ? "words" : "characters";
    return nlohmann::json{{"unit", unit}, {"longest", m_options.longest}, {"fewest", m_options.fewest},
        {"ngrams", m_ngrams}, {"idf", m_idf}}
        .dump();
}

Result<Tfidf> Tfidf::fromJson(const std::string& words, const std::string& where)
{
    Tfidf one;
    std::string unit;
    try {
        const nlohmann::json object = nlohmann::json::parse(words);
        unit = object.at("unit").get<std::string>();
        one.m_options.longest = object.at("longest").get<int>();
        one.m_options.fewest = object.at("fewest").get<int>();
        one.m_ngrams = object.at("ngrams").get<std::vector<std::string>>();
        one.m_idf = object.at("idf").get<std::vector<double>>();
    } catch (const nlohmann::json::exception&) {
        return badInput(text("reports", "The model's list of words cannot be understood."), where);
    }
    one.m_options.unit = unit == "words" ? Unit::Words : Unit::Characters;
    const auto isSound = [](double idf) { return std::isfinite(idf) && idf > 0; };
    if ((unit != "words" && unit != "characters") || one.m_options.longest < 1 || one.m_options.longest > 5
        || one.m_ngrams.size() != one.m_idf.size() || !std::ranges::all_of(one.m_idf, isSound)
        || std::ranges::adjacent_find(one.m_ngrams, std::ranges::greater_equal{}) != one.m_ngrams.end())
        return badInput(text("reports", "The model's list of words makes no sense: %1 n-grams of %2 and %3 weights.")
                            .with(one.m_ngrams.size(), unit, one.m_idf.size()),
            where);
    one.index();
    return one;
}

} // namespace hounsfield::reports
