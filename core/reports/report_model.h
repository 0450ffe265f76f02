#pragma once

#include "core/learning/text_batches.h"
#include "core/nn/graph.h"
#include "core/reports/text_baseline.h"

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace hounsfield::reports {

/// The words a network knows. Number 0 is padding, 1 any other word.
class Vocabulary {
  public:
    Vocabulary() = default;
    explicit Vocabulary(std::vector<std::string> words); ///< those of number 2 and on
    /// Words that stand in at least two of the texts, in the order of their bytes.
    static Vocabulary of(std::span<const std::string> texts);

    std::int64_t size() const { return static_cast<std::int64_t>(m_words.size()) + 2; }
    const std::vector<std::string>& words() const { return m_words; }
    /// The first `most` tokens of a text as numbers; a text without any is one unknown word.
    learning::Words numbersOf(const std::string& text, std::int64_t most) const;

  private:
    std::vector<std::string> m_words;
    std::unordered_map<std::string, std::int32_t> m_numbers;
};

/// A trained model of reports: one ONNX file with everything that is needed to use it in its metadata
/// ("hounsfield.…"). Its input `tokens` [N, L] leads to `probabilities` [N, labels], the sigmoid (one class: softmax) of
/// `logits`; its input `tfidf` [N, features] to `baseline`, the same of the plain regression's `baseline_logits`.
struct ReportModel {
    using Kind = TextSet::Kind;
    std::shared_ptr<const nn::Graph> graph; ///< the network alone: `tokens` → `logits`
    Kind kind = Kind::SeveralLabels;
    std::string network, created;
    std::vector<std::string> labels, columns;
    Vocabulary vocabulary;
    std::int64_t mostTokens = 512;
    double threshold = 0.5; ///< of all labels, chosen on validation
    TextBaseline baseline;
    std::string metrics, fingerprint; ///< JSON of validation and test; of the data
    std::string file;                 ///< where it was read from
};

nn::Graph exported(const ReportModel& model);

/// Errors: as nn::readOnnx; BadInput when the file is no model of reports or its metadata do not fit its graph.
Result<ReportModel> readReportModel(const std::filesystem::path& file);

/// Probabilities of some texts, texts × labels: the network's, and the baseline's.
Result<std::vector<float>> probabilitiesOf(
    const ReportModel& model, std::span<const std::string> texts, int threads, const Monitor& monitor);
std::vector<float> baselineOf(const ReportModel& model, std::span<const std::string> texts);

/// Sigmoid of each logit, or softmax of each row.
void toProbabilities(TextSet::Kind kind, std::int64_t labels, std::vector<float>& logits);

} // namespace hounsfield::reports
