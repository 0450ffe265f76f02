#include <QtTest>

#include "core/synthesis/kernel_distance.h"

#include <algorithm>
#include <cmath>

#include "tests/core/synthesis/feature_sets.h"

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

double kernel(const FeatureSet& a, std::int64_t i, const FeatureSet& b, std::int64_t j)
{
    double product = 0;
    for (std::int64_t f = 0; f < a.width; ++f)
        product += static_cast<double>(a.row(i)[static_cast<std::size_t>(f)])
                   * static_cast<double>(b.row(j)[static_cast<std::size_t>(f)]);
    return std::pow(product / static_cast<double>(a.width) + 1, 3);
}

/// As the paper writes it, over all images of both sides.
double discrepancy(const Sides& sides)
{
    const auto mean = [](const FeatureSet& a, const FeatureSet& b, bool isOneSide) {
        double sum = 0;
        for (std::int64_t i = 0; i < a.count; ++i)
            for (std::int64_t j = 0; j < b.count; ++j)
                sum += isOneSide && i == j ? 0 : kernel(a, i, b, j);
        return sum / static_cast<double>(a.count * (b.count - (isOneSide ? 1 : 0)));
    };
    return mean(sides.real, sides.real, true) + mean(sides.synthetic, sides.synthetic, true)
           - 2 * mean(sides.real, sides.synthetic, false);
}

} // namespace

class KernelDistanceTest : public QObject {
    Q_OBJECT
  private slots:
    void overManySubsetsTheMeanIsThatOfAllImages()
    {
        const FeatureSet real = drawNormal({40, 5, 1}), synthetic = drawNormal({40, 5, 2, 0.4});
        const double expected = discrepancy({real, synthetic});
        const auto distance = kernelDistance({real, synthetic}, {4000, 20, 3});
        QVERIFY2(std::abs(distance->mean - expected) < 4 * distance->standardDeviation / std::sqrt(4000.0),
            qPrintable(QString("%1, not %2").arg(distance->mean).arg(expected)));
    }

    void isUnbiasedAndMayBeNegative()
    {
        std::vector<double> distances;
        for (std::uint64_t draw = 0; draw < 200; ++draw)
            distances.push_back(
                kernelDistance({drawNormal({60, 8, 2 * draw}), drawNormal({60, 8, 2 * draw + 1})}, {5, 500, draw})
                    ->mean);
        double mean = 0, squares = 0;
        for (const double distance : distances)
            mean += distance / 200;
        for (const double distance : distances)
            squares += (distance - mean) * (distance - mean) / 199;
        QVERIFY2(std::abs(mean) < 3 * std::sqrt(squares / 200), qPrintable(QString::number(mean)));
        QVERIFY(std::ranges::min(distances) < 0);
        QVERIFY(std::ranges::max(distances) > 0);
    }

    void growsWithTheShiftAndIsSymmetric()
    {
        const FeatureSet real = drawNormal({400, 8, 1});
        const auto to = [&](double mean) { return kernelDistance({real, drawNormal({400, 8, 2, mean})})->mean; };
        QVERIFY(to(0) < 0.1);
        QVERIFY(to(0.5) > 0.3);
        QVERIFY(to(1) > 2 * to(0.5));
    }

    void theSubsetSizeFollowsTheSmallerSide()
    {
        const FeatureSet many = drawNormal({1200, 3, 1}), some = drawNormal({876, 3, 2}), few = drawNormal({9, 3, 3});
        QCOMPARE(kernelDistance({many, many})->subsetSize, 500);
        QCOMPARE(kernelDistance({many, some})->subsetSize, 438);
        QCOMPARE(kernelDistance({few, some})->subsetSize, 4);
        QCOMPARE(kernelDistance({many, some})->subsets, 50);
        QVERIFY(!kernelDistance({many, drawNormal({3, 3, 4})}));
        QVERIFY(!kernelDistance({many, some}, {0, 500, 1}));
    }

    void theSeedAloneDecides()
    {
        const FeatureSet real = drawNormal({300, 6, 1}), synthetic = drawNormal({250, 6, 2});
        const auto first = kernelDistance({real, synthetic}, {50, 500, 7});
        const auto again = kernelDistance({real, synthetic}, {50, 500, 7});
        const auto other = kernelDistance({real, synthetic}, {50, 500, 8});
        QCOMPARE(first->mean, again->mean);
        QCOMPARE(first->standardDeviation, again->standardDeviation);
        QVERIFY(first->mean != other->mean);
        QVERIFY(first->standardDeviation > 0);
    }

    void aStopIsObeyed()
    {
        std::stop_source stop;
        stop.request_stop();
        const FeatureSet real = drawNormal({100, 6, 1});
        const auto result = kernelDistance({real, real}, {}, Monitor(stop.get_token()));
        QVERIFY(!result && result.error().kind == Error::Kind::Cancelled);
    }
};

int kernelDistanceTest(int argc, char** argv)
{
    KernelDistanceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "kernel_distance_test.moc"
