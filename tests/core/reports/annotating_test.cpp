#include <QtTest>

#include "core/reports/annotating.h"

using namespace hounsfield;
using namespace hounsfield::reports;

class AnnotatingTest : public QObject {
    Q_OBJECT
  private slots:
    void equalMentionsAreWholeWordsWhateverTheirCase_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("begins");
        QTest::newRow("case") << "Edema, edema; EDEMA"
                              << "edema"
                              << "0 7 14";
        QTest::newRow("part of a word") << "lymphedema, edematous edema"
                                        << "edema"
                                        << "22";
        QTest::newRow("Chinese has no words") << "左肺结节，肺结节。"
                                              << "肺结节"
                                              << "1 5";
        QTest::newRow("Han beside letters") << "CT肺CT"
                                            << "CT"
                                            << "0 3";
        QTest::newRow("no overlaps") << "aa aa aa"
                                     << "aa aa"
                                     << "0";
        QTest::newRow("emoji") << "🫁 edema 🫁"
                               << "🫁"
                               << "0 8";
        QTest::newRow("longer than the text") << "ab"
                                              << "abc"
                                              << "";
        QTest::newRow("nothing") << "ab"
                                 << ""
                                 << "";
        QTest::newRow("Greek") << "ΟΔΟΣ οδοσ"
                               << "οδοσ"
                               << "0 5";
    }
    void equalMentionsAreWholeWordsWhateverTheirCase()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QFETCH(QString, begins);
        QStringList found;
        for (const Span& span : mentionsOf(CodePoints(text.toStdString()), words.toStdString()))
            found << QString::number(span.begin);
        QCOMPARE(found.join(' '), begins);
    }

    void onlyMentionsWithoutTheLabelAreNew()
    {
        Document document;
        document.text = "Edema. No edema. Edema?";
        addSpan(document, "Edema", {{0, 5}});
        addSpan(document, "Pneumonia", {{10, 15}});
        QCOMPARE(newMentions(document, "Edema", "edema"), (std::vector<Span>{{10, 15}, {17, 22}}));
        QVERIFY(newMentions(document, "Edema", "pneumonia").empty());
    }

    void theSameWordsAreNotLabelledTwice()
    {
        Document document;
        document.text = "Edema.";
        const std::string first = addSpan(document, "Edema", {{0, 5}});
        document.spans[0].isConfirmed = false;
        QCOMPARE(addSpan(document, "Edema", {{0, 5}}), first);
        QVERIFY(document.spans[0].isConfirmed);
        QVERIFY(addSpan(document, "Pneumonia", {{0, 5}}) != first);
        QVERIFY(check(document));
    }

    void idsStayUniqueAfterRemovals()
    {
        Document document;
        document.text = "one two three";
        addSpan(document, "a", {{0, 3}});
        addSpan(document, "a", {{4, 7}});
        document.relations.push_back({freeRelationId(document), "at", "T1", "T2"});
        removeSpan(document, "T1");
        QVERIFY(document.relations.empty());
        QCOMPARE(addSpan(document, "a", {{8, 13}}), std::string("T3"));
        QVERIFY(check(document));
    }

    void piecesThatTouchBecomeOne()
    {
        Document document;
        document.text = "left and right effusion";
        const std::string id = addSpan(document, "Effusion", {{15, 23}});
        addPiece(document, id, {0, 4});
        QCOMPARE(document.spans[0].surface, std::string("left effusion"));
        addPiece(document, id, {4, 9});
        QCOMPARE(document.spans[0].pieces, (std::vector<Span>{{0, 9}, {15, 23}}));
        QVERIFY(check(document));
    }

    void whiteSpaceAtTheEndsIsNoPartOfAnAnnotation()
    {
        const CodePoints text("  a b\u00a0\r\n");
        QCOMPARE(trimmed(text, {0, text.size()}), (Span{2, 5}));
        QCOMPARE(trimmed(text, {0, 2}).size(), std::int64_t(0));
    }

    void aFindingBecomesASuggestion()
    {
        const CodePoints text("No left effusion of 12 mm.");
        const auto findings = readFindings("No left effusion of 12 mm.", RuleSet::shipped());
        QCOMPARE(findings.size(), std::size_t(1));
        const Annotation span = suggestionOf(findings[0], text, "S1");
        QVERIFY(!span.isConfirmed);
        QCOMPARE(span.label, std::string("Pleural Effusion"));
        QCOMPARE(span.attributes.at(attribute::status), std::string("absent"));
        QCOMPARE(span.attributes.at(attribute::side), std::string("left"));
        QCOMPARE(span.attributes.at(attribute::sizeMm), std::string("12"));
        QVERIFY(check(span, text, ""));
    }
};

int annotatingTest(int argc, char** argv)
{
    AnnotatingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "annotating_test.moc"
