#pragma once

#include "core/nn/operators/table.h"

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

// What operator families share. Every operator is a shape rule, which checks all that can be wrong with its inputs, and
// plain loops over what the rule allowed. Floating loops run in double whatever the type, so sums do not depend on it.
namespace hounsfield::nn {

using Infos = std::span<const ValueInfo>;
using Shapes = Result<std::vector<ValueInfo>>;
using Tensors = std::vector<Tensor>;

/// Sets of element types, one bit each.
constexpr unsigned bit(ElementType type)
{
    return 1u << static_cast<unsigned>(type);
}
constexpr unsigned floating = bit(ElementType::Float) | bit(ElementType::Double);
constexpr unsigned indexing = bit(ElementType::Int32) | bit(ElementType::Int64);
constexpr unsigned numeric = floating | indexing | bit(ElementType::UInt8);
constexpr unsigned logical = bit(ElementType::Bool);
constexpr unsigned anyType = numeric | logical;

// ---- checks, each naming the node
tl::unexpected<Error> wrong(const OperatorContext& context, Text what);
/// The i-th input is there and of one of these types.
Result<void> need(const OperatorContext& context, Infos inputs, std::size_t i, unsigned types = anyType);
/// The i-th input is there or not, and of the type of the first where it is.
Result<void> optionalLikeFirst(const OperatorContext& context, Infos inputs, std::size_t i);
/// The i-th input is there and of the type of the first.
Result<void> needLikeFirst(const OperatorContext& context, Infos inputs, std::size_t i);
/// 0 … rank − 1 of an axis that may count from the end.
Result<std::int64_t> axisOf(const OperatorContext& context, std::int64_t axis, std::int64_t rank);
/// All axes, each once, sorted.
Result<std::vector<std::int64_t>> axesOf(
    const OperatorContext& context, std::vector<std::int64_t> axes, std::int64_t rank);
/// The values of an input that must be a constant list of integers. Unsupported when it is not known yet.
Result<std::vector<std::int64_t>> listOf(const OperatorContext& context, const Inputs& known, std::size_t i);
/// The element type that an attribute names by ONNX's number.
Result<ElementType> numberedType(const OperatorContext& context, std::int64_t number);
/// The one number of an input (any numeric type), or the fallback where it is absent.
Result<double> numberOf(const OperatorContext& context, const Inputs& known, std::size_t i, double fallback);

inline bool isThere(Infos inputs, std::size_t i)
{
    return i < inputs.size() && !inputs[i].name.empty();
}
inline const Tensor* inputAt(const Inputs& inputs, std::size_t i)
{
    return i < inputs.size() ? inputs[i] : nullptr;
}

// ---- shapes
/// The shape two arrays broadcast to (ONNX multidirectional); −1 is free.
Result<Shape> broadcastOf(const OperatorContext& context, const Shape& a, const Shape& b);
/// The shape of the second operand of an arithmetic node as opsets before 7 placed it: its first dimension at `axis`.
Shape placedShape(const OperatorContext& context, const Shape& a, const Shape& b);
/// Row-major strides in elements.
std::vector<std::int64_t> stridesOf(const Shape& shape);
/// Strides of `shape` as seen from `target`, 0 where it is repeated. `shape` broadcasts to `target`.
std::vector<std::int64_t> broadcastStrides(const Shape& shape, const Shape& target);
/// Product of dimensions from … to − 1; −1 when one of them is free.
std::int64_t productOf(const Shape& shape, std::size_t from, std::size_t to);
/// What a shape rule returns for outputs of one type.
std::vector<ValueInfo> infos(ElementType type, Shape shape);
/// The info of tensors at hand; absent inputs have an empty name.
std::vector<ValueInfo> infosOf(const Inputs& inputs);
/// Zeros; Unsupported beyond 2 GB.
Result<Tensor> made(const OperatorContext& context, const ValueInfo& info);

/// Calls body(place of a, place of b) for every element of `shape` in row-major order.
template <typename Body>
void walk(const Shape& shape, const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b, Body&& body)
{
    const std::size_t rank = shape.size();
    const std::int64_t count = elementCount(shape);
    std::vector<std::int64_t> at(rank, 0);
    std::int64_t placeA = 0;
    std::int64_t placeB = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        body(placeA, placeB);
        for (std::size_t d = rank; d-- > 0;) {
            placeA += a[d];
            placeB += b[d];
            if (++at[d] < shape[d])
                break;
            placeA -= a[d] * shape[d];
            placeB -= b[d] * shape[d];
            at[d] = 0;
        }
    }
}

