#pragma once

#include "core/nn/executor.h"
#include "core/nn/operators/table.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::nn {

/// Zeros around an image in memory, so that kernels need not ask where it ends.
struct Border {
    int top = 0, left = 0, bottom = 0, right = 0;
    void grow(const Border& other);
    bool isEmpty() const { return top + left + bottom + right == 0; }
};

/// One value of a graph as a plan sees it.
struct PlannedValue {
    std::string name;
    ElementType type = ElementType::Float;
    Shape shape;
    std::optional<Tensor> constant; ///< known when planning
    int entry = -1;                 ///< of Weights, when it is one
    bool isInput = false;
    bool isBatched = false;      ///< float, first dimension the batch: lies in memory sample by sample
    bool needsGradient = false;  ///< lies between where gradients start and where they are asked
    bool isStart = false;        ///< its gradient is handed in
    bool isGradientKept = false; ///< its gradient is asked
    bool isKept = false;         ///< output, or asked to be read
    int users = 0;               ///< nodes that take it
    Border border;               ///< of the value, rank 4 only
    Border gradientBorder;       ///< of its gradient

    bool isImage() const { return shape.size() == 4; }
    /// An input of whole numbers, one sample behind the other: a text's tokens.
    bool isFilledWhole(std::int64_t batch) const
    {
        return isInput && type == ElementType::Int64 && !shape.empty() && shape[0] == batch;
    }
    std::int64_t samples() const { return shape.empty() ? 1 : shape[0]; }
};

/// What kind of step runs some nodes.
enum class StepKind {
    Convolution,
    PooledConvolution,
    TransposedConvolution,
    Dense,
    Normalization,
    MaxPool,
    GlobalAverage,
    Relu,
    Add,
    Flatten,
    Recurrent,
    Embedding,
    Matrices,
    Attention,
    Softmax,
    LayerNormalization,
    Gelu,
    Shared,
    Curve,
    Modulation,
    AveragePool,
    Repeat,
    Dropout,
    Generic
};

/// Nodes that run as one step.
struct PlannedStep {
    StepKind kind = StepKind::Generic;
    const Node* node = nullptr;          ///< the first, which names the step
    const Node* pool = nullptr;          ///< PooledConvolution: its MaxPool
    const Node* normalization = nullptr; ///< Convolution: folded into its weights
    /// Values; −1: not there. Dense, Convolution: x, weight, bias. Modulation: x, scale, shift.
    std::vector<int> inputs;
    std::vector<int> outputs;
    int add = -1;              ///< value added before relu
    float slope = 1;           ///< below 0, at the end: relu 0, LeakyRelu between, 1 neither
    bool isFlattening = false; ///< Dense: takes an image in channels-last order
    int heads = 0;             ///< Attention
    float scale = 1;           ///< Attention: of its scores
    bool isSampleWise = false; ///< Generic: each sample by itself, so that groups run beside each other

    bool isBent() const { return slope != 1; }
};

/// A graph for one batch shape: what each value is, and the steps that compute them.
struct Plan {
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<Weights> weights;
    PlanRequest request;
    std::int64_t batch = 1;
    std::vector<PlannedValue> values;
    std::map<std::string, int> indexOf;
    std::vector<PlannedStep> steps;

    const PlannedValue& value(int index) const { return values[static_cast<std::size_t>(index)]; }
    PlannedValue& value(int index) { return values[static_cast<std::size_t>(index)]; }
    /// −1 for the empty name.
    int find(const std::string& name) const;
    const Weights::Entry& entryOf(int value) const;
    /// Whether a gradient comes back to any output of a step and is wanted of any input. A step whose own output is all
    /// that is asked for ends there.
    bool isLedBack(const PlannedStep& step) const;
    bool isTrained(int value) const
    {
        return value >= 0 && this->value(value).entry >= 0 && this->value(value).needsGradient;
    }
};

/// Errors: Unsupported naming operator and node; BadInput where shapes do not fit.
Result<Plan> makePlan(std::shared_ptr<const Graph> graph, std::shared_ptr<Weights> weights, PlanRequest request);

/// Chooses the steps of a plan whose values are known, and the borders their kernels want.
Result<void> chooseSteps(Plan& plan);

/// Whether a node's outputs lie sample by sample and each sample's are made of its own values alone.
bool isSampleWise(const Plan& plan, const Node& node);

/// Strides, pads and dilations of a Conv or pooling node over rows and columns.
struct ImageWindow {
    int kernelRows = 1, kernelColumns = 1;
    int strideRow = 1, strideColumn = 1;
    int dilationRow = 1, dilationColumn = 1;
    int top = 0, left = 0, bottom = 0, right = 0;
};
/// @param kernel  of the node, or of its weight
ImageWindow windowOf(const Node& node, const Shape& input, std::array<std::int64_t, 2> kernel);
/// The window of the convolution that a ConvTranspose node reverses.
ImageWindow transposedWindowOf(const Node& node, const Shape& input, std::array<std::int64_t, 2> kernel);

} // namespace hounsfield::nn
