#include "core/learning/model_metadata.h"

#include <utility>

namespace hounsfield::learning {

namespace {

constexpr const char* prefix = "hounsfield.";

} // namespace

std::string metadataOf(const nn::Graph& graph, const std::string& key)
{
    const auto found = graph.metadata.find(prefix + key);
    return found != graph.metadata.end() ? found->second : std::string();
}

void setMetadata(nn::Graph& graph, const std::string& key, std::string value)
{
    graph.metadata[prefix + key] = std::move(value);
}

} // namespace hounsfield::learning
