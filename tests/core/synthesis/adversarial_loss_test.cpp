#include <QtTest>

#include "core/synthesis/adversarial_loss.h"

#include <cmath>
#include <limits>

using namespace hounsfield::synthesis;

namespace {

constexpr double step = 1e-6;

template <typename Term> void compareSlope(Term&& term, double score)
{
    const double numeric = (term(score + step).loss - term(score - step).loss) / (2 * step);
    QVERIFY2(std::abs(numeric - term(score).slope) < 1e-6, qPrintable(QString::number(score)));
}

} // namespace

class AdversarialLossTest : public QObject {
    Q_OBJECT
  private slots:
    void hingeAsksForAMarginOfOneOnEachSide()
    {
        const auto real = [](double score) { return discriminatorTerm(AdversarialLoss::Hinge, Origin::Real, score); };
        const auto made = [](double score) { return discriminatorTerm(AdversarialLoss::Hinge, Origin::Made, score); };
        QCOMPARE(real(0.25).loss, 0.75);
        QCOMPARE(real(1.5).loss, 0.0);
        QCOMPARE(real(1.5).slope, 0.0);
        QCOMPARE(made(0.25).loss, 1.25);
        QCOMPARE(made(-1.5).loss, 0.0);
        QCOMPARE(generatorTerm(AdversarialLoss::Hinge, 0.25).loss, -0.25);
    }

    void logisticLossIsThatOfAScoreAsLogit()
    {
        const double score = 0.7, sigmoid = 1 / (1 + std::exp(-score));
        const auto loss = AdversarialLoss::NonSaturating;
        QVERIFY(std::abs(discriminatorTerm(loss, Origin::Real, score).loss + std::log(sigmoid)) < 1e-12);
        QVERIFY(std::abs(discriminatorTerm(loss, Origin::Made, score).loss + std::log(1 - sigmoid)) < 1e-12);
        QVERIFY(std::abs(generatorTerm(loss, score).loss + std::log(sigmoid)) < 1e-12);
        QCOMPARE(discriminatorTerm(loss, Origin::Made, 800).loss, 800.0);
    }

    void slopesAreTheDerivatives()
    {
        for (const auto loss : {AdversarialLoss::Hinge, AdversarialLoss::NonSaturating})
            for (const double score : {-3.0, -0.4, 0.3, 2.5}) {
                compareSlope([&](double s) { return discriminatorTerm(loss, Origin::Real, s); }, score);
                compareSlope([&](double s) { return discriminatorTerm(loss, Origin::Made, s); }, score);
                compareSlope([&](double s) { return generatorTerm(loss, s); }, score);
            }
    }

    void aScoreThatIsNoNumberIsSeen()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        for (const auto loss : {AdversarialLoss::Hinge, AdversarialLoss::NonSaturating})
            for (const auto origin : {Origin::Real, Origin::Made})
                QVERIFY(std::isnan(discriminatorTerm(loss, origin, nan).loss));
    }
};

int adversarialLossTest(int argc, char** argv)
{
    AdversarialLossTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "adversarial_loss_test.moc"
