#pragma once

#include "core/reports/tokens.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hounsfield::reports {

/// A phrase found in tokens [begin, end).
struct PhraseMatch {
    std::size_t begin = 0, end = 0;
    std::uint32_t rule = 0;
};

/// Phrases as sequences of tokens in one trie: every phrase that stands anywhere in a sentence is found in one walk,
/// linear in its length. A token that ends in * is a stem, $ is the end of a sentence; | parts alternatives.
/// Thread-safe once filled.
class PhraseTrie {
  public:
    /// Whether the phrase held at least one token in each alternative.
    bool add(std::string_view phrase, std::uint32_t rule);
    /// All matches, by begin. A match that ends in $ ends behind the closing mark or behind the last token.
    std::vector<PhraseMatch> matches(std::span<const Token> sentence) const;

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view word) const { return std::hash<std::string_view>{}(word); }
    };
    using Symbols = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;
    struct Node {
        std::vector<std::uint32_t> rules;
    };
    struct Walk;

    bool addAlternative(std::string_view phrase, std::uint32_t rule);
    std::uint32_t symbol(Symbols& symbols, const std::string& word);
    std::uint32_t child(std::uint32_t node, std::uint32_t symbol) const;
    void symbolsOf(const Token& token, std::vector<std::uint32_t>& found) const;

    Symbols m_words, m_stems;
    std::uint32_t m_symbolCount = 1; ///< 0 is the end of a sentence
    std::size_t m_longestStem = 0;
    std::vector<Node> m_nodes{1};
    std::unordered_map<std::uint64_t, std::uint32_t> m_children;
};

} // namespace hounsfield::reports
