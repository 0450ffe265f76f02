#pragma once

#include "core/base/result.h"
#include "core/nn/graph.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hounsfield::nn {

/// What an operator needs to know besides its inputs.
struct OperatorContext {
    const Node& node;
    std::int64_t opset = 17;
    bool isTraining = false;
    std::uint64_t seed = 0; ///< of Dropout
    std::uint64_t step = 0;
};

/// Inputs by position; a null pointer is an optional input that is not there.
using Inputs = std::vector<const Tensor*>;

/// An operator of the ONNX standard in ONNX order (NCHW), plain loops: the meaning that the fused kernels are held
/// against, and what runs wherever no kernel fits. Works on Float and Double tensors alike, and on the integer types
/// that the standard allows. Adding an operator is one row, adding a family one file.
struct Operator {
    std::string_view name; ///< ONNX name
    int since = 1;         ///< first opset whose semantics we read
    /// Shapes and types of the outputs are those of the returned tensors. Errors: BadInput (shapes), Unsupported.
    Result<std::vector<Tensor>> (*forward)(const OperatorContext&, const Inputs&) = nullptr;
    /// Gradients of the inputs from those of the outputs; an empty tensor where an input has none. Null: no gradient.
    Result<std::vector<Tensor>> (*backward)(const OperatorContext&, const Inputs&, std::span<const Tensor> outputs,
        std::span<const Tensor> outputGradients) = nullptr;
    /// Shapes and types of the outputs without computing them. `known` holds the values of inputs that are constants.
    Result<std::vector<ValueInfo>> (*shapes)(
        const OperatorContext&, std::span<const ValueInfo> inputs, const Inputs& known) = nullptr;
};

/// The whole table.
std::span<const Operator> operatorTable();
/// Null when we do not know it.
const Operator* findOperator(std::string_view name);

} // namespace hounsfield::nn
