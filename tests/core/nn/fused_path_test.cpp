#include <QtTest>

#include "core/nn/builder.h"
#include "core/nn/plan.h"

#include "tests/core/nn/double_path.h"

using namespace hounsfield;
using namespace hounsfield::nn;
using namespace hounsfield::nn::test;

namespace {

using Integers = std::vector<std::int64_t>;

constexpr double bar = 1e-4;

std::string conv(Builder& b, const std::string& x, std::int64_t channels, Integers kernel, Integers strides = {},
    Integers pads = {}, Integers dilations = {}, std::int64_t group = 1, bool hasBias = true)
{
    return b.convolution(
        x, {channels, std::move(kernel), std::move(strides), std::move(pads), std::move(dilations), group, hasBias});
}

std::string transposed(Builder& b, const std::string& x, std::int64_t channels, Integers kernel,
    Integers strides = {1, 1}, Integers pads = {0, 0, 0, 0}, Integers more = {0, 0}, bool hasBias = true)
{
    const std::string name = b.nextName("ConvTranspose");
    const Shape shape{b.shapeOf(x)[1], channels, kernel[0], kernel[1]};
    std::vector<std::string> inputs{
        x, b.initializer(name + ".weight", b.startingWeights(name + ".weight", shape, Builder::Start::GlorotUniform))};
    if (hasBias)
        inputs.push_back(b.initializer(name + ".bias", Tensor(ElementType::Float, {channels})));
    return b.node("ConvTranspose", inputs, {{"strides", strides}, {"pads", pads}, {"output_padding", more}}, name);
}

std::string leaky(Builder& b, const std::string& x)
{
    return b.node("LeakyRelu", {x}, {{"alpha", 0.2}});
}

std::string repeated(Builder& b, const std::string& x, float rows, float columns)
{
    const std::string name = b.nextName("Resize");
    return b.node("Resize",
        {x, "", b.initializer(name + ".scales", Tensor(Shape{4}, std::vector{1.0F, 1.0F, rows, columns}))},
        {{"mode", std::string("nearest")}}, name);
}

/// [N, C, 1, 1] made of the mean of an image [N, C, H, W].
std::string perSample(Builder& b, const std::string& x, bool isUnsqueezed)
{
    const std::int64_t channels = b.shapeOf(x)[1];
    const std::string y = b.dense(b.flatten(b.globalAveragePool(x)), channels);
    const std::string name = b.nextName("Shape");
    return isUnsqueezed ? b.node("Unsqueeze", {y, b.initializer(name, Tensor(Shape{2}, Integers{2, 3}))})
                        : b.node("Reshape", {y, b.initializer(name, Tensor(Shape{4}, Integers{-1, channels, 1, 1}))});
}

/// Operators that the planner makes one step of, at sizes that fill no vector, tile or group.
struct Pattern {
    const char* name;
    StepKind kind; ///< the step it must become when trained
    Shape input;   ///< without the batch
    std::string (*build)(Builder& b, const std::string& x);
};

// clang-format off
const Pattern patterns[] = {
    // direct convolutions
    {"3×3", StepKind::Convolution, {5, 9, 11}, [](Builder& b, const std::string& x) { return conv(b, x, 7, {3, 3}); }},
    {"3×3, relu", StepKind::Convolution, {3, 7, 5}, [](Builder& b, const std::string& x) { return b.relu(conv(b, x, 33, {3, 3}, {}, {1, 1, 1, 1})); }},
    {"3×3, 17 to 19 channels, uneven pads", StepKind::Convolution, {17, 6, 9}, [](Builder& b, const std::string& x) { return conv(b, x, 19, {3, 3}, {}, {2, 0, 1, 2}); }},
    {"1×1", StepKind::Convolution, {9, 5, 7}, [](Builder& b, const std::string& x) { return conv(b, x, 35, {1, 1}); }},
    {"1×1, stride 2", StepKind::Convolution, {16, 9, 7}, [](Builder& b, const std::string& x) { return conv(b, x, 24, {1, 1}, {2, 2}); }},
    {"3×3, stride 2, padded", StepKind::Convolution, {8, 11, 13}, [](Builder& b, const std::string& x) { return conv(b, x, 12, {3, 3}, {2, 2}, {1, 1, 1, 1}); }},
    {"7×7, stride 2, padded", StepKind::Convolution, {3, 19, 17}, [](Builder& b, const std::string& x) { return b.relu(conv(b, x, 10, {7, 7}, {2, 2}, {3, 3, 3, 3})); }},
    {"4×2, strides 3 and 1, uneven pads", StepKind::Convolution, {4, 13, 9}, [](Builder& b, const std::string& x) { return conv(b, x, 6, {4, 2}, {3, 1}, {1, 0, 2, 1}); }},
    {"3×3, dilated", StepKind::Convolution, {6, 11, 9}, [](Builder& b, const std::string& x) { return conv(b, x, 9, {3, 3}, {}, {2, 2, 2, 2}, {2, 2}); }},
    {"2×3, dilations 1 and 3, stride 2", StepKind::Convolution, {5, 9, 15}, [](Builder& b, const std::string& x) { return conv(b, x, 8, {2, 3}, {1, 2}, {0, 3, 1, 3}, {1, 3}); }},
    {"groups", StepKind::Convolution, {9, 7, 9}, [](Builder& b, const std::string& x) { return conv(b, x, 15, {3, 3}, {}, {1, 1, 1, 1}, {}, 3); }},
    {"depthwise, stride 2", StepKind::Convolution, {7, 9, 5}, [](Builder& b, const std::string& x) { return conv(b, x, 7, {3, 3}, {2, 2}, {1, 1, 1, 1}, {}, 7); }},
    {"more weights than a group copies", StepKind::Convolution, {121, 5, 3}, [](Builder& b, const std::string& x) { return conv(b, x, 123, {3, 3}, {}, {1, 1, 1, 1}); }},
    // Winograd
    {"16 to 16 channels", StepKind::Convolution, {16, 9, 11}, [](Builder& b, const std::string& x) { return conv(b, x, 16, {3, 3}, {}, {1, 1, 1, 1}); }},
    {"32 to 48 channels, relu, no padding", StepKind::Convolution, {32, 9, 13}, [](Builder& b, const std::string& x) { return b.relu(conv(b, x, 48, {3, 3})); }},
    {"48 to 16 channels, uneven pads", StepKind::Convolution, {48, 7, 10}, [](Builder& b, const std::string& x) { return conv(b, x, 16, {3, 3}, {}, {0, 2, 2, 1}); }},
    {"64 to 64 channels, one tile an image", StepKind::Convolution, {64, 5, 6}, [](Builder& b, const std::string& x) { return conv(b, x, 64, {3, 3}); }},
    {"128 to 128 channels, split weights", StepKind::Convolution, {128, 7, 5}, [](Builder& b, const std::string& x) { return conv(b, x, 128, {3, 3}, {}, {1, 1, 1, 1}); }},
    {"two users of one value", StepKind::Convolution, {16, 7, 9}, [](Builder& b, const std::string& x) { return b.add(conv(b, x, 16, {3, 3}, {}, {1, 1, 1, 1}), b.relu(conv(b, x, 16, {3, 3}, {}, {1, 1, 1, 1}))); }},
    {"3×3, leaky relu", StepKind::Convolution, {3, 7, 5}, [](Builder& b, const std::string& x) { return leaky(b, conv(b, x, 33, {3, 3}, {}, {1, 1, 1, 1})); }},
    {"4×4, stride 2, one channel, leaky relu", StepKind::Convolution, {1, 10, 6}, [](Builder& b, const std::string& x) { return leaky(b, conv(b, x, 9, {4, 4}, {2, 2}, {1, 1, 1, 1}, {}, 1, false)); }},
    {"4×4 to one pixel and channel", StepKind::Convolution, {7, 4, 4}, [](Builder& b, const std::string& x) { return conv(b, x, 1, {4, 4}); }},
    {"3×3 to one pixel, padded, stride 2", StepKind::Convolution, {5, 2, 2}, [](Builder& b, const std::string& x) { return leaky(b, conv(b, x, 6, {3, 3}, {2, 2}, {1, 1, 1, 1})); }},
    {"16 to 32 channels, leaky relu", StepKind::Convolution, {16, 9, 11}, [](Builder& b, const std::string& x) { return leaky(b, conv(b, x, 32, {3, 3}, {}, {1, 1, 1, 1})); }},
    // transposed convolutions
    {"transposed 4×4, stride 2, padded", StepKind::TransposedConvolution, {6, 5, 7}, [](Builder& b, const std::string& x) { return transposed(b, x, 9, {4, 4}, {2, 2}, {1, 1, 1, 1}); }},
    {"transposed 4×4 of a pixel, leaky relu", StepKind::TransposedConvolution, {13, 1, 1}, [](Builder& b, const std::string& x) { return leaky(b, transposed(b, x, 35, {4, 4})); }},
    {"transposed 4×4 of a pixel, stride 2, padded", StepKind::TransposedConvolution, {5, 1, 1}, [](Builder& b, const std::string& x) { return transposed(b, x, 17, {4, 4}, {2, 2}, {1, 1, 1, 1}); }},
    {"transposed 3×3, relu, to 1 channel", StepKind::TransposedConvolution, {17, 5, 3}, [](Builder& b, const std::string& x) { return b.relu(transposed(b, x, 1, {3, 3}, {1, 1}, {1, 1, 1, 1})); }},
    {"transposed 3×3, stride 2, longer output", StepKind::TransposedConvolution, {8, 4, 6}, [](Builder& b, const std::string& x) { return transposed(b, x, 12, {3, 3}, {2, 2}, {1, 1, 1, 1}, {1, 1}); }},
    {"transposed 3×2, strides 1 and 2, uneven pads", StepKind::TransposedConvolution, {5, 6, 5}, [](Builder& b, const std::string& x) { return transposed(b, x, 7, {3, 2}, {1, 2}, {2, 0, 1, 1}); }},
    {"transposed 2×2, stride 3", StepKind::TransposedConvolution, {9, 3, 5}, [](Builder& b, const std::string& x) { return transposed(b, x, 6, {2, 2}, {3, 3}); }},
    {"transposed, normalised, leaky relu", StepKind::TransposedConvolution, {32, 3, 5}, [](Builder& b, const std::string& x) { return leaky(b, b.batchNormalization(transposed(b, x, 16, {4, 4}, {2, 2}, {1, 1, 1, 1}, {0, 0}, false))); }},
    {"transposed, split weights", StepKind::TransposedConvolution, {64, 3, 5}, [](Builder& b, const std::string& x) { return transposed(b, x, 130, {4, 4}, {2, 2}, {1, 1, 1, 1}, {0, 0}, false); }},
    {"transposed twice, 3 channels, tanh", StepKind::TransposedConvolution, {11, 1, 1}, [](Builder& b, const std::string& x) { return b.node("Tanh", {transposed(b, b.relu(transposed(b, x, 10, {4, 4})), 3, {4, 4}, {2, 2}, {1, 1, 1, 1})}); }},
    {"transposed and read by two", StepKind::TransposedConvolution, {6, 4, 3}, [](Builder& b, const std::string& x) { const std::string y = conv(b, x, 8, {1, 1}); return b.add(transposed(b, y, 8, {3, 3}, {1, 1}, {1, 1, 1, 1}), y); }},
    // convolution, relu, pooling
    {"pooled, 3 to 10 channels", StepKind::PooledConvolution, {3, 13, 11}, [](Builder& b, const std::string& x) { return b.maxPool(b.relu(conv(b, x, 10, {3, 3}))); }},
    {"pooled, 5 to 33 channels, 2×5", StepKind::PooledConvolution, {5, 10, 13}, [](Builder& b, const std::string& x) { return b.maxPool(b.relu(conv(b, x, 33, {2, 5}))); }},
    {"pooled, 1 to 1 channel, 1×1", StepKind::PooledConvolution, {1, 7, 9}, [](Builder& b, const std::string& x) { return b.maxPool(b.relu(conv(b, x, 1, {1, 1}))); }},
    {"pooled, 16 to 32 channels", StepKind::PooledConvolution, {16, 13, 17}, [](Builder& b, const std::string& x) { return b.maxPool(b.relu(conv(b, x, 32, {3, 3}))); }},
    {"pooled behind another", StepKind::PooledConvolution, {3, 23, 21}, [](Builder& b, const std::string& x) { return b.maxPool(b.relu(conv(b, b.maxPool(b.relu(conv(b, x, 16, {3, 3}))), 16, {3, 3}))); }},
    {"pooled, without bias", StepKind::PooledConvolution, {4, 9, 9}, [](Builder& b, const std::string& x) { return b.maxPool(b.relu(conv(b, x, 9, {3, 3}, {}, {}, {}, 1, false))); }},
    // dense layers
    {"dense, relu", StepKind::Dense, {13}, [](Builder& b, const std::string& x) { return b.relu(b.dense(x, 9)); }},
    {"dense, 1 to 33", StepKind::Dense, {1}, [](Builder& b, const std::string& x) { return b.dense(x, 33); }},
    {"dense of an image", StepKind::Dense, {7, 3, 5}, [](Builder& b, const std::string& x) { return b.relu(b.dense(b.flatten(x), 11)); }},
    {"dense, leaky relu", StepKind::Dense, {13}, [](Builder& b, const std::string& x) { return leaky(b, b.dense(x, 9)); }},
    {"dense, split weights", StepKind::Dense, {611}, [](Builder& b, const std::string& x) { return b.dense(x, 217); }},
    // normalisation
    {"normalised", StepKind::Normalization, {5, 7, 3}, [](Builder& b, const std::string& x) { return b.batchNormalization(x); }},
    {"normalised, relu", StepKind::Normalization, {19, 5, 5}, [](Builder& b, const std::string& x) { return b.relu(b.batchNormalization(conv(b, x, 19, {3, 3}, {}, {1, 1, 1, 1}, {}, 1, false))); }},
    {"normalised, added, relu", StepKind::Normalization, {16, 7, 5}, [](Builder& b, const std::string& x) { return b.relu(b.add(b.batchNormalization(conv(b, x, 16, {3, 3}, {}, {1, 1, 1, 1}, {}, 1, false)), x)); }},
    {"normalised, added, leaky relu", StepKind::Normalization, {12, 7, 5}, [](Builder& b, const std::string& x) { return leaky(b, b.add(b.batchNormalization(conv(b, x, 12, {3, 3}, {}, {1, 1, 1, 1}, {}, 1, false)), x)); }},
    {"normalised, of rank 2", StepKind::Normalization, {13}, [](Builder& b, const std::string& x) { return b.relu(b.batchNormalization(x)); }},
    // the rest
    {"max pool 3×3, stride 2, padded", StepKind::MaxPool, {5, 9, 11}, [](Builder& b, const std::string& x) { return b.maxPool(x, {{3, 3}, {2, 2}, {1, 1, 1, 1}}); }},
    {"max pool 2×3, strides 2 and 1", StepKind::MaxPool, {9, 7, 9}, [](Builder& b, const std::string& x) { return b.maxPool(x, {{2, 3}, {2, 1}, {0, 1, 1, 1}}); }},
    {"global mean", StepKind::GlobalAverage, {13, 7, 5}, [](Builder& b, const std::string& x) { return b.globalAveragePool(x); }},
    {"relu", StepKind::Relu, {3, 5, 7}, [](Builder& b, const std::string& x) { return b.relu(x); }},
    {"leaky relu", StepKind::Relu, {3, 5, 7}, [](Builder& b, const std::string& x) { return leaky(b, x); }},
    {"tanh of an image", StepKind::Curve, {3, 5, 7}, [](Builder& b, const std::string& x) { return b.node("Tanh", {conv(b, x, 5, {3, 3}, {}, {1, 1, 1, 1})}); }},
    {"sigmoid of an image before a convolution", StepKind::Curve, {1, 6, 5}, [](Builder& b, const std::string& x) { return conv(b, b.sigmoid(x), 5, {3, 3}, {}, {1, 1, 1, 1}); }},
    {"sum, leaky relu", StepKind::Add, {3, 5, 7}, [](Builder& b, const std::string& x) { return leaky(b, b.add(x, b.maxPool(x, {{3, 3}, {1, 1}, {1, 1, 1, 1}}))); }},
    {"sum, relu", StepKind::Add, {3, 5, 7}, [](Builder& b, const std::string& x) { return b.relu(b.add(x, b.maxPool(x, {{3, 3}, {1, 1}, {1, 1, 1, 1}}))); }},
    {"flattened twice used", StepKind::Flatten, {5, 3, 3}, [](Builder& b, const std::string& x) { const std::string y = b.flatten(x); return b.add(b.dense(y, 6), b.relu(b.dense(y, 6))); }},
    {"mean pool 2×2", StepKind::AveragePool, {5, 6, 8}, [](Builder& b, const std::string& x) { return b.averagePool(conv(b, x, 8, {3, 3}, {}, {1, 1, 1, 1})); }},
    {"mean pool 3×2, odd sizes, twice used", StepKind::AveragePool, {3, 10, 7}, [](Builder& b, const std::string& x) { const std::string y = b.relu(x); return b.add(b.averagePool(y, {{3, 2}}), b.maxPool(y, {{3, 2}})); }},
    {"repeated pixels", StepKind::Repeat, {16, 3, 5}, [](Builder& b, const std::string& x) { return conv(b, repeated(b, x, 2, 2), 4, {3, 3}, {}, {1, 1, 1, 1}); }},
    {"repeated pixels, uneven, twice used", StepKind::Repeat, {3, 4, 3}, [](Builder& b, const std::string& x) { return b.add(repeated(b, x, 3, 1), conv(b, repeated(b, x, 3, 1), 3, {3, 3}, {}, {1, 1, 1, 1})); }},
    // numbers of each sample
    {"scaled and shifted, leaky relu", StepKind::Modulation, {5, 7, 3}, [](Builder& b, const std::string& x) { return leaky(b, b.add(b.node("Mul", {x, perSample(b, x, true)}), perSample(b, x, false))); }},
    {"normalised, scaled and shifted, relu", StepKind::Modulation, {16, 5, 3}, [](Builder& b, const std::string& x) { return b.relu(b.add(perSample(b, x, true), b.node("Mul", {perSample(b, x, false), b.batchNormalization(x)}))); }},
    {"scaled", StepKind::Modulation, {3, 4, 5}, [](Builder& b, const std::string& x) { return b.node("Mul", {conv(b, x, 3, {1, 1}), perSample(b, x, true)}); }},
    {"shifted, relu", StepKind::Modulation, {8, 4, 5}, [](Builder& b, const std::string& x) { return b.relu(b.add(perSample(b, x, false), x)); }},
    {"scaled and shifted by the same", StepKind::Modulation, {8, 3, 5}, [](Builder& b, const std::string& x) { const std::string s = perSample(b, x, true); return b.add(b.node("Mul", {x, s}), s); }},
    {"dense to an image", StepKind::Flatten, {6}, [](Builder& b, const std::string& x) { return conv(b, b.node("Reshape", {b.dense(x, 60), b.initializer("shape", Tensor(Shape{4}, Integers{0, 3, 4, 5}))}), 5, {3, 3}, {}, {1, 1, 1, 1}); }},
    {"by the operator table", StepKind::Generic, {4, 7, 9}, [](Builder& b, const std::string& x) { return b.node("Softplus", {b.averagePool(conv(b, x, 5, {3, 3}))}); }},
};
// clang-format on

/// The pattern between nothing and a dense layer of four classes.
Bench patternBench(const Pattern& pattern, std::int64_t batch)
{
    Builder b("pattern", 7);
    Shape shape = pattern.input;
    shape.insert(shape.begin(), -1);
    std::string y = pattern.build(b, b.input("image", shape));
    if (b.shapeOf(y).size() > 2)
        y = b.flatten(y);
    Bench bench = benchOf(b.finish({b.dense(y, 4)}), batch);
    stir(*bench.weights);
    return bench;
}

const Pattern& current()
{
    for (const Pattern& pattern : patterns)
        if (QByteArray(pattern.name) == QTest::currentDataTag())
            return pattern;
    qFatal("no such row");
}

void rows()
{
    QTest::addColumn<int>("none");
    for (const Pattern& pattern : patterns)
        QTest::newRow(pattern.name) << 0;
}

} // namespace

