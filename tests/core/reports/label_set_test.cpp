#include <QTemporaryDir>
#include <QtTest>

#include "core/reports/label_names.h"
#include "core/reports/label_set.h"
#include "core/reports/lexicon.h"
#include "core/reports/report_keys.h"

using namespace hounsfield;
using namespace hounsfield::reports;

class LabelSetTest : public QObject {
    Q_OBJECT
  private slots:
    void everythingTheRulesCanNameHasANameToRead()
    {
        for (const Rule& rule : RuleSet::shipped().rules()) {
            if (rule.kind != Rule::Kind::Finding && rule.kind != Rule::Kind::Subject)
                continue;
            for (const std::string& name : {rule.finding, rule.label})
                QVERIFY2(name.empty() || labelText(name).context == "labels", name.c_str());
        }
        QCOMPARE(chestLabels().size(), std::size_t{14});
        for (const ReportLabel& label : chestLabels())
            QCOMPARE(labelText(label.name).context, std::string("labels"));
    }

    void aNameOfOnesOwnStandsAsItWasGiven()
    {
        const Text own = labelText("100%1 肺炎");
        QVERIFY(own.context.empty());
        QCOMPARE(english(text("reports", "The label %1 is given, the text denies it.").with(own)),
            std::string("The label 100%1 肺炎 is given, the text denies it."));
    }

    void chosenKeysAreKeptAndUndone()
    {
        QTemporaryDir folder;
        {
            const auto project = study::Project::open(folder.path().toStdString(), "reader").value();
            QVERIFY(reportKeys(*project).empty());
            QVERIFY(setReportKeys(*project, {{"status.absent", "0"}}));
            QVERIFY(setReportKeys(*project, {{"status.absent", "J"}, {"reports.reject", "Shift+X"}}));
        }
        const auto project = study::Project::open(folder.path().toStdString(), "reader").value();
        QCOMPARE(reportKeys(*project), (ReportKeys{{"reports.reject", "Shift+X"}, {"status.absent", "J"}}));
        QVERIFY(project->undo());
        QCOMPARE(reportKeys(*project), (ReportKeys{{"status.absent", "0"}}));
        QVERIFY(project->undo());
        QVERIFY(reportKeys(*project).empty());
        QCOMPARE(reportLabels(*project), chestLabels());
    }

    void aKeyIsChosenOnce()
    {
        QTemporaryDir folder;
        const auto project = study::Project::open(folder.path().toStdString(), "reader").value();
        const auto refused = setReportKeys(*project, {{"status.absent", "J"}, {"status.present", "J"}});
        QVERIFY(!refused);
        QCOMPARE(english(refused.error().what), std::string("The key J is chosen twice."));
        QVERIFY(!setReportKeys(*project, {{"status.absent", ""}}));
        QVERIFY(project->undoable().empty());
        QCOMPARE(freeKey({{"a", "1", ""}}), std::string("2"));
        QCOMPARE(freeKey({{"a", "1", ""}}, [](const std::string& key) { return key == "2"; }), std::string("3"));
    }
};

int labelSetTest(int argc, char** argv)
{
    LabelSetTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "label_set_test.moc"
