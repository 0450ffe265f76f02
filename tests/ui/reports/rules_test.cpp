#include <QLabel>
#include <QListWidget>
#include <QPushButton>

#include "ui/reports/rules_model.h"
#include "ui/reports/rules_panel.h"

#include "tests/ui/reports/reports_bench.h"

using namespace hounsfield;
using namespace hounsfield::reporting;

class RulesTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        shell::theme::apply(*qApp);
    }

    void aCorrectionBecomesARuleAfterItsEffectWasSeen()
    {
        ReportsBench bench;
        bench.take({{"1", "Fluid layer at the left base."}, {"2", "No fluid layer. Heart normal."},
            {"3", "Clear lungs."}, {"4", "A thin fluid layer."}});
        RulesModel rules(*bench.model, bench.tasks);
        auto* panel = new RulesPanel(rules, *bench.model, *bench.page->reportText());
        bench.page->addPanel(panel);
        bench.find<QTabWidget>("reportTabs")->setCurrentWidget(panel);
        bench.page->focusText();
        QVERIFY(!panel->findChild<QPushButton*>("proposeRule")->isEnabled());
        bench.select(0, 11);
        bench.type('q'); // Pleural Effusion
        QCOMPARE(bench.model->chosenSpan()->label, std::string("Pleural Effusion"));
        bench.waitUntilSaved();
        QTest::mouseClick(panel->findChild<QPushButton*>("proposeRule"), Qt::LeftButton);
        QTRY_VERIFY(rules.proposal());
        QCOMPARE(rules.proposal()->reports, std::int64_t(3));
        QCOMPARE(panel->findChild<QListWidget*>("ruleChanges")->count(), 3);
        QVERIFY(bench.model->localRules().empty()); // nothing is saved yet
        bench.keepPicture("rule_en");
        QTest::mouseClick(panel->findChild<QPushButton*>("saveRule"), Qt::LeftButton);
        bench.waitUntilSaved();
        QCOMPARE(bench.model->localRules().size(), std::size_t(1));
        const auto& second = bench.model->report(1).findings;
        QVERIFY(std::ranges::any_of(second, [](const reports::Finding& finding) {
            return finding.label == "Pleural Effusion" && finding.status == reports::Status::Absent;
        }));
        QCOMPARE(bench.model->report(3).report.document.spans.size(), std::size_t(1)); // suggested by now
        bench.page->focusText();
        bench.press(Qt::Key_Z, Qt::ControlModifier);
        bench.waitUntilSaved();
        QVERIFY(bench.model->localRules().empty());
        QVERIFY(bench.model->report(3).report.document.spans.empty());
    }

    void wordsThatSayTooLittleMakeNoRule()
    {
        ReportsBench bench;
        bench.take({{"1", "The heart is large, a."}});
        RulesModel rules(*bench.model, bench.tasks);
        bench.select(20, 21);
        bench.type('q');
        rules.propose({});
        QTRY_VERIFY(rules.problem());
        QVERIFY(!rules.proposal());
    }

    void aRuleIsRemovedByHand()
    {
        ReportsBench bench;
        bench.take({{"1", "Fluid layer."}});
        bench.model->saveRule(
            {"local.1", {{"phrase", "fluid layer"}, {"finding", "fluid"}, {"label", "Pleural Effusion"}}});
        bench.waitUntilSaved();
        QCOMPARE(bench.model->report(0).findings.size(), std::size_t(1));
        bench.model->removeRule("local.1");
        bench.waitUntilSaved();
        QVERIFY(bench.model->report(0).findings.empty());
    }
};

int rulesTest(int argc, char** argv)
{
    RulesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "rules_test.moc"
