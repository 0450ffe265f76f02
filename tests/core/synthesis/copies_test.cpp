#include <QtTest>

#include "core/synthesis/copies.h"

#include "tests/core/synthesis/blob_images.h"

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

/// Real images of one split, half of which the generator saw.
struct Reals {
    FeatureSet training = drawBlobs(400, 1), heldOut = drawBlobs(150, 2);
    FeatureSet trainingFeatures = cellFeatures(training), heldOutFeatures = cellFeatures(heldOut);

    Result<CopyReport> judge(const FeatureSet& samples, const FeatureSet& features) const
    {
        return findCopies({{training, trainingFeatures}, {heldOut, heldOutFeatures}, {samples, features}, blobShape});
    }
};

} // namespace

class CopiesTest : public QObject {
    Q_OBJECT
  private slots:
    void aPlantedCopierIsFoundWhateverItDoes_data()
    {
        QTest::addColumn<int>("x");
        QTest::addColumn<int>("y");
        QTest::addColumn<double>("gain");
        QTest::addColumn<double>("offset");
        QTest::newRow("exact") << 0 << 0 << 1.0 << 0.0;
        QTest::newRow("1 pixel right") << 1 << 0 << 1.0 << 0.0;
        QTest::newRow("2 pixels up") << 0 << -2 << 1.0 << 0.0;
        QTest::newRow("2 pixels left and down") << -2 << 2 << 1.0 << 0.0;
        QTest::newRow("5 % brighter") << 0 << 0 << 1.05 << 0.0;
        QTest::newRow("5 % darker") << 0 << 0 << 0.95 << 0.0;
        QTest::newRow("raised by 5 %") << 0 << 0 << 1.0 << 0.05;
        QTest::newRow("moved and brightened") << 1 << -1 << 1.05 << 0.0;
    }
    void aPlantedCopierIsFoundWhateverItDoes()
    {
        QFETCH(int, x);
        QFETCH(int, y);
        QFETCH(double, gain);
        QFETCH(double, offset);
        const Reals reals;
        std::vector<std::int64_t> originals;
        for (std::int64_t i = 0; i < 50; ++i)
            originals.push_back((i * 37) % reals.training.count);
        const FeatureSet samples = changed(rowsOf(reals.training, originals), {x, y, gain, offset});
        const auto report = reals.judge(samples, cellFeatures(samples));
        QCOMPARE(copyShare(report->samples), 1.0);
        for (std::size_t i = 0; i < originals.size(); ++i)
            QCOMPARE(report->samples[i].nearest.index, originals[i]);
        QVERIFY2(copyShare(report->heldOut) <= 0.02, qPrintable(QString::number(copyShare(report->heldOut))));
    }

    void oneThatReturnsHeldOutRealsIsNoCopier()
    {
        const Reals reals;
        const FeatureSet samples = drawBlobs(300, 3);
        const auto report = reals.judge(samples, cellFeatures(samples));
        QVERIFY(copyShare(report->samples) <= 0.02);
        QVERIFY(suspiciousShare(report->samples) <= 0.02);
        QCOMPARE(report->samples.size(), std::size_t{300});
        QCOMPARE(report->heldOut.size(), std::size_t{150});
        QVERIFY(report->pixelLimit > 0 && report->featureLimit > 0);
    }

    void aBlurredMixtureIsNoCopyButANoisyCopyIs()
    {
        const Reals reals;
        FeatureSet noisy = rowsOf(reals.training, std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8}), mixed = noisy;
        Random random(9, "noise");
        for (std::size_t i = 0; i < noisy.values.size(); ++i) {
            const auto width = static_cast<std::size_t>(noisy.width);
            noisy.values[i] += static_cast<float>(0.02 * random.normal());
            mixed.values[i] = (mixed.values[i] + mixed.values[(i + 3 * width) % mixed.values.size()]) / 2;
        }
        QCOMPARE(copyShare(reals.judge(noisy, cellFeatures(noisy))->samples), 1.0);
        QCOMPARE(copyShare(reals.judge(mixed, cellFeatures(mixed))->samples), 0.0);
    }

    void aCopyWhoseFeaturesAreElsewhereIsStillFoundByItsRatio()
    {
        const Reals reals;
        const FeatureSet samples = rowsOf(reals.training, std::vector<std::int64_t>{10, 20, 30});
        FeatureSet features = cellFeatures(samples);
        for (float& value : features.values)
            value += 1;
        const auto report = reals.judge(samples, features);
        for (const CopySign& sign : report->samples) {
            QVERIFY(sign.featureDistance > report->featureLimit);
            QVERIFY(sign.isSuspicious && sign.isCopy);
            QVERIFY(sign.ratio < 0.01);
        }
    }

    void duplicatesAmongTheTrainingImagesMoveNoLimit()
    {
        Reals reals;
        std::copy_n(reals.training.values.begin(), 100 * reals.training.width,
            reals.training.values.begin() + 100 * reals.training.width);
        reals.trainingFeatures = cellFeatures(reals.training);
        const FeatureSet samples = rowsOf(reals.training, std::vector<std::int64_t>{10, 300});
        const auto report = reals.judge(samples, cellFeatures(samples));
        QVERIFY(report->pixelLimit > 0 && report->featureLimit > 0);
        QVERIFY(copyShare(report->heldOut) <= 0.02);
        QCOMPARE(copyShare(report->samples), 1.0);
    }

    void theSeedAloneDecides()
    {
        const Reals reals;
        const FeatureSet samples = drawBlobs(10, 4), features = cellFeatures(samples);
        const auto limit = [&](std::uint64_t seed) {
            CopyOptions options;
            options.references = 100;
            options.seed = seed;
            return findCopies(
                {{reals.training, reals.trainingFeatures}, {samples, features}, {samples, features}, blobShape},
                options)
                ->pixelLimit;
        };
        QCOMPARE(limit(1), limit(1));
        QVERIFY(limit(1) != limit(2));
    }

    void badInputIsRefusedInWords()
    {
        const Reals reals;
        const FeatureSet few = drawBlobs(19, 5), fewFeatures = cellFeatures(few), none{0, few.width, {}};
        const FeatureSet noFeatures{0, fewFeatures.width, {}};
        const auto why = [](const CopySearch& search) {
            const auto report = findCopies(search);
            return report ? std::string() : english(report.error());
        };
        QVERIFY(why({{few, fewFeatures}, {none, noFeatures}, {few, fewFeatures}, blobShape})
                    .find("There are 19 training images")
                != std::string::npos);
        QVERIFY(why({{reals.training, reals.trainingFeatures}, {none, noFeatures}, {few, noFeatures}, blobShape})
                    .find("pixels of 19 and features of 0 synthetic images")
                != std::string::npos);
        QCOMPARE(why({{reals.training, reals.trainingFeatures}, {none, noFeatures}, {few, fewFeatures}, blobShape}),
            std::string());
    }
};

int copiesTest(int argc, char** argv)
{
    CopiesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "copies_test.moc"
