#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QToolButton>
#include <QtTest>

#include "ui/viewer/tile_texts.h"

#include "tests/ui/viewer/viewer_window.h"

using namespace hounsfield;
using namespace hounsfield::viewer;
using namespace hounsfield::test;

namespace {

using Names = std::vector<std::string>;

/// A bench on an open series, with two classes made by keyboard.
struct LabelBench : Bench {
    LabelBench()
    {
        model.openSeries(phantomSeries());
        add("normal");
        add("nodule");
        rest();
    }
    QListView* classes() const { return find<QListView>("classList"); }
    QListView* labelled() const { return find<QListView>("labelledList"); }
    void add(const char* name) const
    {
        auto* field = find<QLineEdit>("newClass");
        field->setFocus();
        QTest::keyClicks(field, name);
        QTest::keyClick(field, Qt::Key_Return);
    }
    /// All is saved and shown.
    void rest()
    {
        QCoreApplication::processEvents(); // editors commit by an event
        QTRY_VERIFY(model.isWhole() && tasks.running().empty());
    }
    Names saved() { return (*project.open())->classes(); }
    std::string labelOf(std::int64_t slice)
    {
        const auto label = (*project.open())
                               ->label({study::Subject::Level::Image,
                                   phantomSeries().facts.sopInstanceUIDs[static_cast<std::size_t>(slice)], 0});
        return label ? label->className : std::string();
    }
};

} // namespace

