#include "core/nn/graph.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace hounsfield::nn {

namespace {

template <typename T> T attributeOr(const Node& node, const std::string& name, T fallback)
{
    const auto found = node.attributes.find(name);
    if (found == node.attributes.end())
        return fallback;
    const T* value = std::get_if<T>(&found->second);
    return value ? *value : fallback;
}

using Makers = std::unordered_map<std::string, std::size_t>; ///< value → number of the node that makes it

Result<Makers> makersOf(const Graph& graph)
{
    std::unordered_set<std::string> given;
    for (const auto& [name, value] : graph.initializers)
        given.insert(name);
    for (const auto& input : graph.inputs)
        if (!given.insert(input.name).second)
            return badInput(text("nn", "The input %1 is there twice.").with(input.name), input.name);
    Makers makers;
    std::unordered_set<std::string> names;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (!node.name.empty() && !names.insert(node.name).second)
            return badInput(text("nn", "Two nodes are named %1.").with(node.name), node.place());
        if (std::ranges::all_of(node.outputs, &std::string::empty))
            return badInput(text("nn", "The node makes nothing."), node.place());
        for (const auto& output : node.outputs)
            if (!output.empty() && (given.contains(output) || !makers.emplace(output, i).second))
                return badInput(text("nn", "The value %1 is made twice.").with(output), node.place());
    }
    for (const auto& [value, maker] : makers)
        given.insert(value);
    for (const Node& node : graph.nodes)
        for (const auto& input : node.inputs)
            if (!input.empty() && !given.contains(input))
                return badInput(text("nn", "The value %1 is used, but nothing makes it.").with(input), node.place());
    for (const auto& output : graph.outputs)
        if (!given.contains(output.name))
            return badInput(text("nn", "Nothing makes the output %1.").with(output.name), output.name);
    return makers;
}

bool isSorted(const std::vector<Node>& nodes, const Makers& makers)
{
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (const auto& input : nodes[i].inputs)
            if (const auto maker = makers.find(input); maker != makers.end() && maker->second >= i)
                return false;
    return true;
}

/// Kahn 1962; nodes that are ready keep the order of the file.
std::vector<std::size_t> topologicalOrder(const std::vector<Node>& nodes, const Makers& makers)
{
    std::vector<std::vector<std::size_t>> readers(nodes.size());
    std::vector<std::size_t> missing(nodes.size(), 0);
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (const auto& input : nodes[i].inputs)
            if (const auto maker = makers.find(input); maker != makers.end()) {
                readers[maker->second].push_back(i);
                ++missing[i];
            }
    std::vector<std::size_t> order;
    order.reserve(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (missing[i] == 0)
            order.push_back(i);
    for (std::size_t k = 0; k < order.size(); ++k)
        for (const auto reader : readers[order[k]])
            if (--missing[reader] == 0)
                order.push_back(reader);
    return order;
}

} // namespace

std::int64_t Node::integer(const std::string& attribute, std::int64_t fallback) const
{
    return attributeOr(*this, attribute, fallback);
}

double Node::number(const std::string& attribute, double fallback) const
{
    return attributeOr(*this, attribute, fallback);
}

std::string Node::words(const std::string& attribute, const std::string& fallback) const
{
    return attributeOr(*this, attribute, fallback);
}

std::vector<std::int64_t> Node::integers(const std::string& attribute, std::vector<std::int64_t> fallback) const
{
    return attributeOr(*this, attribute, std::move(fallback));
}

std::string Node::place() const
{
    if (!name.empty())
        return op + " " + name;
    return outputs.empty() ? op : op + " → " + outputs.front();
}

Result<void> Graph::check()
{
    const Makers makers = TRY(makersOf(*this));
    if (isSorted(nodes, makers))
        return {};
    const auto order = topologicalOrder(nodes, makers);
    if (order.size() != nodes.size()) {
        std::vector<bool> isPlaced(nodes.size(), false);
        for (const auto number : order)
            isPlaced[number] = true;
        const auto first = std::find(isPlaced.begin(), isPlaced.end(), false) - isPlaced.begin();
        const Node& node = nodes[static_cast<std::size_t>(first)];
        return badInput(text("nn", "The graph has a cycle: a node needs what it makes itself."), node.place());
    }
    std::vector<Node> sorted;
    sorted.reserve(nodes.size());
    for (const auto number : order)
        sorted.push_back(std::move(nodes[number]));
    nodes = std::move(sorted);
    return {};
}

const Node* Graph::producerOf(const std::string& value) const
{
    for (const Node& node : nodes)
        if (!value.empty() && std::find(node.outputs.begin(), node.outputs.end(), value) != node.outputs.end())
            return &node;
    return nullptr;
}

} // namespace hounsfield::nn
