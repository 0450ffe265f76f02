#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/learning/networks.h"
#include "core/learning/text_networks.h"
#include "core/nn/executor.h"
#include "core/nn/onnx_write.h"

#include <cmath>

using namespace hounsfield;
using namespace hounsfield::learning;

namespace {

/// Runs a model of ONNX Runtime for Node.js on the numbers of one input and prints its first output.
constexpr const char* script = R"(
const { createRequire } = require('module');
const ort = createRequire(process.env.ORT_DIR + '/x.js')('onnxruntime-node');
const [model, input, type] = process.argv.slice(1);
const { dims, data } = JSON.parse(require('fs').readFileSync(input));
const values = type == 'int64' ? BigInt64Array.from(data.map(BigInt)) : Float32Array.from(data);
ort.InferenceSession.create(model).then(async session => {
  const answer = await session.run({ [session.inputNames[0]]: new ort.Tensor(type, values, dims) });
  console.log(JSON.stringify(Array.from(answer[session.outputNames[0]].data)));
});
)";

std::vector<double> numbersOf(const nn::Tensor& tensor)
{
    std::vector<double> numbers;
    if (tensor.type() == nn::ElementType::Int64)
        numbers.assign(tensor.as<std::int64_t>().begin(), tensor.as<std::int64_t>().end());
    else
        numbers.assign(tensor.as<float>().begin(), tensor.as<float>().end());
    return numbers;
}

QByteArray jsonOf(const nn::Tensor& tensor)
{
    QJsonArray dims, data;
    for (const std::int64_t side : tensor.shape())
        dims.append(static_cast<double>(side));
    for (const double number : numbersOf(tensor))
        data.append(number);
    return QJsonDocument(QJsonObject{{"dims", dims}, {"data", data}}).toJson();
}

std::vector<double> ours(const nn::Graph& graph, const nn::Tensor& input)
{
    nn::PlanRequest request;
    request.inputs[graph.inputs[0].name] = input.shape();
    const auto shared = std::make_shared<const nn::Graph>(graph);
    auto executor = nn::Executor::plan(shared, std::make_shared<nn::Weights>(graph), std::move(request));
    if (!executor || !executor->setInput(graph.inputs[0].name, input) || !executor->forward())
        return {};
    return numbersOf(executor->value(graph.outputs[0].name));
}

} // namespace

/// What other programs make of our files. Needs Node.js and the package onnxruntime-node in $ORT_DIR.
class OtherRuntimeTest : public QObject {
    Q_OBJECT

    std::vector<double> theirs(const nn::Graph& graph, const nn::Tensor& input)
    {
        const QTemporaryDir folder;
        const std::filesystem::path at = folder.path().toStdString();
        if (!writeAtomically(at / "model.onnx", nn::writeOnnx(graph))
            || !writeAtomically(at / "input.json", jsonOf(input).toStdString()))
            return {};
        QProcess node;
        node.start("node", {"-e", script, folder.filePath("model.onnx"), folder.filePath("input.json"),
                               input.type() == nn::ElementType::Int64 ? "int64" : "float32"});
        node.waitForFinished(60000);
        std::vector<double> answer;
        for (const auto& value : QJsonDocument::fromJson(node.readAllStandardOutput()).array())
            answer.push_back(value.toDouble());
        if (answer.empty())
            qWarning("%s", node.readAllStandardError().constData());
        return answer;
    }

    void compare(const nn::Graph& graph, const nn::Tensor& input)
    {
        const auto a = ours(graph, input), b = theirs(graph, input);
        QVERIFY(!a.empty());
        QCOMPARE(a.size(), b.size());
        for (std::size_t i = 0; i < a.size(); ++i)
            QVERIFY2(std::abs(a[i] - b[i]) < 1e-4 + 1e-4 * std::abs(b[i]),
                qPrintable(QString("%1: %2 for %3").arg(i).arg(a[i]).arg(b[i])));
    }

  private slots:
    void initTestCase()
    {
        if (qEnvironmentVariableIsEmpty("ORT_DIR") || QStandardPaths::findExecutable("node").isEmpty())
            QSKIP("ORT_DIR names no folder with onnxruntime-node, or there is no node.");
    }

    void networksOfTextsGiveTheSameLogits_data()
    {
        QTest::addColumn<QString>("name");
        for (const TextNetwork& network : textNetworks())
            QTest::newRow(network.name.c_str()) << QString::fromStdString(network.name);
    }

    void networksOfTextsGiveTheSameLogits()
    {
        QFETCH(QString, name);
        constexpr std::int64_t texts = 5, length = 32, vocabulary = 50;
        const nn::Graph graph = (*findTextNetwork(name.toStdString()))->build({vocabulary, 6, true, 1, 40, 16, 0.3});
        nn::Tensor tokens(nn::ElementType::Int64, {texts, length});
        Random random(3, "tokens");
        for (std::int64_t n = 0; n < texts; ++n) // each shorter than the one before, padded behind
            for (std::int64_t t = 0; t < length - 6 * n; ++t)
                tokens.as<std::int64_t>()[static_cast<std::size_t>(n * length + t)] = 1 + random.below(vocabulary - 1);
        compare(graph, tokens);
    }

    void networksOfImagesGiveTheSameLogits_data()
    {
        QTest::addColumn<QString>("name");
        for (const Network& network : networks())
            QTest::newRow(network.name.c_str()) << QString::fromStdString(network.name);
    }

    void networksOfImagesGiveTheSameLogits()
    {
        QFETCH(QString, name);
        const Network& network = **findNetwork(name.toStdString());
        const std::int64_t side = std::max<std::int64_t>(32, network.leastSize);
        const auto graph = buildNetwork(network, {3, side, side, 4, 1});
        QVERIFY(graph);
        nn::Tensor image(nn::ElementType::Float, {2, 3, side, side});
        Random random(3, "image");
        for (float& value : image.as<float>())
            value = static_cast<float>(random.normal());
        compare(*graph, image);
    }
};

int otherRuntimeTest(int argc, char** argv)
{
    OtherRuntimeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "other_runtime_test.moc"
