#include <QtTest>

#include "core/reports/finding_rules.h"
#include "core/reports/sentences.h"

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

/// "Label=status" of every finding with a label, once, in reading order.
QString told(const QString& text, const RuleSet& rules = RuleSet::shipped())
{
    QStringList parts;
    for (const Finding& finding : readFindings(text.toStdString(), rules)) {
        const QString part = QString::fromStdString(finding.label + "=" + std::string(nameOf(finding.status)));
        if (!finding.label.empty() && !parts.contains(part))
            parts << part;
    }
    return parts.join("; ");
}

Finding first(const QString& text)
{
    const auto findings = readFindings(text.toStdString(), RuleSet::shipped());
    return findings.empty() ? Finding{} : findings.front();
}

RuleSet shippedWith(const char* rows)
{
    const auto table = parseCsv(rows, "rules");
    return RuleSet::shipped().with(*table, "rules").value();
}

} // namespace

class FindingRulesTest : public QObject {
    Q_OBJECT
  private slots:
    void aTextTellsFindingsAndTheirStatus_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("findings");
        const auto row = [](const char* text, const char* findings) {
            QTest::newRow(text) << QString(text) << findings;
        };
        row("Small left pleural effusion.", "Pleural Effusion=present");
        row("No effusion, pneumothorax or consolidation.",
            "Pleural Effusion=absent; Pneumothorax=absent; Consolidation=absent");
        row("No acute, displaced rib fractures are seen.", "Fracture=absent");
        row("No pneumothorax, heart is enlarged.", "Pneumothorax=absent; Cardiomegaly=present");
        row("No effusion but there is a nodule.", "Pleural Effusion=absent; Lung Lesion=present");
        row("No pneumothorax, however atelectasis persists.", "Pneumothorax=absent; Atelectasis=present");
        row("No change in the effusion.", "Pleural Effusion=present");
        row("There is no increase in the effusion.", "Pleural Effusion=present");
        row("Pneumonia is not ruled out.", "Pneumonia=uncertain");
        row("Pneumonia cannot be excluded.", "Pneumonia=uncertain");
        row("Possible pneumonia.", "Pneumonia=uncertain");
        row("Atelectasis versus pneumonia.", "Atelectasis=uncertain; Pneumonia=uncertain");
        row("Pneumothorax: no", "Pneumothorax=absent");
        row("Pneumothorax: none.", "Pneumothorax=absent");
        row("The chest is negative for pneumothorax.", "Pneumothorax=absent");
        row("Old healed rib fractures.", "Fracture=historical");
        row("The PICC line has been removed.", "Support Devices=historical");
        row("Nodule in the right lung, not seen on prior exams.", "Lung Lesion=present");
        row("A nodule is present that was not seen on the prior study.", "Lung Lesion=present");
        row("Effusion not identified in the most recent prior radiograph.", "Pleural Effusion=present");
        row("Pneumothorax not previously seen.", "Pneumothorax=present");
        row("The nodule is not seen on the current exam.", "Lung Lesion=absent");
        row("The nodule was not seen.", "Lung Lesion=absent");
        row("The nodule was not seen on the prior exam.", "Lung Lesion=present");
        row("No nodule, and no effusion on prior exams.", "Lung Lesion=absent; Pleural Effusion=absent");
        row("Return if pneumonia develops.", "Pneumonia=hypothetical");
        row("Her mother had lung cancer.", "Lung Lesion=family");
        row("Heart size is normal.", "Cardiomegaly=absent");
        row("The heart is not enlarged.", "Cardiomegaly=absent");
        row("Cardiomediastinal silhouette is within normal limits.",
            "Cardiomegaly=absent; Enlarged Cardiomediastinum=absent");
        row("The heart is mildly enlarged.", "Cardiomegaly=present");
        row("Heart size is stable.", "");
        row("Small pericardial effusion.", "");
        row("Nodular opacity at the right base.", "Lung Lesion=present; Lung Opacity=present");
        row("No acute cardiopulmonary disease.", "No Finding=present");
        row("未见胸腔积液。", "Pleural Effusion=absent");
        row("无气胸、胸腔积液或实变。", "Pneumothorax=absent; Pleural Effusion=absent; Consolidation=absent");
        row("没有气胸，心影增大。", "Pneumothorax=absent; Cardiomegaly=present");
        row("没有气胸，但有胸腔积液。", "Pneumothorax=absent; Pleural Effusion=present");
        row("心影大小正常。", "Cardiomegaly=absent");
        row("心脏和纵隔的轮廓正常。", "Cardiomegaly=absent; Enlarged Cardiomediastinum=absent");
        row("可能为肺炎。", "Pneumonia=uncertain");
        row("考虑肺炎。", "Pneumonia=uncertain");
        row("不除外肺炎。", "Pneumonia=uncertain");
        row("排除气胸。", "Pneumothorax=absent");
        row("胸腔积液无明显变化。", "Pleural Effusion=present");
        row("陈旧性肋骨骨折。", "Fracture=historical");
        row("导管已拔除。", "Support Devices=historical");
        row("右肺结节，前片未见。", "Lung Lesion=present");
        row("左侧胸腔积液，以前的检查中未见，右侧无积液。", "Pleural Effusion=present; Pleural Effusion=absent");
        row("前片未见结节。", "Lung Lesion=absent");
        row("如出现气胸，请复查。", "Pneumothorax=hypothetical");
        row("父亲患肺癌。", "Lung Lesion=family");
    }
    void aTextTellsFindingsAndTheirStatus()
    {
        QFETCH(QString, text);
        QTEST(told(text), "findings");
        // The same status when the concept is asked for by its place, as negation does.
        for (const Finding& finding : readFindings(text.toStdString(), RuleSet::shipped())) {
            const auto rules = RuleSet::shipped().rules();
            const auto rule = std::ranges::find(rules, finding.rule, &Rule::id);
            if (rule->kind == Rule::Kind::Finding)
                QCOMPARE(statusOf(text.toStdString(), finding.span, RuleSet::shipped()).status, finding.status);
        }
    }

    void aFindingNamesItsPlaceItsTriggerAndItsAttributes()
    {
        const Finding nodule = first("Lungs: a new 3.2 x 4.1 cm nodule in the right upper lobe.");
        QCOMPARE(nodule.finding, "nodule");
        QCOMPARE(nodule.side, "right");
        QCOMPARE(nodule.change, "new");
        QVERIFY(nodule.sizeMm && qAbs(*nodule.sizeMm - 41) < 1e-9);
        const Finding effusion = first(QString::fromUtf8("😀 No mild effusion."));
        QCOMPARE(effusion.trigger, (Trigger{"No", {2, 4}}));
        QCOMPARE(effusion.span, (Span{10, 18}));
        QCOMPARE(effusion.severity, "mild");
        const Finding chinese = first(QString::fromUtf8("左侧少量胸腔积液。"));
        QCOMPARE(chinese.side, "left");
        QCOMPARE(chinese.severity, "mild");
    }

    void whatAnEarlierExaminationDidNotShowIsNew_data()
    {
        QTest::addColumn<QString>("change");
        QTest::newRow("Nodule, not seen on prior exams.") << "new";
        QTest::newRow("Stable nodule, not present on the previous CT.") << "new";
        QTest::newRow("Nodule not previously described.") << "new";
        QTest::newRow("Nodule seen on prior exams.") << "";
        QTest::newRow("Nodule is not seen.") << "";
        QTest::newRow("右肺结节，原片未见。") << "new";
        QTest::newRow("右肺结节，较前相仿。") << "stable";
    }
    void whatAnEarlierExaminationDidNotShowIsNew()
    {
        QTEST(QString::fromStdString(first(QString::fromUtf8(QTest::currentDataTag())).change), "change");
    }

    void aSizeIsTheLargestOfItsNumbers_data()
    {
        QTest::addColumn<double>("size");
        QTest::newRow("Nodule of 3 mm x 1 mm.") << 3.0;
        QTest::newRow("Nodule of 1 mm x 3 mm.") << 3.0;
        QTest::newRow("A 3.2 x 4.1 x 2 cm nodule.") << 41.0;
        QTest::newRow("Nodule of 1.2 cm by 8 mm.") << 12.0;
        QTest::newRow("Nodule, 8 mm × 1.1 cm × 5 mm.") << 11.0;
        QTest::newRow("Nodule of 3x1 mm.") << 3.0;
        QTest::newRow("Nodule of 3mm x 1mm.") << 3.0;
        QTest::newRow("Nodule of 3x12x7 mm.") << 12.0;
        QTest::newRow("A 5-mm nodule.") << 5.0;
        QTest::newRow("A 4-5 mm nodule.") << 5.0;
        QTest::newRow("Nodule of 9 mm, 4 mm from the pleura.") << 9.0;
        QTest::newRow("右肺结节3毫米×1毫米。") << 3.0;
        QTest::newRow("右肺结节，大小3×12毫米。") << 12.0;
        QTest::newRow("Two nodules.") << 0.0;
    }
    void aSizeIsTheLargestOfItsNumbers()
    {
        QFETCH(double, size);
        const double read = first(QString::fromUtf8(QTest::currentDataTag())).sizeMm.value_or(0);
        QVERIFY2(qAbs(read - size) < 1e-9, qPrintable(QString::number(read)));
    }

    void aReportIsReadColumnByColumn()
    {
        const Report report{"1", {}, {}, {{"findings", "Cardiomegaly."}, {"impression", "No effusion."}}};
        const auto findings = readFindings(report, RuleSet::shipped());
        QCOMPARE(findings.size(), std::size_t{2});
        QCOMPARE(findings[0].column, "findings");
        QCOMPARE(findings[1].column, "impression");
        QVERIFY(readFindings("", RuleSet::shipped()).empty());
    }

    void ownRulesAddReplaceAndSwitchOff()
    {
        const RuleSet& shipped = RuleSet::shipped();
        const RuleSet added = shippedWith("id,finding,label,phrase\nmine,zebra,Stripes,zebra*\n");
        QCOMPARE(told("No zebras.", added), "Stripes=absent");
        QVERIFY(added.hash() != shipped.hash());
        const RuleSet replaced = shippedWith("id,finding,label,phrase\nen.pneumonia.1,pneumonia,Infection,pneumonia\n");
        QCOMPARE(told("Pneumonia.", replaced), "Infection=present");
        const RuleSet off = shippedWith("id,phrase\nen.pneumonia.1,\n");
        QCOMPARE(told("Pneumonia.", off), "");
        QCOMPARE(shippedWith("id,phrase\nnone,\n").hash(), shipped.hash());
    }

    void faultyRulesSayWhere_data()
    {
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("no phrase column") << "id,label\na,b\n"
                                          << "needs the columns id and phrase";
        QTest::newRow("no id") << "id,phrase\n,nodule\n"
                               << "rules, row 2";
        QTest::newRow("role") << "id,phrase,role\na,b,sideways\n"
                              << "\"sideways\" is no role";
        QTest::newRow("status") << "id,phrase,role,status\na,b,before,maybe\n"
                                << "\"maybe\" is no status";
        QTest::newRow("window") << "id,phrase,role,status,window\na,b,before,absent,x\n"
                                << "\"x\"";
        QTest::newRow("empty part") << "id,phrase\na,b|\n"
                                    << "empty part";
    }
    void faultyRulesSayWhere()
    {
        QFETCH(QString, rows);
        QFETCH(QString, complaint);
        const auto table = parseCsv(rows.toStdString(), "rules");
        QVERIFY(table.has_value());
        const auto rules = RuleSet::shipped().with(*table, "rules");
        QVERIFY(!rules);
        const QString sentence = QString::fromStdString(english(rules.error()));
        QVERIFY2(sentence.contains(complaint), qPrintable(sentence));
    }

    void aTextFallsIntoSentences_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("sentences");
        QTest::newRow("marks") << "No mass. Size 3.2 cm; stable! Why?"
                               << QStringList{"No mass.", "Size 3.2 cm;", "stable!", "Why?"};
        QTest::newRow("letters, titles and list numbers")
            << "1. Seen by Dr. J. Doe. 2. Clear." << QStringList{"1. Seen by Dr. J. Doe.", "2. Clear."};
        QTest::newRow("lines") << "Heart\nnormal\n\nLungs clear\n- Nodule"
                               << QStringList{"Heart\nnormal", "Lungs clear", "- Nodule"};
        QTest::newRow("Chinese") << QString::fromUtf8("心影增大。无气胸；双肺清\n骨折！")
                                 << QStringList{QString::fromUtf8("心影增大。"), QString::fromUtf8("无气胸；"),
                                        QString::fromUtf8("双肺清"), QString::fromUtf8("骨折！")};
        QTest::newRow("nothing") << "" << QStringList{};
    }
    void aTextFallsIntoSentences()
    {
        QFETCH(QString, text);
        const CodePoints points(text.toStdString());
        const auto tokens = tokensOf(points);
        QStringList parts;
        for (const Sentence& sentence : sentencesOf(points, tokens))
            parts << QString::fromStdString(points.slice(sentence.span));
        QTEST(parts, "sentences");
    }
};

int findingRulesTest(int argc, char** argv)
{
    FindingRulesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "finding_rules_test.moc"
