#include <QtTest>

#include "core/nn/builder.h"
#include "core/nn/optimizers.h"

#include <cmath>
#include <cstring>
#include <stop_token>
#include <utility>

#include "tests/core/nn/double_path.h"

using namespace hounsfield;
using namespace hounsfield::nn;
using namespace hounsfield::nn::test;

namespace {

/// The seed network's pattern at odd sizes: pooled convolutions, a plain one, two dense layers.
Graph pooledNet()
{
    Builder b("pooled", 3);
    std::string x = b.input("image", {-1, 3, 27, 25});
    x = b.maxPool(b.relu(b.convolution(x, {10})));
    x = b.maxPool(b.relu(b.convolution(x, {20})));
    x = b.flatten(b.relu(b.convolution(x, {12})));
    return b.finish({b.dense(b.relu(b.dense(x, 9)), 4)});
}

/// Normalisation, a residual block with stride 2, padding, global mean.
Graph residualNet()
{
    Builder b("residual", 4);
    std::string x = b.input("image", {-1, 3, 15, 13});
    x = b.relu(b.batchNormalization(b.convolution(x, {8, {3, 3}, {}, {1, 1, 1, 1}, {}, 1, false})));
    x = b.maxPool(x, {{3, 3}, {2, 2}, {1, 1, 1, 1}});
    std::string y = b.relu(b.batchNormalization(b.convolution(x, {12, {3, 3}, {2, 2}, {1, 1, 1, 1}, {}, 1, false})));
    y = b.batchNormalization(b.convolution(y, {12, {3, 3}, {}, {1, 1, 1, 1}, {}, 1, false}));
    const std::string shortcut = b.batchNormalization(b.convolution(x, {12, {1, 1}, {2, 2}, {}, {}, 1, false}));
    x = b.relu(b.add(y, shortcut));
    return b.finish({b.dense(b.flatten(b.globalAveragePool(x)), 4)});
}

/// Channels that Winograd's products take, behind a pool, padded and added.
Graph wideNet()
{
    Builder b("wide", 6);
    std::string x = b.input("image", {-1, 3, 21, 23});
    x = b.maxPool(b.relu(b.convolution(x, {16})));
    x = b.maxPool(b.relu(b.convolution(x, {32})));
    x = b.add(x, b.relu(b.convolution(x, {32, {3, 3}, {}, {1, 1, 1, 1}})));
    return b.finish({b.dense(b.flatten(x), 4)});
}

/// Groups, dilation, uneven strides and pads, and operators between them.
Graph mixedNet()
{
    Builder b("mixed", 5);
    std::string x = b.input("image", {-1, 4, 14, 11});
    x = b.convolution(x, {6, {3, 2}, {2, 1}, {1, 0, 2, 1}, {1, 2}, 2});
    x = b.sigmoid(b.averagePool(x));
    x = b.convolution(x, {5, {2, 3}, {1, 3}, {0, 1, 1, 1}});
    return b.finish({b.dense(b.flatten(x), 4)});
}

/// The upward half of a generator: what only the operator table knows about images.
Graph upwardNet()
{
    using Ints = std::vector<std::int64_t>;
    Builder b("upward", 7);
    const auto weight = [&](const std::string& name, const Shape& shape) {
        return b.initializer(name, b.startingWeights(name, shape, Builder::Start::GlorotUniform));
    };
    std::string x = b.relu(b.convolution(b.input("image", {-1, 3, 9, 7}), {8}));
    x = b.node("Pad", {x, b.initializer("pads", Tensor(Shape{8}, Ints{0, 0, 1, 2, 0, 0, 2, 1}))},
        {{"mode", std::string("reflect")}});
    x = b.node("ConvTranspose", {x, weight("up", {8, 3, 3, 2})},
        {{"strides", Ints{2, 2}}, {"group", std::int64_t{2}}, {"output_padding", Ints{1, 0}},
            {"pads", Ints{1, 0, 0, 1}}});
    x = b.node("InstanceNormalization", {x, weight("scale", {6}), weight("shift", {6})});
    x = b.node("PRelu", {x, weight("slope", {6, 1, 1})});
    x = b.node("Resize", {x, "", b.initializer("scales", Tensor(Shape{4}, std::vector<float>{1, 1, 1.5, 0.6F}))},
        {{"mode", std::string("linear")}});
    b.node("Split", {x, b.initializer("parts", Tensor(Shape{2}, Ints{2, 4}))}, {{"axis", std::int64_t{1}}}, "part", 2);
    x = b.node("Einsum", {"part.1", weight("mixed", {4, 5})}, {{"equation", std::string("nchw,ck->nkhw")}});
    return b.finish(
        {b.dense(b.node("ReduceMean", {b.sigmoid(x)}, {{"axes", Ints{2, 3}}, {"keepdims", std::int64_t{0}}}), 4)});
}

/// A generator's start and steps upward, as kernels run them.
Graph generatorNet()
{
    using Ints = std::vector<std::int64_t>;
    Builder b("generator", 8);
    const auto up = [&](const std::string& x, std::int64_t channels, std::int64_t stride, std::int64_t pad) {
        const std::string name = b.nextName("ConvTranspose");
        return b.node("ConvTranspose",
            {x, b.initializer(name + ".weight",
                    b.startingWeights(name + ".weight", {b.shapeOf(x)[1], channels, 4, 4}, Builder::Start::HeNormal))},
            {{"strides", Ints{stride, stride}}, {"pads", Ints(4, pad)}}, name);
    };
    std::string x = up(b.input("image", {-1, 10, 1, 1}), 96, 1, 0);
    x = up(b.relu(b.batchNormalization(x)), 96, 2, 1);
    x = b.node("LeakyRelu", {b.batchNormalization(x)}, {{"alpha", 0.2}});
    return b.finish({b.dense(b.flatten(b.node("Tanh", {up(x, 3, 2, 1)})), 4)});
}

Graph netNamed(const QString& name)
{
    return name == "upward"      ? upwardNet()
           : name == "generator" ? generatorNet()
           : name == "pooled"    ? pooledNet()
           : name == "residual"  ? residualNet()
           : name == "wide"      ? wideNet()
                                 : mixedNet();
}

} // namespace

