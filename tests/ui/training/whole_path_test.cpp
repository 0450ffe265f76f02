#include <QListView>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>

#include "core/learning/sample_set.h"
#include "ui/plots/confusion_matrix.h"
#include "ui/training/training_page.h"

#include "tests/ui/training/training_fakes.h"

using namespace hounsfield;
using namespace hounsfield::training;

/// The page over the real readers, the real trainer and a real project.
class WholePathTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    files::ReaderPool m_readers{1};
    std::shared_ptr<study::Project> m_project;

    TrainingCore core()
    {
        return trainingCore(
            m_readers, [this]() -> Result<std::shared_ptr<study::Project>> { return m_project; },
            m_folder.filePath("sample").toStdString());
    }

  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        shell::theme::apply(*qApp);
        const std::filesystem::path data = m_folder.filePath("lungs").toStdString();
        QVERIFY(learning::writeSampleFolder(data / "train", {.seed = 1}, 0, 80, Monitor{}));
        QVERIFY(learning::writeSampleFolder(data / "test", {.seed = 2}, 0, 40, Monitor{}));
        auto project = study::Project::open(m_folder.filePath("project").toStdString(), "reader");
        QVERIFY(project);
        m_project = std::move(*project);
    }

    void fromFolderToFiguresToTheNextStart()
    {
        shell::BackgroundTasks tasks;
        std::vector<shell::OpenRequest> opened;
        {
            TrainingModel model(core(), tasks);
            shell::Choosers choosers;
            choosers.folder = [this](QWidget*, const QString&) { return m_folder.filePath("lungs"); };
            TrainingPage page(model, choosers, [&](const shell::OpenRequest& request) { opened.push_back(request); });
            page.resize(1280, 800);
            page.show();
            model.setNetwork("seed-cnn");
            model.setOption("epochs", "2");
            model.setOption("validation", "0.2");
            QTest::mouseClick(page.findChild<QPushButton*>("open"), Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(page.findChild<QPushButton*>("train")->isEnabled(), 30000);
            QCOMPARE(model.data()->cases.size(), std::size_t{120});
            fakes::keepPicture(page, "real_data_en");
            QTest::mouseClick(page.findChild<QPushButton*>("train"), Qt::LeftButton);
            QTRY_COMPARE_WITH_TIMEOUT(page.findChild<QLabel*>("sentence")->text(), QString("Done."), 120000);
            QVERIFY(model.run()->test);
            QCOMPARE(model.run()->test->n, std::int64_t{40});
            QVERIFY(std::filesystem::exists(model.run()->folder / "model.onnx"));
            fakes::keepPicture(page, "real_results_en");
            openACase(page, model);
            QCOMPARE(opened.size(), std::size_t{1});
            QVERIFY(std::filesystem::exists(opened[0].source.path));
        }
        TrainingModel again(core(), tasks);
        again.readRuns();
        QTRY_VERIFY(again.run() != nullptr);
        QCOMPARE(again.run()->test->n, std::int64_t{40});
    }

    void anEmptyFolderIsASentence()
    {
        QVERIFY(QDir().mkpath(m_folder.filePath("nothing")));
        shell::BackgroundTasks tasks;
        TrainingModel model(core(), tasks);
        model.open({m_folder.filePath("nothing")});
        QTRY_VERIFY(model.view().problem.has_value());
        QVERIFY(!model.view().problem->what.isEmpty());
        QVERIFY(!model.view().canTrain);
    }

  private:
    /// Clicks the first cell that holds cases, waits for their pictures, clicks the first case.
    void openACase(TrainingPage& page, const TrainingModel& model)
    {
        auto* matrix = page.findChild<plots::ConfusionMatrix*>("confusion");
        const auto& confusion = model.run()->test->confusion;
        const int said = confusion[0][1] > 0 ? 1 : 0;
        QTest::mouseClick(matrix, Qt::LeftButton, {}, matrix->cellRect({0, said}).center().toPoint());
        auto* gallery = page.findChild<QListView*>("gallery");
        QTRY_VERIFY(gallery->model()->rowCount() > 0);
        const auto centre = [&] {
            const QVariant picture = gallery->model()->index(0, 0).data(Qt::DecorationRole);
            return picture.value<QIcon>().pixmap(112, 112).toImage().pixelColor(56, 56);
        };
        QTRY_VERIFY(centre().isValid() && centre() != QColor(0x20, 0x24, 0x28));
        fakes::keepPicture(page, "real_gallery_en");
        QTest::mouseClick(
            gallery->viewport(), Qt::LeftButton, {}, gallery->visualRect(gallery->model()->index(0, 0)).center());
    }
};

int wholePathTest(int argc, char** argv)
{
    WholePathTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "whole_path_test.moc"
