#include <QtTest>

#include "core/synthesis/frechet_distance.h"

#include <cmath>
#include <limits>

#include "tests/core/synthesis/feature_sets.h"

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

/// Rows a Gaussian by linear map: (x, y) = (2 u, u + v) has the covariance (4 2; 2 2).
FeatureSet correlated(std::int64_t count, std::uint64_t seed)
{
    FeatureSet features = drawNormal({count, 2, seed});
    for (std::int64_t i = 0; i < count; ++i) {
        float* row = &features.values[static_cast<std::size_t>(2 * i)];
        row[1] += row[0];
        row[0] *= 2;
    }
    return features;
}

std::string why(const Sides& sides)
{
    const auto result = frechetDistance(sides);
    return result ? std::string() : english(result.error());
}

} // namespace

class FrechetDistanceTest : public QObject {
    Q_OBJECT
  private slots:
    void independentNormalsHaveTheirClosedForm()
    {
        const std::int64_t width = 8;
        const FeatureSet real = drawNormal({60000, width, 1});
        const FeatureSet synthetic = drawNormal({60000, width, 2, 0.5, 3});
        const double expected = width * (0.5 * 0.5 + (3 - 1) * (3 - 1));
        const double distance = *frechetDistance({real, synthetic});
        QVERIFY2(std::abs(distance - expected) < 0.01 * expected, qPrintable(QString::number(distance)));
    }

    void covariancesThatDoNotCommuteHaveTheirClosedForm()
    {
        // tr (C₁ C₂)^½ of 2 × 2 matrices is √(tr C₁C₂ + 2 √det C₁C₂); here C₁ = (4 2; 2 2), C₂ = I.
        const double expected = 6 + 2 - 2 * std::sqrt(6 + 2 * std::sqrt(4.0));
        const FeatureSet real = correlated(200000, 3), synthetic = drawNormal({200000, 2, 4});
        const double distance = *frechetDistance({real, synthetic});
        QVERIFY2(std::abs(distance - expected) < 0.02, qPrintable(QString::number(distance)));
        QVERIFY(std::abs(distance - *frechetDistance({synthetic, real})) < 1e-9);
    }

    void equalSetsAreAtZeroAlsoWhenTheirCovarianceIsSingular()
    {
        const FeatureSet few = drawNormal({20, 64, 5});
        QVERIFY(*frechetDistance({few, few}) < 1e-5);
        FeatureSet withDeadFeature = drawNormal({500, 4, 6});
        for (std::size_t i = 0; i < withDeadFeature.values.size(); i += 4)
            withDeadFeature.values[i] = 7;
        QVERIFY(*frechetDistance({withDeadFeature, withDeadFeature}) < 1e-5);
    }

    void aShiftAloneIsItsSquare()
    {
        const FeatureSet real = drawNormal({300, 16, 7});
        FeatureSet moved = real;
        for (float& value : moved.values)
            value += 0.25f;
        QVERIFY(std::abs(*frechetDistance({real, moved}) - 16 * 0.25 * 0.25) < 1e-4);
    }

    void fewImagesLookFartherThanMany()
    {
        const auto at = [](std::int64_t n) {
            return *frechetDistance({drawNormal({n, 16, 8}), drawNormal({n, 16, 9})});
        };
        QVERIFY(at(100) > 5 * at(2000));
    }

    void aConstantGeneratorHasADistance()
    {
        const FeatureSet real = drawNormal({20000, 4, 10}), constant = constantFeatures(20000, 4, 1);
        QVERIFY(std::abs(*frechetDistance({real, constant}) - 4 * (1 + 1)) < 0.1);
    }

    void badFeaturesAreRefusedInWords()
    {
        const FeatureSet good = drawNormal({10, 4, 11}), narrow = drawNormal({10, 3, 11});
        QVERIFY(why({good, narrow}).find("Real images have 4 features and synthetic ones 3.") != std::string::npos);
        QVERIFY(why({narrow, good}).find("Real images have 3 features and synthetic ones 4.") != std::string::npos);
        QVERIFY(why({good, drawNormal({1, 4, 1})}).find("1 synthetic images") != std::string::npos);
        QVERIFY(why({constantFeatures(10, 4, 2), good}).find("All 10 real images") != std::string::npos);
        FeatureSet holed = good;
        holed.values[9] = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(why({holed, good}).find("Feature 2 of image 3 is not a number (real images)") != std::string::npos);
        FeatureSet torn = good;
        torn.values.pop_back();
        QVERIFY(why({good, torn}).find("39 values") != std::string::npos);
        QCOMPARE(why({good, good}), std::string());
    }
};

int frechetDistanceTest(int argc, char** argv)
{
    FrechetDistanceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "frechet_distance_test.moc"