class ExecutorTest : public QObject {
    Q_OBJECT
  private slots:
    void aTrainingStepAgreesWithTheDoublePath_data() { nets(); }
    void aTrainingStepAgreesWithTheDoublePath()
    {
        QFETCH(QString, net);
        const Bench bench = benchOf(netNamed(net), 11);
        const DoublePath path = doublePathOf(bench, true);
        auto executor = Executor::plan(bench.graph, bench.weights, requestOf(bench, Mode::Training, 2));
        QVERIFY2(executor, executor ? "" : english(executor.error()).c_str());
        QVERIFY(executor->train(stepOf(bench)));
        QCOMPARE(gradientsBeyond(1e-4, bench, *executor, path), QByteArray());
    }

    void anyNumberOfThreadsGivesTheSameBits_data() { nets(); }
    void anyNumberOfThreadsGivesTheSameBits()
    {
        QFETCH(QString, net);
        std::vector<float> first;
        for (const int threads : {1, 2, 3}) {
            const Bench bench = benchOf(netNamed(net), 29);
            auto executor = Executor::plan(bench.graph, bench.weights, requestOf(bench, Mode::Training, threads));
            Optimizer optimizer(bench.weights, {});
            Executor::Step step = stepOf(bench);
            step.update = [&](std::int64_t begin, std::span<const float> gradient) {
                optimizer.update(begin, gradient);
            };
            for (int number = 1; number <= 3; ++number) {
                optimizer.beginStep(number, 1e-3);
                QVERIFY(executor->train(step));
            }
            const auto values = std::as_const(*bench.weights).values();
            if (first.empty())
                first.assign(values.begin(), values.end());
            QCOMPARE(std::memcmp(first.data(), values.data(), values.size_bytes()), 0);
        }
    }

    void wholeBatchesGiveTheSameBitsForAnyNumberOfThreads()
    {
        std::vector<float> first;
        for (const int threads : {1, 2, 3}) {
            const Bench bench = benchOf(generatorNet(), 29);
            const std::string output = bench.graph->outputs[0].name;
            PlanRequest request = requestOf(bench, Mode::Training, threads);
            request.gradientsFrom = {output};
            for (const Weights::Entry& entry : bench.weights->entries())
                request.gradientsOf.push_back(entry.name);
            auto executor = Executor::plan(bench.graph, bench.weights, request);
            Optimizer optimizer(bench.weights, {});
            QVERIFY(executor && executor->setInput("image", bench.images));
            for (int number = 1; number <= 3; ++number) {
                optimizer.beginStep(number, 1e-3);
                QVERIFY(executor->forward());
                executor->setGradient(output, executor->value(output));
                QVERIFY(executor->backward());
                executor->commit();
                executor->update(
                    [&](std::int64_t begin, std::span<const float> gradient) { optimizer.update(begin, gradient); });
            }
            const auto values = std::as_const(*bench.weights).values();
            if (first.empty())
                first.assign(values.begin(), values.end());
            QCOMPARE(std::memcmp(first.data(), values.data(), values.size_bytes()), 0);
        }
    }

