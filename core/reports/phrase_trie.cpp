#include "core/reports/phrase_trie.h"

#include "core/reports/sentences.h"

#include <algorithm>

namespace hounsfield::reports {

namespace {

std::uint64_t keyOf(std::uint32_t node, std::uint32_t symbol)
{
    return (static_cast<std::uint64_t>(node) << 32) | symbol;
}

} // namespace

/// One walk over a sentence: which symbols each token answers to, and what was found.
struct PhraseTrie::Walk {
    const PhraseTrie& trie;
    std::vector<std::uint32_t> symbols;
    std::vector<std::size_t> starts{0}; ///< of each token in `symbols`
    std::size_t count = 0;              ///< tokens without the closing mark
    std::size_t size = 0;               ///< tokens with it
    std::vector<PhraseMatch> found;

    void collect(std::uint32_t node, std::size_t begin, std::size_t end)
    {
        for (const std::uint32_t rule : trie.m_nodes[node].rules)
            found.push_back({begin, end, rule});
    }

    void follow(std::uint32_t node, std::size_t begin, std::size_t at)
    {
        if (at == count)
            if (const std::uint32_t next = trie.child(node, 0))
                collect(next, begin, size);
        if (at >= size)
            return;
        for (std::size_t i = starts[at]; i < starts[at + 1]; ++i)
            if (const std::uint32_t next = trie.child(node, symbols[i])) {
                collect(next, begin, at + 1);
                follow(next, begin, at + 1);
            }
    }
};

bool PhraseTrie::add(std::string_view phrase, std::uint32_t rule)
{
    for (;;) {
        const std::size_t bar = phrase.find('|');
        if (!addAlternative(phrase.substr(0, bar), rule))
            return false;
        if (bar == std::string_view::npos)
            return true;
        phrase.remove_prefix(bar + 1);
    }
}

bool PhraseTrie::addAlternative(std::string_view phrase, std::uint32_t rule)
{
    const std::vector<Token> tokens = tokensOf(phrase);
    std::uint32_t node = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool isStem =
            i + 1 < tokens.size() && tokens[i + 1].word == "*" && tokens[i + 1].span.begin == tokens[i].span.end;
        std::uint32_t next = 0;
        if (isStem) {
            next = symbol(m_stems, tokens[i++].word);
            m_longestStem = std::max(m_longestStem, tokens[i - 1].word.size());
        } else if (tokens[i].word != "$")
            next = symbol(m_words, tokens[i].word);
        const auto [entry, isNew] =
            m_children.try_emplace(keyOf(node, next), static_cast<std::uint32_t>(m_nodes.size()));
        if (isNew)
            m_nodes.emplace_back();
        node = entry->second;
    }
    if (node != 0)
        m_nodes[node].rules.push_back(rule);
    return node != 0;
}

std::vector<PhraseMatch> PhraseTrie::matches(std::span<const Token> sentence) const
{
    Walk walk{*this, {}, {0}, sentence.size(), sentence.size(), {}};
    for (const Token& token : sentence) {
        symbolsOf(token, walk.symbols);
        walk.starts.push_back(walk.symbols.size());
    }
    while (walk.count > 0 && isSentenceMark(sentence[walk.count - 1]))
        --walk.count;
    for (std::size_t begin = 0; begin < sentence.size(); ++begin)
        walk.follow(0, begin, begin);
    return std::move(walk.found);
}

std::uint32_t PhraseTrie::symbol(Symbols& symbols, const std::string& word)
{
    const auto [entry, isNew] = symbols.try_emplace(word, m_symbolCount);
    if (isNew)
        ++m_symbolCount;
    return entry->second;
}

std::uint32_t PhraseTrie::child(std::uint32_t node, std::uint32_t symbol) const
{
    const auto found = m_children.find(keyOf(node, symbol));
    return found == m_children.end() ? 0 : found->second;
}

void PhraseTrie::symbolsOf(const Token& token, std::vector<std::uint32_t>& found) const
{
    const std::string_view word = token.word;
    if (const auto exact = m_words.find(word); exact != m_words.end())
        found.push_back(exact->second);
    for (std::size_t length = 1; length <= std::min(word.size(), m_longestStem); ++length)
        if (const auto stem = m_stems.find(word.substr(0, length)); stem != m_stems.end())
            found.push_back(stem->second);
}

} // namespace hounsfield::reports
