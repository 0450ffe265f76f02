#include <QTemporaryDir>
#include <QtTest>

#include "core/base/random.h"
#include "core/learning/sampling.h"
#include "core/learning/trainer.h"
#include "core/nn/builder.h"

#include <cmath>
#include <filesystem>
#include <limits>
#include <stop_token>

using namespace hounsfield;
using namespace hounsfield::learning;

namespace {

constexpr std::int64_t side = 12;

/// A small network with everything that has a state: convolution, normalisation, pooling, dense.
std::shared_ptr<const nn::Graph> network()
{
    nn::Builder net("small", 1);
    std::string x = net.input("image", {-1, 1, side, side});
    x = net.maxPool(net.relu(net.batchNormalization(net.convolution(x, {.channels = 8}))));
    x = net.dense(net.flatten(x), 2);
    net.node("Identity", {x}, {}, "logits");
    return std::make_shared<const nn::Graph>(net.finish({"logits"}));
}

/// 50 noise pictures, the second class with a brighter middle; batches of 16, so the last has 2.
TrainerJob job(int threads = 1)
{
    TrainerJob one;
    one.graph = network();
    one.options.epochs = 5;
    one.options.threads = threads;
    one.options.averaging = 0.9;
    one.options.saveSeconds = 0;
    one.source.shapes = [](const Batch& batch) -> std::map<std::string, nn::Shape> {
        return {{"image", {static_cast<std::int64_t>(batch.size()), 1, side, side}}};
    };
    one.source.batches = [](std::int64_t epoch) {
        return batchesOf(
            Random(1, "shuffle", static_cast<std::uint64_t>(epoch)).permutation(50), 16, LastBatch::Smaller);
    };
    one.source.fill = [](const std::string&, const BatchSource::Draw& draw, std::span<float> values) {
        Random random(2, "noise", static_cast<std::uint64_t>(draw.epoch), static_cast<std::uint64_t>(draw.caseNumber));
        for (std::int64_t i = 0; i < side * side; ++i) {
            const bool isMiddle = i / side > 3 && i / side < 8 && i % side > 3 && i % side < 8;
            values[i] = static_cast<float>(random.uniform() + (isMiddle && draw.caseNumber % 2 == 1 ? 0.5 : 0.0));
        }
    };
    one.source.target = [](std::int64_t caseNumber) { return static_cast<std::int32_t>(caseNumber % 2); };
    one.identity = "a";
    return one;
}

std::map<std::string, nn::Tensor> weightsOf(const TrainerOutcome& outcome)
{
    return outcome.graph.initializers;
}

} // namespace

class TrainerTest : public QObject {
    Q_OBJECT
  private slots:
    void theLossFallsAndEveryEpochIsRecorded()
    {
        const auto outcome = runTrainer(job(), {});
        QVERIFY2(outcome, outcome ? "" : english(outcome.error()).c_str());
        QCOMPARE(outcome->history.size(), std::size_t{5});
        QVERIFY(outcome->history.back().loss < 0.7 * outcome->history.front().loss);
        QCOMPARE(outcome->keptEpoch, std::int64_t{5});
        QCOMPARE(outcome->samples, std::int64_t{250});
    }

    void oneAndTwoThreadsGiveTheSameBits()
    {
        const auto one = runTrainer(job(1), {}), two = runTrainer(job(2), {}), again = runTrainer(job(1), {});
        QVERIFY(one && two && again);
        QVERIFY(weightsOf(*one) == weightsOf(*again));
        QVERIFY(weightsOf(*one) == weightsOf(*two));
    }

