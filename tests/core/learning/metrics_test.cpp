#include <QtTest>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/learning/metrics.h"

#include <cmath>

using namespace hounsfield;
using namespace hounsfield::learning;

namespace {

Scores binary(const std::vector<float>& positive, const std::vector<int>& labels)
{
    Scores scores;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        scores.probabilities.push_back(1 - positive[i]);
        scores.probabilities.push_back(positive[i]);
        scores.units.push_back(static_cast<std::int64_t>(i));
    }
    scores.labels = labels;
    return scores;
}

/// Two normal distributions `apart` deviations from each other, squeezed into 0 … 1.
Scores normals(std::uint64_t seed, int n, double apart)
{
    Random random(seed, "scores");
    std::vector<float> positive;
    std::vector<int> labels;
    for (int i = 0; i < n; ++i) {
        labels.push_back(i % 2);
        positive.push_back(static_cast<float>(1 / (1 + std::exp(-(random.normal() + (i % 2) * apart - apart / 2)))));
    }
    return binary(positive, labels);
}

} // namespace

class MetricsTest : public QObject {
    Q_OBJECT
  private slots:
    void figuresAgreeWithHandValues()
    {
        const Scores scores = binary({0.9F, 0.8F, 0.4F, 0.6F, 0.3F, 0.2F, 0.4F}, {1, 1, 1, 0, 0, 0, 0});
        const Metrics metrics = computeMetrics(scores, 0.5, 0);
        QCOMPARE(metrics.confusion, (std::vector<std::vector<std::int64_t>>{{3, 1}, {1, 2}}));
        QCOMPARE(*metrics.accuracy.value, 5.0 / 7);
        QCOMPARE(*metrics.balancedAccuracy.value, (0.75 + 2.0 / 3) / 2);
        QCOMPARE(*metrics.perClass[1].sensitivity.value, 2.0 / 3);
        QCOMPARE(*metrics.perClass[1].specificity.value, 0.75);
        QCOMPARE(*metrics.perClass[1].ppv.value, 2.0 / 3);
        QCOMPARE(*metrics.perClass[1].npv.value, 0.75);
        QCOMPARE(*metrics.perClass[1].f1.value, 2.0 / 3);
        // 12 pairs: 0.4 of the class loses to 0.6, ties with 0.4; the rest are won
        QCOMPARE(*metrics.auc.value, 10.5 / 12);
        QCOMPARE(metrics.perClass[1].sensitivity.n, std::int64_t{3});
    }

    void theAreaEqualsTheCountOfPairsAndTheRocCurvesOwn()
    {
        Random random(7, "pairs");
        for (int round = 0; round < 50; ++round) {
            std::vector<float> positive;
            std::vector<int> labels;
            for (int i = 0; i < 40; ++i) {
                positive.push_back(static_cast<float>(random.below(10)) / 10);
                labels.push_back(static_cast<int>(random.below(2)));
            }
            labels[0] = 0;
            labels[1] = 1;
            const Scores scores = binary(positive, labels);
            double won = 0, pairs = 0, area = 0;
            for (std::size_t i = 0; i < 40; ++i)
                for (std::size_t j = 0; j < 40; ++j)
                    if (labels[i] == 1 && labels[j] == 0) {
                        won += positive[i] > positive[j] ? 1 : positive[i] == positive[j] ? 0.5 : 0;
                        ++pairs;
                    }
            const auto roc = rocCurve(scores, 1);
            for (std::size_t k = 1; k < roc.size(); ++k)
                area += (roc[k].x - roc[k - 1].x) * (roc[k].y + roc[k - 1].y) / 2;
            QVERIFY(std::abs(*areaUnderCurve(scores, 1) - won / pairs) < 1e-12);
            QVERIFY(std::abs(area - won / pairs) < 1e-12);
        }
    }

    void theAreaOfTwoNormalsIsPhiOfTheirDistance()
    {
        const double expected = 0.5 * std::erfc(-1.5 / std::sqrt(2.0) / std::sqrt(2.0));
        QVERIFY(std::abs(*macroAreaUnderCurve(normals(3, 20000, 1.5)) - expected) < 0.01);
    }

    void mostIntervalsHoldTheTruth()
    {
        const double truth = 0.5 * std::erfc(-1.0 / std::sqrt(2.0) / std::sqrt(2.0));
        int covered = 0;
        constexpr int rounds = 100;
        for (int round = 0; round < rounds; ++round) {
            const Metrics metrics =
                computeMetrics(normals(static_cast<std::uint64_t>(round) + 100, 150, 1.0), 0.5, 300);
            covered += metrics.auc.low <= truth && truth <= metrics.auc.high;
        }
        QVERIFY2(covered >= 87, qPrintable(QString::number(covered)));
    }

    void casesOfOnePatientWidenTheInterval()
    {
        Scores scores = normals(5, 200, 1.0);
        const Metrics alone = computeMetrics(scores, 0.5, 500);
        Scores copies = scores;
        for (int copy = 0; copy < 4; ++copy) {
            copies.probabilities.insert(
                copies.probabilities.end(), scores.probabilities.begin(), scores.probabilities.end());
            copies.labels.insert(copies.labels.end(), scores.labels.begin(), scores.labels.end());
            copies.units.insert(copies.units.end(), scores.units.begin(), scores.units.end());
        }
        const Metrics together = computeMetrics(copies, 0.5, 500);
        QCOMPARE(together.units, std::int64_t{200});
        QVERIFY(std::abs((together.auc.high - together.auc.low) / (alone.auc.high - alone.auc.low) - 1) < 0.05);
    }

    void aThousandResamplesOf624CasesTakeLessThanASecond()
    {
        const Scores scores = normals(9, 624, 2.0);
        const Stopwatch watch;
        QVERIFY(computeMetrics(scores).auc.value);
        QVERIFY(watch.seconds() < 1);
    }

    void undefinedFiguresSaySo()
    {
        const Metrics metrics = computeMetrics(binary({0.1F, 0.2F}, {0, 0}), 0.5, 50);
        QVERIFY(!metrics.auc.value);
        QVERIFY(!metrics.perClass[1].sensitivity.value);
        QCOMPARE(*metrics.accuracy.value, 1.0);
        QCOMPARE(computeMetrics(Scores{}, 0.5, 50).n, std::int64_t{0});
    }

    void theThresholdStaysAtOneHalfOnAWidePlateau()
    {
        QCOMPARE(chooseThreshold(binary({0.1F, 0.2F, 0.9F, 0.95F}, {0, 0, 1, 1})), 0.5);
        const double low = chooseThreshold(binary({0.01F, 0.02F, 0.2F, 0.3F}, {0, 0, 1, 1}));
        QVERIFY(low > 0.02 && low <= 0.2);
        const double high = chooseThreshold(binary({0.6F, 0.7F, 0.8F, 0.9F}, {0, 0, 1, 1}));
        QVERIFY(high > 0.7 && high <= 0.8);
        QCOMPARE(chooseThreshold(binary({0.6F, 0.7F}, {1, 1})), 0.5);
    }

    void aSureAndRightModelIsCalibratedAndASureAndWrongOneIsNot()
    {
        QVERIFY(computeMetrics(binary({0.0F, 1.0F}, {0, 1}), 0.5, 0).ece < 1e-9);
        QVERIFY(std::abs(computeMetrics(binary({1.0F, 0.0F}, {0, 1}), 0.5, 0).ece - 1) < 1e-9);
    }
};

int metricsTest(int argc, char** argv)
{
    MetricsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "metrics_test.moc"
