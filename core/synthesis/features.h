#pragma once

#include "core/base/monitor.h"
#include "core/learning/model_file.h"
#include "core/synthesis/feature_set.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hounsfield::synthesis {

/// What a classifier says of some images.
struct Impression {
    FeatureSet features;              ///< what its last dense layer sees
    std::vector<float> probabilities; ///< images × classes
};

/// Features of a classifier that was trained on real training images and is frozen since. Not ImageNet's: figures of
/// two classifiers cannot be compared. Not to be used by two threads at once.
class FeatureNetwork {
  public:
    /// Errors: BadInput when the model's logits are made by no dense layer.
    static Result<FeatureNetwork> make(const learning::Model& model, int threads);
    FeatureNetwork(FeatureNetwork&&) noexcept;
    FeatureNetwork& operator=(FeatureNetwork&&) noexcept;
    ~FeatureNetwork();

    /// Writes the stored values of image i, channels last.
    using Read = std::function<void(std::int64_t i, float* values)>;
    /// Errors: Cancelled.
    Result<Impression> see(std::int64_t images, const Read& read, const Monitor& monitor);

    const std::string& name() const; ///< for people: "small-resnet, 64 features"

  private:
    struct State;
    explicit FeatureNetwork(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace hounsfield::synthesis
