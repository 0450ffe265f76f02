#pragma once

#include "core/nn/graph.h"

#include <string>

namespace hounsfield::nn {

/// The graph as an ONNX file: opset 17, IR 8, deterministic bytes. Metadata goes into metadata_props, sorted.
std::string writeOnnx(const Graph& graph);

} // namespace hounsfield::nn
