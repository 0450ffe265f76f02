#include <QtTest>

#include "core/base/random.h"
#include "core/synthesis/use_verdict.h"

#include <cmath>
#include <numeric>

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

struct Form {
    double skill = 1;     ///< how far the classes' scores lie apart, in standard deviations
    double seedNoise = 0; ///< standard deviation of the skill between the seeds
    int seeds = 5;
    int patients = 300;
    int imagesAPatient = 1;
    std::uint64_t trainings = 1; ///< other chance in training
    std::uint64_t cases = 1;     ///< other test cases
};

/// Rows of one trial share what makes a case hard, so that they can be compared pair by pair.
TrialRow trained(const std::string& name, const Form& form)
{
    TrialRow row{name, {}};
    for (int s = 0; s < form.seeds; ++s) {
        Random chance(form.trainings, "training", 0, static_cast<std::uint64_t>(s)), hard(form.cases, "hardness");
        const double skill = form.skill + form.seedNoise * chance.normal();
        learning::Scores scores;
        for (int patient = 0; patient < form.patients; ++patient) {
            const int label = patient % 2;
            const double logit = skill * label + hard.normal() + 0.1 * chance.normal();
            for (int i = 0; i < form.imagesAPatient; ++i) {
                const auto p = static_cast<float>(1 / (1 + std::exp(-logit)));
                scores.probabilities.insert(scores.probabilities.end(), {1 - p, p});
                scores.labels.push_back(label);
                scores.units.push_back(patient);
            }
        }
        row.seeds.push_back(scores);
    }
    return row;
}

Form form(double skill, std::uint64_t trainings)
{
    Form result;
    result.skill = skill;
    result.trainings = trainings;
    return result;
}

std::string why(const TrialRow& tried, const TrialRow& control)
{
    const auto verdict = judgeUse({tried, control});
    return verdict ? std::string() : english(verdict.error());
}

} // namespace

class UseVerdictTest : public QObject {
    Q_OBJECT
  private slots:
    void figuresOverSeedsAreStudents()
    {
        TrialRow row = trained("real", form(1, 1));
        const RowFigures figures = *figuresOf(row);
        QCOMPARE(figures.auc.size(), std::size_t{5});
        double squares = 0;
        for (const double auc : figures.auc)
            squares += (auc - figures.mean) * (auc - figures.mean);
        QVERIFY(std::abs((figures.interval->high - figures.mean) - 2.776 * std::sqrt(squares / 4 / 5)) < 1e-12);
        QVERIFY(std::abs((figures.mean - figures.interval->low) - 2.776 * std::sqrt(squares / 4 / 5)) < 1e-12);
        row.seeds.resize(1);
        QVERIFY(!figuresOf(row)->interval);
        QCOMPARE(figuresOf(row)->mean, figures.auc[0]);
    }

    void twoAlikeDidNotHelp()
    {
        const UseVerdict verdict = *judgeUse({trained("with synthetic", form(1, 1)), trained("real", form(1, 2))});
        QCOMPARE(verdict.use, Use::DidNotHelp);
        QVERIFY(verdict.interval.low < 0 && verdict.interval.high > 0);
        QVERIFY(english(verdict.sentence).starts_with("Did not help: AUC "));
        QCOMPARE(verdict.sentence.context, std::string("synthesis"));
    }

    void aBetterRowHelpedAndSwappedItHarmed()
    {
        const TrialRow better = trained("better", form(1.6, 1)), worse = trained("worse", form(1, 2));
        const UseVerdict helped = *judgeUse({better, worse}), harmed = *judgeUse({worse, better});
        QCOMPARE(helped.use, Use::Helped);
        QCOMPARE(harmed.use, Use::Harmed);
        QCOMPARE(helped.difference, -harmed.difference);
        QVERIFY(std::abs(helped.interval.low + harmed.interval.high) < 1e-12);
        QVERIFY(english(helped.sentence).starts_with("Helped: AUC +0."));
        QVERIFY(english(harmed.sentence).starts_with("Harmed: AUC -0."));
    }

