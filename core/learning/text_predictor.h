#pragma once

#include "core/learning/text_batches.h"
#include "core/nn/executor.h"

#include <map>
#include <memory>
#include <span>
#include <vector>

namespace hounsfield::learning {

/// Logits of texts in batches of equal padded length. Not to be used by two threads at once.
class TextPredictor {
  public:
    /// @param graph    with input `tokens` and a value `logits` [N, labels]; @param weights  null: the graph's own
    TextPredictor(
        std::shared_ptr<const nn::Graph> graph, std::shared_ptr<nn::Weights> weights, std::int64_t labels, int threads);

    /// Texts × labels, in the order given. Errors: Cancelled; BadInput where a word's number is none of the network's
    /// or the network makes other logits than those of the labels.
    Result<std::vector<float>> logits(std::span<const Words> texts, const Monitor& monitor);

  private:
    Result<nn::Executor*> executorFor(std::int64_t texts, std::int64_t length);

    std::shared_ptr<const nn::Graph> m_graph;
    std::shared_ptr<nn::Weights> m_weights;
    std::int64_t m_labels;
    int m_threads;
    std::map<std::pair<std::int64_t, std::int64_t>, nn::Executor> m_executors; ///< by texts and length
};

/// The tokens of some texts as a tensor [N, length], padded with 0.
nn::Tensor tokensOf(std::span<const Words* const> texts, std::int64_t length);

} // namespace hounsfield::learning
