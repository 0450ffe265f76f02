#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include "ui/reports/evidence_model.h"
#include "ui/reports/evidence_panel.h"
#include "ui/reports/report_training_model.h"
#include "ui/reports/report_training_view.h"

#include "tests/ui/reports/reports_bench.h"

using namespace hounsfield;
using namespace hounsfield::reporting;

namespace {

/// Reports with effusion in every second and edema in every third, in words that a network can learn.
std::vector<std::pair<std::string, std::string>> learnable(int count)
{
    std::vector<std::pair<std::string, std::string>> texts;
    for (int i = 0; i < count; ++i) {
        std::string words = std::string("Film ") + char('a' + i / 26) + char('a' + i % 26) + " of the chest.";
        words += i % 2 == 0 ? " There is a pleural effusion." : " No pleural effusion.";
        words += i % 3 == 0 ? " Pulmonary edema is seen." : " The lungs are clear.";
        texts.emplace_back(std::to_string(i), words);
    }
    return texts;
}

} // namespace

/// A network of reports learns on the page, then says by which words.
class EvidenceTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        shell::theme::apply(*qApp);
    }

    void aModelLearnsFromTheRulesThenShowsItsWords()
    {
        ReportsBench bench;
        bench.take(learnable(150));
        files::ReaderPool readers;
        ReportTrainingModel training(*bench.model, readers, bench.tasks,
            [&]() -> Result<std::filesystem::path> { return bench.project->runsFolder(); });
        ReportTrainingView view(training, {});
        view.resize(1280, 800);
        view.show();
        QVERIFY(!view.findChild<QPushButton*>("trainReports")->isEnabled()); // nobody has confirmed anything
        QVERIFY(!view.findChild<QLabel*>("reportTrainingProblem")->text().isEmpty());
        training.setSource(ReportTrainingModel::Source::Rules);
        QTRY_VERIFY(view.findChild<QPushButton*>("trainReports")->isEnabled());
        QVERIFY(view.findChild<QLabel*>("reportSet")->text().contains("only agree"));
        for (const auto& [name, value] : {std::pair("epochs", "12"), {"width", "16"}, {"units", "8"}})
            training.setOption(name, value);
        QSignalSpy trained(&training, &ReportTrainingModel::trained);
        QTest::mouseClick(view.findChild<QPushButton*>("trainReports"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(trained.count(), 1, 60000);
        QVERIFY(view.findChild<QLabel*>("reportFiguresTitle")->text().startsWith("Agreement with the rules"));
        QVERIFY(view.findChild<QTableView*>("reportFigures")->model()->rowCount() >= 2);
        view.grab().save(QCoreApplication::applicationDirPath() + "/../screenshots/reports_training_en.png");
        showWords(bench, trained.first().first().toString());
    }

    void aFileThatIsNoModelIsSaid()
    {
        ReportsBench bench;
        bench.take(learnable(3));
        EvidenceModel evidence(*bench.model, bench.tasks);
        EvidencePanel panel(evidence, {});
        evidence.setModelFile(bench.fileWith("model.onnx", "no model"));
        QTRY_VERIFY(evidence.view().problem);
        QVERIFY(panel.findChild<QLabel*>("evidenceProblem")->text().contains("model.onnx"));
    }

    void stoppingATrainingAnswersAtOnce()
    {
        ReportsBench bench;
        bench.take(learnable(400));
        files::ReaderPool readers;
        ReportTrainingModel training(*bench.model, readers, bench.tasks,
            [&]() -> Result<std::filesystem::path> { return bench.project->runsFolder(); });
        training.setSource(ReportTrainingModel::Source::Rules);
        QTRY_VERIFY(training.view().canTrain);
        training.setOption("epochs", "500");
        training.train();
        QTRY_VERIFY_WITH_TIMEOUT(!training.view().history.empty(), 60000);
        training.stop();
        QTRY_VERIFY_WITH_TIMEOUT(training.view().stage == ReportTrainingModel::Stage::Idle, 5000);
        QVERIFY(training.run() && training.run()->ending == learning::Ending::Stopped);
    }

  private:
    void showWords(ReportsBench& bench, const QString& modelFile)
    {
        EvidenceModel evidence(*bench.model, bench.tasks);
        auto* panel = new EvidencePanel(evidence, {});
        bench.page->addPanel(panel);
        bench.find<QTabWidget>("reportTabs")->setCurrentWidget(panel);
        QObject::connect(&evidence, &EvidenceModel::changed, bench.page.get(),
            [&] { bench.page->reportText()->setShades(evidence.shades()); });
        evidence.setModelFile(modelFile);
        QTRY_VERIFY(!evidence.view().rows.empty());
        QVERIFY(evidence.view().chosen >= 0);
        QVERIFY(!evidence.shades().empty());
        bench.keepPicture("evidence_en");
        for (const auto method : {EvidenceModel::Method::Attention, EvidenceModel::Method::IntegratedGradients,
                 EvidenceModel::Method::LeaveOneOut}) {
            evidence.setMethod(method);
            QTRY_VERIFY(!evidence.shades().empty());
        }
        evidence.setMethod(EvidenceModel::Method::Attention);
        QVERIFY(panel->findChild<QLabel*>("methodNote")->text().contains("no explanation"));
        const double network = evidence.view().rows[0].network;
        evidence.setMean(true);
        QVERIFY(evidence.view().rows[0].network != network);
        evidence.readAll();
        QTRY_VERIFY_WITH_TIMEOUT(bench.model->view().hint.contains("150"), 30000);
        QVERIFY(panel->findChild<QLabel*>("methodNote")->text().contains("highlight"));
        bench.model->setOrder(ReportsModel::Order::DisagreementFirst);
        bench.model->openPlace(3); // a late answer for the one before is dropped
        bench.model->openPlace(4);
        QTRY_VERIFY(!evidence.view().rows.empty());
    }
};

int evidenceTest(int argc, char** argv)
{
    EvidenceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "evidence_test.moc"