/// Every step that the planner makes, at the instruction set that the loader has taken: relative 1e-4.
class FusedPathTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        if (!missingLevel().isEmpty())
            QSKIP("This machine has no " + missingLevel());
        QCOMPARE(loadedLevel(), wantedLevel());
    }

    void thePlannerMakesTheStep_data() { rows(); }
    void thePlannerMakesTheStep()
    {
        const Bench bench = patternBench(current(), 3);
        PlanRequest request = requestOf(bench, Mode::Training, 1);
        request.gradientsFrom = {bench.graph->outputs[0].name};
        for (const Weights::Entry& entry : bench.weights->entries())
            request.gradientsOf.push_back(entry.name);
        const auto plan = makePlan(bench.graph, bench.weights, request);
        QVERIFY2(plan, plan ? "" : english(plan.error()).c_str());
        bool isThere = false;
        for (const PlannedStep& step : plan->steps) {
            isThere = isThere || step.kind == current().kind;
            QVERIFY(step.kind != StepKind::Generic || current().kind == StepKind::Generic);
        }
        QVERIFY(isThere);
    }

    void aTrainingStepAgreesWithTheDoublePath_data() { rows(); }
    void aTrainingStepAgreesWithTheDoublePath()
    {
        for (const std::int64_t batch : {2, 11}) { // one group that is not full; two
            const Bench bench = patternBench(current(), batch);
            const DoublePath path = doublePathOf(bench, true);
            auto executor = Executor::plan(bench.graph, bench.weights, requestOf(bench, Mode::Training, 2));
            QVERIFY2(executor, executor ? "" : english(executor.error()).c_str());
            const auto loss = executor->train(stepOf(bench));
            QVERIFY(loss && std::abs(*loss - path.loss) < bar * path.loss);
            QCOMPARE(gradientsBeyond(bar, bench, *executor, path), QByteArray());
        }
    }

    void aForwardPassAgreesWithTheDoublePath_data() { rows(); }
    void aForwardPassAgreesWithTheDoublePath()
    {
        const Bench bench = patternBench(current(), 11);
        const std::string output = bench.graph->outputs[0].name;
        const DoublePath path = doublePathOf(bench, false);
        auto executor = Executor::plan(bench.graph, bench.weights, requestOf(bench, Mode::Inference, 2));
        QVERIFY(executor && executor->setInput("image", bench.images) && executor->forward());
        QVERIFY(distance(executor->value(output), path.run.values.at(output)) < bar);
    }

    void theGradientOfTheInputAgreesWithTheDoublePath_data() { rows(); }
    void theGradientOfTheInputAgreesWithTheDoublePath()
    {
        const Bench bench = patternBench(current(), 11);
        const std::string output = bench.graph->outputs[0].name;
        const DoublePath path = doublePathOf(bench, false);
        PlanRequest request = requestOf(bench, Mode::Inference, 2);
        request.gradientsFrom = {output};
        request.gradientsOf = {"image"};
        auto executor = Executor::plan(bench.graph, bench.weights, request);
        QVERIFY(executor && executor->setInput("image", bench.images) && executor->forward());
        Tensor start(ElementType::Float, path.run.values.at(output).shape());
        std::ranges::copy(path.run.gradients.at(output).as<double>(), start.as<float>().begin());
        executor->setGradient(output, start);
        QVERIFY(executor->backward());
        QVERIFY(distance(executor->gradient("image"), path.run.gradients.at("image")) < bar);
    }

    /// What a network trained through another needs: gradients of weights and of the input, pass by pass.
    void wholeBatchesInTrainingAgreeWithTheDoublePath_data() { rows(); }
    void wholeBatchesInTrainingAgreeWithTheDoublePath()
    {
        const Bench bench = patternBench(current(), 11);
        const std::string output = bench.graph->outputs[0].name;
        const DoublePath path = doublePathOf(bench, true);
        PlanRequest request = requestOf(bench, Mode::Training, 2);
        request.gradientsFrom = {output};
        request.gradientsOf = {"image"};
        for (const Weights::Entry& entry : bench.weights->entries())
            if (entry.isTrained)
                request.gradientsOf.push_back(entry.name);
        auto executor = Executor::plan(bench.graph, bench.weights, request);
        QVERIFY(executor && executor->setInput("image", bench.images.as<float>()) && executor->forward());
        QVERIFY(std::ranges::equal(executor->valueView(output), executor->value(output).as<float>()));
        const auto given = path.run.gradients.at(output).as<double>();
        executor->setGradient(output, std::vector<float>(given.begin(), given.end()));
        QVERIFY(executor->backward());
        QCOMPARE(gradientsBeyond(bar, bench, *executor, path), QByteArray());
        QVERIFY(distance(executor->gradient("image"), path.run.gradients.at("image")) < bar);
        const auto flat = executor->flatGradient();
        const std::vector<float> once(flat.begin(), flat.end());
        QVERIFY(executor->forward() && executor->backward({}, Executor::WeightGradients::Skipped));
        QVERIFY(distance(executor->gradient("image"), path.run.gradients.at("image")) < bar);
        QVERIFY(std::ranges::equal(executor->flatGradient(), once));
        QVERIFY(executor->forward() && executor->backward({}, Executor::WeightGradients::Added));
        for (std::size_t i = 0; i < once.size(); ++i)
            QVERIFY(std::abs(executor->flatGradient()[i] - 2 * once[i]) < 1e-5F * (1 + std::abs(once[i])));
    }
};

int fusedPathTest(int argc, char** argv)
{
    FusedPathTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "fused_path_test.moc"
