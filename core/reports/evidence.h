#pragma once

#include "core/base/monitor.h"
#include "core/reports/integrated_gradients.h"
#include "core/reports/report.h"
#include "core/reports/report_model.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// A word of a text as a model read it.
struct EvidenceWord {
    Span span; ///< in the text
    std::string word;
    bool isKnown = true; ///< false: not in the vocabulary, read as "some other word"
    bool operator==(const EvidenceWord&) const = default;
};

/// What the words of a text are to one label; a value for each word.
struct LabelEvidence {
    std::int64_t label = 0;
    double logit = 0, probability = 0;
    /// How much the network looks at the word, ≥ 0; together 1. Of networks whose words look at each other the mean
    /// over heads and over the words that look. Empty: the network has no attention. It says where the network looks,
    /// not what for.
    std::vector<float> attention;
    /// How much the word speaks for the label (> 0) or against it, in units of its logit: attention × gradient of the
    /// logit by that attention, summed over heads and over who looks; vector of the word × gradient where there is no
    /// attention.
    std::vector<float> highlight;
};

/// Attention as the network has it: of each head, how much each query looks at each word.
struct Attention {
    std::int64_t heads = 0, queries = 0, words = 0;
    bool hasQueryPerLabel = false; ///< queries are the labels; else the words
    std::vector<float> weights;    ///< heads × queries × words
};

/// Why a model says what it says of one text.
struct Evidence {
    std::vector<EvidenceWord> words; ///< those that the model reads, in their order
    bool isCut = false;              ///< the text has more words than the model reads
    Attention attention;             ///< empty where the network has none
    std::vector<LabelEvidence> labels;
};

/// How much less probable each label is when a word is left out and the text read anew.
struct LeftOut {
    std::int64_t labels = 0;
    std::vector<float> probabilities; ///< of the whole text, a label
    std::vector<float> drops;         ///< words × labels; < 0: more probable
};

/// Asks one model for its evidence. A text without a word has evidence without words. Keeps plans from text to text;
/// not to be used by two threads at once.
class EvidenceReader {
  public:
    /// Errors: Unsupported where the network has no table of words.
    static Result<EvidenceReader> make(std::shared_ptr<const ReportModel> model, int threads);
    EvidenceReader(EvidenceReader&&) noexcept;
    EvidenceReader& operator=(EvidenceReader&&) noexcept;
    ~EvidenceReader();

    /// @param labels  whose evidence is wanted, as numbers of the model's labels
    /// Errors: Cancelled.
    Result<Evidence> read(const std::string& text, std::span<const std::int64_t> labels, const Monitor& monitor = {});

    /// Errors: Cancelled.
    Result<IntegratedGradients> integratedGradients(
        const std::string& text, std::int64_t label, const Monitor& monitor = {});

    /// Probabilities of a text that is read anew without some of its words, readings × labels.
    /// @param readings  places of the words left out of each reading, among those of Evidence, rising
    /// Errors: Cancelled.
    Result<std::vector<float>> probabilitiesWithout(
        const std::string& text, std::span<const std::vector<std::int64_t>> readings, const Monitor& monitor = {});

    /// Errors: Cancelled.
    Result<LeftOut> leaveOneOut(const std::string& text, const Monitor& monitor = {});

  private:
    struct State;
    explicit EvidenceReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace hounsfield::reports
