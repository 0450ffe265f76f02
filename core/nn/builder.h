#pragma once

#include "core/nn/graph.h"

#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hounsfield::nn {

struct Operator;

/// Builds networks layer by layer. Every layer takes names of values and returns the name of the one it makes; shapes
/// are inferred on the way by the operator table, so that a layer knows its input's channels. Weights start as a pure
/// function of (seed, name). Layers that do not fit are mistakes of the caller (assertions).
class Builder {
  public:
    /// How weights start. Fan counts receptive field × channels; all have mean 0.
    enum class Start {
        GlorotUniform, ///< ±√(6 / (fan in + fan out)); Glorot and Bengio 2010
        HeNormal,      ///< deviation √(2 / fan out); He et al. 2015, as PyTorch's ResNets
        HeUniform,     ///< ±√(6 / fan in)
        Zeros
    };
    struct Convolution {
        std::int64_t channels = 0; ///< made
        std::vector<std::int64_t> kernel = {3, 3};
        std::vector<std::int64_t> strides = {};   ///< empty: 1 each
        std::vector<std::int64_t> pads = {};      ///< begins, then ends, as ONNX; empty: 0 each
        std::vector<std::int64_t> dilations = {}; ///< empty: 1 each
        std::int64_t group = 1;
        bool hasBias = true; ///< zero at the start
        Start start = Start::GlorotUniform;
    };
    struct Pool {
        std::vector<std::int64_t> kernel = {2, 2};
        std::vector<std::int64_t> strides = {}; ///< empty: as the kernel
        std::vector<std::int64_t> pads = {};    ///< empty: 0 each
    };
    struct Normalization {
        double epsilon = 1e-5;
        double momentum =
            0.9; ///< of the running statistics, as ONNX: running = running · momentum + batch · (1 − momentum)
        double scale = 1; ///< at the start; 0 makes a residual branch begin as identity
    };

    Builder(std::string name, std::uint64_t seed);

    std::string input(const std::string& name, Shape shape, ElementType type = ElementType::Float); ///< −1: free
    std::string initializer(const std::string& name, Tensor value);

    std::string convolution(const std::string& x, const Convolution& options); ///< [N, C, …] → [N, channels, …]
    std::string dense(
        const std::string& x, std::int64_t units, Start start = Start::GlorotUniform); ///< [N, C] → [N, units]
    std::string batchNormalization(const std::string& x, const Normalization& options);
    std::string batchNormalization(const std::string& x) { return batchNormalization(x, Normalization()); }
    std::string maxPool(const std::string& x, const Pool& options);
    std::string maxPool(const std::string& x) { return maxPool(x, Pool()); }
    std::string averagePool(const std::string& x, const Pool& options);
    std::string averagePool(const std::string& x) { return averagePool(x, Pool()); }
    std::string globalAveragePool(const std::string& x); ///< [N, C, …] → [N, C, 1 …]
    std::string relu(const std::string& x);
    std::string add(const std::string& a, const std::string& b);
    std::string flatten(const std::string& x); ///< [N, …] → [N, product]
    std::string dropout(const std::string& x, double ratio);
    std::string softmax(const std::string& x, std::int64_t axis = -1);
    std::string sigmoid(const std::string& x);

    /// Any operator of the table; returns the first of `outputs` values. Named after the operator and a number where
    /// `name` is empty: "conv1"; its node and its first value share that name, its weights are "conv1.weight",
    /// "conv1.bias".
    std::string node(const std::string& op, std::vector<std::string> inputs,
        std::map<std::string, Attribute> attributes = {}, std::string name = {}, int outputs = 1);

    /// Inferred shape of a value, −1 where free.
    const Shape& shapeOf(const std::string& value) const;
    /// The next name that `node` would give to this operator; for layers that name their weights first.
    std::string nextName(const std::string& op);
    /// Starting weights of a name; fans from the shape [out, in / group, kernel …].
    Tensor startingWeights(const std::string& name, const Shape& shape, Start start) const;

    /// The finished graph with these values as its outputs. A value can get another name: {{"dense2", "logits"}} is
    /// made by `node("Identity", {x}, {}, "logits")`.
    Graph finish(const std::vector<std::string>& outputs) const;

  private:
    /// The value of an initializer or of what was folded; null when it is not known yet.
    const Tensor* knownValue(const std::string& name) const;
    /// Remembers whole numbers that depend on constants or shapes alone: later nodes take shapes and axes from them.
    void fold(const Node& node, const Operator& row, std::vector<const Tensor*> known);

    Graph m_graph;
    std::uint64_t m_seed = 0;
    std::map<std::string, ValueInfo> m_values;
    std::map<std::string, Tensor> m_folded;
    std::map<std::string, int> m_counts;
};

} // namespace hounsfield::nn
