#include "core/nn/tensor.h"

#include <array>
#include <limits>

namespace hounsfield::nn {

namespace {

template <std::size_t... Kinds>
Tensor::Elements zeros(std::size_t kind, std::size_t count, std::index_sequence<Kinds...>)
{
    Tensor::Elements elements;
    (void)((kind == Kinds && (elements.emplace<Kinds>(count), true)) || ...);
    return elements;
}

} // namespace

std::int64_t elementCount(const Shape& shape)
{
    std::int64_t count = 1;
    for (const auto dimension : shape)
        count *= dimension;
    return count;
}

std::string written(const Shape& shape)
{
    if (shape.empty())
        return "scalar";
    std::string words;
    for (const auto dimension : shape)
        words += (words.empty() ? "" : "×") + (dimension < 0 ? std::string("?") : std::to_string(dimension));
    return words;
}

std::string_view nameOf(ElementType type)
{
    constexpr std::array<std::string_view, 6> names{"float", "double", "int32", "int64", "uint8", "bool"};
    return names[static_cast<std::size_t>(type)];
}

Tensor::Tensor(Shape shape, Elements elements)
    : m_shape(std::move(shape))
    , m_elements(std::move(elements))
{
    assert(std::visit([](const auto& all) { return static_cast<std::int64_t>(all.size()); }, m_elements) == count());
}

Tensor::Tensor(ElementType type, Shape shape)
    : m_shape(std::move(shape))
    , m_elements(zeros(static_cast<std::size_t>(type), static_cast<std::size_t>(elementCount(m_shape)),
          std::make_index_sequence<std::variant_size_v<Elements>>{}))
{
}

Tensor Tensor::reshaped(Shape shape) const
{
    assert(elementCount(shape) == count());
    Tensor result = *this;
    result.m_shape = std::move(shape);
    return result;
}

} // namespace hounsfield::nn
