#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>

#include "core/reports/annotating.h"
#include "ui/reports/keys_panel.h"
#include "ui/shell/key_list.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/translate.h"

#include "tests/ui/reports/reports_bench.h"

using namespace hounsfield;
using namespace hounsfield::reporting;

namespace {

const std::vector<std::pair<std::string, std::string>> twoReports = {
    {"1", "Small left pleural effusion of 12 mm. No pneumothorax.\nIMPRESSION: Possible pneumonia."},
    {"2", "影像所见：双肺未见结节。心影增大。"},
};

std::string statusOf(const ReportsBench& bench)
{
    return bench.model->chosenSpan()->attributes.at(reports::attribute::status);
}

/// By keys alone to the table of keys: the tab of the labels, then on with Tab.
void goToKeys(const ReportsBench& bench)
{
    auto* tabs = bench.find<QTabWidget>("reportTabs");
    tabs->tabBar()->setFocus();
    while (tabs->currentIndex() != 1)
        bench.press(tabs->currentIndex() < 1 ? Qt::Key_Right : Qt::Key_Left);
    for (int i = 0; i < 12 && !bench.find<QTableView>("keys")->hasFocus(); ++i)
        bench.press(Qt::Key_Tab);
    QVERIFY(bench.find<QTableView>("keys")->hasFocus());
}

/// To the row of a status or command and on to the field that takes its key.
void goToField(const ReportsBench& bench, const std::string& id)
{
    goToKeys(bench);
    auto* view = bench.find<QTableView>("keys");
    const auto& things = qobject_cast<KeyTable*>(view->model())->things();
    const auto wanted = std::ranges::find(things, id, &Keyed::id) - things.begin();
    while (view->currentIndex().row() != wanted)
        bench.press(view->currentIndex().row() < wanted ? Qt::Key_Down : Qt::Key_Up);
    bench.press(Qt::Key_Tab);
    QVERIFY(bench.find<QLineEdit>("newKey")->hasFocus());
}

/// Back to the text: the search, then Enter.
void goToText(const ReportsBench& bench)
{
    bench.press(Qt::Key_F, Qt::ControlModifier);
    bench.press(Qt::Key_Return);
    QVERIFY(bench.page->reportText()->hasFocus());
}

} // namespace

