#include <QtTest>

#include "core/base/random.h"
#include "core/nn/builder.h"
#include "core/nn/executor.h"
#include "core/nn/losses.h"
#include "core/nn/optimizers.h"
#include "core/nn/reference.h"

#include <cmath>
#include <cstring>
#include <stop_token>
#include <utility>

using namespace hounsfield;
using namespace hounsfield::nn;

namespace {

using Integers = std::vector<std::int64_t>;

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

/// Groups, dilation, uneven strides and pads, and operators that only the table knows.
Graph mixedNet()
{
    Builder b("mixed", 5);
    std::string x = b.input("image", {-1, 4, 14, 11});
    x = b.convolution(x, {6, {3, 2}, {2, 1}, {1, 0, 2, 1}, {1, 2}, 2});
    x = b.sigmoid(b.averagePool(x));
    x = b.convolution(x, {5, {2, 3}, {1, 3}, {0, 1, 1, 1}});
    return b.finish({b.dense(b.flatten(x), 4)});
}

Graph netNamed(const QString& name)
{
    return name == "pooled" ? pooledNet() : name == "residual" ? residualNet() : mixedNet();
}

struct Bench {
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<Weights> weights;
    Tensor images;
    std::vector<std::int32_t> classes;
};

Bench benchOf(Graph graph, std::int64_t batch)
{
    Bench bench{std::make_shared<const Graph>(std::move(graph)), {}, {}, {}};
    bench.weights = std::make_shared<Weights>(*bench.graph);
    Shape shape = bench.graph->inputs[0].shape;
    shape[0] = batch;
    bench.images = Tensor(ElementType::Float, shape);
    Random random(1, "images");
    for (float& value : bench.images.as<float>())
        value = static_cast<float>(random.uniform(-1, 1));
    for (std::int64_t i = 0; i < batch; ++i)
        bench.classes.push_back(static_cast<std::int32_t>(random.below(4)));
    return bench;
}

PlanRequest requestOf(const Bench& bench, Mode mode, int threads)
{
    PlanRequest request;
    request.inputs["image"] = bench.images.shape();
    request.mode = mode;
    request.threads = threads;
    return request;
}

Executor::Step stepOf(const Bench& bench)
{
    Executor::Step step;
    step.samples = bench.images.shape()[0];
    step.fill = [&bench](std::string_view, SampleRange range, float* data) {
        const Shape& s = bench.images.shape();
        const std::int64_t channels = s[1], pixels = s[2] * s[3];
        const float* from = bench.images.as<float>().data();
        for (std::int64_t i = 0; i < range.count; ++i)
            for (std::int64_t c = 0; c < channels; ++c)
                for (std::int64_t p = 0; p < pixels; ++p)
                    data[(i * pixels + p) * channels + c] = from[((range.first + i) * channels + c) * pixels + p];
    };
    step.loss = softmaxCrossEntropy(std::span<const std::int32_t>(bench.classes));
    return step;
}

/// ‖a − b‖ ÷ ‖b‖
double distance(const Tensor& a, const Tensor& b)
{
    double difference = 0, norm = 0;
    for (std::size_t i = 0; i < a.as<float>().size(); ++i) {
        difference += std::pow(static_cast<double>(a.as<float>()[i]) - b.as<double>()[i], 2);
        norm += std::pow(b.as<double>()[i], 2);
    }
    return std::sqrt(difference) / (std::sqrt(norm) + 1e-6);
}

/// Values and gradients in double, by the operator table.
ReferenceRun referenceOf(const Bench& bench, bool isTraining)
{
    Tensor images(ElementType::Double, bench.images.shape());
    std::ranges::copy(std::as_const(bench.images).as<float>(), images.as<double>().begin());
    Graph graph = *bench.graph;
    bench.weights->writeInto(graph);
    graph = toDouble(graph);
    ReferenceOptions options;
    options.isTraining = isTraining;
    ReferenceRun run = *referenceForward(graph, {{"image", images}}, options);
    const std::string& output = graph.outputs[0].name;
    Tensor gradient(ElementType::Double, run.values.at(output).shape());
    softmaxCrossEntropy(std::as_const(run.values.at(output)).as<double>(), bench.classes, {}, gradient.as<double>());
    const bool isDone = referenceBackward(graph, run, {{output, gradient}}, options).has_value();
    Q_ASSERT(isDone);
    run.gradients[output] = gradient;
    return run;
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
        const ReferenceRun run = referenceOf(bench, true);
        auto executor = Executor::plan(bench.graph, bench.weights, requestOf(bench, Mode::Training, 2));
        QVERIFY2(executor, executor ? "" : english(executor.error()).c_str());
        QVERIFY(executor->train(stepOf(bench)));
        for (const Weights::Entry& entry : bench.weights->entries()) {
            if (!entry.isTrained)
                continue;
            const auto flat = executor->flatGradient().subspan(
                static_cast<std::size_t>(entry.offset), static_cast<std::size_t>(entry.count));
            const double far = distance(inOnnxOrder(entry, flat), run.gradients.at(entry.name));
            // A bias before a normalisation has no gradient but rounding.
            QVERIFY2(far < 1e-4, (entry.name + " " + std::to_string(far)).c_str());
        }
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
        const ReferenceRun run = referenceOf(bench, false);
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
        for (const char* name : {"pooled", "residual", "mixed"})
            QTest::newRow(name) << name;
    }
};

int executorTest(int argc, char** argv)
{
    ExecutorTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "executor_test.moc"
