#pragma once

#include "core/base/result.h"
#include "core/nn/tensor.h"

#include <string>

namespace onnx {
class TensorProto;
}

namespace hounsfield::nn {

/// A TensorProto as a tensor, its size checked against its bytes first. Private to the reading of ONNX files.
Result<Tensor> tensorOf(const onnx::TensorProto& proto, const std::string& where);

/// The element type of an ONNX data type number. Errors: Unsupported, naming the type.
Result<ElementType> elementTypeOf(int dataType, const std::string& where);

} // namespace hounsfield::nn
