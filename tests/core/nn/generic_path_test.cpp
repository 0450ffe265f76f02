#include <QtTest>

#include "core/base/random.h"
#include "core/nn/builder.h"
#include "core/nn/executor.h"
#include "core/nn/reference.h"

#include "tests/core/nn/double_path.h"

using namespace hounsfield;
using namespace hounsfield::nn;
using namespace hounsfield::nn::test;

namespace {

using Ints = std::vector<std::int64_t>;

/// Layers that no kernel knows, on sequences of token numbers where 0 is padding.
class SequenceBuilder : public Builder {
  public:
    SequenceBuilder()
        : Builder("sequence", 8)
    {
    }

    std::string weight(const std::string& name, const Shape& shape)
    {
        return initializer(name, startingWeights(name, shape, Start::GlorotUniform));
    }
    std::string list(const std::string& name, Ints values)
    {
        return initializer(name, Tensor(Shape{std::ssize(values)}, std::move(values)));
    }
    std::string number(float value) { return node("Constant", {}, {{"value", Tensor::scalar(value)}}); }
    std::string cast(const std::string& x, std::int64_t type) { return node("Cast", {x}, {{"to", type}}); }

    /// Which tokens are words, [N, L].
    std::string wordsOf(const std::string& tokens)
    {
        return node("Not", {node("Equal", {tokens, initializer("padding", Tensor::scalar(std::int64_t{0}))})});
    }
};

constexpr std::int64_t length = 7, embedded = 6, hidden = 5;

/// Embedding, a recurrent layer over the words alone, attention over its outputs, a dense layer.
Graph recurrentNet(const std::string& op, std::int64_t gates)
{
    SequenceBuilder b;
    const std::string tokens = b.input("tokens", {-1, length}, ElementType::Int64);
    const std::string words = b.wordsOf(tokens);
    const std::string lengths =
        b.cast(b.node("ReduceSum", {b.cast(words, 7), b.list("last", {1})}, {{"keepdims", std::int64_t{0}}}), 6);
    const std::string x = b.node(
        "Transpose", {b.node("Gather", {b.weight("embedding", {11, embedded}), tokens})}, {{"perm", Ints{1, 0, 2}}});
    std::string y = b.node(op,
        {x, b.weight("w", {2, gates * hidden, embedded}), b.weight("r", {2, gates * hidden, hidden}),
            b.weight("b", {2, 2 * gates * hidden}), lengths},
        {{"hidden_size", hidden}, {"direction", std::string("bidirectional")}}, "layer", 2);
    y = b.node("Transpose", {y}, {{"perm", Ints{2, 0, 1, 3}}});
    y = b.node("Reshape", {y, b.list("joined", {0, 0, 2 * hidden})});
    y = b.node("LayerNormalization", {y, b.weight("scale", {2 * hidden}), b.weight("shift", {2 * hidden})});
    std::string score = b.node("MatMul", {y, b.weight("query", {2 * hidden, 1})});
    score = b.node("Where", {b.node("Unsqueeze", {words, b.list("behind", {2})}), score, b.number(-1e9F)});
    y = b.node("ReduceSum", {b.node("Mul", {y, b.softmax(score, 1)}), "last"}, {{"keepdims", std::int64_t{0}}});
    const std::string state = b.node("Squeeze", {b.node("Slice", {"layer.1", b.list("first", {0}), "last"}), "first"});
    return b.finish({b.dense(b.node("Gelu", {b.node("Concat", {y, state}, {{"axis", std::int64_t{1}}})}), 3)});
}

/// One block of self-attention, and what its shape alone decides.
Graph attentionNet()
{
    SequenceBuilder b;
    const std::string tokens = b.input("tokens", {-1, length}, ElementType::Int64);
    std::string x = b.node("Gather", {b.weight("embedding", {11, embedded}), tokens});
    x = b.add(x, b.weight("places", {length, embedded}));
    const std::string all = b.node("MatMul", {x, b.weight("queries", {embedded, 3 * embedded})});
    const std::string query =
        b.node("Split", {all, b.list("parts", {embedded, embedded, embedded})}, {{"axis", std::int64_t{2}}}, "part", 3);
    const std::string keys = b.node("Transpose", {"part.1"}, {{"perm", Ints{0, 2, 1}}});
    std::string weights = b.node("Div", {b.node("MatMul", {query, keys}), b.node("Sqrt", {b.number(embedded)})});
    weights = b.softmax(b.node("Add",
        {weights,
            b.node("Mul",
                {b.number(-1e9F),
                    b.cast(b.node("Not", {b.node("Unsqueeze", {b.wordsOf(tokens), b.list("rows", {1})})}), 1)})}));
    x = b.add(x, b.node("MatMul", {weights, "part.2"}));
    x = b.node("LayerNormalization", {x, b.weight("scale", {embedded}), b.weight("shift", {embedded})});
    x = b.add(x, b.node("Expand", {b.weight("shared", {1, embedded}), b.node("Shape", {"places"})}));
    x = b.node("ReduceMean", {x}, {{"axes", Ints{1}}, {"keepdims", std::int64_t{0}}});
    return b.finish({b.dense(b.node("Erf", {x}), 3)});
}

Tensor tokensOf(std::int64_t samples)
{
    Tensor tokens(ElementType::Int64, {samples, length});
    Random random(3, "tokens");
    for (std::int64_t n = 0; n < samples; ++n)
        for (std::int64_t i = 0, words = 1 + random.below(length); i < words; ++i)
            tokens.as<std::int64_t>()[static_cast<std::size_t>(n * length + i)] = 1 + random.below(10);
    return tokens;
}

Tensor inDouble(const Tensor& tensor)
{
    const auto values = tensor.as<float>();
    return Tensor(tensor.shape(), std::vector<double>(values.begin(), values.end()));
}

/// With these weights.
Graph inDouble(Graph graph, const Weights& weights)
{
    weights.writeInto(graph);
    return toDouble(graph);
}

} // namespace