class LabelPanelTest : public QObject {
    Q_OBJECT
  private slots:
    void classesAreAddedRenamedAndMovedByKeyboard()
    {
        LabelBench bench;
        QCOMPARE(bench.saved(), (Names{"normal", "nodule"}));
        QListView* list = bench.classes();
        list->setFocus();
        list->setCurrentIndex(list->model()->index(1, 0));
        QTest::keyClick(list, Qt::Key_F2);
        auto* editor = list->viewport()->findChild<QLineEdit*>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, "lesion");
        QTest::keyClick(editor, Qt::Key_Return);
        bench.rest();
        QCOMPARE(bench.saved(), (Names{"normal", "lesion"}));
        QTest::keyClick(list, Qt::Key_Up, Qt::ControlModifier);
        bench.rest();
        QCOMPARE(bench.saved(), (Names{"lesion", "normal"}));
        QCOMPARE(list->currentIndex().row(), 0); // goes along
        QTest::keyClick(list, Qt::Key_Delete);
        bench.rest();
        QCOMPARE(bench.saved(), (Names{"normal"}));
        for (int step = 0; step < 3; ++step)
            bench.key(Qt::Key_Z, Qt::ControlModifier);
        bench.rest();
        QCOMPARE(bench.saved(), (Names{"normal", "nodule"}));
        bench.key(Qt::Key_Y, Qt::ControlModifier);
        bench.rest();
        QCOMPARE(bench.saved(), (Names{"normal", "lesion"}));
    }

    void aColourIsChosenFromTheMenuAndSeenOnTheTile()
    {
        LabelBench bench;
        bench.classes()->setCurrentIndex(bench.classes()->model()->index(0, 0));
        auto* colour = bench.find<QToolButton>("colourClass");
        QVERIFY(colour->isEnabled());
        colour->menu()->actions()[4]->trigger();
        bench.rest();
        bench.label(1);
        bench.rest();
        QCOMPARE((*bench.project.open())->labelClasses()[0].colour, std::string(labelColours()[4].code));
        const TileTexts texts = bench.view("axialView")->texts();
        QVERIFY(texts.notice.contains("normal"));
        QCOMPARE(texts.noticeColour, QColor(labelColours()[4].code));
        bench.add("cyst");
        bench.classes()->setCurrentIndex(bench.classes()->model()->index(0, 0));
        QTest::keyClick(bench.classes(), Qt::Key_Down, Qt::ControlModifier);
        bench.rest();
        QCOMPARE(bench.view("axialView")->texts().noticeColour, QColor(labelColours()[4].code)); // colours follow
        bench.screenshot("labels");
    }

    void aDigitLabelsTheShownSliceAndTheListTakesItAway()
    {
        LabelBench bench;
        bench.label(2);
        bench.rest();
        const std::int64_t slice = bench.model.slice();
        QCOMPARE(bench.labelOf(slice), std::string("nodule"));
        bench.key(Qt::Key_Down);
        QVERIFY(bench.view("axialView")->texts().notice.isEmpty());
        QListView* list = bench.labelled();
        QCOMPARE(list->model()->rowCount(), 1);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(bench.model.slice(), slice); // jumps
        QTest::keyClick(list, Qt::Key_Delete);
        bench.rest();
        QCOMPARE(bench.labelOf(slice), std::string());
        QCOMPARE(list->model()->rowCount(), 0);
        bench.key(Qt::Key_Z, Qt::ControlModifier);
        bench.rest();
        QCOMPARE(bench.labelOf(slice), std::string("nodule"));
        bench.label(0);
        bench.rest();
        QCOMPARE(bench.labelOf(slice), std::string());
    }

    void keysThatFollowQuicklyAreDoneInTheirOrder()
    {
        LabelBench bench;
        const std::int64_t slice = bench.model.slice();
        for (int round = 0; round < 5; ++round) {
            bench.label(1);
            bench.label(2);
            bench.key(Qt::Key_Z, Qt::ControlModifier);
        }
        bench.rest();
        QCOMPARE(bench.labelOf(slice), std::string("normal"));
        bench.key(Qt::Key_Y, Qt::ControlModifier);
        bench.rest();
        QCOMPARE(bench.labelOf(slice), std::string("nodule"));
    }

    void labelsFollowARenamedClassAndOneUndoTakesBothBack()
    {
        LabelBench bench;
        bench.label(2);
        bench.rest();
        const std::int64_t slice = bench.model.slice();
        bench.labels.renameClass(1, "  lung   nodule ");
        bench.rest();
        QCOMPARE(bench.saved(), (Names{"normal", "lung nodule"}));
        QCOMPARE(bench.labelOf(slice), std::string("lung nodule"));
        bench.key(Qt::Key_Z, Qt::ControlModifier);
        bench.rest();
        QCOMPARE(bench.saved(), (Names{"normal", "nodule"}));
        QCOMPARE(bench.labelOf(slice), std::string("nodule"));
    }

    void aClassThatImagesCarryAndANameThatIsTakenAreRefusedWithASentence()
    {
        LabelBench bench;
        bench.label(2);
        bench.rest();
        bench.classes()->setCurrentIndex(bench.classes()->model()->index(1, 0));
        QTest::mouseClick(bench.find<QToolButton>("removeClass"), Qt::LeftButton);
        bench.rest();
        QCOMPARE(bench.saved(), (Names{"normal", "nodule"}));
        auto* problem = bench.find<QLabel>("labelProblem");
        QVERIFY(problem->isVisible() && problem->text().contains("nodule"));
        bench.add("normal");
        QVERIFY(problem->text().contains("normal"));
        QCOMPARE(bench.saved(), (Names{"normal", "nodule"}));
    }

    void aDigitWithoutClassesSaysWhatToDo()
    {
        Bench bench;
        bench.model.openSeries(phantomSeries());
        QTRY_VERIFY(bench.model.isWhole() && bench.tasks.running().empty());
        bench.label(1);
        QVERIFY(bench.view("axialView")->texts().notice.contains("no classes yet"));
    }

    void imagesWithoutUidHaveLabelsOfTheirOwn()
    {
        LabelBench bench;
        for (const char* uid : {"a.png", "b.png"}) {
            files::Series single = phantomSeries(uid, 1);
            single.facts.sopInstanceUIDs = {""}; // as grouping leaves it for files that name none
            bench.model.openSeries(single);
            bench.label(std::string_view(uid) == "a.png" ? 1 : 2);
            bench.rest();
        }
        const auto labels = (*bench.project.open())->labels();
        QCOMPARE(labels.size(), 2U);
        QVERIFY(labels[0].className != labels[1].className);
    }

    void aResampledSliceIsLabelledAsItsNearestStoredOne()
    {
        LabelBench bench;
        files::Series series = phantomSeries("1.5", 4);
        for (const double k : {0.0, 10.0, 10.3, 40.0}) // two of them nearest to one slice of the volume
            series.sliceOrigins.push_back(phantom()->geometry.toPoint({0, 0, k}));
        image::Volume even = *phantom();
        even.isInterpolated = true;
        bench.other = std::make_shared<const image::Volume>(even);
        bench.model.openSeries(series);
        bench.rest();
        QCOMPARE(bench.model.sliceCount(), 80);
        QCOMPARE(bench.model.storedSliceOf(3), 0);
        QCOMPARE(bench.model.storedSliceOf(79), 3);
        QCOMPARE(bench.model.sliceOfStored(2), 10);
        bench.model.showSlice(13);
        bench.label(2);
        bench.rest();
        const auto labels = (*bench.project.open())->labels();
        QCOMPARE(labels.size(), 1U);
        QCOMPARE(labels[0].subject.uid, std::string("1.5.3"));
        QCOMPARE(bench.labels.view().labelled.size(), 1U);
        QCOMPARE(bench.labels.view().labelled[0].stored, 2);
        bench.labels.takeLabel(2);
        bench.rest();
        QVERIFY((*bench.project.open())->labels().empty());
    }
};

int labelPanelTest(int argc, char** argv)
{
    LabelPanelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "label_panel_test.moc"
