#pragma once

#include "core/base/monitor.h"
#include "core/learning/data_set.h"
#include "core/learning/metrics.h"
#include "core/learning/preprocessing.h"
#include "core/nn/executor.h"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace hounsfield::learning {

/// Scores images: preprocessing, the model's shifts, mean of the softmax. Not to be used by two threads at once.
class Predictor {
  public:
    /// @param graph    with first output `logits` or `probabilities`; a value `logits` must be there
    /// @param weights  null: the graph's own
    static Result<Predictor> make(std::shared_ptr<const nn::Graph> graph, std::shared_ptr<nn::Weights> weights,
        Preprocessing preprocessing, std::int64_t classes, int threads);
    Predictor(Predictor&&) noexcept;
    Predictor& operator=(Predictor&&) noexcept;
    ~Predictor();

    /// Writes the stored values of image i (Preprocessing::elements of them, channels last).
    using Read = std::function<void(std::int64_t i, float* values)>;
    /// Probabilities, images × classes. Errors: Cancelled.
    Result<std::vector<float>> probabilities(std::int64_t images, const Read& read, const Monitor& monitor);

    /// Scores of some cases of a data set. `units` of the result are those of the whole set.
    Result<Scores> scores(const DataSet& data, std::span<const std::int64_t> cases, std::span<const std::int64_t> units,
        const Monitor& monitor);

  private:
    struct State;
    explicit Predictor(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace hounsfield::learning