class GenericPathTest : public QObject {
    Q_OBJECT
  private slots:
    void networksOfSequencesAgreeWithTheDoublePath_data()
    {
        QTest::addColumn<QString>("net");
        for (const char* name : {"RNN", "GRU", "LSTM", "attention"})
            QTest::newRow(name) << name;
    }

    /// Twice, so that nothing is left over from the first pass.
    void networksOfSequencesAgreeWithTheDoublePath()
    {
        QFETCH(QString, net);
        const std::int64_t gates = net == "RNN" ? 1 : net == "GRU" ? 3 : 4, samples = 4;
        const auto graph =
            std::make_shared<const Graph>(net == "attention" ? attentionNet() : recurrentNet(net.toStdString(), gates));
        const auto weights = std::make_shared<Weights>(*graph);
        stir(*weights);
        PlanRequest request;
        request.inputs["tokens"] = {samples, length};
        request.gradientsFrom = {graph->outputs[0].name};
        for (const Weights::Entry& entry : weights->entries())
            request.gradientsOf.push_back(entry.name);
        auto executor = Executor::plan(graph, weights, request);
        QVERIFY2(executor, executor ? "" : english(executor.error()).c_str());
        const Tensor tokens = tokensOf(samples);
        Tensor start(ElementType::Float, {samples, 3});
        for (std::size_t i = 0; i < start.as<float>().size(); ++i)
            start.as<float>()[i] = 0.1F * static_cast<float>(i % 5) - 0.2F;
        for (int pass = 0; pass < 2; ++pass) {
            QVERIFY(executor->setInput("tokens", tokens));
            const auto done = executor->forward();
            QVERIFY2(done, done ? "" : english(done.error()).c_str());
            executor->setGradient(graph->outputs[0].name, start);
            QVERIFY(executor->backward());
        }
        const Graph exact = inDouble(*graph, *weights);
        auto run = referenceForward(exact, {{"tokens", tokens}});
        QVERIFY2(run, run ? "" : english(run.error()).c_str());
        const std::string output = graph->outputs[0].name;
        QVERIFY(referenceBackward(exact, *run, {{output, inDouble(start)}}));
        QVERIFY(distance(executor->value(output), run->values.at(output)) < 1e-5);
        for (const std::string& name : request.gradientsOf)
            QVERIFY2(distance(executor->gradient(name), run->gradients.at(name)) < 1e-4, name.c_str());
    }

    /// A recurrent node whose last states alone are wanted leaves its first output without a name.
    void aNodeMayBeMadeForItsSecondOutputAlone()
    {
        auto graph = std::make_shared<Graph>();
        const Shape shape{4, 2, 3};
        graph->inputs = {{"x", ElementType::Float, shape}};
        graph->initializers["w"] = Tensor(Shape{1, 6, 3}, std::vector<float>(18, 0.3F));
        graph->initializers["r"] = Tensor(Shape{1, 6, 2}, std::vector<float>(12, -0.2F));
        graph->nodes = {{"GRU", "layer", {"x", "w", "r"}, {"", "last"}, {{"hidden_size", std::int64_t{2}}}, {}}};
        graph->outputs = {{"last", ElementType::Float, {1, 2, 2}}};
        const auto weights = std::make_shared<Weights>(*graph);
        PlanRequest request;
        request.inputs["x"] = shape;
        auto executor = Executor::plan(graph, weights, request);
        QVERIFY2(executor, executor ? "" : english(executor.error()).c_str());
        const Tensor x(shape, std::vector<float>(24, 0.5F));
        QVERIFY(executor->setInput("x", x) && executor->forward());
        const auto run = referenceForward(*graph, {{"x", x}});
        QVERIFY2(run, run ? "" : english(run.error()).c_str());
        QVERIFY(executor->value("last") == run->values.at("last"));
    }
};

int genericPathTest(int argc, char** argv)
{
    GenericPathTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "generic_path_test.moc"
