#include "core/nn/onnx_write.h"

#include <onnx/onnx_pb.h>

#include <cstring>
#include <type_traits>

namespace hounsfield::nn {

namespace {

onnx::TensorProto::DataType protoType(ElementType type)
{
    constexpr onnx::TensorProto::DataType types[] = {onnx::TensorProto::FLOAT, onnx::TensorProto::DOUBLE,
        onnx::TensorProto::INT32, onnx::TensorProto::INT64, onnx::TensorProto::UINT8, onnx::TensorProto::BOOL};
    return types[static_cast<std::size_t>(type)];
}

void write(const Tensor& tensor, const std::string& name, onnx::TensorProto& proto)
{
    proto.set_name(name);
    proto.set_data_type(protoType(tensor.type()));
    for (const std::int64_t dimension : tensor.shape())
        proto.add_dims(dimension);
    std::visit(
        [&](const auto& elements) { proto.set_raw_data(elements.data(), elements.size() * sizeof(elements[0])); },
        tensor.elements());
}

void write(const ValueInfo& value, onnx::ValueInfoProto& proto)
{
    proto.set_name(value.name);
    auto* type = proto.mutable_type()->mutable_tensor_type();
    type->set_elem_type(protoType(value.type));
    auto* shape = type->mutable_shape();
    for (std::size_t i = 0; i < value.shape.size(); ++i) {
        auto* dimension = shape->add_dim();
        if (value.shape[i] >= 0)
            dimension->set_dim_value(value.shape[i]);
        else
            dimension->set_dim_param(i == 0 ? "batch" : "axis" + std::to_string(i));
    }
}

void write(const Attribute& attribute, onnx::AttributeProto& proto)
{
    std::visit(
        [&](const auto& value) {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::int64_t>) {
                proto.set_type(onnx::AttributeProto::INT);
                proto.set_i(value);
            } else if constexpr (std::is_same_v<T, double>) {
                proto.set_type(onnx::AttributeProto::FLOAT);
                proto.set_f(static_cast<float>(value));
            } else if constexpr (std::is_same_v<T, std::string>) {
                proto.set_type(onnx::AttributeProto::STRING);
                proto.set_s(value);
            } else if constexpr (std::is_same_v<T, Tensor>) {
                proto.set_type(onnx::AttributeProto::TENSOR);
                write(value, {}, *proto.mutable_t());
            } else if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) {
                proto.set_type(onnx::AttributeProto::INTS);
                for (const std::int64_t one : value)
                    proto.add_ints(one);
            } else if constexpr (std::is_same_v<T, std::vector<double>>) {
                proto.set_type(onnx::AttributeProto::FLOATS);
                for (const double one : value)
                    proto.add_floats(static_cast<float>(one));
            } else {
                proto.set_type(onnx::AttributeProto::STRINGS);
                for (const std::string& one : value)
                    proto.add_strings(one);
            }
        },
        attribute);
}

void write(const Node& node, onnx::NodeProto& proto)
{
    proto.set_op_type(node.op);
    proto.set_name(node.name);
    proto.set_domain(node.domain);
    for (const std::string& input : node.inputs)
        proto.add_input(input);
    for (const std::string& output : node.outputs)
        proto.add_output(output);
    for (const auto& [name, value] : node.attributes) {
        auto* attribute = proto.add_attribute();
        attribute->set_name(name);
        write(value, *attribute);
    }
}

} // namespace

std::string writeOnnx(const Graph& graph)
{
    onnx::ModelProto model;
    model.set_ir_version(8);
    model.set_producer_name("hounsfield");
    auto* standard = model.add_opset_import();
    standard->set_domain("");
    standard->set_version(graph.opset);
    onnx::GraphProto& proto = *model.mutable_graph();
    proto.set_name(graph.name.empty() ? "graph" : graph.name);
    for (const Node& node : graph.nodes)
        write(node, *proto.add_node());
    for (const auto& [name, tensor] : graph.initializers)
        write(tensor, name, *proto.add_initializer());
    for (const ValueInfo& input : graph.inputs)
        write(input, *proto.add_input());
    for (const ValueInfo& output : graph.outputs)
        write(output, *proto.add_output());
    for (const auto& [key, value] : graph.metadata) {
        auto* entry = model.add_metadata_props();
        entry->set_key(key);
        entry->set_value(value);
    }
    return model.SerializeAsString();
}

} // namespace hounsfield::nn