// ---- numbers
/// A double as T; integers saturate, NaN becomes 0.
template <typename T> T converted(double value)
{
    if constexpr (std::is_same_v<T, Boolean>)
        return static_cast<Boolean>(value != 0 ? 1 : 0);
    else if constexpr (std::is_floating_point_v<T>)
        return static_cast<T>(value);
    else {
        if (!(value > static_cast<double>(std::numeric_limits<T>::lowest())))
            return value == value ? std::numeric_limits<T>::lowest() : T{};
        if (value >= static_cast<double>(std::numeric_limits<T>::max()))
            return std::numeric_limits<T>::max();
        return static_cast<T>(value);
    }
}
std::vector<double> doublesOf(const Tensor& tensor);
Tensor fromDoubles(ElementType type, Shape shape, std::span<const double> values);

/// Calls body(span of elements) with the tensor's own element type.
template <typename Body> decltype(auto) withElements(const Tensor& tensor, Body&& body)
{
    return std::visit([&](const auto& elements) { return body(std::span(elements)); }, tensor.elements());
}

/// Copies elements; `from` and `to` are the strides of source and target over `shape`.
void copyWalked(const Tensor& source, Tensor& target, const Shape& shape, const std::vector<std::int64_t>& from,
    const std::vector<std::int64_t>& to, std::int64_t sourceFirst = 0, std::int64_t targetFirst = 0);

// ---- rows of the table
/// A shape rule and loops make a forward function: outputs are allocated as the rule says, then computed.
using Compute = Result<void> (*)(const OperatorContext&, const Inputs&, Tensors& outputs);
using ShapesRule = Shapes (*)(const OperatorContext&, Infos, const Inputs&);
Result<Tensors> computed(const OperatorContext& context, const Inputs& inputs, ShapesRule shapes, Compute compute);

template <ShapesRule shapes, Compute compute> Result<Tensors> run(const OperatorContext& context, const Inputs& inputs)
{
    return computed(context, inputs, shapes, compute);
}

/// The loops of operators that give the same elements another shape.
Result<void> keepElements(const OperatorContext& context, const Inputs& inputs, Tensors& outputs);
Result<Tensors> keepElementsBackward(const OperatorContext& context, const Inputs& inputs,
    std::span<const Tensor> outputs, std::span<const Tensor> gradients);

std::span<const Operator> arithmeticOperators();
std::span<const Operator> comparisonOperators();
std::span<const Operator> unaryOperators();
std::span<const Operator> convolutionOperators();
std::span<const Operator> poolingOperators();
std::span<const Operator> matrixOperators();
std::span<const Operator> softmaxOperators();
std::span<const Operator> normalizationOperators();
std::span<const Operator> shapingOperators();
std::span<const Operator> constantOperators();
std::span<const Operator> axesOperators();
std::span<const Operator> clipOperators();
std::span<const Operator> reductionOperators();
std::span<const Operator> dropoutOperators();
std::span<const Operator> recurrentOperators();
std::span<const Operator> runNormalizationOperators();
std::span<const Operator> slicingOperators();
std::span<const Operator> arrangingOperators();
std::span<const Operator> classLossOperators();
std::span<const Operator> elementOperators();
std::span<const Operator> einsumOperators();
std::span<const Operator> paddingOperators();
std::span<const Operator> resizeOperators();
std::span<const Operator> selectionOperators();
std::span<const Operator> transposedConvolutionOperators();
std::span<const Operator> updateOperators();

} // namespace hounsfield::nn
