#include "core/nn/onnx_tensor.h"

#include <onnx/onnx_pb.h>

#include <bit>
#include <cstring>
#include <limits>

static_assert(std::endian::native == std::endian::little, "raw_data is little endian");

namespace hounsfield::nn {

namespace {

constexpr std::int64_t mostBytes = std::int64_t{1} << 31;

/// Elements by the dimensions, or −1 where they are negative or beyond 2 GB.
std::int64_t countOf(const onnx::TensorProto& proto)
{
    std::int64_t count = 1;
    for (const std::int64_t dimension : proto.dims()) {
        if (dimension < 0 || dimension > mostBytes)
            return -1;
        if (dimension > 0 && count > mostBytes / dimension)
            return -1;
        count *= dimension;
    }
    return count;
}

tl::unexpected<Error> wrongSize(std::int64_t count, std::int64_t there, const std::string& where)
{
    return badInput(text("nn", "The tensor's shape asks for %1 elements, %2 are there.").with(count, there), where,
        text("nn", "The file is damaged; export the model again."));
}

template <typename T, typename Field>
Result<Tensor> filled(
    const onnx::TensorProto& proto, const Field& field, Shape shape, std::int64_t count, const std::string& where)
{
    std::vector<T> elements;
    if (proto.has_raw_data()) {
        const std::string& raw = proto.raw_data();
        if (raw.size() != static_cast<std::size_t>(count) * sizeof(T))
            return wrongSize(count, static_cast<std::int64_t>(raw.size() / sizeof(T)), where);
        elements.resize(static_cast<std::size_t>(count));
        if (!raw.empty())
            std::memcpy(elements.data(), raw.data(), raw.size());
    } else {
        if (field.size() != count)
            return wrongSize(count, field.size(), where);
        elements.reserve(static_cast<std::size_t>(count));
        for (const auto value : field)
            elements.push_back(static_cast<T>(value));
    }
    return Tensor(std::move(shape), std::move(elements));
}

/// One byte an element, whatever the bytes say: 0 is false, all else true.
Result<Tensor> booleans(const onnx::TensorProto& proto, Shape shape, std::int64_t count, const std::string& where)
{
    const Tensor bytes = TRY(filled<std::uint8_t>(proto, proto.int32_data(), shape, count, where));
    std::vector<Boolean> elements;
    elements.reserve(static_cast<std::size_t>(count));
    for (const std::uint8_t byte : bytes.as<std::uint8_t>())
        elements.push_back(Boolean{static_cast<std::uint8_t>(byte != 0)});
    return Tensor(std::move(shape), std::move(elements));
}

} // namespace

Result<ElementType> elementTypeOf(int dataType, const std::string& where)
{
    switch (dataType) {
    case onnx::TensorProto::FLOAT:
        return ElementType::Float;
    case onnx::TensorProto::DOUBLE:
        return ElementType::Double;
    case onnx::TensorProto::INT32:
        return ElementType::Int32;
    case onnx::TensorProto::INT64:
        return ElementType::Int64;
    case onnx::TensorProto::UINT8:
        return ElementType::UInt8;
    case onnx::TensorProto::BOOL:
        return ElementType::Bool;
    default:
        break;
    }
    const std::string name = onnx::TensorProto::DataType_IsValid(dataType)
                                 ? onnx::TensorProto::DataType_Name(static_cast<onnx::TensorProto::DataType>(dataType))
                                 : std::to_string(dataType);
    return unsupported(text("nn", "Elements of type %1 are not known here.").with(name), where,
        text("nn", "Export the model with 32-bit floating point numbers."));
}

Result<Tensor> tensorOf(const onnx::TensorProto& proto, const std::string& where)
{
    if (proto.data_location() == onnx::TensorProto::EXTERNAL || proto.external_data_size() > 0)
        return unsupported(text("nn", "The weights lie in another file, which is never opened."), where,
            text("nn", "Export the model as one file, without external data."));
    if (proto.has_segment())
        return unsupported(text("nn", "The tensor comes in segments."), where);
    const ElementType type = TRY(elementTypeOf(proto.data_type(), where));
    const std::int64_t count = countOf(proto);
    if (count < 0)
        return badInput(text("nn", "The tensor's shape is negative or larger than 2 GB."), where,
            text("nn", "The file is damaged; export the model again."));
    Shape shape(proto.dims().begin(), proto.dims().end());
    switch (type) {
    case ElementType::Float:
        return filled<float>(proto, proto.float_data(), std::move(shape), count, where);
    case ElementType::Double:
        return filled<double>(proto, proto.double_data(), std::move(shape), count, where);
    case ElementType::Int32:
        return filled<std::int32_t>(proto, proto.int32_data(), std::move(shape), count, where);
    case ElementType::Int64:
        return filled<std::int64_t>(proto, proto.int64_data(), std::move(shape), count, where);
    case ElementType::UInt8:
        return filled<std::uint8_t>(proto, proto.int32_data(), std::move(shape), count, where);
    case ElementType::Bool:
        break;
    }
    return booleans(proto, std::move(shape), count, where);
}

} // namespace hounsfield::nn
