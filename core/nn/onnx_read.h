#pragma once

#include "core/nn/graph.h"

#include <cstddef>
#include <filesystem>
#include <span>

namespace hounsfield::nn {

/// A model file read by protobuf under size limits; every size is checked before use. Opsets 1–17 as far as their
/// operators are known. Errors: BadInput (not ONNX, sizes that do not fit, cycles), Unsupported (external data, unknown
/// domains, element types), each naming node or tensor.
Result<Graph> readOnnx(std::span<const std::byte> bytes, const std::string& where);
Result<Graph> readOnnx(const std::filesystem::path& file);

/// A TensorProto of its own (the standard's test cases).
Result<Tensor> readOnnxTensor(std::span<const std::byte> bytes, const std::string& where);

} // namespace hounsfield::nn
