#pragma once

#include "core/nn/graph.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// Builds graphs over texts, whose length is free: names of values in, name of the made value out; no shapes are
/// inferred. Weights start as a pure function of (seed, name).
class TextGraph {
  public:
    TextGraph(std::string name, std::uint64_t seed);

    std::string node(const std::string& op, std::vector<std::string> inputs,
        std::map<std::string, nn::Attribute> attributes = {}, std::string name = {});
    std::string whole(std::vector<std::int64_t> values); ///< a constant
    std::string constant(float value);                   ///< a constant, no weight
    std::string uniform(const std::string& name, nn::Shape shape, double limit);
    std::string normal(const std::string& name, nn::Shape shape, double deviation);
    std::string filled(const std::string& name, nn::Shape shape, float value);

    std::string embedding(const std::string& tokens, std::int64_t vocabulary, std::int64_t width);
    /// x · W + b on the last dimension; Glorot uniform, bias as given.
    std::string dense(
        const std::string& x, std::int64_t from, std::int64_t to, const std::string& name, float bias = 0);
    std::string dropout(const std::string& x, double ratio);
    std::string layerNorm(const std::string& x, std::int64_t width, const std::string& name);
    std::string transpose(const std::string& x, std::vector<std::int64_t> permutation);
    std::string reshape(const std::string& x, std::vector<std::int64_t> shape);

    /// What the padding of `tokens` means to the layers.
    struct Mask {
        std::string lengths;   ///< int32 [N]
        std::string forbidden; ///< [N, L]: −1e9 where there is padding, else 0
        std::string share;     ///< [N, 1, L]: 1 / length where there is a word, else 0
    };
    Mask mask(const std::string& tokens);

    /// RNN, GRU or LSTM over x [N, L, from]: the states of all words, [N, L, directions · units]. Without lengths every
    /// text has L words.
    std::string recurrent(const std::string& op, const std::string& x, const std::string& lengths, std::int64_t from,
        std::int64_t units, bool isBothWays);

    nn::Graph finish(std::int64_t labels);

  private:
    std::string nextName(const std::string& op);

    nn::Graph m_graph;
    std::uint64_t m_seed;
    std::map<std::string, int> m_counts;
};

} // namespace hounsfield::learning
