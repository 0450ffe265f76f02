#include <QtTest>

#include "core/reports/document_findings.h"

using namespace hounsfield;
using namespace hounsfield::reports;

class DocumentFindingsTest : public QObject {
    Q_OBJECT
  private slots:
    void spansAreThoseOfTheDocumentsText()
    {
        const Report report{
            "1", {}, {}, {{"findings", "🫁 Small left effusion."}, {"诊断意见", "无气胸。No effusion."}}};
        const Document document = documentOf(report);
        const CodePoints points(document.text);
        const auto placed = findingsOf(document, RuleSet::shipped());
        const auto read = readFindings(report, RuleSet::shipped());
        QCOMPARE(placed.size(), std::size_t{3});
        QCOMPARE(read.size(), placed.size());
        const char* const words[] = {"effusion", "气胸", "effusion"};
        const char* const triggers[] = {"", "无", "No"};
        for (std::size_t i = 0; i < placed.size(); ++i) {
            QCOMPARE(points.slice(placed[i].span), std::string(words[i]));
            QCOMPARE(points.slice(placed[i].trigger.span), std::string(triggers[i]));
            QCOMPARE(placed[i].trigger.text, std::string(triggers[i]));
            QCOMPARE(placed[i].column, read[i].column);
            QCOMPARE(placed[i].label, read[i].label);
            QCOMPARE(placed[i].status, read[i].status);
        }
    }

    void aTextWithoutPartsIsReadAsItStands()
    {
        Document document;
        document.text = "No pneumothorax.";
        QCOMPARE(findingsOf(document, RuleSet::shipped()).size(), std::size_t{1});
        QCOMPARE(findingsOf(document, RuleSet::shipped()).front().span, (Span{3, 15}));
        QVERIFY(findingsOf({}, RuleSet::shipped()).empty());
    }

    void aHeadingBetweenColumnsIsNotRead()
    {
        const Document document = documentOf({"1", {}, {}, {{"effusion", "Clear."}, {"pneumonia", "Clear."}}});
        QVERIFY(findingsOf(document, RuleSet::shipped()).empty());
    }
};

int documentFindingsTest(int argc, char** argv)
{
    DocumentFindingsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "document_findings_test.moc"
