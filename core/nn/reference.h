#pragma once

#include "core/nn/graph.h"

#include <map>
#include <string>
#include <vector>

namespace hounsfield::nn {

/// Every value of one pass through a graph by the operator table, in ONNX order. Float or Double by its inputs: with
/// Double inputs and initializers (see `toDouble`) it is the double path that gradients are tested on.
struct ReferenceRun {
    std::map<std::string, Tensor> values;    ///< inputs, initializers and all made values
    std::map<std::string, Tensor> gradients; ///< after referenceBackward
};

struct ReferenceOptions {
    bool isTraining = false;
    std::uint64_t seed = 0;
    std::uint64_t step = 0;
};

/// Errors: Unsupported naming operator and node; BadInput where shapes do not fit.
Result<ReferenceRun> referenceForward(
    const Graph& graph, std::map<std::string, Tensor> inputs, const ReferenceOptions& options = {});

/// Adds the gradients of every value that the given ones depend on.
Result<void> referenceBackward(const Graph& graph, ReferenceRun& run, std::map<std::string, Tensor> outputGradients,
    const ReferenceOptions& options = {});

/// The graph with all float initializers and constants as doubles.
Graph toDouble(const Graph& graph);

} // namespace hounsfield::nn
