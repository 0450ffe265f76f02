#include <QtTest>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/learning/label_metrics.h"

#include <cmath>

using namespace hounsfield;
using namespace hounsfield::learning;

namespace {

LabelScores scoresOf(
    std::int64_t labels, const std::vector<float>& probabilities, const std::vector<std::uint8_t>& truth)
{
    LabelScores scores{labels, probabilities, truth, {}};
    for (std::int64_t i = 0; i < std::ssize(truth) / labels; ++i)
        scores.units.push_back(i);
    return scores;
}

/// Probabilities that lean towards the truth by `help` deviations; two cases a unit.
LabelScores randomScores(std::int64_t n, std::int64_t labels, double help, const char* purpose = "scores")
{
    LabelScores scores{labels, {}, {}, {}};
    Random truth(1, "truth"), noise(1, purpose);
    for (std::int64_t i = 0; i < n; ++i) {
        scores.units.push_back(i / 2);
        for (std::int64_t k = 0; k < labels; ++k) {
            const bool isPositive = truth.uniform() < 0.1;
            scores.truth.push_back(isPositive);
            const double z = noise.normal() + (isPositive ? help : 0) - 2;
            scores.probabilities.push_back(static_cast<float>(1 / (1 + std::exp(-z))));
        }
    }
    return scores;
}

} // namespace

class LabelMetricsTest : public QObject {
    Q_OBJECT
  private slots:
    void oneLabelAgreesWithHandValues()
    {
        // In falling order: 0.9 +, 0.8 −, (0.6 + −), 0.3 −, 0.2 +.
        const LabelScores scores = scoresOf(1, {0.3F, 0.9F, 0.6F, 0.2F, 0.8F, 0.6F}, {0, 1, 1, 1, 0, 0});
        const LabelMetrics metrics = computeLabelMetrics(scores, 0.5, 0);
        const LabelFigures& label = metrics.perLabel.at(0);
        QCOMPARE(label.positives, std::int64_t{3});
        // 9 pairs: 0.9 wins 3, 0.6 wins 1 and ties 1, 0.2 wins none.
        QCOMPARE(*label.auc.value, 4.5 / 9);
        // Precision 1 at the first, 2 of 4 at the tie, 3 of 6 at the last.
        QCOMPARE(*label.averagePrecision.value, (1 + 0.5 + 0.5) / 3);
        // Called 4, right 2, missed 1.
        QCOMPARE(*label.f1.value, 2.0 * 2 / (2 * 2 + 2 + 1));
        QCOMPARE(*metrics.means.microF1.value, *label.f1.value);
    }

    void averagePrecisionAgreesWithThePublishedExample()
    {
        // The example of scikit-learn's average_precision_score.
        const LabelScores scores = scoresOf(1, {0.1F, 0.4F, 0.35F, 0.8F}, {0, 0, 1, 1});
        const LabelMetrics metrics = computeLabelMetrics(scores, 0.5, 0);
        QVERIFY(std::abs(*metrics.perLabel[0].averagePrecision.value - 0.83333333) < 1e-8);
        QCOMPARE(*metrics.perLabel[0].auc.value, 0.75);
    }

    void meansLeaveOutLabelsOfOneKind()
    {
        // Label 0 ranks perfectly, label 1 is everywhere, label 2 nowhere but called once, label 3 is upside down.
        const LabelScores scores =
            scoresOf(4, {0.9F, 0.9F, 0.1F, 0.2F, /**/ 0.1F, 0.9F, 0.7F, 0.8F}, {1, 1, 0, 1, /**/ 0, 1, 0, 0});
        const LabelMetrics metrics = computeLabelMetrics(scores, 0.5, 0);
        QVERIFY(metrics.perLabel[0].auc.value && metrics.perLabel[3].f1.value);
        for (const std::size_t label : {1U, 2U})
            QVERIFY(!metrics.perLabel[label].auc.value && !metrics.perLabel[label].averagePrecision.value
                    && !metrics.perLabel[label].f1.value);
        QCOMPARE(*metrics.means.macroAuc.value, 0.5);
        QCOMPARE(*metrics.means.meanAveragePrecision.value, (1 + 0.5) / 2);
        QCOMPARE(*metrics.means.macroF1.value, 0.5);
        // Right: label 0 once, label 1 twice; wrong: labels 2 and 3 once each; missed: label 3 once.
        QCOMPARE(*metrics.means.microF1.value, 2.0 * 3 / (2 * 3 + 2 + 1));
    }

