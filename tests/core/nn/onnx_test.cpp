#include <QtTest>

#include "core/base/random.h"
#include "core/nn/builder.h"
#include "core/nn/onnx_read.h"
#include "core/nn/onnx_write.h"
#include "core/nn/reference.h"

#include <onnx/checker.h>
#include <onnx/onnx_pb.h>

#include <functional>

using namespace hounsfield;
using namespace hounsfield::nn;

namespace {

Graph smallNetwork()
{
    Builder builder("small", 5);
    auto x = builder.input("image", {-1, 1, 6, 5});
    x = builder.maxPool(builder.relu(
        builder.batchNormalization(builder.convolution(x, {.channels = 3, .pads = {1, 1, 1, 1}, .hasBias = false}))));
    x = builder.dense(builder.flatten(builder.dropout(x, 0.25)), 2);
    Graph graph = builder.finish({builder.softmax(x)});
    graph.metadata = {{"hounsfield.classes", "[\"normal\",\"pneumonia\"]"}, {"a", "b"}};
    return graph;
}

Result<Graph> readBack(const std::string& bytes)
{
    return readOnnx(std::as_bytes(std::span(bytes)), "model.onnx");
}

onnx::ModelProto protoOf(const Graph& graph)
{
    onnx::ModelProto model;
    model.ParseFromString(writeOnnx(graph));
    return model;
}

/// Every way a model can lie that a parser does not see; the number picks one.
void mutate(onnx::ModelProto& model, Random& random)
{
    auto& graph = *model.mutable_graph();
    const auto anyNode = [&]() -> onnx::NodeProto& {
        return *graph.mutable_node(static_cast<int>(random.below(graph.node_size())));
    };
    const auto anyTensor = [&]() -> onnx::TensorProto& {
        return *graph.mutable_initializer(static_cast<int>(random.below(graph.initializer_size())));
    };
    const std::int64_t odd[] = {-1, 0, 1, 2, 3, 7, 1 << 20, std::int64_t{1} << 40,
        std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()};
    const auto oddNumber = [&] { return odd[random.below(std::size(odd))]; };
    const char* ops[] = {"Conv", "MaxPool", "Gemm", "MatMul", "Reshape", "Concat", "Transpose", "Softmax", "Dropout",
        "BatchNormalization", "Clip", "AveragePool", "Where", "PRelu", "ConstantOfShape", "Pow", "GlobalMaxPool",
        "Nothing"};
    const std::function<void()> ways[] = {
        [&] { anyNode().set_op_type(ops[random.below(std::size(ops))]); },
        [&] {
            auto& node = anyNode();
            if (node.input_size() > 0)
                node.set_input(static_cast<int>(random.below(node.input_size())), "");
        },
        [&] {
            auto& node = anyNode();
            node.add_input(graph.initializer(static_cast<int>(random.below(graph.initializer_size()))).name());
        },
        [&] { anyNode().clear_input(); },
        [&] { anyNode().clear_output(); },
        [&] {
            auto& node = anyNode();
            if (node.attribute_size() == 0)
                return;
            auto& attribute = *node.mutable_attribute(static_cast<int>(random.below(node.attribute_size())));
            if (attribute.ints_size() > 0)
                attribute.set_ints(static_cast<int>(random.below(attribute.ints_size())), oddNumber());
            else
                attribute.set_i(oddNumber());
        },
        [&] {
            auto& node = anyNode();
            if (node.attribute_size() > 0)
                node.mutable_attribute(0)->add_ints(oddNumber());
        },
        [&] {
            auto& node = anyNode();
            if (node.attribute_size() > 0)
                node.mutable_attribute(0)->set_type(static_cast<onnx::AttributeProto::AttributeType>(random.below(12)));
        },
        [&] {
            auto& tensor = anyTensor();
            if (tensor.dims_size() > 0)
                tensor.set_dims(static_cast<int>(random.below(tensor.dims_size())), oddNumber());
        },
        [&] { // another sound shape of the same size
            auto& tensor = anyTensor();
            tensor.add_dims(1);
        },
        [&] { anyTensor().set_data_type(static_cast<int>(random.below(20))); },
        [&] { anyTensor().mutable_raw_data()->append("x"); },
        [&] { anyTensor().clear_raw_data(); },
        [&] { model.mutable_opset_import(0)->set_version(random.below(20) - 1); },
        [&] { graph.mutable_node()->SwapElements(0, static_cast<int>(random.below(graph.node_size()))); },
        [&] {
            graph.mutable_input(0)->mutable_type()->mutable_tensor_type()->set_elem_type(
                static_cast<int>(random.below(17)));
        },
        [&] { graph.mutable_input(0)->clear_type(); },
        [&] { graph.mutable_output(0)->set_name("nobody"); },
        [&] { *graph.add_node() = graph.node(static_cast<int>(random.below(graph.node_size()))); },
    };
    for (std::int64_t i = 1 + random.below(2); i > 0; --i)
        ways[random.below(std::size(ways))]();
}

std::string blindMutant(std::string bytes, Random& random)
{
    for (std::int64_t i = 1 + random.below(4); i > 0; --i) {
        const auto at = static_cast<std::size_t>(random.below(static_cast<std::int64_t>(bytes.size())));
        switch (random.below(4)) {
        case 0:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
            break;
        case 1:
            bytes[at] = static_cast<char>(random.bits());
            break;
        case 2:
            bytes.resize(at + 1);
            break;
        default:
            bytes.insert(at, bytes.substr(at / 2, 16));
            break;
        }
    }
    return bytes;
}

} // namespace

