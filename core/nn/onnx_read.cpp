#include "core/nn/onnx_read.h"

#include "core/base/atomic_file.h"
#include "core/nn/onnx_tensor.h"

#include <google/protobuf/io/coded_stream.h>
#include <onnx/onnx_pb.h>

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <string_view>

namespace hounsfield::nn {

namespace {

constexpr std::size_t mostBytes = std::numeric_limits<int>::max();
constexpr int deepest = 100;

const Text exportAgain = text("nn", "The file is damaged or no ONNX model; export it again.");

/// Parses with limits on size and depth; unknown fields are skipped.
template <typename Proto> Result<Proto> parsed(std::span<const std::byte> bytes, const std::string& where)
{
    if (bytes.size() > mostBytes)
        return badInput(text("nn", "The file is larger than 2 GB."), where);
    google::protobuf::io::CodedInputStream stream(
        reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
    stream.SetTotalBytesLimit(std::numeric_limits<int>::max());
    stream.SetRecursionLimit(deepest);
    Proto proto;
    if (bytes.empty() || !proto.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage())
        return badInput(text("nn", "This is no ONNX file."), where, exportAgain);
    return proto;
}

std::string place(const std::string& where, const onnx::NodeProto& node)
{
    const std::string named = !node.name().empty()     ? node.name()
                              : node.output_size() > 0 ? node.output(0)
                                                       : std::string();
    return where + ", node " + node.op_type() + (named.empty() ? "" : " \"" + named + "\"");
}

Result<Attribute> attributeOf(const onnx::AttributeProto& proto, const std::string& where)
{
    switch (proto.type()) {
    case onnx::AttributeProto::INT:
        return Attribute(std::int64_t{proto.i()});
    case onnx::AttributeProto::FLOAT:
        return Attribute(static_cast<double>(proto.f()));
    case onnx::AttributeProto::STRING:
        return Attribute(proto.s());
    case onnx::AttributeProto::TENSOR:
        return Attribute(TRY(tensorOf(proto.t(), where + ", attribute " + proto.name())));
    case onnx::AttributeProto::INTS:
        return Attribute(std::vector<std::int64_t>(proto.ints().begin(), proto.ints().end()));
    case onnx::AttributeProto::FLOATS:
        return Attribute(std::vector<double>(proto.floats().begin(), proto.floats().end()));
    case onnx::AttributeProto::STRINGS:
        return Attribute(std::vector<std::string>(proto.strings().begin(), proto.strings().end()));
    default:
        return unsupported(
            text("nn", "The attribute %1 is of a kind that is not known here.").with(proto.name()), where);
    }
}

Result<Node> nodeOf(const onnx::NodeProto& proto, const std::string& file)
{
    const std::string where = place(file, proto);
    constexpr std::array<std::string_view, 3> known{"", "ai.onnx", "ai.onnx.preview.training"};
    if (std::ranges::find(known, proto.domain()) == known.end())
        return unsupported(
            text("nn", "The operator is of the domain \"%1\", which is not known here.").with(proto.domain()), where,
            text("nn", "Export the model with the operators of the ONNX standard only."));
    Node node{proto.op_type(), proto.name(), {proto.input().begin(), proto.input().end()},
        {proto.output().begin(), proto.output().end()}, {}, proto.domain() == "ai.onnx" ? "" : proto.domain()};
    for (const onnx::AttributeProto& attribute : proto.attribute()) {
        auto value = TRY(attributeOf(attribute, where));
        if (!node.attributes.emplace(attribute.name(), std::move(value)).second)
            return badInput(text("nn", "The attribute %1 stands twice.").with(attribute.name()), where, exportAgain);
    }
    return node;
}

Result<ValueInfo> valueOf(const onnx::ValueInfoProto& proto, const std::string& file)
{
    const std::string where = file + ", value \"" + proto.name() + "\"";
    if (!proto.type().has_tensor_type())
        return unsupported(text("nn", "An input or output is no tensor."), where);
    const auto& type = proto.type().tensor_type();
    ValueInfo value{proto.name(), TRY(elementTypeOf(type.elem_type(), where)), {}};
    for (const auto& dimension : type.shape().dim()) {
        if (dimension.has_dim_value() && dimension.dim_value() < -1)
            return badInput(text("nn", "A dimension is negative."), where, exportAgain);
        value.shape.push_back(dimension.has_dim_value() ? dimension.dim_value() : -1);
    }
    return value;
}

Result<void> readInitializers(const onnx::GraphProto& proto, const std::string& file, Graph& graph)
{
    if (proto.sparse_initializer_size() > 0)
        return unsupported(
            text("nn", "The model has sparse weights."), file, text("nn", "Export it with dense weights."));
    for (const onnx::TensorProto& tensor : proto.initializer()) {
        const std::string where = file + ", tensor \"" + tensor.name() + "\"";
        Tensor value = TRY(tensorOf(tensor, where));
        if (tensor.name().empty() || !graph.initializers.emplace(tensor.name(), std::move(value)).second)
            return badInput(text("nn", "Two weights share a name, or one has none."), where, exportAgain);
    }
    return {};
}

Result<Graph> graphOf(const onnx::ModelProto& model, const std::string& file)
{
    if (!model.has_graph())
        return badInput(text("nn", "The model has no graph."), file, exportAgain);
    const onnx::GraphProto& proto = model.graph();
    Graph graph;
    graph.name = proto.name();
    graph.opset = 1;
    for (const auto& import : model.opset_import())
        if (import.domain().empty() || import.domain() == "ai.onnx")
            graph.opset = import.version();
    if (graph.opset < 1)
        return badInput(text("nn", "The version of the operators, %1, is none.").with(graph.opset), file, exportAgain);
    TRY(readInitializers(proto, file, graph));
    for (const auto& input : proto.input())
        if (!graph.initializers.contains(input.name())) // old files repeat their weights here
            graph.inputs.push_back(TRY(valueOf(input, file)));
    for (const auto& output : proto.output())
        graph.outputs.push_back(TRY(valueOf(output, file)));
    for (const auto& node : proto.node())
        graph.nodes.push_back(TRY(nodeOf(node, file)));
    for (const auto& entry : model.metadata_props())
        graph.metadata[entry.key()] = entry.value();
    if (auto sound = graph.check(); !sound) {
        Error error = std::move(sound).error();
        error.where = file + (error.where.empty() ? "" : ", " + error.where);
        return tl::unexpected(std::move(error));
    }
    return graph;
}

bool isPickle(std::span<const std::byte> bytes, const std::filesystem::path& file)
{
    const bool looksSo =
        bytes.size() > 2 && (bytes[0] == std::byte{0x80} || (bytes[0] == std::byte{'P'} && bytes[1] == std::byte{'K'}));
    const std::string ending = file.extension().string();
    return looksSo && (ending == ".pt" || ending == ".pth" || ending == ".pkl" || ending == ".ckpt");
}

} // namespace

Result<Graph> readOnnx(std::span<const std::byte> bytes, const std::string& where)
{
    if (isPickle(bytes, where))
        return unsupported(text("nn", "This is a PyTorch or pickle file, which can run code when it is opened."), where,
            text("nn", "Export the model to ONNX first (torch.onnx.export)."));
    return graphOf(TRY(parsed<onnx::ModelProto>(bytes, where)), where);
}

Result<Graph> readOnnx(const std::filesystem::path& file)
{
    const std::string bytes = TRY(readFile(file, mostBytes));
    return readOnnx(std::as_bytes(std::span(bytes)), file.string());
}

Result<Tensor> readOnnxTensor(std::span<const std::byte> bytes, const std::string& where)
{
    return tensorOf(TRY(parsed<onnx::TensorProto>(bytes, where)), where);
}

} // namespace hounsfield::nn
