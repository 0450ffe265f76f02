#pragma once

#include "core/nn/graph.h"
#include "core/nn/optimizers.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hounsfield::cli {

/// A network to be timed. Its weights and its batch come from a stated integer hash, so that another program can start
/// from the same numbers.
struct BenchNetwork {
    std::string name;
    nn::Shape input; ///< of one sample: channels, height, width, or words
    std::int64_t classes = 0;
    std::int64_t batch = 0; ///< usual
    float shift = 0;        ///< inputs are 0 … 1 less this
    nn::OptimizerOptions optimizer;
    double rate = 0;
    nn::Graph (*build)() = nullptr;
    std::int64_t vocabulary = 0; ///< > 0: a network of texts, whose samples are words and have any of the labels
    /// There: `build` makes a generator, and this the network that it is trained against.
    nn::Graph (*buildDiscriminator)() = nullptr;

    bool isOfTexts() const { return vocabulary > 0; }
    bool isOfPair() const { return buildDiscriminator; }
};

const std::vector<BenchNetwork>& benchNetworks();

/// Uniform weights ±limit by the hash of their name; biases 0, scales of normalisations 1.
nn::Tensor hashedWeights(const std::string& name, const nn::Shape& shape, bool isGlorot);

/// Number `index` of the sequence of a seed, 0 … 1, in steps of 2⁻²⁴.
float hashedUniform(std::uint32_t index, std::uint32_t seed);

/// The seed of a weight by its name.
std::uint32_t hashOfName(const std::string& name);

/// Samples of batch `step` (in ONNX order; words as whole numbers), and their classes or their labels, 0 and 1.
std::vector<float> hashedSamples(const BenchNetwork& network, std::int64_t batch, std::uint32_t step);
/// Numbers −1 … 1: what a generator starts from, and what stands for real images.
std::vector<float> hashedNoise(std::int64_t count, std::uint32_t step);
std::vector<std::int32_t> hashedClasses(const BenchNetwork& network, std::int64_t batch, std::uint32_t step);
std::vector<float> hashedLabels(const BenchNetwork& network, std::int64_t batch, std::uint32_t step);

} // namespace hounsfield::cli
