#include <QtTest>

#include "core/synthesis/distances.h"
#include "core/synthesis/neighbour_measures.h"

#include <algorithm>
#include <cmath>

#include "tests/core/synthesis/feature_sets.h"

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

double squaredDistance(const FeatureSet& a, std::int64_t i, const FeatureSet& b, std::int64_t j)
{
    double sum = 0;
    for (std::size_t f = 0; f < static_cast<std::size_t>(a.width); ++f)
        sum += std::pow(static_cast<double>(a.row(i)[f]) - static_cast<double>(b.row(j)[f]), 2);
    return sum;
}

/// Squared distance to the k-th nearest other of the same side.
double radius(const FeatureSet& side, std::int64_t i, std::size_t k)
{
    std::vector<double> distances;
    for (std::int64_t j = 0; j < side.count; ++j)
        if (j != i)
            distances.push_back(squaredDistance(side, i, side, j));
    std::ranges::sort(distances);
    return distances[k - 1];
}

/// As the papers write it, ball by ball.
NeighbourMeasures naive(const Sides& sides)
{
    std::vector<char> precise(static_cast<std::size_t>(sides.synthetic.count));
    double pairs = 0, covered = 0, recalled = 0;
    for (std::int64_t i = 0; i < sides.real.count; ++i) {
        const double third = radius(sides.real, i, 3), fifth = radius(sides.real, i, 5);
        bool isCovered = false, isRecalled = false;
        for (std::int64_t j = 0; j < sides.synthetic.count; ++j) {
            const double distance = squaredDistance(sides.real, i, sides.synthetic, j);
            precise[static_cast<std::size_t>(j)] |= static_cast<char>(distance <= third);
            pairs += distance < fifth ? 1 : 0;
            isCovered |= distance < fifth;
            isRecalled |= distance <= radius(sides.synthetic, j, 3);
        }
        covered += isCovered ? 1 : 0;
        recalled += isRecalled ? 1 : 0;
    }
    const auto real = static_cast<double>(sides.real.count), synthetic = static_cast<double>(sides.synthetic.count);
    return {static_cast<double>(std::ranges::count(precise, 1)) / synthetic, recalled / real, pairs / (5 * synthetic),
        covered / real};
}

bool isNear(double value, double expected, double most)
{
    if (std::abs(value - expected) > most)
        qWarning("%g, not %g", value, expected);
    return std::abs(value - expected) <= most;
}

} // namespace

class NeighbourMeasuresTest : public QObject {
    Q_OBJECT
  private slots:
    void equalTheirNaiveTwin()
    {
        const FeatureSet real = drawNormal({83, 4, 1}), synthetic = drawNormal({70, 4, 2, 0.6, 0.7});
        const NeighbourMeasures measures = *neighbourMeasures({real, synthetic}), twin = naive({real, synthetic});
        QCOMPARE(measures.precision, twin.precision);
        QCOMPARE(measures.recall, twin.recall);
        QCOMPARE(measures.density, twin.density);
        QCOMPARE(measures.coverage, twin.coverage);
        QVERIFY(measures.precision < 1 && measures.recall < 1 && measures.coverage < 1);
    }

    void realAgainstRealIsTheFloorOfThePapers()
    {
        double density = 0, coverage = 0;
        for (std::uint64_t draw = 0; draw < 4; ++draw) {
            const auto measures =
                neighbourMeasures({drawNormal({1000, 16, 2 * draw + 1}), drawNormal({1000, 16, 2 * draw + 2})});
            density += measures->density / 4;
            coverage += measures->coverage / 4;
        }
        QVERIFY(isNear(density, 1, 0.05));
        QVERIFY(isNear(coverage, 1 - std::pow(2.0, -5), 0.01));
    }

    void equalSetsHaveOneInAll()
    {
        const FeatureSet real = drawNormal({200, 8, 3});
        const auto measures = neighbourMeasures({real, real});
        QCOMPARE(measures->precision, 1.0);
        QCOMPARE(measures->recall, 1.0);
        QCOMPARE(measures->density, 1.0);
        QCOMPARE(measures->coverage, 1.0);
    }

    void setsFarApartHaveNothingInCommon()
    {
        const auto measures = neighbourMeasures({drawNormal({200, 8, 4}), drawNormal({200, 8, 5, 100})});
        QCOMPARE(measures->precision, 0.0);
        QCOMPARE(measures->recall, 0.0);
        QCOMPARE(measures->density, 0.0);
        QCOMPARE(measures->coverage, 0.0);
    }

    void swappedSidesSwapPrecisionAndRecall()
    {
        const FeatureSet wide = drawNormal({300, 8, 6}), bunched = drawNormal({300, 8, 7, 0, 0.5});
        const auto measures = neighbourMeasures({wide, bunched}), swapped = neighbourMeasures({bunched, wide});
        QCOMPARE(measures->precision, swapped->recall);
        QCOMPARE(measures->recall, swapped->precision);
        QVERIFY(measures->precision > 0.9);
        QVERIFY(measures->recall < 0.5);
    }

    void aConstantGeneratorCoversNothing()
    {
        const FeatureSet real = drawNormal({1000, 8, 8});
        const auto measures = neighbourMeasures({real, constantFeatures(1000, 8, 0)});
        QVERIFY(measures->coverage < 0.05);
        QCOMPARE(measures->recall, 0.0);
        QCOMPARE(measures->precision, 1.0);
    }

    void farFromZeroDistancesKeepTheirDigits()
    {
        FeatureSet real = drawNormal({100, 8, 9}), synthetic = drawNormal({100, 8, 10});
        for (FeatureSet* side : {&real, &synthetic})
            for (float& value : side->values)
                value = std::round(64 * value) / 64;
        const auto near = neighbourMeasures({real, synthetic});
        for (FeatureSet* side : {&real, &synthetic})
            for (float& value : side->values)
                value += 4096;
        const auto far = neighbourMeasures({real, synthetic});
        QCOMPARE(near->density, far->density);
        QCOMPARE(near->recall, far->recall);
    }

    void distancesOfManyBlocksAreThoseOfEachPair()
    {
        const FeatureSet from = drawNormal({1100, 3, 11}), to = drawNormal({70, 3, 12});
        std::vector<int> visits(1100);
        std::vector<double> worst(1100);
        const auto visited = visitSquaredDistances({from, to}, {}, [&](std::int64_t row, std::span<double> distances) {
            ++visits[static_cast<std::size_t>(row)];
            for (std::size_t j = 0; j < distances.size(); ++j)
                worst[static_cast<std::size_t>(row)] = std::max(worst[static_cast<std::size_t>(row)],
                    std::abs(distances[j] - squaredDistance(from, row, to, static_cast<std::int64_t>(j))));
        });
        QVERIFY(visited);
        QCOMPARE(std::ranges::count(visits, 1), 1100);
        QVERIFY(std::ranges::max(worst) < 1e-10);
    }

    void fiveImagesAreTooFew()
    {
        const FeatureSet real = drawNormal({100, 8, 1});
        QVERIFY(neighbourMeasures({real, drawNormal({6, 8, 2})}));
        const auto result = neighbourMeasures({real, drawNormal({5, 8, 2})});
        QVERIFY(!result);
        QCOMPARE(english(result.error()), std::string("There are 5 synthetic images; this measure needs 6 at least."));
    }
};

int neighbourMeasuresTest(int argc, char** argv)
{
    NeighbourMeasuresTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "neighbour_measures_test.moc"
