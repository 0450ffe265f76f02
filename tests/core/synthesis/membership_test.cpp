#include <QtTest>

#include "core/base/random.h"
#include "core/synthesis/membership.h"

#include <cmath>
#include <limits>

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

struct Leak {
    double ofMembers = 0;     ///< how much higher members score, in standard deviations
    double ofSecondClass = 0; ///< how much higher the second class scores, members or not
    std::int64_t imagesAPatient = 1;
};

/// Members are mostly of the first class, strangers mostly of the second.
std::vector<MembershipCase> scored(const Leak& leak, std::uint64_t seed)
{
    Random random(seed, "scores");
    std::vector<MembershipCase> cases;
    for (std::int64_t patient = 0; patient < 800; ++patient) {
        const bool isMember = patient % 2 == 0;
        const int label = random.uniform() < (isMember ? 0.2 : 0.8) ? 1 : 0;
        const double score = random.normal() + (isMember ? leak.ofMembers : 0) + label * leak.ofSecondClass;
        for (std::int64_t image = 0; image < leak.imagesAPatient; ++image)
            cases.push_back({static_cast<float>(score), isMember, label, patient});
    }
    return cases;
}

std::string why(const std::vector<MembershipCase>& cases)
{
    const auto result = computeMembership(cases);
    return result ? std::string() : english(result.error());
}

} // namespace

class MembershipTest : public QObject {
    Q_OBJECT
  private slots:
    void aLeakHasItsClosedForm()
    {
        // P(N(1, 1) > N(0, 1)) = Φ(1 / √2)
        const double expected = (1 + std::erf(0.5)) / 2;
        const auto membership = computeMembership(scored({1, 0, 1}, 1));
        QVERIFY2(std::abs(*membership->pooled.value - expected) < 0.03,
            qPrintable(QString::number(*membership->pooled.value)));
        QVERIFY(membership->pooled.low < expected && expected < membership->pooled.high);
        QVERIFY(membership->pooled.low > 0.55);
        QCOMPARE(membership->pooled.n, 800);
        for (const learning::Figure& figure : membership->perClass)
            QVERIFY(figure.low < *figure.value && *figure.value < figure.high);
    }

    void scoresThatDifferByClassAloneAreNoLeak()
    {
        const auto membership = computeMembership(scored({0, 3, 1}, 2));
        QVERIFY2(membership->pooled.low < 0.5 && membership->pooled.high > 0.5,
            qPrintable(QString::number(*membership->pooled.value)));
        QVERIFY(std::abs(*membership->pooled.value - 0.5) < 0.05);
    }

    void imagesOfOnePatientDoNotNarrowTheInterval()
    {
        const auto once = computeMembership(scored({0.3, 0, 1}, 3)), often = computeMembership(scored({0.3, 0, 5}, 3));
        QVERIFY(std::abs(*once->pooled.value - *often->pooled.value) < 1e-12);
        const double width = once->pooled.high - once->pooled.low;
        QVERIFY(std::abs((often->pooled.high - often->pooled.low) / width - 1) < 0.1);
    }

    void tiesCountByHalfAndAClassWithoutStrangersHasNoFigure()
    {
        const std::vector<MembershipCase> cases{{1, true, 0, 0}, {1, false, 0, 1}, {0, false, 0, 2}, {5, true, 2, 3}};
        const auto membership = computeMembership(cases, 50);
        QCOMPARE(*membership->perClass[0].value, 0.75);
        QVERIFY(!membership->perClass[1].value && !membership->perClass[2].value);
        QCOMPARE(*membership->pooled.value, 0.75);
        QCOMPARE(membership->perClass[2].n, 1);
    }

    void badCasesAreRefusedInWords()
    {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(why({{1, true, 0, 0}, {nan, false, 0, 1}}), std::string("The score of image 2 is not a number."));
        QCOMPARE(why({{1, true, -1, 0}, {0, false, 0, 1}}), std::string("Image 1 has no class or no patient."));
        QVERIFY(why({{1, true, 0, 0}, {0, false, 1, 1}}).find("No class has both") == 0);
        QVERIFY(why({}).find("No class has both") == 0);
    }
};

int membershipTest(int argc, char** argv)
{
    MembershipTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "membership_test.moc"
