#pragma once

#include "core/nn/plan_view.h"

#include <map>
#include <optional>
#include <set>

namespace hounsfield::nn {

/// Finds steps on images that are not products: a scale and shift of each sample's own, mean pooling, repeated pixels.
class ImageSteps : public PlanView {
  public:
    explicit ImageSteps(Plan& plan);

    /// Whether a node belongs to a step that stands at another, where all of its inputs are made.
    bool isPart(const Node& node) const { return m_parts.contains(&node); }
    std::optional<PlannedStep> stepAt(const Node& node) const;

  private:
    /// A product or sum of an image and one number for each sample and channel.
    struct Modulated {
        int image = -1, numbers = -1;
    };
    std::optional<Modulated> modulated(const Node& node) const;
    std::optional<PlannedStep> modulation(const Node& node) const;
    bool isMeanOfBlocks(const Node& node) const;
    bool isRepetition(const Node& node) const;

    std::set<const Node*> m_parts;
    std::map<const Node*, PlannedStep> m_pairs; ///< a scale and a shift, by the Add that they stand at
};

} // namespace hounsfield::nn
