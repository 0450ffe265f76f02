#include <QtTest>

#include "core/nn/builder.h"
#include "core/nn/graph.h"
#include "core/nn/reference.h"

using namespace hounsfield;
using namespace hounsfield::nn;

namespace {

Graph chain(std::vector<Node> nodes)
{
    Graph graph;
    graph.inputs = {{"x", ElementType::Float, {2}}};
    graph.outputs = {{"y", ElementType::Float, {2}}};
    graph.nodes = std::move(nodes);
    return graph;
}

} // namespace

class GraphTest : public QObject {
    Q_OBJECT
  private slots:
    void nodesOutOfOrderAreSorted()
    {
        Graph graph = chain({{"Relu", "b", {"a"}, {"y"}}, {"Neg", "a", {"x"}, {"a"}}});
        QVERIFY(graph.check());
        QCOMPARE(graph.nodes[0].op, std::string("Neg"));
        QCOMPARE(graph.producerOf("y")->name, std::string("b"));
        QVERIFY(!graph.producerOf("x"));
    }

    void whatIsWrongWithAGraphIsSaid_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("cycle") << 0 << "cycle";
        QTest::newRow("made twice") << 1 << "made twice";
        QTest::newRow("nothing makes it") << 2 << "nothing makes it";
        QTest::newRow("no output") << 3 << "Nothing makes the output y";
        QTest::newRow("one name for two nodes") << 4 << "Two nodes are named";
        QTest::newRow("an input made anew") << 5 << "made twice";
        QTest::newRow("a node without outputs") << 6 << "makes nothing";
        QTest::newRow("a node without a named output") << 7 << "makes nothing";
    }

    void whatIsWrongWithAGraphIsSaid()
    {
        QFETCH(int, which);
        QFETCH(QString, sentence);
        const std::vector<std::vector<Node>> all{
            {{"Add", "first", {"x", "b"}, {"y"}}, {"Relu", "second", {"y"}, {"b"}}},
            {{"Relu", "first", {"x"}, {"y"}}, {"Neg", "second", {"x"}, {"y"}}},
            {{"Add", "first", {"x", "z"}, {"y"}}},
            {{"Relu", "first", {"x"}, {"z"}}},
            {{"Relu", "first", {"x"}, {"z"}}, {"Relu", "first", {"z"}, {"y"}}},
            {{"Relu", "first", {"x"}, {"x"}}},
            {{"Relu", "first", {"x"}, {}}, {"Relu", "second", {"x"}, {"y"}}},
            {{"Relu", "first", {"x"}, {""}}, {"Relu", "second", {"x"}, {"y"}}},
        };
        Graph graph = chain(all[static_cast<std::size_t>(which)]);
        const auto checked = graph.check();
        QVERIFY(!checked);
        const QString said = QString::fromStdString(english(checked.error()));
        QVERIFY2(said.contains(sentence), qPrintable(said));
    }

    void aMillionNodesInReverseOrderAreSorted()
    {
        constexpr int count = 1'000'000;
        Graph graph = chain({});
        graph.nodes.reserve(count);
        for (int i = count; i > 0; --i)
            graph.nodes.push_back({"Relu", "", {i == 1 ? "x" : "v" + std::to_string(i - 1)},
                {i == count ? "y" : "v" + std::to_string(i)}});
        QVERIFY(graph.check());
        QCOMPARE(graph.nodes.front().inputs[0], std::string("x"));
        QCOMPARE(graph.nodes.back().outputs[0], std::string("y"));
    }

    void aBuiltNetworkKnowsItsShapesAndRuns()
    {
        Builder builder("net", 3);
        auto x = builder.input("image", {-1, 1, 9, 7});
        x = builder.relu(builder.batchNormalization(builder.convolution(x, {.channels = 4, .pads = {1, 1, 1, 1}})));
        x = builder.maxPool(x);
        QCOMPARE(builder.shapeOf(x), (Shape{-1, 4, 4, 3}));
        x = builder.dense(builder.flatten(builder.dropout(x, 0.5)), 3);
        x = builder.softmax(x);
        QCOMPARE(builder.shapeOf(x), (Shape{-1, 3}));
        const Graph graph = builder.finish({x});
        const auto run = referenceForward(graph, {{"image", Tensor(ElementType::Float, {5, 1, 9, 7})}});
        QVERIFY2(run, run ? "" : english(run.error()).c_str());
        QCOMPARE(run->values.at(x).shape(), (Shape{5, 3}));
    }

    void equalSeedsStartWithEqualWeights()
    {
        const auto start = [](std::uint64_t seed) {
            return Builder("net", seed).startingWeights("w", {8, 4, 3, 3}, Builder::Start::GlorotUniform);
        };
        QVERIFY(start(1) == start(1));
        QVERIFY(!(start(1) == start(2)));
        const Tensor weights = start(1);
        const float limit = std::sqrt(6.f / (9 * (8 + 4)));
        for (const float weight : weights.as<float>())
            QVERIFY(std::abs(weight) <= limit);
    }
};

int graphTest(int argc, char** argv)
{
    GraphTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "graph_test.moc"
