#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QtTest>

#include "app/desktop/workbench.h"
#include "ui/shell/translate.h"
#include "ui/studies/studies_model.h"
#include "ui/viewer/diagnosis_model.h"
#include "ui/viewer/slice_view.h"
#include "ui/viewer/viewer_model.h"
#include "ui/viewer/volume_view.h"

#include "tests/app/desktop/bench.h"

using namespace hounsfield;
using desktop::Bench;

class WorkbenchTest : public QObject {
    Q_OBJECT
  private slots:
    void aDroppedVolumeIsShownAtOnceAndListed()
    {
        Bench bench;
        bench.window().enterPage("studies");
        bench.window().openPaths({bench.phantom()});
        QTRY_COMPARE_WITH_TIMEOUT(bench.window().currentPage(), std::string("viewer"), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(bench.workbench->viewer().isVolume(), 20000);
        bench.window().enterPage("studies");
        QTRY_COMPARE_WITH_TIMEOUT(bench.workbench->studies().series().rowCount(), 1, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.workbench->studies().view().isScanning, 20000);
        bench.screenshot("studies_en");
        bench.openFirstRow();
        QTRY_COMPARE(bench.window().currentPage(), std::string("viewer"));
        QTRY_VERIFY_WITH_TIMEOUT(bench.workbench->viewer().isVolume(), 20000);
        QCOMPARE(bench.workbench->viewer().sliceCount(), 80);
        auto* view = bench.window().findChild<viewer::SliceView*>("axialView");
        QVERIFY(view && view->isVisible());
        bench.workbench->viewer().setCursor({0, 30, 0}); // the spine
        const double spine = bench.workbench->viewer().volume()->value(63, 82, 39);
        QVERIFY2(spine > 600, qPrintable(QString::number(spine)));
        QVERIFY(bench.window().windowTitle().contains("Research use, not for diagnosis"));
    }

    void whatIsDroppedOnTheViewerIsShownThereWithAStripOfPictures()
    {
        Bench bench;
        bench.window().enterPage("viewer");
        QDir().mkpath(bench.folder.filePath("two"));
        for (const char* name : {"a.mha", "b.mha"})
            QVERIFY(image::writeMetaImage(
                image::makeCtPhantom(), bench.folder.filePath(QStringLiteral("two/") + name).toStdString()));
        QMimeData dropped;
        dropped.setUrls({QUrl::fromLocalFile(bench.folder.filePath("two"))});
        auto* tile = bench.window().findChild<QWidget*>("axialView");
        QDragEnterEvent enter({100, 100}, Qt::CopyAction, &dropped, Qt::LeftButton, {});
        QApplication::sendEvent(tile, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({100, 100}, Qt::CopyAction, &dropped, Qt::LeftButton, {});
        QApplication::sendEvent(tile, &drop);
        QCOMPARE(bench.window().currentPage(), std::string("viewer"));
        QTRY_VERIFY_WITH_TIMEOUT(bench.workbench->viewer().isVolume(), 20000);
        const viewer::SeriesList& list = bench.workbench->viewer().seriesList();
        QTRY_COMPARE_WITH_TIMEOUT(list.rowCount(), 2, 20000);
        for (const int row : {0, 1})
            QTRY_VERIFY_WITH_TIMEOUT(!list.data(list.index(row), Qt::DecorationRole).isNull(), 20000);
        QVERIFY(bench.window().findChild<QWidget*>("seriesStrip")->isVisible());
        QTRY_COMPARE(bench.workbench->viewer().seriesPlace(), 0);
        bench.screenshot("viewer_strip");
    }

    void whereNothingIsFoundThePageOfStudiesSaysWhy()
    {
        Bench bench;
        bench.window().enterPage("viewer");
        const QString broken = bench.folder.filePath("broken.dcm");
        QFile file(broken);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no image at all");
        file.close();
        bench.window().openPaths({broken});
        QTRY_COMPARE_WITH_TIMEOUT(bench.window().currentPage(), std::string("studies"), 20000);
        QCOMPARE(bench.workbench->studies().files().rejectedCount(), 1);
    }

    void withoutAModelTheOneKeySaysWhatToDo()
    {
        Bench bench;
        bench.workbench->viewer().openVolume(std::make_shared<const image::Volume>(image::makeCtPhantom()));
        QTest::keyClick(&bench.window(), Qt::Key_D, Qt::ControlModifier);
        QTRY_VERIFY(bench.workbench->diagnosis().view().sentence.contains("Choose a model"));
    }

    void everyControlOfEveryPageHasAnAccessibleName_data() { pages(); }
    void everyControlOfEveryPageHasAnAccessibleName()
    {
        QFETCH(QString, page);
        Bench bench;
        bench.window().enterPage(page.toStdString());
        QStringList nameless;
        for (QWidget* widget : bench.window().findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()
                || widget->objectName() == "qt_spinbox_lineedit") // named by its spin box
                continue;
            const auto* interface = QAccessible::queryAccessibleInterface(widget);
            if (!interface || interface->text(QAccessible::Name).isEmpty())
                nameless << widget->objectName() + " " + widget->metaObject()->className();
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(", ")));
    }

    /// Qt runs neither of two actions that are there for the same key.
    void noTwoCommandsOfAPageShareAKey_data() { pages(); }
    void noTwoCommandsOfAPageShareAKey()
    {
        QFETCH(QString, page);
        Bench bench;
        bench.window().enterPage(page.toStdString());
        QMap<QString, QString> owners;
        QStringList shared;
        const QWidget* shown = bench.window().page(page.toStdString());
        for (const QAction* action : bench.window().findChildren<QAction*>()) {
            const auto* owner = qobject_cast<const QWidget*>(action->parent());
            if (owner != &bench.window() && owner != shown)
                continue;
            for (const QKeySequence& key : action->shortcuts()) {
                if (owners.contains(key.toString()))
                    shared << key.toString() + ": " + owners[key.toString()] + ", " + action->objectName();
                owners[key.toString()] = action->objectName();
            }
        }
        QVERIFY(!owners.isEmpty());
        QVERIFY2(shared.isEmpty(), qPrintable(shared.join("; ")));
    }

    void picturesOfThePages_data() { pages(); }
    void picturesOfThePages()
    {
        QFETCH(QString, page);
        for (const char* language : {"en", "zh_CN"}) {
            Bench bench;
            bench.workbench->language().choose(language);
            bench.window().enterPage(page.toStdString());
            QTest::qWait(50);
            QCOMPARE(bench.window().currentPage(), page.toStdString());
            bench.screenshot("empty_" + page + "_" + language);
        }
    }

  private:
    static void pages()
    {
        QTest::addColumn<QString>("page");
        for (const char* page : {"studies", "viewer", "training"})
            QTest::newRow(page) << page;
    }
};

int workbenchTest(int argc, char** argv)
{
    WorkbenchTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "workbench_test.moc"
