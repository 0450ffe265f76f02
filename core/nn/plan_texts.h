#pragma once

#include "core/nn/plan_view.h"

#include <map>
#include <optional>
#include <set>

namespace hounsfield::nn {

/// Finds the steps that networks of texts are made of; their values are no images.
class TextSteps : public PlanView {
  public:
    explicit TextSteps(Plan& plan);

    /// Whether a node belongs to a step that stands at another, where all of its inputs are made.
    bool isPart(const Node& node) const { return m_parts.contains(&node); }
    /// The step that stands at a node. One that is no pattern of texts has none.
    std::optional<PlannedStep> stepAt(const Node& node) const;

  private:
    struct Side {
        const Node *turn = nullptr, *reshape = nullptr;
    };
    struct Scores {
        const Node* product = nullptr;
        int mask = -1; ///< [N, L], added to every row
        float scale = 1;
        std::set<const Node*> nodes; ///< between the product and the softmax
    };

    std::optional<PlannedStep> recurrent(const Node& cell);
    std::optional<PlannedStep> attention(const Node& product);
    std::optional<PlannedStep> gelu(const Node& product);
    std::optional<PlannedStep> ofOneNode(const Node& node) const;
    std::optional<PlannedStep> withShared(const Node& node) const;
    Side headsBefore(const std::string& name, const std::vector<std::int64_t>& order) const;
    std::optional<Scores> scoresBefore(const Node& softmax) const;
    std::vector<std::string> factorsOf(const Node& product, std::set<const Node*>& inside) const;
    bool isPlainCell(const Node& node) const;
    bool isEmbedding(const Node& node) const;
    bool isPlainDropout(const Node& node) const;
    bool isLayerNormalization(const Node& node) const;
    bool isSoftmaxOf(const Node& node, std::int64_t axis) const;
    bool isMeanOfWords(const Node& node) const;

    std::set<const Node*> m_parts;
    std::map<const Node*, PlannedStep> m_patterns; ///< steps of several nodes, by the node that they stand at
};

} // namespace hounsfield::nn