class OnnxTest : public QObject {
    Q_OBJECT
  private slots:
    void aWrittenModelPassesTheChecker()
    {
        const auto model = protoOf(smallNetwork());
        QCOMPARE(model.ir_version(), std::int64_t{8});
        QCOMPARE(model.opset_import(0).version(), std::int64_t{17});
        try {
            onnx::checker::check_model(model);
        } catch (const std::exception& error) {
            QFAIL(error.what());
        }
    }

    void whatIsWrittenIsReadAgain()
    {
        const Graph graph = smallNetwork();
        const std::string bytes = writeOnnx(graph);
        const auto read = readBack(bytes);
        QVERIFY2(read, read ? "" : english(read.error()).c_str());
        QVERIFY(read->initializers == graph.initializers);
        QVERIFY(read->metadata == graph.metadata);
        QCOMPARE(read->inputs[0].shape, graph.inputs[0].shape);
        QVERIFY(writeOnnx(*read) == bytes);
        const std::map<std::string, Tensor> image{{"image", Tensor(ElementType::Float, {2, 1, 6, 5})}};
        const auto& output = graph.outputs[0].name;
        QVERIFY(referenceForward(graph, image)->values.at(output) == referenceForward(*read, image)->values.at(output));
    }

    void oldFilesMayRepeatTheirWeightsAsInputs()
    {
        auto model = protoOf(smallNetwork());
        for (const auto& tensor : model.graph().initializer()) {
            auto* input = model.mutable_graph()->add_input();
            input->set_name(tensor.name());
            input->mutable_type()->mutable_tensor_type()->set_elem_type(tensor.data_type());
        }
        model.set_ir_version(3);
        const auto read = readBack(model.SerializeAsString());
        QVERIFY(read);
        QCOMPARE(read->inputs.size(), std::size_t{1});
    }

    void hostileFilesAreRefusedWithASentence_data()
    {
        using Change = std::function<void(onnx::ModelProto&)>;
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const Change& change, const char* sentence) {
            auto model = protoOf(smallNetwork());
            change(model);
            QTest::newRow(name) << model.SerializeAsString() << QString(sentence);
        };
        row(
            "external data",
            [](auto& m) { m.mutable_graph()->mutable_initializer(0)->set_data_location(onnx::TensorProto::EXTERNAL); },
            "another file");
        row(
            "unknown domain", [](auto& m) { m.mutable_graph()->mutable_node(0)->set_domain("com.evil"); }, "com.evil");
        row(
            "negative dimension", [](auto& m) { m.mutable_graph()->mutable_initializer(0)->set_dims(0, -3); },
            "negative");
        row(
            "2 GB claim", [](auto& m) { m.mutable_graph()->mutable_initializer(0)->set_dims(0, 1LL << 40); }, "2 GB");
        row(
            "too few bytes", [](auto& m) { m.mutable_graph()->mutable_initializer(0)->mutable_raw_data()->pop_back(); },
            "elements");
        row(
            "strings",
            [](auto& m) { m.mutable_graph()->mutable_initializer(0)->set_data_type(onnx::TensorProto::STRING); },
            "STRING");
        row(
            "two weights of a name", [](auto& m) { *m.mutable_graph()->add_initializer() = m.graph().initializer(0); },
            "share a name");
        row(
            "cycle",
            [](auto& m) {
                auto& graph = *m.mutable_graph();
                graph.mutable_node(0)->set_input(0, graph.node(graph.node_size() - 1).output(0));
            },
            "cycle");
        QTest::newRow("empty") << std::string() << "no ONNX file";
        QTest::newRow("text") << std::string("hello, this is no model") << "no ONNX file";
    }

    void hostileFilesAreRefusedWithASentence()
    {
        QFETCH(std::string, bytes);
        QFETCH(QString, sentence);
        const auto read = readBack(bytes);
        QVERIFY(!read);
        const QString said = QString::fromStdString(english(read.error()));
        QVERIFY2(said.contains(sentence) && said.contains("model.onnx"), qPrintable(said));
    }

    void aPyTorchFileIsSentToBeExported()
    {
        const std::string bytes = "PK\x03\x04 archive/data.pkl";
        const auto read = readOnnx(std::as_bytes(std::span(bytes)), "model.pt");
        QVERIFY(!read);
        QVERIFY(english(read.error()).find("Export the model to ONNX first") != std::string::npos);
    }

    void mutantsNeverCrash()
    {
        const Graph graph = smallNetwork();
        const std::string bytes = writeOnnx(graph);
        const std::map<std::string, Tensor> image{{"image", Tensor(ElementType::Float, {1, 1, 6, 5})}};
        int refused = 0;
        int ran = 0;
        for (std::uint64_t i = 0; i < 3000; ++i) {
            Random random(11, "mutants", 0, i);
            std::string mutant;
            if (i % 2 == 0) {
                auto model = protoOf(graph);
                mutate(model, random);
                mutant = model.SerializeAsString();
            } else {
                mutant = blindMutant(bytes, random);
            }
            const auto read = readBack(mutant);
            const bool hasRun = read && referenceForward(*read, image);
            ++(hasRun ? ran : refused);
            if (!read)
                QVERIFY(!english(read.error()).empty());
        }
        qInfo("%d mutants were refused, %d ran", refused, ran);
        QVERIFY(refused > 300 && ran > 300);
    }
};

int onnxTest(int argc, char** argv)
{
    OnnxTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "onnx_test.moc"
