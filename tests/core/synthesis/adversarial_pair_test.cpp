#include <QtTest>

#include "core/synthesis/adversarial_pair.h"

#include <stop_token>

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

PairOptions small(int threads = 2)
{
    PairOptions options;
    options.form.classes = 3;
    options.batch = 12;
    options.threads = threads;
    return options;
}

/// Class 0 is dark, 1 grey, 2 bright; a little noise.
void real(std::int64_t step, std::int64_t place, std::int64_t label, std::span<float> image)
{
    Random random(4, "real", static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(place));
    for (float& value : image)
        value = static_cast<float>(0.7 * static_cast<double>(label - 1) + 0.1 * random.normal());
}

const PairNetwork& pairNamed(const std::string& name)
{
    return **findPairNetwork(name);
}

AdversarialPair pairOf(const std::string& name, const PairOptions& options)
{
    auto pair = AdversarialPair::make(pairNamed(name), options);
    if (!pair)
        qFatal("%s", english(pair.error()).c_str());
    return std::move(*pair);
}

void run(AdversarialPair& pair, int steps)
{
    for (int i = 0; i < steps; ++i)
        QVERIFY(pair.step(real, {}, {}));
}

} // namespace

class AdversarialPairTest : public QObject {
    Q_OBJECT
  private slots:
    void everyPairTakesStepsAtEverySize_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("channels");
        for (const PairNetwork& network : pairNetworks())
            for (const int size : {32, 64, 128})
                QTest::addRow("%s at %d", network.name.c_str(), size)
                    << QString::fromStdString(network.name) << size << (size == 64 ? 3 : 1);
    }

    void everyPairTakesStepsAtEverySize()
    {
        QFETCH(QString, network);
        QFETCH(int, size);
        QFETCH(int, channels);
        PairOptions options = small();
        options.batch = 4;
        options.form.size = size;
        options.form.channels = channels;
        AdversarialPair pair = pairOf(network.toStdString(), options);
        const PairState before = pair.state();
        const auto figures = pair.step(real, {}, {});
        QVERIFY2(figures, figures ? "" : english(figures.error()).c_str());
        QVERIFY(figures->isFinite() && figures->generatorNorm > 0);
        const PairState behind = pair.state();
        QVERIFY(before.generator != behind.generator && before.discriminator != behind.discriminator);
    }

    void theSameBitsOnOneThreadAsOnThree()
    {
        AdversarialPair one = pairOf("dcgan", small(1)), three = pairOf("dcgan", small(3));
        run(one, 3);
        run(three, 3);
        QVERIFY(one.state() == three.state());
    }

    void aRestoredPairGoesOnWithTheSameBits()
    {
        AdversarialPair whole = pairOf("dcgan", small()), second = pairOf("dcgan", small());
        run(whole, 2);
        QVERIFY(second.restore(whole.state()));
        run(whole, 3);
        run(second, 3);
        QVERIFY(whole.state() == second.state());
    }

    void aStoppedStepChangesNothing()
    {
        AdversarialPair pair = pairOf("dcgan", small());
        run(pair, 1);
        const PairState before = pair.state();
        std::stop_source stop;
        const auto stopping = [&](std::int64_t step, std::int64_t place, std::int64_t label, std::span<float> image) {
            stop.request_stop();
            real(step, place, label, image);
        };
        const auto figures = pair.step(stopping, {}, Monitor(stop.get_token()));
        QVERIFY(!figures && figures.error().kind == Error::Kind::Cancelled);
        QVERIFY(pair.state() == before);
    }

    void aRefusedGradientTeachesTheDiscriminatorOnly()
    {
        AdversarialPair pair = pairOf("dcgan", small());
        const PairState before = pair.state();
        QVERIFY(pair.step(real, [](const PairFigures&) { return false; }, {}));
        const PairState behind = pair.state();
        QVERIFY(before.generator == behind.generator && before.average == behind.average);
        QVERIFY(before.discriminator != behind.discriminator);
        QCOMPARE(behind.step, std::int64_t{1});
    }

    void numbersThatAreNoneAreSaidAndChangeNothing()
    {
        AdversarialPair pair = pairOf("dcgan", small());
        const PairState before = pair.state();
        const auto broken = [](std::int64_t, std::int64_t, std::int64_t, std::span<float> image) {
            std::ranges::fill(image, std::numeric_limits<float>::quiet_NaN());
        };
        const auto figures = pair.step(broken, {}, {});
        QVERIFY(figures && !figures->isFinite());
        QVERIFY(pair.state().generator == before.generator && pair.state().discriminator == before.discriminator);
    }

    void aStateOfAnotherFormIsRefused()
    {
        AdversarialPair pair = pairOf("dcgan", small());
        PairOptions other = small();
        other.form.classes = 2;
        QVERIFY(!pair.restore(pairOf("dcgan", other).state()));
    }

    /// In a few steps the discriminator tells dark noise from what a fresh generator makes.
    void theDiscriminatorLearnsToTellRealFromMade()
    {
        AdversarialPair pair = pairOf("dcgan", small());
        PairFigures last;
        for (int i = 0; i < 60; ++i)
            last = *pair.step(real, [](const PairFigures&) { return false; }, {});
        QVERIFY2(
            last.realScore > last.madeScore + 1, qPrintable(QString("%1 %2").arg(last.realScore).arg(last.madeScore)));
    }
};

int adversarialPairTest(int argc, char** argv)
{
    AdversarialPairTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "adversarial_pair_test.moc"
