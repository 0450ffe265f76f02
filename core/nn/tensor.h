#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace hounsfield::nn {

/// Dimensions, outermost first; empty is a scalar. A dimension may be 0.
using Shape = std::vector<std::int64_t>;
std::int64_t elementCount(const Shape& shape);
std::string written(const Shape& shape); ///< "1×3×28×28"

enum class ElementType { Float, Double, Int32, Int64, UInt8, Bool };
std::string_view nameOf(ElementType type);

/// One byte that is 0 or 1; a type of its own, because std::vector<bool> has no data.
enum class Boolean : std::uint8_t {};

/// A dense block of numbers in ONNX's row-major order. Owns its elements; a plain value.
class Tensor {
  public:
    using Elements = std::variant<std::vector<float>, std::vector<double>, std::vector<std::int32_t>,
        std::vector<std::int64_t>, std::vector<std::uint8_t>, std::vector<Boolean>>;

    Tensor() = default;
    Tensor(Shape shape, Elements elements); ///< the counts must agree
    Tensor(ElementType type, Shape shape);  ///< zeros

    template <typename T> static Tensor scalar(T value) { return Tensor(Shape{}, std::vector<T>{value}); }

    const Shape& shape() const { return m_shape; }
    std::int64_t count() const { return elementCount(m_shape); }
    std::int64_t rank() const { return static_cast<std::int64_t>(m_shape.size()); }
    ElementType type() const { return static_cast<ElementType>(m_elements.index()); }

    template <typename T> std::span<const T> as() const { return std::get<std::vector<T>>(m_elements); }
    template <typename T> std::span<T> as() { return std::get<std::vector<T>>(m_elements); }
    const Elements& elements() const { return m_elements; }

    Tensor reshaped(Shape shape) const;
    bool operator==(const Tensor&) const = default;

  private:
    Shape m_shape;
    Elements m_elements;
};

} // namespace hounsfield::nn