    void aCommittedPassMovesTheStatisticsAsATrainingStepDoes()
    {
        const Bench trained = benchOf(residualNet(), 11), passed = benchOf(residualNet(), 11);
        auto training = Executor::plan(trained.graph, trained.weights, requestOf(trained, Mode::Training, 2));
        auto executor = Executor::plan(passed.graph, passed.weights, requestOf(passed, Mode::Training, 2));
        QVERIFY(training && training->train(stepOf(trained)));
        QVERIFY(executor && executor->setInput("image", passed.images) && executor->forward());
        executor->commit();
        QVERIFY(std::ranges::equal(std::as_const(*trained.weights).values(), std::as_const(*passed.weights).values()));
    }

    void aStepStoppedInItsMiddleChangesNoWeight()
    {
        const Bench bench = benchOf(residualNet(), 40);
        auto executor = Executor::plan(bench.graph, bench.weights, requestOf(bench, Mode::Training, 2));
        const auto values = std::as_const(*bench.weights).values();
        const std::vector<float> before(values.begin(), values.end());
        std::stop_source source;
        const Monitor monitor(source.get_token());
        Executor::Step step = stepOf(bench);
        const auto fill = step.fill;
        step.fill = [&](std::string_view input, SampleRange range, float* data) {
            fill(input, range, data);
            if (range.first > 8)
                source.request_stop();
        };
        step.update = [](std::int64_t, std::span<const float>) { QFAIL("A stopped step must not update."); };
        const auto loss = executor->train(step, monitor);
        QVERIFY(!loss && loss.error().kind == Error::Kind::Cancelled);
        QVERIFY(std::ranges::equal(before, std::as_const(*bench.weights).values()));
    }

    void aLossThatIsNoNumberChangesNoWeight()
    {
        const Bench bench = benchOf(pooledNet(), 9);
        auto executor = Executor::plan(bench.graph, bench.weights, requestOf(bench, Mode::Training, 2));
        Executor::Step step = stepOf(bench);
        const auto fill = step.fill;
        step.fill = [&](std::string_view input, SampleRange range, float* data) {
            fill(input, range, data);
            data[0] = std::nanf("");
        };
        bool isUpdated = false;
        step.update = [&](std::int64_t, std::span<const float>) { isUpdated = true; };
        const auto loss = executor->train(step);
        QVERIFY(loss && std::isnan(*loss) && !isUpdated);
    }

    void inferenceAndGradientsOfInteriorValuesAgreeWithTheDoublePath_data() { nets(); }
    void inferenceAndGradientsOfInteriorValuesAgreeWithTheDoublePath()
    {
        QFETCH(QString, net);
        const Bench bench = benchOf(netNamed(net), 5);
        const ReferenceRun run = doublePathOf(bench, false).run;
        const std::string output = bench.graph->outputs[0].name;
        PlanRequest request = requestOf(bench, Mode::Inference, 2);
        std::vector<std::string> interior;
        for (const Node& node : bench.graph->nodes)
            if (node.op == "Relu" || node.op == "Sigmoid")
                interior.push_back(node.outputs[0]);
        request.keep = interior;
        request.gradientsFrom = {output};
        request.gradientsOf = interior;
        request.gradientsOf.push_back("image");
        auto executor = Executor::plan(bench.graph, bench.weights, request);
        QVERIFY(executor && executor->setInput("image", bench.images));
        QVERIFY(executor->forward());
        QVERIFY(distance(executor->value(output), run.values.at(output)) < 1e-4);
        Tensor start(ElementType::Float, run.values.at(output).shape());
        std::ranges::copy(run.gradients.at(output).as<double>(), start.as<float>().begin());
        executor->setGradient(output, start);
        QVERIFY(executor->backward());
        for (const std::string& name : request.gradientsOf)
            QVERIFY2(distance(executor->gradient(name), run.gradients.at(name)) < 1e-4, name.c_str());
        for (const std::string& name : interior)
            QVERIFY2(distance(executor->value(name), run.values.at(name)) < 1e-4, name.c_str());
    }

    void whatDoesNotFitIsSaid()
    {
        const Bench bench = benchOf(pooledNet(), 2);
        PlanRequest request = requestOf(bench, Mode::Inference, 1);
        request.inputs["image"] = {2, 1, 27, 25};
        QVERIFY(!Executor::plan(bench.graph, bench.weights, request));
        auto executor = Executor::plan(bench.graph, bench.weights, requestOf(bench, Mode::Inference, 1));
        QVERIFY(executor && !executor->setInput("image", Tensor(ElementType::Float, {1, 3, 27, 25})));
        QVERIFY(!executor->setInput("no such input", bench.images));
    }

  private:
    static void nets()
    {
        QTest::addColumn<QString>("net");
        for (const char* name : {"pooled", "residual", "wide", "mixed", "upward", "generator"})
            QTest::newRow(name) << name;
    }
};

int executorTest(int argc, char** argv)
{
    ExecutorTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "executor_test.moc"