/// Keys of statuses and commands, chosen and used by keys alone.
class KeysTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        shell::theme::apply(*qApp);
    }

    void aStatusGetsAKeyOfOnesOwn()
    {
        ReportsBench bench;
        bench.take(twoReports);
        goToField(bench, "status.absent");
        bench.press(Qt::Key_J);
        bench.waitUntilSaved();
        QVERIFY(!bench.model->view().problem);
        goToText(bench);
        bench.press(Qt::Key_N);
        QCOMPARE(statusOf(bench), std::string("present"));
        bench.type('-'); // no longer
        QCOMPARE(statusOf(bench), std::string("present"));
        bench.type('j');
        QCOMPARE(statusOf(bench), std::string("absent"));
        QVERIFY(bench.find<QToolButton>("status.absent")->text().endsWith("  J"));
        bench.waitUntilSaved();
        QCOMPARE(reports::reportKeys(*bench.project), (reports::ReportKeys{{"status.absent", "J"}}));
    }

    void aCommandGetsAKeyOfOnesOwn()
    {
        ReportsBench bench;
        bench.take(twoReports);
        goToField(bench, "reports.nextFinding");
        bench.press(Qt::Key_Right, Qt::AltModifier);
        bench.waitUntilSaved();
        goToField(bench, "reports.reject");
        bench.press(Qt::Key_Space, Qt::ControlModifier);
        bench.waitUntilSaved();
        QVERIFY(!bench.model->view().problem);
        goToText(bench);
        bench.press(Qt::Key_N);
        QVERIFY(!bench.model->chosenSpan());
        bench.press(Qt::Key_Right, Qt::AltModifier);
        QVERIFY(bench.model->chosenSpan());
        QCOMPARE(bench.spans().size(), std::size_t(3));
        bench.press(Qt::Key_Backspace);
        QCOMPARE(bench.spans().size(), std::size_t(3));
        bench.press(Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(bench.spans().size(), std::size_t(2));
        QVERIFY(bench.page->findChild<QAction*>("reports.reject")->toolTip().contains("Ctrl+Space"));
    }

    void aKeyThatIsTakenIsSaid_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("of a label") << "status.absent" << int(Qt::Key_8) << "The key 8 belongs to “Pneumonia” already.";
        QTest::newRow("of a status") << "reports.extend" << int(Qt::Key_H)
                                     << "The key H belongs to “historical” already.";
        QTest::newRow("of a command") << "status.absent" << int(Qt::Key_N)
                                      << "The key N belongs to “Next annotation” already.";
        QTest::newRow("no letter") << "status.absent" << int(Qt::Key_F5)
                                   << "A status has one letter, digit or sign as its key, without Ctrl or Shift.";
    }
    void aKeyThatIsTakenIsSaid()
    {
        QFETCH(QString, id);
        QFETCH(int, key);
        QFETCH(QString, complaint);
        ReportsBench bench;
        bench.take(twoReports);
        goToField(bench, id.toStdString());
        bench.press(static_cast<Qt::Key>(key));
        QCOMPARE(bench.find<shell::MessageBar>("problem")->words(), complaint);
        bench.waitUntilSaved();
        QVERIFY(bench.model->keys().empty());
        bench.press(Qt::Key_K); // another one will do
        bench.waitUntilSaved();
        QVERIFY(!bench.model->view().problem);
        QCOMPARE(bench.model->keys(), (reports::ReportKeys{{id.toStdString(), "K"}}));
    }

    void aLabelTakesNoKeyOfACommand()
    {
        ReportsBench bench;
        bench.take(twoReports);
        goToKeys(bench);
        auto* labels = bench.find<QListView>("labelSet");
        for (int i = 0; i < 12 && !labels->hasFocus(); ++i)
            bench.press(Qt::Key_Backtab, Qt::ShiftModifier);
        bench.press(Qt::Key_Down);
        auto* field = bench.find<QLineEdit>("labelKey");
        for (int i = 0; i < 12 && !field->hasFocus(); ++i)
            bench.press(Qt::Key_Tab);
        field->selectAll();
        bench.type('n');
        QCOMPARE(bench.find<shell::MessageBar>("problem")->words(),
            QString("The key N belongs to “Next annotation” already."));
        QCOMPARE(bench.model->labels(), reports::chestLabels());
        bench.type('j'); // the old one was selected again
        bench.waitUntilSaved();
        QCOMPARE(bench.model->labels()[static_cast<std::size_t>(labels->currentIndex().row())].key, std::string("j"));
        QVERIFY(!bench.model->view().problem);
    }

    void allGoBackToTheDefaultsAndByUndoBackAgain()
    {
        ReportsBench bench;
        bench.take(twoReports);
        QVERIFY(!bench.find<QPushButton>("standardKeys")->isEnabled());
        goToField(bench, "status.absent");
        bench.press(Qt::Key_J);
        bench.waitUntilSaved();
        goToField(bench, "reports.extend");
        bench.press(Qt::Key_K, Qt::ShiftModifier);
        bench.waitUntilSaved();
        const reports::ReportKeys chosen{{"status.absent", "J"}, {"reports.extend", "Shift+K"}};
        QCOMPARE(bench.model->keys(), chosen);
        bench.keepPicture("keys_en");
        QVERIFY(bench.find<QTableView>("keys")->hasFocus());
        bench.press(Qt::Key_Tab);
        bench.press(Qt::Key_Escape);
        QVERIFY(bench.find<QTableView>("keys")->hasFocus());
        bench.press(Qt::Key_Tab);
        bench.press(Qt::Key_Tab);
        QVERIFY(bench.find<QPushButton>("standardKeys")->hasFocus());
        bench.press(Qt::Key_Space);
        bench.waitUntilSaved();
        QVERIFY(bench.model->keys().empty());
        QCOMPARE(bench.page->findChild<QAction*>("reports.extend")->shortcut(), QKeySequence("A"));
        goToText(bench);
        bench.press(Qt::Key_Z, Qt::ControlModifier);
        bench.waitUntilSaved();
        QCOMPARE(bench.model->keys(), chosen);
        QCOMPARE(bench.page->findChild<QAction*>("reports.extend")->shortcut(), QKeySequence("Shift+K"));
    }

    void aDefaultThatALabelHasTakenIsSaid()
    {
        ReportsBench bench;
        bench.take(twoReports);
        bench.model->setKeys({{"status.historical", "J"}});
        auto labels = bench.model->labels();
        labels[0].key = "h";
        bench.model->setLabels(labels);
        bench.waitUntilSaved();
        goToField(bench, "status.historical");
        bench.press(Qt::Key_Tab);
        bench.press(Qt::Key_Space);
        QCOMPARE(
            bench.find<shell::MessageBar>("problem")->words(), QString("The key H belongs to “No Finding” already."));
        QCOMPARE(bench.model->keys().size(), std::size_t(1));
    }

    void theListOfKeysShowsThoseThatWereChosen()
    {
        ReportsBench bench;
        bench.take(twoReports);
        bench.model->setKeys({{"status.absent", "J"}, {"reports.reject", "Shift+X"}});
        bench.waitUntilSaved();
        const shell::KeyList list({{text("reports", "&Report"), bench.page->commands()}});
        const QString words = list.findChild<QTextEdit*>("keyListText")->toPlainText();
        QVERIFY(words.contains("+ J ? H Y F"));
        QVERIFY(words.contains("Shift+X"));
        QVERIFY(!words.contains("Backspace"));
    }

    void theKeysAreShownInChinese()
    {
        ReportsBench bench;
        bench.take(twoReports);
        shell::Language language;
        language.choose("zh_CN");
        QTest::qWait(50);
        goToField(bench, "status.absent");
        bench.press(Qt::Key_8);
        QVERIFY(bench.find<shell::MessageBar>("problem")->words().contains("肺炎"));
        bench.press(Qt::Key_J);
        bench.waitUntilSaved();
        bench.keepPicture("keys_zh_CN");
        language.choose("en");
    }
};

int keysTest(int argc, char** argv)
{
    KeysTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "keys_test.moc"
