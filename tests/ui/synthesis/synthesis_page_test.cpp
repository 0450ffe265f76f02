#include <QComboBox>
#include <QLineEdit>
#include <QMimeData>
#include <QSlider>
#include <QTableView>
#include <QToolButton>

#include "ui/plots/curve_plot.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/translate.h"
#include "ui/synthesis/option_words.h"

#include "tests/ui/synthesis/synthesis_fakes.h"

using namespace hounsfield;
using namespace hounsfield::synthesising;
using fakes::Bench;

class SynthesisPageTest : public QObject {
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
        QVERIFY(!bench.find("start")->isEnabled());
        QVERIFY(!bench.find("resume")->isEnabled());
        fakes::keepPicture(*bench.page, "empty_en");
    }

    void whatWouldBeLearnedFromIsShownWithTheWarningOfFewImages()
    {
        Bench bench;
        bench.start();
        bench.openData();
        auto* shares = bench.find<QTableView>("shares")->model();
        QCOMPARE(shares->rowCount(), 2);
        QVERIFY(shares->index(0, 1).data().toInt() > 40); // learned from
        QVERIFY(shares->index(0, 2).data().toInt() > 0);  // held back
        QVERIFY(shares->index(0, 4).data().toInt() > 0);  // test
        QVERIFY2(bench.words("few").contains("are few to learn from"), qPrintable(bench.words("few")));
        QVERIFY(bench.find<QLabel>("few")->isVisible());
        fakes::keepPicture(*bench.page, "data_en");
    }

    void aTrainingIsWatchedWhileTheGridGoesBackInTime()
    {
        Bench bench;
        bench.core.train = fakes::trainForEver;
        bench.start();
        bench.openData();
        bench.click("start");
        auto* slider = bench.find<QSlider>("momentSlider");
        QTRY_COMPARE(slider->maximum(), 3);
        QCOMPARE(bench.tab(), QString("Learning"));
        QTRY_VERIFY2(bench.words("pace").contains("530 images per second"), qPrintable(bench.words("pace")));
        QVERIFY(bench.words("moment").contains("Step 2000, the newest"));
        QCOMPARE(bench.find<plots::CurvePlot>("distancePlot")->data().curves.front().points.size(), std::size_t{4});
        QCOMPARE(bench.find<plots::CurvePlot>("varietyPlot")->data().curves.size(), std::size_t{2});
        fakes::keepPicture(*bench.page, "learning_en");
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Home);
        QVERIFY(bench.words("moment").contains("Step 500, evaluation 1 of 4"));
        QTest::qWait(100); // steps go on; the slider stays where it was put
        QCOMPARE(slider->value(), 0);
        bench.click("stop");
        QTRY_COMPARE_WITH_TIMEOUT(bench.words("sentence"), QString("Stopped. The best generator so far is kept."), 200);
        QVERIFY(bench.find("start")->isEnabled());
        QVERIFY(bench.find("resume")->isEnabled());
    }

    void aPageThatIsClosedWhileItTrainsGoesQuietly()
    {
        Bench bench;
        bench.core.train = fakes::trainForEver;
        bench.start();
        bench.openData();
        bench.click("start");
        QTRY_COMPARE(bench.find<QSlider>("momentSlider")->maximum(), 3);
    }

    void aStoppedTrainingGoesOnInItsOwnFolder()
    {
        Bench bench;
        std::vector<synthesis::PairRequest> asked;
        bench.core.train = [&asked](const learning::DataSet& data, const synthesis::PairRequest& request,
                               const Monitor& monitor) {
            asked.push_back(request);
            return asked.size() == 1 ? fakes::trainForEver(data, request, monitor)
                                     : fakes::trainAtOnce(data, request, monitor);
        };
        bench.start();
        bench.openData();
        bench.click("start");
        QTRY_VERIFY(bench.find<QSlider>("momentSlider")->maximum() == 3);
        bench.click("stop");
        QTRY_VERIFY(bench.find("resume")->isEnabled());
        bench.click("resume");
        QTRY_COMPARE(bench.words("sentence"), QString("Done."));
        QCOMPARE(asked.size(), std::size_t{2});
        QCOMPARE(asked[1].folder, asked[0].folder);
        QCOMPARE(asked[0].existing, learning::Existing::Refuse);
        QCOMPARE(asked[1].existing, learning::Existing::Resume);
        QCOMPARE(bench.model->runs().size(), std::size_t{1});
    }

    void aNameThatIsTakenIsRefusedAndNothingIsLost()
    {
        Bench bench;
        bench.start();
        bench.openData();
        for (int round = 0; round < 2; ++round) {
            auto* name = bench.find<QLineEdit>("name");
            name->setFocus();
            QTest::keyClicks(name, "chests");
            bench.click("start");
            if (round == 0)
                QTRY_COMPARE(bench.words("sentence"), QString("Done."));
        }
        auto* problem = bench.find<shell::MessageBar>("problem");
        QTRY_VERIFY2(
            problem->words().contains("There is a training named \"chests\" already."), qPrintable(problem->words()));
        QCOMPARE(bench.model->run()->name(), std::string("chests"));
        QVERIFY(bench.find("start")->isEnabled());
    }

    void aTrainingWhoseTimeIsOverAsksForMore()
    {
        Bench bench;
        bench.start();
        bench.trainOnce();
        bench.model->setOption("minutes", "4");
        bench.click("resume");
        QVERIFY(bench.find<shell::MessageBar>("problem")->words().contains("had its minutes or steps"));
    }

    void earlierTrainingsAreThereAfterARestartAndOpenByAClick()
    {
        Bench bench;
        bench.start();
        bench.trainOnce();
        bench.click("start");
        QTRY_COMPARE(bench.model->runs().size(), std::size_t{2});
        bench.start(); // anew
        bench.model->readRuns();
        QTRY_VERIFY(bench.model->generator() != nullptr);
        bench.showTab("Trainings");
        auto* runs = bench.find<QTableView>("runs");
        QCOMPARE(runs->model()->rowCount(), 2);
        const auto before = bench.model->run();
        const int other = bench.model->runs()[0]->folder == before->folder ? 1 : 0;
        QTest::mouseClick(
            runs->viewport(), Qt::LeftButton, {}, runs->visualRect(runs->model()->index(other, 0)).center());
        QTRY_VERIFY(bench.model->run()->folder != before->folder && bench.model->generator());
        QCOMPARE(bench.model->moments().size(), std::size_t{4});
        fakes::keepPicture(*bench.page, "trainings_en");
        bench.showTab("Learning");
        QCOMPARE(bench.find<QSlider>("momentSlider")->maximum(), 3);
        QVERIFY(bench.words("pace").contains("2000 steps"));
    }

    void whatCoreRefusesIsSaidAndNothingIsLost_data()
    {
        QTest::addColumn<QString>("sentence");
        for (const char* sentence : {"All images are of one class, normal.",
                 "No training image of \"normal\" is left to learn from.", "Image 3 has a value that is no number."})
            QTest::newRow(sentence) << QString(sentence);
    }
    void whatCoreRefusesIsSaidAndNothingIsLost()
    {
        QFETCH(QString, sentence);
        Bench bench;
        int opened = 0;
        bench.core.open = [&](const learning::DataRequest&, std::int64_t, const Monitor&) -> Result<learning::DataSet> {
            if (++opened == 1)
                return fakes::smallData();
            return badInput(Text{"test", sentence.toStdString(), {}, {}});
        };
        bench.start();
        bench.openData();
        bench.click("open");
        QTRY_VERIFY(bench.find<shell::MessageBar>("problem")->words().contains(sentence));
        QVERIFY(bench.model->data() != nullptr);
        QVERIFY(bench.find("start")->isEnabled());
    }

    void tenImagesOrAClassWithoutTrainingPatientsAreRefusedBeforeTheTraining()
    {
        Bench bench;
        bench.core.open = [](const learning::DataRequest&, std::int64_t, const Monitor&) -> Result<learning::DataSet> {
            auto data = fakes::smallData(10);
            for (auto& one : data.cases) {
                one.hasOwnPart = true;
                one.part = one.label == 1 ? learning::Part::Test : learning::Part::Train;
            }
            data.hasOwnSplit = data.hasOwnTest = true;
            return data;
        };
        bench.start();
        bench.click("open");
        auto* problem = bench.find<shell::MessageBar>("problem");
        QTRY_VERIFY2(
            problem->words().contains("No training image of \"pneumonia\" is left"), qPrintable(problem->words()));
        QVERIFY(!bench.find("start")->isEnabled());
    }

    void aGeneratorThatIsDroppedIsOpenedAndAForeignFileIsRefused()
    {
        Bench bench;
        bench.start();
        bench.model->open({"/elsewhere/generator.onnx"});
        QTRY_VERIFY(bench.model->generator() != nullptr);
        bench.core.generator = [](const std::filesystem::path& file) -> Result<synthesis::GeneratorModel> {
            return badInput(text("synthesis", "This ONNX file is no generator trained by Hounsfield."), file.string());
        };
        bench.start();
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile("/elsewhere/classifier.onnx")});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(bench.page.get(), &enter);
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(bench.page.get(), &drop);
        QTRY_VERIFY(bench.find<shell::MessageBar>("problem")->words().contains("no generator trained by Hounsfield"));
    }

    void theDataOfTheTrainingPageAreTaken()
    {
        Bench bench;
        std::filesystem::path asked;
        bench.core.open = [&](const learning::DataRequest& request, std::int64_t,
                              const Monitor&) -> Result<learning::DataSet> {
            asked = request.data;
            return fakes::smallData();
        };
        bench.start();
        bench.click("trainingData");
        QVERIFY(bench.find<shell::MessageBar>("problem")->words().contains("has no data open"));
        bench.model->setTrainingData([] {
            learning::DataRequest request;
            request.data = "/those/of/training";
            return std::optional(request);
        });
        bench.click("trainingData");
        QTRY_VERIFY(bench.find("start")->isEnabled());
        QCOMPARE(asked, std::filesystem::path("/those/of/training"));
    }

    void everyOptionHasALabelAndAnExplanation()
    {
        for (const Option& option : synthesis::pairTrainingOptions()) {
            QVERIFY2(optionWords().labelOf(option.name).context == "synthesis", option.name.c_str());
            QVERIFY2(!option.help.isEmpty(), option.name.c_str());
            for (const std::string& choice : option.choices)
                QVERIFY2(optionWords().choiceLabel(option.name, choice).context == "synthesis",
                    (option.name + " " + choice).c_str());
        }
    }
};

int synthesisPageTest(int argc, char** argv)
{
    SynthesisPageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "synthesis_page_test.moc"
