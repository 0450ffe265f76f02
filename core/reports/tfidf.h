#pragma once

#include "core/learning/logistic_regression.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hounsfield::reports {

/// How often each n-gram of words or characters stands in a text, weighted by how rare it is among the texts it was
/// fitted on: the features of a linear model. Agrees with scikit-learn's TfidfVectorizer(ngram_range=(1, longest),
/// sublinear_tf=True, min_df=fewest), with analyzer "word" or "char". Words are two or more letters, digits and
/// underscores; everything is in lower case. Thread-safe when const.
class Tfidf {
  public:
    enum class Unit { Words, Characters };
    struct Options {
        Unit unit = Unit::Words;
        int longest = 2; ///< units in an n-gram, 1 … 5
        int fewest = 2;  ///< texts that must have an n-gram
        bool operator==(const Options&) const = default;
    };

    Tfidf() = default;
    Tfidf(const Options& options, std::span<const std::string> texts);

    std::int64_t features() const { return static_cast<std::int64_t>(m_ngrams.size()); }
    /// In the order of their code points; the index is that of the feature.
    const std::vector<std::string>& ngrams() const { return m_ngrams; }

    /// 1 + ln(count) times ln((1 + texts) / (1 + texts that have it)) + 1, the row then divided by its length. N-grams
    /// that were not fitted are left out.
    learning::SparseRow transform(std::string_view text) const;

    /// Everything that `transform` needs, and back. Errors: BadInput when it is no such JSON or makes no sense.
    std::string json() const;
    static Result<Tfidf> fromJson(const std::string& json, const std::string& where);

    bool operator==(const Tfidf& other) const = default;

  private:
    void index();

    Options m_options;
    std::vector<std::string> m_ngrams;
    std::vector<double> m_idf; ///< one an n-gram
    std::unordered_map<std::string, std::int32_t> m_indices;
};

} // namespace hounsfield::reports