    void aRowAgainstItselfIsSaidWithoutSigns()
    {
        const TrialRow row = trained("real", form(1, 1));
        QCOMPARE(
            english(judgeUse({row, row})->sentence), std::string("Did not help: AUC 0.000, interval 0.000 to 0.000."));
    }

    void pairingNarrowsTheInterval()
    {
        Form others = form(1, 2);
        others.cases = 2;
        const TrialRow row = trained("real", form(1, 1));
        const TrialRow unpaired = trained("others", others);
        const auto width = [](const UseVerdict& verdict) { return verdict.interval.high - verdict.interval.low; };
        QVERIFY(2 * width(*judgeUse({trained("paired", form(1, 2)), row})) < width(*judgeUse({unpaired, row})));
    }

    void chanceOfTrainingWidensTheInterval()
    {
        Form noisy = form(1.2, 3);
        noisy.seedNoise = 0.5;
        const TrialRow control = trained("real", form(1, 1));
        QCOMPARE(judgeUse({trained("steady", form(1.2, 3)), control})->use, Use::Helped);
        QCOMPARE(judgeUse({trained("noisy", noisy), control})->use, Use::DidNotHelp);
    }

    void imagesOfOnePatientDoNotNarrowTheInterval()
    {
        const auto width = [](int imagesAPatient) {
            Form tried = form(1, 1), control = form(1, 2);
            tried.seeds = control.seeds = 1;
            tried.imagesAPatient = control.imagesAPatient = imagesAPatient;
            const UseVerdict verdict = *judgeUse({trained("a", tried), trained("b", control)});
            return verdict.interval.high - verdict.interval.low;
        };
        QVERIFY(width(1) > 0);
        QVERIFY(std::abs(width(4) / width(1) - 1) < 1e-9);
    }

    void withoutAnEffectFewTrialsSayThatThereIsOne()
    {
        int wrong = 0;
        for (std::uint64_t trial = 0; trial < 60; ++trial) {
            Form tried = form(1, 1000 + trial), control = form(1, 2000 + trial);
            tried.cases = control.cases = trial;
            tried.seedNoise = control.seedNoise = 0.05;
            tried.patients = control.patients = 120;
            wrong += judgeUse({trained("a", tried), trained("b", control)}, 200)->use != Use::DidNotHelp ? 1 : 0;
        }
        QVERIFY2(wrong <= 6, qPrintable(QString::number(wrong)));
    }

    void rowsThatCannotBeComparedAreRefusedInWords()
    {
        const TrialRow row = trained("real", form(1, 1));
        TrialRow fewer = row, other = row, none{"none", {}}, oneClass = row, holed = row, torn = row;
        fewer.seeds.pop_back();
        QCOMPARE(why(fewer, row), std::string("The row real was trained with 4 seeds and real with 5."));
        for (learning::Scores& seed : other.seeds)
            std::swap(seed.labels[0], seed.labels[1]);
        QCOMPARE(why(other, row), std::string("The rows real and real were not judged on the same cases."));
        QCOMPARE(why(none, row), std::string("The row none was trained with no seed."));
        for (learning::Scores& seed : oneClass.seeds)
            std::ranges::fill(seed.labels, 1);
        QCOMPARE(why(oneClass, oneClass), std::string("The test cases of the row real are all of one class."));
        QVERIFY(!judgeUse({row, row}, 0));
        holed.seeds[2].probabilities[7] = std::nanf("");
        QCOMPARE(why(row, holed), std::string("A probability of the row real is not a number."));
        torn.seeds[1].units.pop_back();
        QVERIFY(why(torn, row).find("299 patients") != std::string::npos);
        torn = row;
        torn.seeds[1].units[0] = 5;
        QCOMPARE(why(torn, row), std::string("The seeds of the row real were not judged on the same cases."));
    }
};

int useVerdictTest(int argc, char** argv)
{
    UseVerdictTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "use_verdict_test.moc"
