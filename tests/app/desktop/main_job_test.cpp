#include <QListView>
#include <QPushButton>
#include <QRegularExpression>

#include "core/learning/sample_set.h"
#include "ui/plots/confusion_matrix.h"
#include "ui/studies/studies_model.h"
#include "ui/training/training_model.h"
#include "ui/viewer/diagnosis_model.h"
#include "ui/viewer/slice_view.h"
#include "ui/viewer/viewer_model.h"

#include "tests/app/desktop/bench.h"
#include "tests/app/desktop/english.h"

using namespace hounsfield;

/// The main job in the program's own window over the real core: a labelled folder is dropped, a network trained, its
/// figures read, a wrong case opened with its heat map, its label corrected, and a new study diagnosed by one key.
class MainJobTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<desktop::Bench> m_bench;
    QStringList m_english;

    training::TrainingModel& training() const { return m_bench->workbench->training(); }
    viewer::ViewerModel& viewer() const { return m_bench->workbench->viewer(); }
    viewer::DiagnosisModel& diagnosis() const { return m_bench->workbench->diagnosis(); }
    QImage axialPicture() const { return m_bench->shown<viewer::SliceView>("axialView")->grab().toImage(); }

  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        const std::filesystem::path data = m_folder.filePath("chests").toStdString();
        // Lesions down to a faint 0.12: some are missed, so that there are wrong cases to look at.
        QVERIFY(learning::writeSampleFolder(data / "train", {1, 0.12, 0.45}, 0, 600, Monitor{}));
        QVERIFY(learning::writeSampleFolder(data / "test", {2, 0.12, 0.45}, 0, 200, Monitor{}));
        m_bench = std::make_unique<desktop::Bench>();
    }

    void threeActionsLeadFromTheFolderToTheFigures()
    {
        QTest::keyClick(&m_bench->window(), Qt::Key_3, Qt::ControlModifier); // 1: the page
        QCOMPARE(m_bench->window().currentPage(), std::string("training"));
        m_bench->drop(m_folder.filePath("chests")); // 2: the folder
        QTRY_VERIFY2_WITH_TIMEOUT(training().view().canTrain, qPrintable(said()), 60000);
        QCOMPARE(training().data()->cases.size(), std::size_t{800});
        expectNoEnglish();
        m_bench->screenshotsInEveryLanguage("training_data");
        QTest::mouseClick(m_bench->shown<QPushButton>("train"), Qt::LeftButton); // 3: Train
        QTRY_VERIFY_WITH_TIMEOUT(training().live().history.size() >= 3, 120000);
        m_bench->screenshotsInEveryLanguage("training_learning");
        QTRY_VERIFY_WITH_TIMEOUT(training().run() != nullptr, 300000);
        QVERIFY(training().run()->test);
        QCOMPARE(training().run()->test->n, std::int64_t{200});
        expectNoEnglish();
        m_bench->screenshotsInEveryLanguage("training_results");
        qInfo("AUC %f", training().run()->test->auc.value.value_or(0));
        QVERIFY(training().run()->test->auc.value.value_or(0) > 0.9);
        QVERIFY(m_bench->shown<QLabel>("verdict"));
    }

    void aClickOnACellAndOneOnACaseShowItsHeatMap()
    {
        const auto [label, called] = wrongCell();
        QVERIFY2(label >= 0, "the network made no mistake, so there is no wrong case");
        auto* matrix = m_bench->shown<plots::ConfusionMatrix>("confusion");
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect({label, called}).center().toPoint());
        auto* gallery = m_bench->shown<QListView>("gallery");
        QVERIFY(gallery && gallery->model()->rowCount() > 0);
        QTest::qWait(500); // the pictures of the cases come from the reader
        expectNoEnglish();
        m_bench->screenshotsInEveryLanguage("training_cases");
        QTest::mouseClick(
            gallery->viewport(), Qt::LeftButton, {}, gallery->visualRect(gallery->model()->index(0, 0)).center());
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->window().currentPage(), std::string("viewer"), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(diagnosis().view().hasMap, 30000);
        QVERIFY(diagnosis().view().modelName.contains("small-resnet"));
        QVERIFY(diagnosis().view().refusals.isEmpty());
        expectNoEnglish();
        m_bench->screenshotsInEveryLanguage("viewer_wrong_case");
    }

    void itsLabelIsCorrectedByTwoKeysAndTakenBackByOne()
    {
        auto* tile = m_bench->shown<viewer::SliceView>("axialView");
        QVERIFY(tile);
        tile->setFocus();
        const auto press = [&](int key, Qt::KeyboardModifiers modifiers = {}) {
            QTest::keyClick(&m_bench->window(), static_cast<Qt::Key>(key), modifiers);
        };
        const char digit = wrongCell().second == 0 ? '1' : '2'; // the model was right, says the reader
        press(Qt::Key_L);
        press(digit);
        QTRY_COMPARE_WITH_TIMEOUT(training().correctionCount(), std::int64_t{1}, 10000);
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(training().correctionCount(), std::int64_t{0}, 10000);
        press(Qt::Key_Y, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(training().correctionCount(), std::int64_t{1}, 10000);
    }

    void oneKeyDiagnosesANewStudyAndDrawsItsHeatMap()
    {
        const QString file = lesionOfNobody();
        QTest::keyClick(&m_bench->window(), Qt::Key_1, Qt::ControlModifier);
        m_bench->drop(file);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->workbench->studies().series().rowCount(), 1, 20000);
        m_bench->openFirstRow();
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->window().currentPage(), std::string("viewer"), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(viewer().isWhole(), 20000);
        QVERIFY(!diagnosis().view().hasMap);
        const QImage plain = axialPicture();
        QTest::keyClick(&m_bench->window(), Qt::Key_D, Qt::ControlModifier); // the one key
        QTRY_VERIFY_WITH_TIMEOUT(diagnosis().view().hasMap, 30000);
        QCOMPARE(diagnosis().view().probabilities.size(), std::size_t{2});
        QVERIFY(diagnosis().view().probabilities[1].isCalled);
        m_bench->screenshotsInEveryLanguage("viewer_diagnosis");
        QVERIFY(!diagnosis().view().hasNoEvidence);
        QTRY_VERIFY(axialPicture() != plain);
        QTest::keyClick(&m_bench->window(), Qt::Key_G);
        QTRY_VERIFY(diagnosis().mapOf(viewer().slice()).isNull());
        QTest::keyClick(&m_bench->window(), Qt::Key_G);
        QTRY_VERIFY(!diagnosis().mapOf(viewer().slice()).isNull());
    }

    void theNextTrainingLearnsFromTheCorrection()
    {
        const auto before = training().run();
        QVERIFY(before);
        const int label = wrongCell().first;
        QTest::keyClick(&m_bench->window(), Qt::Key_3, Qt::ControlModifier);
        training().setOption("epochs", "2");
        QTRY_VERIFY_WITH_TIMEOUT(training().view().canTrain, 30000);
        QTest::keyClick(&m_bench->window(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(training().run()->folder != before->folder, 120000);
        const auto count = [&](const learning::Run& run) {
            return std::ranges::count_if(run.predictions,
                [&](const auto& one) { return one.part == learning::Part::Test && one.label == label; });
        };
        QCOMPARE(count(*training().run()), count(*before) - 1);
        QTRY_VERIFY(training().runs().size() == 2);
    }

    void aVolumeIsRefusedOrListedSliceBySlice()
    {
        m_bench->workbench->viewer().openVolume(std::make_shared<const image::Volume>(image::makeCtPhantom()));
        QTest::keyClick(&m_bench->window(), Qt::Key_D, Qt::ControlModifier);
        const auto answered = [this] { return !diagnosis().view().isBusy && !diagnosis().view().refusals.isEmpty(); };
        QTRY_VERIFY_WITH_TIMEOUT(answered(), 30000); // a model of photographs is not for CT
        QTest::mouseClick(m_bench->shown<QPushButton>("overrideGate"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!diagnosis().view().suspicious.empty(), 60000);
        QVERIFY(diagnosis().view().isOverridden);
        QTRY_VERIFY_WITH_TIMEOUT(!diagnosis().view().isBusy, 30000);
        expectNoEnglish();
        m_bench->screenshotsInEveryLanguage("viewer_volume");
    }

    void noSentenceStaysEnglishUnderChinese()
    {
        m_english.removeDuplicates();
        QVERIFY2(m_english.isEmpty(), qPrintable(m_english.join('\n')));
    }

  private:
    QString said() const
    {
        const auto view = training().view();
        return shell::translated(view.sentence) + (view.problem ? " " + shell::translated(*view.problem) : QString());
    }
    /// Label and call of the fullest cell of wrong cases; −1 when every case is right.
    std::pair<int, int> wrongCell() const
    {
        const auto run = training().run();
        if (!run || run->test->confusion[0][1] + run->test->confusion[1][0] == 0)
            return {-1, -1};
        return run->test->confusion[1][0] >= run->test->confusion[0][1] ? std::pair{1, 0} : std::pair{0, 1};
    }
    /// A picture with a clear lesion that belongs to no part of the data.
    QString lesionOfNobody() const
    {
        const std::filesystem::path folder = m_folder.filePath("new").toStdString();
        const auto images = learning::writeSampleFolder(folder, {3, 0.4, 0.45}, 6, 1, Monitor{});
        for (const auto& entry : std::filesystem::directory_iterator(folder / "lesion"))
            return QString::fromStdString(entry.path().string());
        return {};
    }
    /// What of the window is English under Chinese is gathered, and told at the end.
    void expectNoEnglish()
    {
        m_bench->workbench->language().choose("zh_CN");
        QTest::qWait(30);
        m_english += desktop::englishIn(m_bench->window());
        m_bench->workbench->language().choose("en");
    }
};

int mainJobTest(int argc, char** argv)
{
    MainJobTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "main_job_test.moc"