    void nothingGivesNoFigures()
    {
        const LabelMetrics metrics = computeLabelMetrics({3, {}, {}, {}}, 0.5);
        QVERIFY(!metrics.means.macroAuc.value && !metrics.means.microF1.value);
        QVERIFY(!figuresByMostProbable({3, {}, {}, {}}, 10).accuracy.value);
    }

    void theBestCommonThresholdIsFound()
    {
        const LabelScores scores = scoresOf(2, {0.31F, 0.11F, 0.05F, 0.33F, 0.08F, 0.125F}, {1, 0, 0, 1, 0, 0});
        QCOMPARE(globalThreshold(scores), 0.13); // the lowest that calls the two and no more
        QCOMPARE(globalThreshold(scoresOf(1, {0.9F, 0.01F}, {0, 1})), 0.02);
    }

    void theMostProbableClassIsCalled()
    {
        const LabelScores scores =
            scoresOf(3, {0.2F, 0.1F, 0.05F, /**/ 0.3F, 0.4F, 0.3F, /**/ 0.9F, 0.8F, 0.1F, /**/ 0.1F, 0.7F, 0.1F},
                {1, 0, 0, /**/ 0, 1, 0, /**/ 0, 1, 0, /**/ 0, 1, 0});
        const ClassMeans means = figuresByMostProbable(scores);
        QCOMPARE(*means.accuracy.value, 0.75);
        QCOMPARE(*means.macroF1.value, (2.0 / 3 + 0.8) / 2); // the third class has no cases
    }

    void intervalsHoldTheValueAndResampleUnits()
    {
        const LabelScores scores = randomScores(400, 6, 2);
        const LabelMetrics metrics = computeLabelMetrics(scores, 0.4);
        for (const Figure& figure : {metrics.means.macroAuc, metrics.means.meanAveragePrecision, metrics.means.macroF1,
                 metrics.means.microF1}) {
            QVERIFY(figure.low < *figure.value && *figure.value < figure.high);
            QVERIFY(figure.high - figure.low < 0.25);
        }
        LabelScores oneUnit = scores;
        std::ranges::fill(oneUnit.units, 7);
        const Figure same = computeLabelMetrics(oneUnit, 0.4, 50).means.macroAuc;
        QCOMPARE(same.low, *same.value);
        QCOMPARE(same.high, *same.value);
    }

    void labelsAndClassesHaveIntervalsToo()
    {
        const LabelScores scores = randomScores(400, 6, 2);
        for (const LabelFigures& label : computeLabelMetrics(scores, 0.4).perLabel)
            for (const Figure& figure : {label.auc, label.averagePrecision, label.f1})
                QVERIFY(figure.low < *figure.value && *figure.value < figure.high && figure.n == 400);
        LabelScores classes = scores;
        for (std::int64_t i = 0; i < classes.count(); ++i)
            for (std::int64_t k = 0; k < 6; ++k)
                classes.truth[static_cast<std::size_t>(6 * i + k)] = k == i % 6;
        const ClassMeans means = figuresByMostProbable(classes, 500);
        for (const Figure& figure : {means.accuracy, means.macroF1})
            QVERIFY(figure.low < *figure.value && *figure.value < figure.high && figure.n == 400);
    }

    void theGainOfABetterModelIsAboveZero()
    {
        const LabelScores weak = randomScores(400, 6, 1), strong = randomScores(400, 6, 3, "other");
        const auto gain = computeGain({weak, 0.3}, {strong, 0.4});
        QVERIFY(gain);
        QVERIFY(gain->macroAuc.low > 0 && gain->microF1.low > 0);
        QCOMPARE(*gain->macroF1.value, *computeLabelMetrics(strong, 0.4, 0).means.macroF1.value
                                           - *computeLabelMetrics(weak, 0.3, 0).means.macroF1.value);
        const auto none = computeGain({weak, 0.3}, {weak, 0.3}, 20);
        QVERIFY(none && none->macroAuc.low == 0 && none->macroAuc.high == 0);
        LabelScores other = strong;
        other.truth[0] = !other.truth[0];
        QCOMPARE(computeGain({weak, 0.3}, {other, 0.4}).error().kind, Error::Kind::BadInput);
    }

    void aThousandResamplesOfManyLabelsTakeLessThanTwoSeconds()
    {
        const LabelScores scores = randomScores(481, 47, 2);
        const Stopwatch watch;
        QVERIFY(computeLabelMetrics(scores, 0.4).means.macroAuc.value);
        qInfo("47 labels, 481 cases, 1000 resamples: %.3f s", watch.seconds());
        QVERIFY(watch.seconds() < 2);
    }
};

int labelMetricsTest(int argc, char** argv)
{
    LabelMetricsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "label_metrics_test.moc"
