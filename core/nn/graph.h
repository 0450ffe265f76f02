#pragma once

#include "core/base/result.h"
#include "core/nn/tensor.h"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace hounsfield::nn {

/// An ONNX attribute value.
using Attribute = std::variant<std::int64_t, double, std::string, Tensor, std::vector<std::int64_t>,
    std::vector<double>, std::vector<std::string>>;

/// One ONNX node. Names of inputs and outputs may be empty: optional, not there.
struct Node {
    std::string op;   ///< "Conv"
    std::string name; ///< unique where not empty
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
    std::map<std::string, Attribute> attributes;
    std::string domain; ///< empty for the standard's own

    std::int64_t integer(const std::string& attribute, std::int64_t fallback) const;
    double number(const std::string& attribute, double fallback) const;
    std::string words(const std::string& attribute, const std::string& fallback) const;
    std::vector<std::int64_t> integers(const std::string& attribute, std::vector<std::int64_t> fallback = {}) const;
    bool has(const std::string& attribute) const { return attributes.contains(attribute); }
    /// For errors: "Conv conv1", or "Conv → value it makes" where the node has no name.
    std::string place() const;
};

/// A named input or output. A dimension of −1 is free (the batch).
struct ValueInfo {
    std::string name;
    ElementType type = ElementType::Float;
    Shape shape;
};

/// An ONNX graph with ONNX semantics: the one form in which networks are built, trained, saved, loaded and imported.
struct Graph {
    std::string name;
    std::int64_t opset = 17;
    std::vector<ValueInfo> inputs; ///< without initializers
    std::vector<ValueInfo> outputs;
    std::vector<Node> nodes; ///< in topological order
    std::map<std::string, Tensor> initializers;
    std::map<std::string, std::string> metadata;

    /// Errors: BadInput naming the node: a value used before it is made, made twice, an output nobody makes, a node
    /// that makes nothing, a cycle.
    /// Sorts nodes topologically where they are not.
    Result<void> check();
    const Node* producerOf(const std::string& value) const;
};

} // namespace hounsfield::nn
