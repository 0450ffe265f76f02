#include <QListView>
#include <QSpinBox>
#include <QTableView>

#include "core/learning/sample_set.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/translate.h"
#include "ui/synthesis/sample_list.h"

#include "tests/ui/synthesis/synthesis_fakes.h"

using namespace hounsfield;
using namespace hounsfield::synthesising;

/// The page over the real readers, the real training of a pair and a real project; few images, few steps.
class SynthesisPathTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    files::ReaderPool m_readers{1};
    std::shared_ptr<study::Project> m_project;

    SynthesisCore core()
    {
        return synthesisCore(
            m_readers, [this]() -> Result<std::shared_ptr<study::Project>> { return m_project; },
            [](const Monitor&) -> Result<std::filesystem::path> { return environment(text("test", "No sample.")); });
    }
    QString problemOf(const SynthesisModels& models) const
    {
        const auto problem = models.synthesis.view().problem;
        return problem ? shell::translated(*problem) : QString();
    }

  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        shell::theme::apply(*qApp);
        const std::filesystem::path data = m_folder.filePath("chests").toStdString();
        QVERIFY(learning::writeSampleFolder(data / "train", {.seed = 1}, 0, 160, Monitor{}));
        QVERIFY(learning::writeSampleFolder(data / "test", {.seed = 2}, 0, 60, Monitor{}));
        auto project = study::Project::open(m_folder.filePath("project").toStdString(), "reader");
        QVERIFY(project);
        m_project = std::move(*project);
    }

    void fromAFolderToSamplesBesideTheirNearestTrainingImages()
    {
        shell::BackgroundTasks tasks;
        SynthesisModels models(core(), tasks);
        SynthesisModel& model = models.synthesis;
        shell::Choosers choosers;
        choosers.folder = [this](QWidget*, const QString&) { return m_folder.filePath("chests"); };
        SynthesisPage page(models, choosers);
        page.resize(1280, 800);
        page.show();
        const auto click = [&](const char* name) {
            QTest::mouseClick(page.findChild<QPushButton*>(QLatin1String(name)), Qt::LeftButton);
        };
        click("open");
        QTRY_VERIFY2_WITH_TIMEOUT(model.view().canTrain, qPrintable(problemOf(models)), 60000);
        model.setOption("steps", "12");
        model.setOption("minutes", "0");
        model.setOption("batch", "16");
        model.setOption("evaluate-every", "6");
        click("start");
        QTRY_VERIFY2_WITH_TIMEOUT(model.generator() != nullptr, qPrintable(problemOf(models)), 300000);
        QCOMPARE(model.run()->run->evaluations.size(), std::size_t{2});
        QCOMPARE(model.moments().size(), std::size_t{2});
        QCOMPARE(model.moments().front().images.size(), std::size_t{2 * synthesis::gridImages});
        auto* tabs = page.findChild<QTabWidget*>("tabs");
        tabs->setCurrentIndex(1);
        fakes::keepPicture(page, "real_learning_en");
        tabs->setCurrentIndex(3);
        const auto& samples = models.samples.samples();
        QTRY_VERIFY_WITH_TIMEOUT(samples.size() == 24 && !models.samples.isBusy(), 120000);
        QVERIFY2(!models.samples.whyNoNeighbours(), qPrintable(problemOf(models)));
        QVERIFY(!samples.front().nearest.isNull());
        QVERIFY(models.samples.limit() > 0);
        fakes::keepPicture(page, "real_samples_en");
        exportAndBlindTest(models);
    }

    void anInterruptedTrainingIsListedAndGoesOnAfterARestart()
    {
        shell::BackgroundTasks tasks;
        SynthesisModels models(core(), tasks);
        SynthesisModel& model = models.synthesis;
        model.readRuns();
        QTRY_VERIFY(model.generator() != nullptr);
        QVERIFY(!model.data()); // nothing is open yet: its data are found by the run
        QCOMPARE(model.wish().options.at("steps"), std::string("12"));
        model.resume();
        QVERIFY(problemOf(models).contains("had its minutes or steps"));
        model.setOption("batch", "8");
        model.setOption("steps", "14");
        model.resume(); // another batch makes other weights
        QTRY_VERIFY_WITH_TIMEOUT(problemOf(models).contains("one of other data, options"), 120000);
        QVERIFY(model.generator() != nullptr);
        model.setOption("batch", "16");
        model.resume();
        QTRY_VERIFY2_WITH_TIMEOUT(model.run()->run->steps == 14, qPrintable(problemOf(models)), 120000);
        QCOMPARE(model.runs().size(), std::size_t{1});
    }

    void badDataAreRefusedWithTheSentenceOfCore()
    {
        shell::BackgroundTasks tasks;
        SynthesisModels models(core(), tasks);
        QVERIFY(QDir().mkpath(m_folder.filePath("nothing")));
        models.synthesis.open({m_folder.filePath("nothing")});
        QTRY_VERIFY(!problemOf(models).isEmpty());
        QFile foreign(m_folder.filePath("foreign.onnx"));
        QVERIFY(foreign.open(QIODevice::WriteOnly) && foreign.write("no model at all") > 0);
        foreign.close();
        models.synthesis.open({foreign.fileName()});
        QTRY_VERIFY2(problemOf(models).contains("foreign.onnx"), qPrintable(problemOf(models)));
        QVERIFY(!models.synthesis.view().canTrain);
    }

  private:
    void exportAndBlindTest(SynthesisModels& models)
    {
        const QString out = m_folder.filePath("out");
        QVERIFY(QDir().mkpath(out));
        models.handout.exportTo(out.toStdString(), Handout::Form::Png, -1, 5);
        QTRY_VERIFY2_WITH_TIMEOUT(!models.handout.view().isBusy, qPrintable(problemOf(models)), 60000);
        QVERIFY2(problemOf(models).isEmpty(), qPrintable(problemOf(models)));
        QCOMPARE(models.handout.view().sentence.values.front(), std::string("10"));
        models.blindTest.start(20);
        QTRY_VERIFY_WITH_TIMEOUT(models.blindTest.view().stage == BlindTestModel::Stage::Asking, 60000);
        QCOMPARE(models.blindTest.view().count, 20);
    }
};

int synthesisPathTest(int argc, char** argv)
{
    SynthesisPathTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "synthesis_path_test.moc"
