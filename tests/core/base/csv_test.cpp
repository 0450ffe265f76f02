#include <QtTest>

#include "core/base/csv.h"

using namespace hounsfield;

class CsvTest : public QObject {
    Q_OBJECT
  private slots:
    void quotesSeparatorsAndLineEndsAreUnderstood()
    {
        const auto csv = parseCsv("\xEF\xBB\xBF"
                                  "file;label\r\n\"a;b.png\";\"says \"\"no\"\"\"\n\nc.png;x",
            "labels.csv");
        QVERIFY(csv);
        QCOMPARE(csv->columns, (std::vector<std::string>{"file", "label"}));
        QCOMPARE(csv->rows.size(), std::size_t{2});
        QCOMPARE(csv->rows[0][0], std::string("a;b.png"));
        QCOMPARE(csv->rows[0][1], std::string("says \"no\""));
        QCOMPARE(*csv->column("label"), std::size_t{1});
        QVERIFY(!csv->column("patient"));
    }

    void aBadTableNamesItsRow()
    {
        QVERIFY(english(parseCsv("a,b\n1\n", "t.csv").error()).find("Row 2 has 1 cells") != std::string::npos);
        QVERIFY(!parseCsv("a,b\n\"1,2\n", "t.csv"));
        QVERIFY(!parseCsv("", "t.csv"));
    }

    void recordsOfAnyLengthKeepTheirRowsAndPlaces()
    {
        const CsvRecords split =
            splitCsv("a\tb\r\n\r\n\"one\r\ntwo\"\r1\t2\t3\n\"open\tx\n", csvSeparator("a\tb\r\n,,,"));
        QCOMPARE(split.records.size(), std::size_t{3});
        QCOMPARE(split.records[1].row, std::int64_t{3});
        QCOMPARE(split.records[1].offset, std::size_t{7});
        QCOMPARE(split.records[1].cells, (std::vector<std::string>{"one\r\ntwo"}));
        QCOMPARE(split.records[2].cells.size(), std::size_t{3});
        QVERIFY(split.open && split.open->row == 5);
        QCOMPARE(csvSeparator("text\n1,2"), '\0');
        QCOMPARE(splitCsv("a, b", 0).records[0].cells, (std::vector<std::string>{"a, b"}));
    }

    void writtenCellsReadBackAndNoFormulaSurvives()
    {
        for (const std::string cell : {"plain", "a,b", "says \"no\"", "two\nlines", "-1.5"}) {
            const auto csv = parseCsv("x\n" + csvCell(cell) + "\n", "t.csv");
            QVERIFY(csv);
            QCOMPARE(csv->rows[0][0], cell);
        }
        QCOMPARE(csvCell("=1+1"), std::string("'=1+1"));
    }
};

int csvTest(int argc, char** argv)
{
    CsvTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "csv_test.moc"
