#pragma once

#include "core/base/monitor.h"
#include "core/nn/graph.h"
#include "core/nn/weights.h"

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::nn {

enum class Mode { Inference, Training }; ///< BatchNormalization and Dropout differ

/// What a plan computes: for one batch shape, what it keeps, where gradients start and where they are delivered.
struct PlanRequest {
    std::map<std::string, Shape> inputs; ///< ONNX shape of every graph input, batch first
    Mode mode = Mode::Inference;
    std::vector<std::string> keep;          ///< interior values to be read after forward; outputs always can
    std::vector<std::string> gradientsFrom; ///< values whose gradient is handed in; empty: forward only
    std::vector<std::string> gradientsOf;   ///< inputs, interior values or weights that receive a gradient
    bool isTraining() const { return mode == Mode::Training; }
    int threads = 1;
};

/// Some samples of a batch, as a piece of work inside a step sees them. Rank-4 values are channels last (N·H·W·C),
/// others row-major; `data` points to sample `first`, `perSample` elements each.
struct SampleRange {
    std::int64_t first = 0;
    std::int64_t count = 0;
};

/// Runs one graph forward and backward for one batch shape. Fused float kernels where the plan found a pattern, the
/// operator table else. Nothing is allocated after the first pass, save by nodes that run by the operator table. The
/// bits of every result are the same for any number of threads. Not to be used by two threads at once; any number of
/// executors may share one Weights while it is only read.
class Executor {
  public:
    /// Errors: Unsupported naming the operator and node; BadInput where shapes do not fit.
    static Result<Executor> plan(
        std::shared_ptr<const Graph> graph, std::shared_ptr<Weights> weights, PlanRequest request);
    Executor(Executor&&) noexcept;
    Executor& operator=(Executor&&) noexcept;
    ~Executor();

    // ---- whole batches: evaluation, heat maps, import
    /// Sets an input, in ONNX order and of the planned shape.
    Result<void> setInput(const std::string& name, const Tensor& value);
    /// The same from floats.
    Result<void> setInput(const std::string& name, std::span<const float> values);
    /// Computes all values. Errors: Cancelled.
    Result<void> forward(const Monitor& monitor = {});
    /// An output or kept value after forward, in ONNX order.
    Tensor value(const std::string& name) const;
    /// The same of a batched one where it lies, until the next forward pass.
    std::span<const float> valueView(const std::string& name) const;
    /// Mode::Training: moves the running statistics of normalisations towards those of the last forward pass.
    void commit();
    /// Sets the gradient of a value of gradientsFrom, in ONNX order.
    void setGradient(const std::string& name, const Tensor& gradient);
    void setGradient(const std::string& name, std::span<const float> gradient);
    /// What a backward pass does with the gradients of weights: they replace those of the pass before, are added to
    /// them, or are left out, so that only inputs and interior values get theirs.
    enum class WeightGradients { Replaced, Added, Skipped };
    /// Computes the gradients of gradientsOf. After forward. Errors: Cancelled.
    Result<void> backward(const Monitor& monitor = {}, WeightGradients weights = WeightGradients::Replaced);
    /// A gradient after backward, in ONNX order.
    Tensor gradient(const std::string& name) const;
    /// The gradient of an input or interior value that is batched where it lies, until the next backward pass.
    std::span<const float> gradientView(const std::string& name) const;

    // ---- a training step: one parallel region from the samples to the new weights. Needs Mode::Training; gradients
    // start at the first graph output and go to every trained weight, whatever gradientsFrom and gradientsOf say.
    /// Writes samples first … first + count − 1 of input `name` (channels last; whole numbers as floats) into `data`.
    using Fill = std::function<void(std::string_view input, SampleRange range, float* data)>;
    /// Sum of the losses of some samples; writes d(mean loss over the batch)/d(output) into `gradient`, laid out as
    /// `output`.
    using Loss = std::function<double(SampleRange range, std::span<const float> output, std::span<float> gradient)>;
    /// New weights from the gradient of a block of the flat weights: elements begin … begin + gradient.size() − 1.
    /// Called by several threads for blocks that are apart; Fill and Loss likewise for samples.
    using Update = std::function<void(std::int64_t begin, std::span<const float> gradient)>;
    struct Step {
        std::int64_t samples = 0; ///< of the batch that count (all planned ones)
        Fill fill;
        Loss loss;                ///< on the first graph output
        Update update;            ///< empty: gradients are only summed, see flatGradient
        double clipNorm = 0;      ///< > 0: the gradient is scaled down to this L2 norm before update
        std::uint64_t seed = 0;   ///< of Dropout
        std::uint64_t number = 0; ///< of the step, for Dropout
    };
    /// Mean loss of the batch. The update is skipped when the loss or the gradient is not finite (NaN is returned).
    /// Errors: Cancelled; a step stopped in its middle has changed no weight.
    Result<double> train(const Step& step, const Monitor& monitor = {});

    // ---- both
    /// The summed gradient of the last step (where Step::update was empty) or of backward passes, laid out as
    /// Weights::values(); 0 where no gradient was asked.
    std::span<const float> flatGradient() const;
    /// Calls `update` for every block of the flat gradient that backward passes filled, by several threads; the weights
    /// have changed then.
    void update(const Update& update);

    /// Bytes this executor holds.
    std::int64_t bytes() const;

  private:
    struct State;
    explicit Executor(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace hounsfield::nn
