#pragma once

#include "core/nn/graph.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::nn {

/// The numbers of a graph that training changes: every float initializer that a gradient can reach, and beside them the
/// running statistics of normalisations. One flat block that several executors share (the last, smaller batch is a
/// second plan); optimizers and averages work on the block, whose order inside a tensor is the kernels' own.
class Weights {
  public:
    /// How a tensor lies in the block.
    enum class Order {
        Onnx,       ///< row-major, as the graph has it
        Transposed, ///< Gemm weight, outputs × inputs in the graph: [input][output]
        OutputLast, ///< Conv weight, M × C × kH × kW in the graph: [kH][kW][C][M]; ConvTranspose: C × M: [kH][kW][M][C]
        OutputFirst, ///< Conv weight before relu and pooling: [M][kH][kW][C]
        Directions, ///< W and R of RNN, GRU, LSTM, directions × gates × inputs in the graph: [direction][input][gate]
    };
    struct Entry {
        std::string name;        ///< of the initializer
        Shape shape;             ///< ONNX shape
        std::int64_t offset = 0; ///< first element in values()
        std::int64_t count = 0;  ///< elements taken
        bool isTrained = true;   ///< false: a running statistic, set by the forward pass in training mode
        bool isDecayed = false;  ///< true: weight decay applies (convolution and dense weights, not biases or norms)
        Order order = Order::Onnx;
    };

    explicit Weights(const Graph& graph);

    const std::vector<Entry>& entries() const { return m_entries; }
    const Entry* find(const std::string& name) const; ///< null when no weight has that name

    /// To be asked for anew before each time the numbers are changed: executors look at `version` and pack what
    /// changed.
    std::span<float> values()
    {
        markChanged();
        return m_values;
    }
    std::span<const float> values() const { return m_values; }
    /// Rises whenever the numbers may have changed. Any thread.
    std::uint64_t version() const { return __atomic_load_n(&m_version, __ATOMIC_RELAXED); }
    void markChanged() { __atomic_fetch_add(&m_version, 1, __ATOMIC_RELAXED); }

    Tensor tensor(const std::string& name) const;           ///< in ONNX order
    void set(const std::string& name, const Tensor& value); ///< in ONNX order
    void writeInto(Graph& graph) const;                     ///< replaces the graph's initializers

  private:
    std::vector<Entry> m_entries;
    std::vector<float> m_values;
    std::uint64_t m_version = 1;
};

/// Some numbers laid out as one entry of the flat block (a gradient, an average) as a tensor in ONNX order, and back.
Tensor inOnnxOrder(const Weights::Entry& entry, std::span<const float> block);
void inOwnOrder(const Weights::Entry& entry, std::span<const float> onnxOrder, std::span<float> block);

/// Whether a convolution's only way on is relu and 2 × 2 max pooling, so that its gradient is sparse.
bool isBeforePooling(const Graph& graph, const Node& convolution);

} // namespace hounsfield::nn