    void aStoppedAndResumedTrainingGivesTheBitsOfAnUninterruptedOne_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("sgd") << static_cast<int>(nn::OptimizerOptions::Kind::Sgd);
        QTest::newRow("adam") << static_cast<int>(nn::OptimizerOptions::Kind::Adam);
        QTest::newRow("adamw") << static_cast<int>(nn::OptimizerOptions::Kind::AdamW);
    }
    void aStoppedAndResumedTrainingGivesTheBitsOfAnUninterruptedOne()
    {
        QFETCH(int, kind);
        QTemporaryDir folder;
        TrainerJob whole = job();
        whole.options.optimizer.kind = static_cast<nn::OptimizerOptions::Kind>(kind);
        const auto uninterrupted = runTrainer(whole, {});
        QVERIFY(uninterrupted);
        TrainerJob part = whole;
        part.state = folder.filePath("state.onnx").toStdString();
        part.resume = true;
        Result<TrainerOutcome> last = cancelled();
        for (int sitting = 0; sitting < 10 && (!last || last->ending == Ending::Stopped); ++sitting) {
            std::stop_source stop;
            int steps = 0;
            part.events.onStep = [&](const StepEvent&) {
                if (++steps == 7)
                    stop.request_stop();
            };
            last = runTrainer(part, Monitor(stop.get_token()));
        }
        QVERIFY(last);
        QCOMPARE(last->ending, Ending::Finished);
        QVERIFY(weightsOf(*last) == weightsOf(*uninterrupted));
        QCOMPARE(last->history.size(), std::size_t{5});
        part.identity = "other data";
        const auto refused = runTrainer(part, {});
        QVERIFY(!refused && english(refused.error()).find("other data") != std::string::npos);
    }

    void aStoppedTrainingKeepsTheBestEpoch()
    {
        std::stop_source stop;
        TrainerJob one = job();
        one.validate = [epoch = 0](const std::shared_ptr<nn::Weights>&, const Monitor&) mutable -> Result<Judgement> {
            return Judgement{++epoch == 2 ? 1.0 : 0.5, {{"validation_auc", 0.5}}};
        };
        one.events.onEpoch = [&](const EpochRecord& record) {
            if (record.epoch == 3)
                stop.request_stop();
        };
        const auto outcome = runTrainer(one, Monitor(stop.get_token()));
        QVERIFY(outcome);
        QCOMPARE(outcome->ending, Ending::Stopped);
        QCOMPARE(outcome->keptEpoch, std::int64_t{2});
    }

    void patienceEndsATrainingThatDoesNotImprove()
    {
        TrainerJob one = job();
        one.options.epochs = 50;
        one.options.patience = 3;
        one.validate = [epoch = 0](const std::shared_ptr<nn::Weights>&, const Monitor&) mutable -> Result<Judgement> {
            return Judgement{-std::abs(++epoch - 4.0), {}};
        };
        const auto outcome = runTrainer(one, {});
        QVERIFY(outcome);
        QCOMPARE(outcome->ending, Ending::EarlyStop);
        QCOMPARE(outcome->history.size(), std::size_t{7});
        QCOMPARE(outcome->keptEpoch, std::int64_t{4});
    }

    void numbersOutOfRangeEndTrainingWithTheLastGoodWeights()
    {
        TrainerJob planted = job();
        planted.source.fill = [fill = planted.source.fill](
                                  const std::string& name, const BatchSource::Draw& draw, std::span<float> values) {
            fill(name, draw, values);
            if (draw.epoch == 2 && draw.caseNumber == 7)
                values[0] = std::numeric_limits<float>::quiet_NaN();
        };
        const auto outcome = runTrainer(planted, {});
        QVERIFY(outcome);
        QCOMPARE(outcome->ending, Ending::Diverged);
        QCOMPARE(outcome->keptEpoch, std::int64_t{2});
        QVERIFY(english(*outcome->problem).find("Lower the learning rate") != std::string::npos);
        for (const auto& [name, tensor] : weightsOf(*outcome))
            if (tensor.type() == nn::ElementType::Float)
                for (const float value : tensor.as<float>())
                    QVERIFY(std::isfinite(value));
    }

    void anAbsurdRateIsSaidWithinOneEpoch()
    {
        TrainerJob one = job();
        one.options.schedule.peak = 1e6;
        one.options.optimizer.kind = nn::OptimizerOptions::Kind::Sgd;
        const auto outcome = runTrainer(one, {});
        QVERIFY(!outcome);
        QVERIFY(english(outcome.error()).find("epoch 1") != std::string::npos);
    }
};

int trainerTest(int argc, char** argv)
{
    TrainerTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "trainer_test.moc"
