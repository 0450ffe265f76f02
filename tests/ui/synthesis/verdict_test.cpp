#include <QAbstractItemModel>
#include <QComboBox>
#include <QListView>
#include <QSlider>
#include <QSpinBox>
#include <QTableView>

#include "ui/shell/message_bar.h"
#include "ui/synthesis/sample_grid.h"
#include "ui/synthesis/sample_list.h"
#include "ui/synthesis/verdict_words.h"

#include "tests/ui/synthesis/synthesis_fakes.h"

using namespace hounsfield;
using namespace hounsfield::synthesising;
using fakes::Bench;

namespace {

QString cell(QTableView* table, int row, int column)
{
    return table->model()->index(row, column).data().toString();
}

int rowOf(QTableView* table, const QString& name)
{
    for (int row = 0; row < table->model()->rowCount(); ++row)
        if (cell(table, row, 0).contains(name))
            return row;
    return -1;
}

} // namespace

/// What is said of a generator before its pictures are shown, and what may be done with them.
class VerdictTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        shell::theme::apply(*qApp);
    }

    void aFinishedTrainingShowsThatNothingIsKnownYetAndWhatATrialCosts()
    {
        Bench bench;
        bench.start();
        bench.trainOnce();
        QCOMPARE(bench.tab(), QString("Verdict"));
        QVERIFY(bench.words("verdict").startsWith("Not tried yet"));
        QVERIFY2(bench.words("verdictDetail").contains("It takes about"), qPrintable(bench.words("verdictDetail")));
        QVERIFY(bench.words("basis").startsWith("Not judged yet"));
        fakes::keepPicture(*bench.page, "not_tried_en");
    }

    void aTrialSaysInOneSentenceThatItDidNotHelp()
    {
        Bench bench;
        synthesis::TrialOptions asked;
        bench.core.trial = [&](const learning::DataSet&, const std::filesystem::path&,
                               const synthesis::TrialOptions& options,
                               const Monitor&) -> Result<synthesis::TrialResult> {
            asked = options;
            return fakes::trial(0.003, -0.010, 0.016);
        };
        bench.start();
        bench.trainOnce();
        bench.find<QSpinBox>("repetitions")->setValue(3);
        bench.click("try");
        QTRY_COMPARE(bench.words("verdict"), QString("Did not help: AUC +0.003, interval −0.010 to +0.016."));
        QCOMPARE(asked.seeds, std::int64_t{3});
        QCOMPARE(bench.find<QTableView>("trial")->model()->rowCount(), synthesis::trialArms);
        bench.click("judge");
        auto* measures = bench.find<QTableView>("measures");
        QTRY_COMPARE(measures->model()->rowCount(), 10);
        QVERIFY(cell(measures, rowOf(measures, "FID"), 2).contains("0.027"));
        QCOMPARE(cell(measures, rowOf(measures, "FID"), 3), QString("0.200"));
        QVERIFY(bench.words("basis").contains("116 images on each side"));
        QVERIFY(bench.words("basis").contains("not ImageNet"));
        fakes::keepPicture(*bench.page, "verdict_en");
        // The samples stand below the same sentence, and it is there after a restart.
        bench.showTab("Samples");
        QCOMPARE(bench.find("samplesVerdict")->text(), QString("Did not help: AUC +0.003, interval −0.010 to +0.016."));
        bench.start();
        bench.model->readRuns();
        QTRY_VERIFY(bench.model->run() != nullptr);
        QCOMPARE(bench.words("verdict"), QString("Did not help: AUC +0.003, interval −0.010 to +0.016."));
        QCOMPARE(bench.find<QTableView>("measures")->model()->rowCount(), 10);
    }

    void sentencesFollowTheInterval()
    {
        QVERIFY(trialSentence(fakes::trial(0.02, 0.01, 0.03)).startsWith("Helped: AUC +0.020"));
        QVERIFY(trialSentence(fakes::trial(-0.02, -0.03, -0.01)).startsWith("Did harm: AUC −0.020"));
        auto said = fakes::trial(0.02, 0.01, 0.03);
        said.verdict = Text{"test", "As core says it.", {}, {}};
        QCOMPARE(trialSentence(said), QString("As core says it."));
    }

    void anAbsentFigureSaysWhy()
    {
        Bench bench;
        bench.core.judge = [](const auto&, const auto&, const auto&,
                               const Monitor&) -> Result<synthesis::GeneratorJudgement> {
            auto judged = fakes::judgement(0.5);
            judged.membership = {};
            judged.missing["membership_auc"] = text("synthesis", "No patient was held back.");
            judged.tstr = {};
            judged.missing["tstr_auc"] = text("synthesis", "The data have no test part.");
            return judged;
        };
        bench.start();
        bench.trainOnce();
        bench.click("judge");
        auto* measures = bench.find<QTableView>("measures");
        QTRY_COMPARE(measures->model()->rowCount(), 10);
        QCOMPARE(cell(measures, rowOf(measures, "Memory"), 1), QString("–"));
        QCOMPARE(cell(measures, rowOf(measures, "Memory"), 4), QString("Not measured: No patient was held back."));
        QCOMPARE(cell(measures, rowOf(measures, "Trained on made"), 4),
            QString("Not measured: The data have no test part."));
    }

    void aJudgementIsStoppedAtOnce()
    {
        Bench bench;
        bench.core.judge = [](const auto&, const auto&, const auto&,
                               const Monitor& monitor) -> Result<synthesis::GeneratorJudgement> {
            while (monitor.at(text("synthesis", "Making images"), 0.3))
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            return cancelled();
        };
        bench.start();
        bench.trainOnce();
        bench.click("judge");
        QTRY_VERIFY(bench.find("stopVerdict")->isVisible());
        bench.click("stopVerdict");
        QTRY_VERIFY_WITH_TIMEOUT(!bench.find("stopVerdict")->isVisible(), 200);
        QVERIFY(bench.find("judge")->isEnabled());
        QVERIFY(bench.find<shell::MessageBar>("problem")->words().isEmpty());
    }

    void everySampleStandsBesideItsNearestTrainingImageTheSuspiciousFirst()
    {
        Bench bench;
        bench.start();
        bench.trainOnce();
        bench.showTab("Samples");
        auto* list = bench.find<QListView>("samples");
        QTRY_COMPARE(list->model()->rowCount(), 24);
        const auto first = [&] { return list->model()->index(0, 0); };
        QTRY_VERIFY(!first().data(SampleList::NearestRole).value<QImage>().isNull());
        QVERIFY(first().data(SampleList::AlarmRole).toBool());
        QVERIFY(first().data().toString().contains("copy"));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(first()).center());
        QVERIFY2(bench.words("sampleWords").contains("It is a copy."), qPrintable(bench.words("sampleWords")));
        fakes::keepPicture(*bench.page, "samples_en");
        bench.find<QComboBox>("sampleClass")->setFocus();
        QTest::keyClick(bench.find<QComboBox>("sampleClass"), Qt::Key_Down);
        emit bench.find<QComboBox>("sampleClass")->activated(1);
        QTRY_VERIFY(list->model()->rowCount() == 24 && bench.models->samples.samples()[1].wish.label == 0
                    && !bench.models->samples.isBusy());
        bench.find<QSpinBox>("sampleCount")->setValue(6);
        QTRY_COMPARE(list->model()->rowCount(), 6);
    }

    void betweenTwoSamplesASliderLeadsFromOneToTheOther()
    {
        Bench bench;
        bench.start();
        bench.trainOnce();
        bench.showTab("Samples");
        auto* list = bench.find<QListView>("samples");
        QTRY_VERIFY(list->model()->rowCount() == 24 && !bench.models->samples.isBusy());
        const auto centre = [&](int row) { return list->visualRect(list->model()->index(row, 0)).center(); };
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, centre(0));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::ControlModifier, centre(1));
        auto* way = bench.find<QSlider>("way");
        QTRY_VERIFY(way->isVisible());
        QCOMPARE(way->maximum(), 8);
        way->setFocus();
        QTest::keyClick(way, Qt::Key_End);
        QVERIFY(bench.words("sampleWords").startsWith("9 of 9"));
        fakes::keepPicture(*bench.page, "between_en");
    }

    void samplesAreShownWithoutNeighboursWhereTheDataAreGone()
    {
        Bench bench;
        bench.start();
        bench.trainOnce();
        bench.core.open = [](const learning::DataRequest&, std::int64_t, const Monitor&) -> Result<learning::DataSet> {
            return environment(text("test", "The folder is gone."));
        };
        bench.start();
        bench.model->readRuns();
        QTRY_VERIFY(bench.model->generator() != nullptr);
        bench.showTab("Samples");
        QTRY_COMPARE(bench.find<QListView>("samples")->model()->rowCount(), 24);
        QTRY_VERIFY(bench.words("samplesNote").contains("The folder is gone."));
    }

    void imagesAreAddedToATrainingSetOnlyWhenTheGeneratorDoesNotRemember()
    {
        Bench bench;
        double membership = 0.71;
        bench.core.judge = [&](const auto&, const auto&, const auto&,
                               const Monitor&) -> Result<synthesis::GeneratorJudgement> {
            return fakes::judgement(membership);
        };
        bench.start();
        bench.trainOnce();
        QSignalSpy added(&bench.models->handout, &HandoutModel::added);
        auto* problem = bench.find<shell::MessageBar>("problem");
        bench.showTab("Samples");
        bench.click("addToTraining");
        QVERIFY2(problem->words().contains("Judge the generator first"), qPrintable(problem->words()));
        bench.models->verdict.judge();
        QTRY_VERIFY(bench.model->run()->judged.has_value());
        bench.click("addToTraining");
        QVERIFY2(problem->words().contains("AUC 0.71, more than 0.6"), qPrintable(problem->words()));
        membership = 0.53;
        bench.models->verdict.judge();
        QTRY_VERIFY(*bench.model->run()->judged->membership.value < 0.6);
        bench.find<QSpinBox>("handoutCount")->setValue(50);
        bench.click("addToTraining");
        QTRY_COMPARE(added.count(), 1);
        QVERIFY(bench.words("handoutSentence").startsWith("100 images were added"));
        QVERIFY(added.first().first().toString().contains("/synthetic-"));
    }

    void anExportIsCancelledOrFailsByASentence()
    {
        Bench bench;
        std::optional<Handout> asked;
        bool isFull = false;
        bench.core.handOut = [&](const auto&, const Handout& handout, const Monitor& monitor) -> Result<std::int64_t> {
            asked = handout;
            if (isFull)
                return environment(text("base", "The disk is full."), handout.folder.string());
            while (monitor.at(text("synthesis", "Making images"), 0.3))
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            return cancelled();
        };
        bench.chosenFolder = bench.folder.filePath("out");
        bench.start();
        bench.trainOnce();
        bench.chosenFolder = bench.folder.filePath("out");
        bench.showTab("Samples");
        bench.find<QComboBox>("exportForm")->setCurrentIndex(2);
        bench.click("export");
        QTRY_VERIFY(asked && bench.find("stopHandout")->isVisible());
        QCOMPARE(asked->form, Handout::Form::Dicom);
        QCOMPARE(asked->folder.parent_path().string(), bench.folder.filePath("out").toStdString());
        bench.click("stopHandout");
        QTRY_COMPARE_WITH_TIMEOUT(bench.words("handoutSentence"), QString("Stopped; nothing was written."), 200);
        isFull = true;
        bench.click("export");
        QTRY_VERIFY(bench.find<shell::MessageBar>("problem")->words().contains("The disk is full."));
        QVERIFY(bench.find("export")->isEnabled());
    }

    void wilsonsIntervalIsThatOfTheBooks()
    {
        const auto half = shareOf(15, 30); // Newcombe 1998: 0.331 … 0.669
        QVERIFY(std::abs(half.low - 0.3315) < 0.001 && std::abs(half.high - 0.6685) < 0.001);
        const auto all = shareOf(20, 20);
        QVERIFY(all.high == 1 && std::abs(all.low - 0.839) < 0.001);
        QVERIFY(!shareOf(0, 0).value);
    }
};

int verdictTest(int argc, char** argv)
{
    VerdictTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "verdict_test.moc"
