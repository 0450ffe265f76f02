#pragma once

#include "core/nn/graph.h"

#include <string>

namespace hounsfield::learning {

/// The entry "hounsfield.<key>" of a model file's metadata; empty where there is none.
std::string metadataOf(const nn::Graph& graph, const std::string& key);
void setMetadata(nn::Graph& graph, const std::string& key, std::string value);

} // namespace hounsfield::learning
