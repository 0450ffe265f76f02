#include <QtTest>

#include "core/base/random.h"
#include "core/synthesis/adversarial_loss.h"
#include "core/synthesis/collapse_alarm.h"

#include <cmath>
#include <limits>

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

/// Signs as a hinge training shows them: slow waves and the noise of batches about a gap and a loss.
struct Course {
    double gap = 1.7, loss = 0.6, gapGrowth = 0, lossGrowth = 0; ///< growth in 1,000 steps
    std::uint64_t seed = 1;

    StepSigns at(std::int64_t step) const
    {
        Random random(seed, "course", 0, static_cast<std::uint64_t>(step));
        const double t = static_cast<double>(step) / 1000, wave = std::sin(7 * t + static_cast<double>(seed));
        const double apart = gap + gapGrowth * t + 0.4 * wave + 0.3 * random.normal();
        const double paid = loss + lossGrowth * t + 0.4 * wave + 0.3 * random.normal();
        return {apart - paid, -paid, 1.2, paid, 0.5 * std::exp(0.6 * random.normal())};
    }
};

/// The step of the first stop; −1 without one.
std::int64_t stopOf(const Course& course, std::int64_t steps)
{
    AlarmState state;
    for (std::int64_t step = 0; step < steps; ++step)
        if (alarmAtStep(state, course.at(step)).action == AlarmAction::Stop)
            return step;
    return -1;
}

AlarmState warmedUp()
{
    AlarmState state;
    for (std::int64_t step = 0; step < 150; ++step)
        alarmAtStep(state, Course().at(step));
    return state;
}

StepSigns withNorm(double norm)
{
    StepSigns signs = Course().at(0);
    signs.gradientNorm = norm;
    return signs;
}

/// The smallest hinge GAN: G(z) = a z + b against D(x) = u x + v x² + w, on normal numbers.
class SmallGan {
  public:
    StepSigns step(double rate, std::int64_t number)
    {
        Random random(3, "small gan", 0, static_cast<std::uint64_t>(number));
        double du = 0, dv = 0, dw = 0, da = 0, db = 0;
        StepSigns signs;
        for (int i = 0; i < batch; ++i) {
            const double real = 1 + 0.5 * random.normal(), z = random.normal(), fake = a * z + b;
            for (const auto& [x, origin] : {std::pair{real, Origin::Real}, std::pair{fake, Origin::Made}}) {
                const LossTerm term = discriminatorTerm(AdversarialLoss::Hinge, origin, score(x));
                du += term.slope * x / batch;
                dv += term.slope * x * x / batch;
                dw += term.slope / batch;
                signs.discriminatorLoss += term.loss / batch;
                (origin == Origin::Real ? signs.realScore : signs.fakeScore) += score(x) / batch;
            }
            const LossTerm term = generatorTerm(AdversarialLoss::Hinge, score(fake));
            signs.generatorLoss += term.loss / batch;
            da += term.slope * (u + 2 * v * fake) * z / batch;
            db += term.slope * (u + 2 * v * fake) / batch;
        }
        signs.gradientNorm = std::hypot(da, db);
        const double decay = 0.5; // in place of R1, without which so small a GAN only circles
        u -= rate * (du + decay * u);
        v -= rate * (dv + decay * v);
        w -= rate * (dw + decay * w);
        a -= rate * da;
        b -= rate * db;
        return signs;
    }
    double a = 0.1, b = -1;

  private:
    static constexpr int batch = 64;
    double score(double x) const { return u * x + v * x * x + w; }
    double u = 0, v = 0, w = 0;
};

} // namespace

