#include <QtTest>

#include "core/reports/annotation.h"

#include <functional>

using namespace hounsfield;
using namespace hounsfield::reports;

Q_DECLARE_METATYPE(std::function<void(hounsfield::reports::Document&)>)

namespace {

const char* const words = "左肺结节 🫁 and e\u0301dema,\r\nold\u00a0fracture";

Document sample()
{
    Document document;
    document.id = "7";
    document.text = words;
    const CodePoints points(document.text);
    const auto add = [&](const char* id, std::vector<Span> pieces) {
        document.spans.push_back({id, "Lung Lesion", pieces, surfaceOf(points, pieces), {}, {}, true});
    };
    add("T1", {{0, 4}});
    add("T2", {{0, 2}, {5, 6}});
    document.relations.push_back({"R1", "at", "T1", "T2"});
    return document;
}

} // namespace

class AnnotationTest : public QObject {
    Q_OBJECT
  private slots:
    void surfacesAreWordsOfTheTextWhateverTheScript()
    {
        const Document document = sample();
        QCOMPARE(document.spans[0].surface, std::string("左肺结节"));
        QCOMPARE(document.spans[1].surface, std::string("左肺 🫁"));
        QVERIFY(check(document));
    }

    void whatDoesNotFitItsTextIsRefused_data()
    {
        QTest::addColumn<std::function<void(Document&)>>("spoil");
        const auto row = [](const char* name, const std::function<void(Document&)>& spoil) {
            QTest::newRow(name) << spoil;
        };
        row("past the end", [](Document& document) { document.spans[0].pieces = {{0, 400}}; });
        row("empty", [](Document& document) { document.spans[0].pieces = {{3, 3}}; });
        row("backwards", [](Document& document) { document.spans[0].pieces = {{5, 6}, {0, 2}}; });
        row("pieces that touch", [](Document& document) { document.spans[0].pieces = {{0, 2}, {2, 4}}; });
        row("no pieces", [](Document& document) { document.spans[0].pieces.clear(); });
        row("other words", [](Document& document) { document.spans[0].surface = "右肺结节"; });
        row("a name twice", [](Document& document) { document.spans[1].id = "T1"; });
        row("a relation to nothing", [](Document& document) { document.relations[0].to = "T9"; });
        row("a relation twice", [](Document& document) { document.relations.push_back(document.relations[0]); });
    }
    void whatDoesNotFitItsTextIsRefused()
    {
        QFETCH(std::function<void(Document&)>, spoil);
        Document document = sample();
        spoil(document);
        const auto checked = check(document);
        QVERIFY(!checked);
        QVERIFY(checked.error().kind == Error::Kind::BadInput);
        QCOMPARE(checked.error().where, std::string("7"));
    }

    void aReportOfSeveralColumnsComesBackFromItsDocument()
    {
        const Report report{"12", "P1", "A1", {{"findings", words}, {"impression", ""}, {"诊断意见", "无🫁"}}};
        const Document document = documentOf(report);
        QVERIFY(check(document));
        QCOMPARE(QString::fromStdString(document.text).left(10), QString("findings:\n"));
        const Report back = reportOf(document);
        QCOMPARE(back.patient, report.patient);
        QCOMPARE(back.accession, report.accession);
        QCOMPARE(back.columns.size(), report.columns.size());
        for (std::size_t i = 0; i < back.columns.size(); ++i) {
            QCOMPARE(back.columns[i].name, report.columns[i].name);
            QCOMPARE(back.columns[i].text, report.columns[i].text);
        }
    }

    void aReportOfOneColumnIsItsText()
    {
        const Document document = documentOf({"1", "", "", {{"text", words}}});
        QCOMPARE(document.text, std::string(words));
        QVERIFY(document.facts.empty());
    }
};

int annotationTest(int argc, char** argv)
{
    AnnotationTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "annotation_test.moc"
