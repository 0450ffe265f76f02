#pragma once

#include "core/learning/text_batches.h"
#include "core/nn/executor.h"

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// A network of texts that takes the vectors of its words in place of their numbers, for questions about the vectors:
/// the model's own graph and weights with the looked-up words as an input. `tokens` [N, L] stays an input, for the
/// mask. Plans are kept from text to text. Not to be used by two threads at once.
class EmbeddedNetwork {
  public:
    enum class Gradient { Embedding, Attention }; ///< what the gradient of the logits is asked for

    /// Errors: Unsupported when the graph has no table of words that its tokens are looked up in.
    static Result<EmbeddedNetwork> make(const nn::Graph& graph, int threads);

    /// Name of the input [N, L, width] for the words' vectors.
    const std::string& embedding() const { return m_embedding; }
    std::int64_t width() const { return m_table.shape()[1]; }
    /// The vectors of some words, one behind the other.
    std::vector<float> vectorsOf(const learning::Words& words) const;

    bool hasAttention() const { return m_hasAttention; }
    /// Whether `attention` is [N, L, labels], a query for each label; else the words look at each other, [N, L, L] or
    /// [N, heads, L, L], the word that is looked at last.
    bool hasQueryPerLabel() const { return m_hasQueryPerLabel; }

    /// A plan for that many texts of that length, forward and back from `logits`; `attention` can be read. Valid until
    /// the next call. Errors: as nn::Executor::plan.
    Result<nn::Executor*> executorFor(std::int64_t texts, std::int64_t length, Gradient gradient);

  private:
    struct Kept {
        std::int64_t texts = 0, length = 0;
        Gradient gradient = Gradient::Embedding;
        nn::Executor executor;
    };

    void forgetOldest();

    std::shared_ptr<const nn::Graph> m_graph;
    std::shared_ptr<nn::Weights> m_weights;
    nn::Tensor m_table;
    std::string m_embedding;
    bool m_hasAttention = false, m_hasQueryPerLabel = false;
    int m_threads = 1;
    std::list<Kept> m_kept; ///< last used first
};

} // namespace hounsfield::reports
