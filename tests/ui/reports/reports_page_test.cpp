#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>

#include "core/reports/annotating.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/translate.h"

#include "tests/ui/reports/reports_bench.h"

using namespace hounsfield;
using namespace hounsfield::reporting;
using State = reports::StoredReport::State;

namespace {

const std::vector<std::pair<std::string, std::string>> threeReports = {
    {"1", "FINDINGS: Small left pleural effusion of 12 mm. No pneumothorax.\nIMPRESSION: Possible pneumonia."},
    {"2", "影像所见：双肺未见结节。心影增大。\r\n诊断意见：🫁 左侧胸腔积液。"},
    {"3", "Heart size is normal. Stable nodule. Another nodule."},
};

std::vector<std::pair<std::string, std::string>> manyReports(int count)
{
    std::vector<std::pair<std::string, std::string>> all;
    for (int i = 0; i < count; ++i)
        all.emplace_back(std::to_string(i + 1), "No pneumothorax in film " + std::to_string(i) + ". Left effusion.");
    return all;
}

} // namespace

class ReportsPageTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        shell::theme::apply(*qApp);
    }

    void anEmptyPageSaysWhatToDrop()
    {
        ReportsBench bench;
        bench.start();
        QVERIFY(bench.find<QLabel>("emptyReports")->isVisible());
        QVERIFY(!bench.find<QPushButton>("confirm")->isEnabled());
        bench.keepPicture("empty_en");
    }

    void aTableIsShownBeforeItIsImported()
    {
        ReportsBench bench;
        bench.start();
        bench.chosenFiles = {bench.fileWith(
            "t.csv", "uid,findings,impression\na,No effusion.,Normal.\nb,\"Left, small nodule\",Nodule.\nc,broken\n")};
        bench.press(Qt::Key_I, Qt::ControlModifier);
        QTRY_VERIFY(bench.find<QWidget>("importPanel")->isVisible());
        QCOMPARE(bench.find<QComboBox>("idColumn")->currentText(), QString("uid"));
        auto* columns = bench.find<QListWidget>("textColumns");
        QCOMPARE(columns->count(), 3);
        QCOMPARE(columns->item(0)->checkState(), Qt::Unchecked);
        QCOMPARE(columns->item(1)->checkState(), Qt::Checked);
        bench.keepPicture("import_en");
        bench.press(Qt::Key_Space); // the button Import has the focus
        QTRY_COMPARE(bench.model->view().total, std::int64_t(2));
        QVERIFY(bench.find<shell::MessageBar>("hint")->words().contains("1 row"));
        QCOMPARE(QString::fromStdString(bench.model->open()->report.document.id), QString("a"));
    }

    void aFileThatIsNoTableIsSaid()
    {
        ReportsBench bench;
        bench.start();
        bench.chosenFiles = {bench.fileWith("t.csv", std::string("\x00\x01\x02\xff\xfe", 5))};
        bench.press(Qt::Key_I, Qt::ControlModifier);
        QTRY_VERIFY(bench.find<shell::MessageBar>("problem")->isVisible());
        QVERIFY(bench.find<shell::MessageBar>("problem")->words().contains("t.csv"));
    }

    void whatTheRulesReadIsSuggestedWithItsReason()
    {
        ReportsBench bench;
        bench.take(threeReports);
        QCOMPARE(bench.find<QTableView>("findings")->model()->rowCount(), 3);
        QVERIFY(std::ranges::none_of(bench.spans(), &reports::Annotation::isConfirmed));
        bench.press(Qt::Key_N);
        bench.press(Qt::Key_N);
        QVERIFY(bench.model->chosenSpan());
        QCOMPARE(QString::fromStdString(bench.model->chosenSpan()->label), QString("Pneumothorax"));
        QVERIFY(bench.find<QLabel>("reason")->text().contains("absent because of “No”"));
        bench.keepPicture("reading_en");
    }

    void fiftyReportsAreConfirmedWithFiftyEnters()
    {
        ReportsBench bench;
        bench.take(manyReports(50));
        for (int i = 0; i < 50; ++i)
            bench.press(Qt::Key_Return);
        QCOMPARE(bench.model->view().confirmed, std::int64_t(50));
        bench.waitUntilSaved();
        const auto stored = reports::storedReports(*bench.project).reports;
        QCOMPARE(std::ranges::count(stored, State::Confirmed, &reports::StoredReport::state), 50);
        for (const reports::StoredReport& report : stored)
            QVERIFY(report.document.spans.size() == 2
                    && std::ranges::all_of(report.document.spans, &reports::Annotation::isConfirmed));
    }

    void aFindingIsCorrectedInTwoActions()
    {
        ReportsBench bench;
        bench.take(threeReports);
        bench.press(Qt::Key_N);
        bench.type('?');
        const reports::Annotation span = *bench.model->chosenSpan();
        QCOMPARE(span.attributes.at(reports::attribute::status), std::string("uncertain"));
        QVERIFY(span.isConfirmed);
        bench.waitUntilSaved();
        const auto stored = reports::storedReports(*bench.project).reports[0];
        QVERIFY(stored.state == State::Begun);
        QVERIFY(*reports::findSpan(stored.document, span.id) == span);
    }

    void everythingIsUndoneAndRedone()
    {
        ReportsBench bench;
        bench.take(threeReports);
        const auto before = reports::storedReports(*bench.project).reports;
        bench.press(Qt::Key_N);
        bench.type('-');
        bench.press(Qt::Key_Backspace);
        bench.select(0, 8);
        bench.type('2');
        bench.press(Qt::Key_Return);
        bench.press(Qt::Key_Return);
        bench.waitUntilSaved();
        const auto after = reports::storedReports(*bench.project).reports;
        for (int i = 0; i < 5; ++i)
            bench.press(Qt::Key_Z, Qt::ControlModifier);
        bench.waitUntilSaved();
        QVERIFY(reports::storedReports(*bench.project).reports == before);
        QVERIFY(bench.model->report(0).report.state == State::New);
        QCOMPARE(bench.model->report(0).report.document.spans.size(), std::size_t(3)); // the suggestions are back
        for (int i = 0; i < 5; ++i)
            bench.press(Qt::Key_Y, Qt::ControlModifier);
        bench.waitUntilSaved();
        QVERIFY(reports::storedReports(*bench.project).reports == after);
    }

    void anActRightBehindAnUndoIsNotLost()
    {
        ReportsBench bench;
        bench.take(threeReports);
        bench.press(Qt::Key_N);
        bench.type('-');
        bench.press(Qt::Key_Z, Qt::ControlModifier);
        bench.press(Qt::Key_Return); // the undo may not be read yet
        bench.waitUntilSaved();
        const auto stored = reports::storedReports(*bench.project).reports[0];
        QVERIFY(stored.state == State::Confirmed);
        QCOMPARE(stored.document.spans[0].attributes.at(reports::attribute::status), std::string("present"));
    }

    void selectedWordsGetTheLabelOfTheKey()
    {
        ReportsBench bench;
        bench.take(threeReports);
        bench.press(Qt::Key_PageDown);
        bench.select(23, 33); // over CR LF and an emoji
        bench.type('4');
        const reports::Annotation& span = *bench.model->chosenSpan();
        QCOMPARE(span.label, std::string("Lung Opacity"));
        QCOMPARE(span.surface, reports::CodePoints(threeReports[1].second).slice({23, 33}));
        bench.select(5, 7);
        bench.press(Qt::Key_A); // a further piece
        QCOMPARE(bench.model->chosenSpan()->pieces.size(), std::size_t(2));
        bench.waitUntilSaved();
        QVERIFY(reports::check(reports::storedReports(*bench.project).reports[1].document));
        bench.keepPicture("annotation_en");
    }

    void overlappingAnnotationsLieInLinesOfTheirOwn()
    {
        ReportsBench bench;
        bench.take(threeReports);
        bench.select(10, 30);
        bench.type('4');
        bench.select(16, 30);
        bench.type('5');
        bench.select(10, 46);
        bench.type('6');
        QVERIFY(bench.page->reportText()->levelsShown() >= 4); // with the rules' own effusion
        bench.keepPicture("overlaps_en");
    }

    void equalMentionsAreCountedThenLabelledInOneAct()
    {
        ReportsBench bench;
        bench.take(manyReports(12));
        bench.press(Qt::Key_Return); // the first is confirmed already
        bench.press(Qt::Key_N);
        const auto mentions = bench.model->mentions(ReportsModel::Where::Everywhere);
        QCOMPARE(mentions.count, std::int64_t(11)); // the confirmed one carries it
        bench.press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(bench.model->mentions(ReportsModel::Where::Everywhere).count, std::int64_t(0));
        bench.waitUntilSaved();
        bench.press(Qt::Key_Z, Qt::ControlModifier);
        bench.waitUntilSaved();
        QCOMPARE(bench.model->mentions(ReportsModel::Where::Everywhere).count, std::int64_t(11));
    }

    void theQueueIsSearchedAndSorted()
    {
        ReportsBench bench;
        bench.take(threeReports);
        bench.find<QLineEdit>("search")->setText("NODULE");
        QCOMPARE(bench.model->queue().size(), std::size_t(1));
        bench.find<QLineEdit>("search")->setText("lesion"); // a label
        QCOMPARE(bench.model->queue().size(), std::size_t(2));
        bench.find<QLineEdit>("search")->clear();
        bench.model->setOrder(ReportsModel::Order::UncertainFirst);
        QCOMPARE(bench.model->queue().front(), std::size_t(0));
        bench.press(Qt::Key_Return);
        bench.model->setShown(ReportsModel::Shown::ToDo);
        QCOMPARE(bench.model->queue().size(), std::size_t(2));
    }

    void enterInTheSearchConfirmsNothing()
    {
        ReportsBench bench;
        bench.take(threeReports);
        bench.press(Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(bench.find<QLineEdit>("search")->hasFocus());
        QTest::keyClicks(bench.find<QLineEdit>("search"), "n2");
        bench.press(Qt::Key_Return);
        QCOMPARE(bench.model->view().confirmed, std::int64_t(0));
        QVERIFY(bench.model->view().isSaved);
    }

    void labelsOfOnesOwnHaveKeysAndAreKept()
    {
        ReportsBench bench;
        bench.take(threeReports);
        auto labels = bench.model->labels();
        labels.push_back({"Rib 骨折", "x", "#ff0000"});
        bench.model->setLabels(labels);
        bench.waitUntilSaved();
        bench.select(0, 8);
        bench.type('x');
        QCOMPARE(bench.model->chosenSpan()->label, std::string("Rib 骨折"));
        labels.push_back({"Rib 骨折", "", "#ff0000"});
        bench.model->setLabels(labels);
        QTRY_VERIFY(bench.model->view().problem.has_value());
        QCOMPARE(bench.model->labels().size(), std::size_t(15));
    }

    void whatCannotBeSavedIsSaidAndNotShown()
    {
        ReportsBench bench;
        bench.take(threeReports);
        bench.press(Qt::Key_Return);
        bench.waitUntilSaved();
        bench.isDiskGone = true;
        bench.press(Qt::Key_Return);
        bench.waitUntilSaved();
        QVERIFY(bench.find<shell::MessageBar>("problem")->words().contains("The disk is gone."));
        QVERIFY(!bench.model->open());
        bench.isDiskGone = false;
        bench.model->readProject(); // as entering the page does
        bench.waitUntilSaved();
        QCOMPARE(bench.model->view().confirmed, std::int64_t(1));
        QVERIFY(bench.model->open());
    }

    void theLanguageIsSwitchedWhileAReportIsOpen()
    {
        ReportsBench bench;
        bench.take(threeReports);
        shell::Language language;
        language.choose("zh_CN");
        QTest::qWait(50);
        bench.press(Qt::Key_N);
        bench.keepPicture("reading_zh_CN");
        const QAbstractItemModel* findings = bench.find<QTableView>("findings")->model();
        QCOMPARE(findings->index(0, 0).data().toString(), QString("胸腔积液"));
        QCOMPARE(findings->index(1, 0).data().toString(), QString("气胸"));
        QCOMPARE(bench.find<QLabel>("chosenTitle")->text(), QString("胸腔积液"));
        QCOMPARE(bench.spans()[0].label, std::string("Pleural Effusion")); // data stay as they are
        const QAbstractItemModel* labels = bench.find<QListView>("labelSet")->model();
        QCOMPARE(labels->index(7, 0).data().toString(), QString("8  肺炎"));
        QCOMPARE(labels->index(7, 0).data(Qt::EditRole).toString(), QString("Pneumonia"));
        auto own = bench.model->labels();
        own.push_back({"Rib fracture", "x", "#ff0000"});
        bench.model->setLabels(own);
        QTRY_COMPARE(labels->index(14, 0).data().toString(), QString("X  Rib fracture"));
        bench.find<QLineEdit>("search")->setText("肺部病灶"); // a label as it is shown
        QCOMPARE(bench.model->queue().size(), std::size_t(2));
        bench.find<QLineEdit>("search")->clear();
        bench.press(Qt::Key_PageDown);
        bench.keepPicture("annotation_zh_CN");
        language.choose("en");
    }
};

int reportsPageTest(int argc, char** argv)
{
    ReportsPageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "reports_page_test.moc"
