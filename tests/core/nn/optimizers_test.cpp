#include <QtTest>

#include "core/nn/builder.h"
#include "core/nn/losses.h"
#include "core/nn/operators/table.h"
#include "core/nn/optimizers.h"
#include "core/nn/schedules.h"

#include <cmath>
#include <utility>

using namespace hounsfield;
using namespace hounsfield::nn;

namespace {

std::vector<float> partOf(std::span<const float> values, const Weights::Entry& entry)
{
    const auto part = values.subspan(static_cast<std::size_t>(entry.offset), static_cast<std::size_t>(entry.count));
    return {part.begin(), part.end()};
}

} // namespace

class OptimizersTest : public QObject {
    Q_OBJECT
  private slots:
    void oneCycleRisesToItsPeakAndEndsLow()
    {
        const Schedule schedule{Schedule::Kind::OneCycle, 0.1, 1460};
        QVERIFY(std::abs(schedule.rate(0) - 0.004) < 1e-12);
        QVERIFY(std::abs(schedule.rate(365) - 0.1) < 1e-12);
        QVERIFY(schedule.rate(1459) < 1e-6 && schedule.rate(1459) > 4e-7 - 1e-12);
        QVERIFY(schedule.rate(100) < schedule.rate(200) && schedule.rate(500) > schedule.rate(900));
    }

    void adamAndSgdFollowTheirPapers()
    {
        Builder b("line", 1);
        const std::string y = b.dense(b.input("x", {-1, 5}), 3);
        const Graph graph = b.finish({y});
        for (const auto kind : {OptimizerOptions::Kind::Adam, OptimizerOptions::Kind::Sgd}) {
            auto weights = std::make_shared<Weights>(graph);
            const auto values = std::as_const(*weights).values();
            Optimizer optimizer(weights, {kind});
            std::vector<double> w(values.begin(), values.end()), m(w.size()), v(w.size());
            const std::vector<float> gradient(w.size(), 0.25F);
            for (int t = 1; t <= 4; ++t) {
                optimizer.beginStep(t, 0.01);
                optimizer.update(0, gradient);
                for (std::size_t i = 0; i < w.size(); ++i) {
                    const double g = 0.25;
                    const bool isAdam = kind == OptimizerOptions::Kind::Adam;
                    m[i] = 0.9 * m[i] + (isAdam ? 0.1 : 1) * g;
                    v[i] = 0.999 * v[i] + 0.001 * g * g;
                    w[i] -= isAdam ? 0.01 * (m[i] / (1 - std::pow(0.9, t)))
                                         / (std::sqrt(v[i] / (1 - std::pow(0.999, t))) + 1e-7)
                                   : 0.01 * (g + 0.9 * m[i]);
                }
            }
            for (const auto& entry : weights->entries())
                for (auto i = static_cast<std::size_t>(entry.offset);
                     i < static_cast<std::size_t>(entry.offset + entry.count); ++i)
                    QVERIFY(std::abs(static_cast<double>(values[i]) - w[i]) < 1e-5);
            QVERIFY(optimizer.restore({optimizer.state().begin(), optimizer.state().end()}));
            QVERIFY(!optimizer.restore({{1.0F}}));
        }
    }

    /// Adam and Momentum as ai.onnx.preview.training defines them. Its epsilon is added to the uncorrected root.
    void adamAndSgdAreTheStandardsUpdates_data()
    {
        QTest::addColumn<bool>("isAdam");
        QTest::addColumn<bool>("isNesterov");
        QTest::newRow("Adam") << true << false;
        QTest::newRow("Momentum") << false << false;
        QTest::newRow("Momentum, nesterov") << false << true;
    }
    void adamAndSgdAreTheStandardsUpdates()
    {
        QFETCH(bool, isAdam);
        QFETCH(bool, isNesterov);
        Builder b("line", 2);
        const Graph graph = b.finish({b.dense(b.input("x", {-1, 5}), 3)});
        const auto weights = std::make_shared<Weights>(graph);
        OptimizerOptions options{isAdam ? OptimizerOptions::Kind::Adam : OptimizerOptions::Kind::Sgd};
        options.isNesterov = isNesterov;
        options.weightDecay = 0.01;
        options.epsilon = 1e-3;
        Optimizer optimizer(weights, options);
        const Weights::Entry& entry = *weights->find("gemm1.weight");
        const Tensor start(Shape{entry.count}, partOf(std::as_const(*weights).values(), entry));
        std::vector<Tensor> state(isAdam ? 3 : 2, Tensor(ElementType::Float, {entry.count}));
        state[0] = start;
        for (int t = 1; t <= 5; ++t) {
            std::vector<float> gradient(std::as_const(*weights).values().size());
            for (std::size_t i = 0; i < gradient.size(); ++i)
                gradient[i] = static_cast<float>(std::sin(static_cast<double>(i) * t));
            optimizer.beginStep(t, 0.02);
            optimizer.update(0, gradient);
            Node node{isAdam ? "Adam" : "Momentum", {}, {}, {}, {}, {}};
            node.attributes = {{"alpha", 0.9}, {"beta", isAdam ? 0.999 : 1}, {"norm_coefficient", 0.01},
                {"epsilon", 1e-3 * std::sqrt(1 - std::pow(0.999, t))},
                {"mode", std::string(isNesterov ? "nesterov" : "standard")}};
            const Tensor rate = Tensor::scalar(0.02F), count = Tensor::scalar(std::int64_t{t});
            const Tensor g(Shape{entry.count}, partOf(gradient, entry));
            Inputs inputs{&rate, &count, &state[0], &g, &state[1]};
            if (isAdam)
                inputs.push_back(&state[2]);
            state = *findOperator(node.op)->forward({node}, inputs);
        }
        const auto ours = partOf(std::as_const(*weights).values(), entry);
        const auto theirs = std::as_const(state[0]).as<float>();
        for (std::size_t i = 0; i < ours.size(); ++i)
            QVERIFY(std::abs(ours[i] - theirs[i]) < 1e-6F && ours[i] != start.as<float>()[i]);
    }

    void crossEntropyHasTheGradientOfItsDifferences()
    {
        const std::vector<std::int32_t> classes{2, 0};
        const CrossEntropyOptions options{0.1, {1, 2, 3}};
        std::vector<double> output{0.3, -1, 0.5, 2, 0.1, -0.4}, gradient(6), spare(6);
        softmaxCrossEntropy(output, classes, options, gradient);
        for (std::size_t i = 0; i < output.size(); ++i) {
            std::vector<double> up = output, down = output;
            up[i] += 1e-5;
            down[i] -= 1e-5;
            const double slope =
                (softmaxCrossEntropy(up, classes, options, spare) - softmaxCrossEntropy(down, classes, options, spare))
                / 2e-5;
            QVERIFY(std::abs(slope - gradient[i]) < 1e-8);
        }
    }
};

int optimizersTest(int argc, char** argv)
{
    OptimizersTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "optimizers_test.moc"