class CollapseAlarmTest : public QObject {
    Q_OBJECT
  private slots:
    void aHealthyTrainingRaisesNone()
    {
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            Course course;
            course.seed = seed;
            QCOMPARE(stopOf(course, 10000), -1);
            course.gap = 2.6;
            course.lossGrowth = 0.1;
            QCOMPARE(stopOf(course, 10000), -1);
        }
    }

    void aDiscriminatorThatWinsIsSaid()
    {
        const Course course{2.5, 1, 4, 4, 1};
        AlarmState state;
        Alarm alarm;
        std::int64_t step = 0;
        for (; step < 3000 && alarm.action == AlarmAction::None; ++step)
            alarm = alarmAtStep(state, course.at(step));
        QCOMPARE(alarm.action, AlarmAction::Stop);
        QVERIFY2(step <= 1500, qPrintable(QString::number(step)));
        QVERIFY(
            english(alarm.reason).starts_with("The discriminator has won: it tells real from synthetic images by "));
        QVERIFY(english(alarm.advice).find("augmentation") != std::string::npos);
    }

    void aWideGapOrAGrowingLossAloneIsNoVictory()
    {
        QCOMPARE(stopOf({5, 3, 0, 0, 1}, 10000), -1);
        QCOMPARE(stopOf({1, 1, 0, 4, 1}, 3000), -1);
        QVERIFY(stopOf({5, 3, 0, 4, 1}, 3000) > 0);
    }

    void whatIsNoNumberStopsWithinTheStep_data()
    {
        QTest::addColumn<int>("sign");
        for (int sign = 0; sign < 5; ++sign)
            QTest::addRow("%d", sign) << sign;
    }
    void whatIsNoNumberStopsWithinTheStep()
    {
        QFETCH(int, sign);
        for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
            AlarmState state;
            for (std::int64_t step = 0; step < 50; ++step) {
                StepSigns signs = Course().at(step);
                double* const values[] = {&signs.realScore, &signs.fakeScore, &signs.discriminatorLoss,
                    &signs.generatorLoss, &signs.gradientNorm};
                if (step == 37)
                    *values[sign] = bad;
                const Alarm alarm = alarmAtStep(state, signs);
                QCOMPARE(alarm.action, step == 37 ? AlarmAction::Stop : AlarmAction::None);
                if (step == 37)
                    break;
            }
        }
        AlarmState state;
        QCOMPARE(alarmAtEvaluation(state, {1000, {{1, std::nan("")}}, 0.5}).action, AlarmAction::Stop);
        QCOMPARE(alarmAtEvaluation(state, {1000, {{1, 1}}, std::nan("")}).action, AlarmAction::Stop);
    }

    void aWildGradientIsSkippedAndTheTenthStops()
    {
        AlarmState state = warmedUp();
        for (int wild = 1; wild <= 10; ++wild) {
            QCOMPARE(alarmAtStep(state, withNorm(0.5)).action, AlarmAction::None);
            const std::int64_t taken = state.normCount;
            const Alarm alarm = alarmAtStep(state, withNorm(500));
            QCOMPARE(alarm.action, wild < 10 ? AlarmAction::SkipStep : AlarmAction::Stop);
            QVERIFY(english(alarm.reason).find(std::to_string(wild) + " of 10") != std::string::npos);
            QCOMPARE(state.normCount, taken);
        }
        QCOMPARE(alarmAtStep(state, withNorm(20)).action, AlarmAction::None);
    }

    void aRateAThousandTimesTooHighIsStopped()
    {
        AlarmState state;
        SmallGan gan;
        std::int64_t step = 0;
        for (; step < 4000; ++step)
            QCOMPARE(alarmAtStep(state, gan.step(0.01, step)).action, AlarmAction::None);
        QVERIFY2(std::abs(gan.b - 1) < 0.3, qPrintable(QString::number(gan.b)));
        AlarmAction action = AlarmAction::None;
        for (; step < 4100 && action != AlarmAction::Stop; ++step)
            action = alarmAtStep(state, gan.step(10, step)).action;
        QCOMPARE(action, AlarmAction::Stop);
    }

    void aConstantGeneratorIsSaidAtItsFirstEvaluation()
    {
        AlarmState state;
        const Alarm alarm = alarmAtEvaluation(state, {1000, {{0.05, 0.03, "normal"}, {0.05, 0, "lesion"}}, 0.002});
        QCOMPARE(alarm.action, AlarmAction::Stop);
        QCOMPARE(english(alarm.reason),
            std::string("Collapse: the samples of \"lesion\" differ 0 % of what its real images do."));
        QCOMPARE(alarmAtEvaluation(state, {1000, {{0.05, 0.0101}}, 0.002}).action, AlarmAction::None);
        QCOMPARE(alarmAtEvaluation(state, {1000, {{0.05, 0.0099}}, 0.002}).action, AlarmAction::Stop);
    }

    void samplesOfTheFirstStepsMayBeAlike()
    {
        AlarmState state;
        QCOMPARE(alarmAtEvaluation(state, {100, {{0.05, 0.001}}, 0}).action, AlarmAction::None);
        QCOMPARE(alarmAtEvaluation(state, {500, {{0.05, 0.001}}, 0}).action, AlarmAction::Stop);
    }

    void coverageThatFallsByHalfIsACollapse()
    {
        AlarmState state;
        // Measured on a training that went well.
        for (const double coverage : {0.05, 0.02, 0.20, 0.57, 0.65, 0.74, 0.83, 0.90, 0.87, 0.91, 0.94})
            QCOMPARE(alarmAtEvaluation(state, {1000, {}, coverage}).action, AlarmAction::None);
        QCOMPARE(alarmAtEvaluation(state, {1000, {}, 0.6}).action, AlarmAction::None);
        const Alarm alarm = alarmAtEvaluation(state, {1000, {}, 0.46});
        QCOMPARE(alarm.action, AlarmAction::Stop);
        QCOMPARE(english(alarm.reason), std::string("Collapse: coverage fell from 0.94 to 0.46."));
    }

    void aSavedStateGoesOnAsIfNothingHadHappened()
    {
        const Course course{2.5, 1, 4, 4, 1};
        AlarmState whole, resumed;
        for (std::int64_t step = 0; step < 1500; ++step) {
            StepSigns signs = course.at(step);
            if (step % 211 == 210)
                signs.gradientNorm = 1e4;
            const Alarm alarm = alarmAtStep(whole, signs), again = alarmAtStep(resumed, signs);
            QCOMPARE(alarm.action, again.action);
            QVERIFY(alarm.reason == again.reason);
            if (step % 97 == 0) {
                alarmAtEvaluation(whole, {step, {}, 0.7});
                alarmAtEvaluation(resumed, {step, {}, 0.7});
                resumed = *alarmStateOf(numbersOf(resumed));
            }
            QVERIFY(whole == resumed);
        }
        QVERIFY(whole.skipped > 0 && whole.bestCoverage > 0 && whole.blocks > 5);
        std::vector<double> torn = numbersOf(whole);
        torn.pop_back();
        QVERIFY(!alarmStateOf(torn));
    }

    void varianceIsThatBetweenImages()
    {
        const std::vector<float> pixels{1, 10, 3, 10, 5, 40}; // 3 images of 2 pixels
        QCOMPARE(pixelVariance(pixels, 3), (4.0 + 300.0) / 2);
        QCOMPARE(pixelVariance(std::vector<float>(64, 0.25f), 8), 0.0);
    }
};

int collapseAlarmTest(int argc, char** argv)
{
    CollapseAlarmTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "collapse_alarm_test.moc"
