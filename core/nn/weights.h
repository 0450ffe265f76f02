#pragma once

#include "core/nn/graph.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::nn {

/// The numbers of a graph that training changes: every float initializer that a gradient can reach, and beside them the
/// running statistics of normalisations. One flat block that several executors share (the last, smaller batch is a second
/// plan); optimizers and averages work on the block, whose order inside a tensor is the kernels' own.
class Weights {
public:
    struct Entry {
        std::string name;           ///< of the initializer
        Shape shape;                ///< ONNX shape
        std::int64_t offset = 0;    ///< first element in values()
        std::int64_t count = 0;     ///< elements taken, padding included
        bool isTrained = true;      ///< false: a running statistic, set by the forward pass in training mode
        bool isDecayed = false;     ///< true: weight decay applies (convolution and dense weights, not biases or norms)
    };

    explicit Weights(const Graph& graph);

    const std::vector<Entry>& entries() const { return m_entries; }
    std::span<float> values() { return m_values; }
    std::span<const float> values() const { return m_values; }

    Tensor tensor(const std::string& name) const;           ///< in ONNX order
    void set(const std::string& name, const Tensor& value);  ///< in ONNX order
    void writeInto(Graph& graph) const;                      ///< replaces the graph's initializers

private:
    std::vector<Entry> m_entries;
    std::vector<float> m_values;
};

} // namespace hounsfield::nn
