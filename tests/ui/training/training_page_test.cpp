#include <QAccessible>
#include <QComboBox>
#include <QListView>
#include <QMimeData>
#include <QRegularExpression>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

#include "core/learning/options.h"
#include "ui/plots/confusion_matrix.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/translate.h"
#include "ui/training/option_words.h"
#include "ui/training/training_page.h"

#include "tests/ui/training/training_fakes.h"

using namespace hounsfield;
using namespace hounsfield::training;

namespace {

/// A page over a fake core, on a folder of its own.
struct Bench {
    QTemporaryDir folder;
    std::shared_ptr<std::vector<learning::GivenLabel>> labels = std::make_shared<std::vector<learning::GivenLabel>>();
    shell::BackgroundTasks tasks;
    std::vector<shell::OpenRequest> opened;
    TrainingCore core;
    std::unique_ptr<TrainingModel> model;
    std::unique_ptr<TrainingPage> page;

    Bench() { core = fakes::core(folder.path().toStdString(), labels); }
    void start()
    {
        model = std::make_unique<TrainingModel>(core, tasks);
        shell::Choosers choosers;
        choosers.folder = [](QWidget*, const QString&) { return QStringLiteral("/somewhere/lungs"); };
        choosers.files = [](QWidget*, const QString&, const QString&) { return QStringList{}; };
        choosers.saveAs = [this](QWidget*, const QString&, const QString& name) { return folder.filePath(name); };
        page = std::make_unique<TrainingPage>(
            *model, choosers, [this](const shell::OpenRequest& request) { opened.push_back(request); });
        page->resize(1280, 800);
        page->show();
    }
    template <typename Widget = QPushButton> Widget* find(const char* name) const
    {
        return page->findChild<Widget*>(QLatin1String(name));
    }
    void click(const char* name) const { QTest::mouseClick(find(name), Qt::LeftButton); }
    QString sentence() const { return find<QLabel>("sentence")->text(); }
    int tab() const { return find<QTabWidget>("tabs")->currentIndex(); }
    void openData() const
    {
        click("open");
        QTRY_VERIFY(find("train")->isEnabled());
    }
    void trainOnce() const
    {
        openData();
        click("train");
        QTRY_COMPARE(sentence(), QString("Done."));
    }
};

} // namespace

class TrainingPageTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        shell::theme::apply(*qApp);
    }

    void anEmptyPageSaysWhatToDrop()
    {
        Bench bench;
        bench.start();
        QVERIFY(bench.find<QLabel>("invitationTitle")->isVisible());
        QVERIFY(!bench.find("train")->isEnabled());
        fakes::keepPicture(*bench.page, "empty_en");
    }

    void twoClicksLeadFromFolderToFigures()
    {
        Bench bench;
        bench.start();
        QSignalSpy chosen(bench.page.get(), &TrainingPage::modelChosen);
        bench.openData();
        QCOMPARE(bench.tab(), 0);
        QCOMPARE(bench.find<QTableView>("classes")->model()->rowCount(), 2);
        QVERIFY(bench.find<QLabel>("warnings")->text().contains("only 20 images"));
        QCOMPARE(bench.find<QTableView>("unreadable")->model()->rowCount(), 1);
        fakes::keepPicture(*bench.page, "data_en");
        bench.click("train");
        QTRY_COMPARE(bench.sentence(), QString("Done."));
        QCOMPARE(bench.tab(), 2);
        QVERIFY(!bench.find<QLabel>("verdict")->text().isEmpty());
        QVERIFY(bench.find<QLabel>("overall")->text().contains("AUC"));
        QCOMPARE(bench.find<QTableView>("figures")->model()->rowCount(), 2);
        QCOMPARE(chosen.count(), 1);
        QVERIFY(chosen.first().first().toString().endsWith("model.onnx"));
        fakes::keepPicture(*bench.page, "results_en");
    }

    void aDroppedFolderIsRead()
    {
        Bench bench;
        bench.start();
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile("/somewhere/lungs")});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(bench.page.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(bench.page.get(), &drop);
        QTRY_VERIFY(bench.find("train")->isEnabled());
    }

    void aStoppedTrainingSaysSoAndCanStartAgain()
    {
        Bench bench;
        bench.core.train = fakes::trainForEver;
        bench.start();
        bench.openData();
        for (int round = 0; round < 2; ++round) {
            bench.click("train");
            QTRY_VERIFY(bench.find<QLabel>("pace")->text().contains("850 images per second"));
            QCOMPARE(bench.tab(), 1);
            if (round == 0)
                fakes::keepPicture(*bench.page, "learning_en");
            bench.click("stop");
            QTRY_COMPARE_WITH_TIMEOUT(bench.sentence(), QString("Stopped. The best model so far is kept."), 500);
            QVERIFY(bench.find("train")->isEnabled());
        }
        QCOMPARE(bench.model->runs().size(), std::size_t{2});
    }

    void whatGoesWrongIsSaidInThePage()
    {
        Bench bench;
        bench.core.open = [](const learning::DataRequest& request, const Monitor&) -> Result<learning::DataSet> {
            return badInput(text("test", "All images are of one class, normal."), request.data.string(),
                text("test", "Add a folder for a second class."));
        };
        bench.start();
        bench.click("open");
        auto* problem = bench.find<shell::MessageBar>("problem");
        QTRY_COMPARE(problem->words(),
            QString("/somewhere/lungs: All images are of one class, normal. Add a folder for a second class."));
        QVERIFY(problem->isVisible());
        QVERIFY(!bench.find("train")->isEnabled());
        QTest::mouseClick(problem->findChild<QToolButton*>("close"), Qt::LeftButton);
        QVERIFY(!problem->isVisible());
    }

    void aCellOpensItsCasesAndACaseOpensInTheViewer()
    {
        Bench bench;
        bench.start();
        bench.trainOnce();
        auto* matrix = bench.find<plots::ConfusionMatrix>("confusion");
        const auto& confusion = bench.model->run()->test->confusion;
        QVERIFY(confusion[0][1] > 0);
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect({0, 1}).center().toPoint());
        QCOMPARE(bench.tab(), 3);
        auto* gallery = bench.find<QListView>("gallery");
        QCOMPARE(std::int64_t{gallery->model()->rowCount()}, confusion[0][1]);
        fakes::keepPicture(*bench.page, "gallery_en");
        QTest::mouseClick(
            gallery->viewport(), Qt::LeftButton, {}, gallery->visualRect(gallery->model()->index(0, 0)).center());
        QCOMPARE(bench.opened.size(), std::size_t{1});
        QVERIFY(QString::fromStdString(bench.opened[0].source.path.string()).contains("normal/"));
        QVERIFY(QString::fromStdString(bench.opened[0].model).endsWith("model.onnx"));
        QCOMPARE(bench.opened[0].className, std::string("pneumonia"));
    }

    void aCorrectedLabelIsSavedAndLearnedFromNext()
    {
        Bench bench;
        std::vector<learning::GivenLabel> seen;
        bench.core.open = [&seen](const learning::DataRequest& request, const Monitor&) -> Result<learning::DataSet> {
            seen = request.labels;
            return fakes::smallData();
        };
        bench.start();
        bench.trainOnce();
        QVERIFY(seen.empty());
        auto* matrix = bench.find<plots::ConfusionMatrix>("confusion");
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect({0, 1}).center().toPoint());
        auto* gallery = bench.find<QListView>("gallery");
        QTest::keyClick(gallery, Qt::Key_2);
        QTRY_COMPARE(bench.model->correctionCount(), std::int64_t{1});
        QVERIFY(gallery->model()->index(0, 0).data().toString().contains("now pneumonia"));
        auto* hint = bench.find<shell::MessageBar>("corrected");
        QVERIFY(hint->words().contains("Train again"));
        bench.click("train");
        QTRY_COMPARE(bench.model->runs().size(), std::size_t{2});
        QCOMPARE(seen.size(), std::size_t{1});
        QCOMPARE(seen.front().className, std::string("pneumonia"));
    }

    void syntheticImagesAreLearnedFromUntilTheyAreTakenOut()
    {
        Bench bench;
        std::vector<std::filesystem::path> seen;
        bool isForeign = false;
        bench.core.open = [&](const learning::DataRequest& request, const Monitor&) -> Result<learning::DataSet> {
            seen = request.synthetic;
            if (isForeign && !seen.empty())
                return badInput(text("test", "Nothing says which generator made these images."));
            return fakes::smallData();
        };
        bench.start();
        bench.openData();
        QVERIFY(!bench.find<QWidget>("syntheticBar")->isVisible());
        bench.model->setSynthetic({"/runs/pair/synthetic-1"});
        QTRY_COMPARE(seen.size(), std::size_t{1});
        QTRY_VERIFY(bench.find("train")->isEnabled());
        QVERIFY(bench.find<QLabel>("syntheticFolder")->text().contains("pair/synthetic-1"));
        fakes::keepPicture(*bench.page, "synthetic_en");
        bench.click("removeSynthetic");
        QTRY_VERIFY(seen.empty() && bench.find("train")->isEnabled());
        QVERIFY(!bench.find<QWidget>("syntheticBar")->isVisible());
        isForeign = true; // what cannot be read does not stay in the list, and the data stay
        bench.model->setSynthetic({"/elsewhere"});
        QTRY_VERIFY(bench.find<shell::MessageBar>("problem")->words().contains("Nothing says"));
        QVERIFY(bench.model->synthetic().empty());
        QVERIFY(bench.find("train")->isEnabled());
    }

    void runsAreListedAndTwoAreCompared()
    {
        Bench bench;
        bench.start();
        bench.trainOnce();
        bench.click("train");
        QTRY_COMPARE(bench.model->runs().size(), std::size_t{2});
        bench.find<QTabWidget>("tabs")->setCurrentIndex(4);
        auto* runs = bench.find<QTableView>("runs");
        QCOMPARE(runs->model()->rowCount(), 2);
        runs->selectAll();
        auto* comparison = bench.find<QTableView>("comparison");
        QVERIFY(comparison->isVisible());
        QVERIFY(comparison->model()->rowCount() > 4);
        QVERIFY(bench.find<QLabel>("comparisonRemark")->text().contains("same cases"));
        fakes::keepPicture(*bench.page, "trainings_en");
        runs->setFocus();
        QTest::keyClick(runs, Qt::Key_Return);
        QCOMPARE(bench.tab(), 2);
    }

    void resultsAreThereAfterARestart()
    {
        Bench bench;
        bench.core.runs = [&](const Monitor&) -> Result<std::vector<RunPointer>> {
            return std::vector<RunPointer>{
                std::make_shared<const learning::Run>(fakes::smallRun("/runs/a", fakes::smallData()))};
        };
        bench.start();
        bench.model->readRuns();
        QTRY_VERIFY(bench.model->run() != nullptr);
        QCOMPARE(bench.find<QTableView>("figures")->model()->rowCount(), 2);
    }

    void aWrongOptionIsNamed()
    {
        Bench bench;
        bench.start();
        bench.openData();
        bench.model->setOption("rate", "fast");
        auto* problem = bench.find<shell::MessageBar>("problem");
        QTRY_VERIFY(problem->words().contains("fast"));
        bench.model->setOption("rate", "0.1");
        QTRY_VERIFY(problem->words().isEmpty());
    }

    void everyOptionAndChoiceHasALabelAndAnExplanation()
    {
        for (const Option& option : learning::trainingOptions()) {
            QVERIFY2(optionWords().labelOf(option.name).context == "training", option.name.c_str());
            QVERIFY2(!option.help.isEmpty(), option.name.c_str());
            for (const std::string& choice : option.choices)
                QVERIFY2(optionWords().choiceLabel(option.name, choice).context == "training",
                    (option.name + " " + choice).c_str());
        }
    }

    void everyControlHasAnAccessibleName()
    {
        Bench bench;
        bench.start();
        bench.trainOnce();
        for (QWidget* widget : bench.page->findChildren<QWidget*>()) {
            const bool isControl = widget->focusPolicy() != Qt::NoFocus && !widget->objectName().isEmpty()
                                   && !widget->objectName().startsWith("qt_");
            if (!isControl || widget->isHidden() || qobject_cast<QLabel*>(widget))
                continue;
            auto* face = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
        }
    }

    void inChineseNoEnglishSentenceIsLeft()
    {
        shell::Language language;
        QVERIFY(shell::Language::available().contains("zh_CN"));
        Bench bench;
        bench.start();
        language.choose("zh_CN");
        QCoreApplication::sendPostedEvents();
        fakes::keepPicture(*bench.page, "empty_zh_CN");
        bench.click("open");
        QTRY_VERIFY(bench.find("train")->isEnabled());
        fakes::keepPicture(*bench.page, "data_zh_CN");
        bench.click("train");
        QTRY_COMPARE(bench.tab(), 2);
        fakes::keepPicture(*bench.page, "results_zh_CN");
        static const QRegularExpression english("[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}");
        for (const QWidget* widget : bench.page->findChildren<QWidget*>()) {
            if (widget->objectName() == "warnings" || widget->objectName() == "split")
                continue; // the words of the data made here
            const QString words =
                widget->property("text").toString() + '\n' + widget->toolTip() + '\n' + widget->accessibleName();
            QVERIFY2(!english.match(words).hasMatch(), qPrintable(widget->objectName() + ": " + words));
        }
    }

    void aChangedNetworkChangesItsOptions()
    {
        Bench bench;
        bench.start();
        QCOMPARE(bench.model->values().at("epochs"), std::string("20"));
        auto* network = bench.find<QComboBox>("network");
        network->setFocus();
        QTest::keyClick(network, Qt::Key_Down);
        QTest::keyClick(network, Qt::Key_Return);
        bench.model->setNetwork("seed-cnn");
        QCOMPARE(bench.model->values().at("epochs"), std::string("10"));
    }
};

int trainingPageTest(int argc, char** argv)
{
    TrainingPageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "training_page_test.moc"
