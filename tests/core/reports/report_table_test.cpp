#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/files/reader_client.h"
#include "core/reports/report_table.h"

#include <ctime>

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

const char* const openI = R"(<?xml version="1.0"?>
<eCitation><uId id="CXR7"/><PatientID>p1</PatientID><MedlineCitation><Article><Abstract>
<AbstractText Label="COMPARISON">None.</AbstractText>
<AbstractText Label="FINDINGS">Heart &lt; normal.
Two lines.</AbstractText>
<AbstractText Label="IMPRESSION">Clear.</AbstractText></Abstract></Article></MedlineCitation>
<MeSH><major>Opacity/lung</major><major>normal</major></MeSH></eCitation>)";

std::string sentence(const Result<Table>& table)
{
    return table ? std::string() : english(table.error());
}

/// A .gz file around bytes that are stored as they are (RFC 1952, RFC 1951 section 3.2.4).
std::string gzip(const std::string& bytes)
{
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char c : bytes) {
        crc ^= static_cast<std::uint8_t>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320U : 0);
    }
    const auto little = [](std::uint32_t value, int count) {
        std::string written;
        for (int i = 0; i < count; ++i)
            written += static_cast<char>(value >> (8 * i) & 0xFF);
        return written;
    };
    const auto size = static_cast<std::uint32_t>(bytes.size());
    return std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03\x01", 11) + little(size, 2) + little(~size, 2) + bytes
           + little(~crc, 4) + little(size, 4);
}

} // namespace

class ReportTableTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path file(const char* name, const std::string& bytes)
    {
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / name;
        (void)writeAtomically(path, bytes);
        return path;
    }
    Result<ReportTable> reportsOf(const char* name, const std::string& bytes, TableRequest request = {})
    {
        request.path = file(name, bytes);
        return readReports(nullptr, request);
    }

  private slots:
    void aStructuredReportIsReadWithItsHeadings()
    {
        const std::filesystem::path folder = HOUNSFIELD_SHARED "/data/dicom/not_images";
        if (!std::filesystem::exists(folder))
            QSKIP("../shared/data/dicom is not there");
        files::ReaderPool readers;
        int read = 0;
        for (const char* name : {"test-SR.dcm", "sr_document.dcm", "sr_document_with_multiple_groups.dcm"}) {
            const auto table = readReports(&readers, {folder / name, {}, {}});
            QVERIFY2(table, table ? "" : english(table.error()).c_str());
            QCOMPARE(table->reports.size(), std::size_t(1));
            QVERIFY(!table->reports[0].columns[0].text.empty());
            ++read;
        }
        QCOMPARE(read, 3);
        const auto picture = readReports(&readers, {folder.parent_path() / "highdicom/ct_image.dcm", {}, {}});
        QVERIFY(!picture && english(picture.error()).find("no report") != std::string::npos);
    }

    void tablesKeepTheirTextsAsTheyAre()
    {
        const auto table = parseTable("id;text\r\n1;\"a\r\nb \"\"c\"\"; d\"\r\n\r\n2;e\xC2\xA0z\r\n", "a.csv");
        QVERIFY(table);
        QCOMPARE(table->header, (std::vector<std::string>{"id", "text"}));
        QCOMPARE(table->rows.size(), std::size_t{2});
        QCOMPARE(table->rows[0].cells[1], std::string("a\r\nb \"c\"; d"));
        QCOMPARE(table->rows[1].number, std::int64_t{4});
        QCOMPARE(table->rows[1].cells[1], std::string("e\xC2\xA0z"));
        QVERIFY(table->problems.empty());
        const auto tabs = parseTable("id\ttext\n1\ta, b; c\n", "a.TSV");
        QVERIFY(tabs && tabs->rows[0].cells[1] == "a, b; c");
        const auto single = parseTable("text\nNo effusion, no mass.\n", "a.csv");
        QVERIFY(single && single->rows[0].cells[0] == "No effusion, no mass.");
    }

    void jsonLinesAreTables()
    {
        const auto table = parseTable("{\"id\":7,\"text\":\"a\\nb\"}\r\n\n[1]\nnonsense\n"
                                      "{\"text\":\"c\",\"p\":0.5,\"l\":[1,2],\"n\":null,\"b\":true}\n",
            "a.jsonl");
        QVERIFY(table);
        QCOMPARE(table->header, (std::vector<std::string>{"id", "text", "p", "l", "n", "b"}));
        QCOMPARE(table->rows[0].cells, (std::vector<std::string>{"7", "a\nb", "", "", "", ""}));
        QCOMPARE(table->rows[1].cells, (std::vector<std::string>{"", "c", "0.5", "[1,2]", "", "true"}));
        QCOMPARE(table->problems.size(), std::size_t{2});
        QCOMPARE(english(table->problems[0].error),
            std::string("a.jsonl:3: The line is no JSON object; it is left out. Write one object a line, such as "
                        "{\"id\": 1, \"text\": \"…\"}."));
        const std::string deep = "{\"a\":" + std::string(1'000'000, '[') + std::string(1'000'000, ']') + "}\n{\"a\":1}";
        const auto nested = parseTable(deep, "a.jsonl");
        QVERIFY(nested && nested->rows.size() == 1 && nested->problems.size() == 1);
    }

    void openIsXmlIsAReport()
    {
        const auto result = reportsOf("CXR7.xml", openI);
        QVERIFY(result);
        const Report& report = result->reports.at(0);
        QCOMPARE(report.id, std::string("CXR7"));
        QCOMPARE(report.patient, std::string("p1"));
        QCOMPARE(report.columns.size(), std::size_t{2});
        QCOMPARE(report.columns[0].text, std::string("Heart < normal.\nTwo lines."));
        QCOMPARE(report.columns[1].name, std::string("impression"));
        const auto table = parseTable(openI, "a");
        QCOMPARE(table->rows[0].cells[*table->column("mesh major")], std::string("Opacity/lung; normal"));
        const auto two =
            parseTable("<all>" + std::string(openI).substr(22) + std::string(openI).substr(22) + "</all>", "a.xml");
        QVERIFY(two && two->rows.size() == 2);
    }

    void hostileXmlIsRefused_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("bomb") << QByteArray("<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY l2 \"&lol;&lol;\">]>"
                                            "<AbstractText>&l2;</AbstractText>")
                              << QByteArray("document type or entities");
        QTest::newRow("an open declaration") << QByteArray("<!DOCTYPE lolz [<!ENTITY lol") << QByteArray("");
        QTest::newRow("a file from outside")
            << QByteArray("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>") << QByteArray("document type");
        QTest::newRow("deep") << QByteArray("<a>").repeated(500'000) + QByteArray("</a>").repeated(500'000)
                              << QByteArray("nests its elements");
        QTest::newRow("cut off") << QByteArray("<a>\n<b>") << QByteArray("a.xml:2: The XML is damaged");
        QTest::newRow("another kind") << QByteArray("<a>b</a>") << QByteArray("no AbstractText");
    }
    void hostileXmlIsRefused()
    {
        QFETCH(QByteArray, xml);
        QFETCH(QByteArray, says);
        const auto table = parseTable(xml.toStdString(), "a.xml");
        QVERIFY(!table);
        QVERIFY2(sentence(table).find(says.toStdString()) != std::string::npos, sentence(table).c_str());
    }

    void mutantsOfEveryFormatAreReadOrRefused()
    {
        const std::pair<const char*, std::string> sound[] = {{"a.xml", openI},
            {"a.csv", "id,text\n1,\"a \"\"b\"\"\nc\"\n2,d\n"},
            {"a.jsonl", "{\"id\":1,\"text\":\"a\\u00e9\"}\n{\"id\":2,\"l\":[1,{\"x\":2}]}\n"},
            {"a.txt", "\xFF\xFE" + std::string("a\0b\0", 4)}};
        for (std::uint64_t round = 0; round < 8000; ++round) {
            Random random(1, "tables", 0, round);
            auto [name, bytes] = sound[round % std::size(sound)];
            for (std::int64_t i = 1 + random.below(6); i > 0 && !bytes.empty(); --i) {
                const auto at = static_cast<std::size_t>(random.below(static_cast<std::int64_t>(bytes.size())));
                if (random.below(3) == 0)
                    bytes.erase(at, static_cast<std::size_t>(random.below(20)));
                else
                    bytes[at] = static_cast<char>(random.below(256));
            }
            const auto table = parseTable(bytes, name);
            QVERIFY(table || sentence(table).starts_with(name));
            for (const Table::Row& row : table ? table->rows : std::vector<Table::Row>())
                QCOMPARE(row.cells.size(), table->header.size());
        }
    }

    void aTextIsOneReport()
    {
        const auto result = reportsOf("case 1.txt", "FINDINGS:\r\nClear, \"quoted\"\r\n");
        QVERIFY(result);
        QCOMPARE(result->reports.size(), std::size_t{1});
        QCOMPARE(result->reports[0].id, std::string("case 1"));
        QCOMPARE(result->reports[0].columns[0].text, std::string("FINDINGS:\r\nClear, \"quoted\"\r\n"));
        QCOMPARE(pastedReport("a\r\n", "x")->columns[0].text, std::string("a\r\n"));
        QVERIFY(!pastedReport(" \n", "x"));
    }

    void columnsAreChosen()
    {
        const auto named = [&](const char* csv, const TableRequest& request = {}) {
            QStringList names;
            if (const auto result = reportsOf("a.csv", csv, request); result && !result->reports.empty())
                for (const Column& column : result->reports[0].columns)
                    names << QString::fromStdString(column.name);
            return names.join(',');
        };
        QCOMPARE(named("id,Impression,text,FINDINGS\n1,a,b,c"), QString("FINDINGS,Impression"));
        QCOMPARE(named("id,诊断意见,text,影像所见\n1,a,b,c"), QString::fromUtf8("影像所见,诊断意见"));
        QCOMPARE(named("id,long,Text\n1,bbbbbbbb,a"), QString("Text"));
        QCOMPARE(named("id,a,b\n1,x,a long text"), QString("b"));
        QCOMPARE(named("id,a,b\n1,x,y", {{}, {"a", "b"}, {}}), QString("a,b"));
    }

    void idsAndPatientsAreTakenFromTheirColumns()
    {
        const auto result = reportsOf("a.csv", "UID,PATIENT_ID,accessionnumber,text\nu1,p1,a1,x\nu2,p1,,y\n");
        QVERIFY(result);
        QCOMPARE(result->reports[0].id, std::string("u1"));
        QCOMPARE(result->reports[1].patient, std::string("p1"));
        QCOMPARE(result->reports[0].accession, std::string("a1"));
        QCOMPARE(reportsOf("a.csv", "name,text\nx,a b c d\n")->reports[0].id, std::string("2"));
        QCOMPARE(reportsOf("a.csv", "name,text\nx,a b c d\n", {{}, {}, "name"})->reports[0].id, std::string("x"));
    }

    void badRowsAreNamedAndTheRestIsRead()
    {
        const auto result = reportsOf("a.csv",
            "id,text\n1,a\n1,b\n2,c,d\n,e\n3, \n4,\xE5\x8F\x8C\xE8\x82\xBA\xE5\xBD\xB1\xE6\xB8\x85\xFF\n"
            "5,\"open\n6,f\n");
        QVERIFY(result);
        QCOMPARE(result->reports.size(), std::size_t{3});
        QCOMPARE(result->reports[2].id, std::string("6"));
        std::string said;
        for (const Problem& problem : result->problems)
            said += std::to_string(problem.row) + ' ' + english(problem.error.what) + '\n';
        QCOMPARE(said,
            std::string(
                "3 The id 1 was there before; the row is left out.\n4 The row has 3 cells, the heading has 2; it is "
                "left out.\n5 The row has no id; it is left out.\n6 The row has no text in text; it is left out.\n"
                "7 1 characters are not UTF-8; a \uFFFD stands for each.\n8 A quotation mark stays open; the row is "
                "left "
                "out.\n"));
        QVERIFY(english(result->problems[0].error).find("a.csv:3: The id 1") != std::string::npos);
    }

    void badFilesAreRefusedInSentences_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << "a.csv" << QByteArray() << "a.csv: The file is empty.";
        QTest::newRow("binary") << "a.csv" << QByteArray("\x89PNG\r\n\0\0", 8) << "binary data";
        QTest::newRow("only a heading") << "a.csv" << QByteArray("id,text\n") << "a heading but no rows";
        QTest::newRow("blank lines") << "a.csv" << QByteArray("\n\n\n") << "no heading";
        QTest::newRow("blank JSON") << "a.jsonl" << QByteArray("\n\n\n") << "no rows";
        QTest::newRow("a spreadsheet") << "a.xlsx" << QByteArray("PK\3\4") << "Files ending in .xlsx are not read.";
        QTest::newRow("packed") << "a.csv.gz" << QByteArray("\x1f\x8b\x08\0", 4) << "nothing is here to unpack it";
        QTest::newRow("too many cells") << "b.csv" << QByteArray(50'000'001, ',') << "more than 50000000 cells";
    }
    void badFilesAreRefusedInSentences()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const auto table = readTable(nullptr, file(name.toUtf8().constData(), bytes.toStdString()));
        QVERIFY(!table);
        QVERIFY2(sentence(table).find(says.toStdString()) != std::string::npos, sentence(table).c_str());
    }

    void missingFilesAndColumnsAreSaid()
    {
        QVERIFY(!readTable(nullptr, m_folder.path().toStdString() + "/none.csv"));
        QVERIFY(!readTable(nullptr, m_folder.path().toStdString()));
        const auto wrong = reportsOf("a.csv", "id,text\n1,a\n", {{}, {"report"}, {}});
        QVERIFY(!wrong);
        QVERIFY(english(wrong.error())
                    .ends_with("a.csv: The table has no column report; it has id, text. Choose one of these."));
    }

    void tenMegabytesAreReadInTwoSeconds()
    {
        std::string bytes = "id,text\n";
        for (int row = 0; bytes.size() < 10'000'000; ++row)
            bytes += std::to_string(row) + ",\"Heart size is normal, no effusion.\nSecond line \"\"x\"\".\"\n";
        const auto path = file("long.csv", bytes);
        const std::clock_t before = std::clock(); // computing alone: the machine may have other work
        const auto result = readReports(nullptr, {path, {}, {}});
        QVERIFY(result && result->problems.empty() && result->reports.size() > 100'000);
        QVERIFY(std::clock() - before < 2 * CLOCKS_PER_SEC);
    }

    void manyOpenQuotesDoNotHoldUp()
    {
        std::string bytes = "id,text\n";
        for (int row = 0; row < 20'001; ++row)
            bytes += std::to_string(row) + ",\"open and long enough to be a sentence\n";
        const std::clock_t before = std::clock(); // computing alone: the machine may have other work
        QVERIFY(parseTable(bytes, "a.csv"));
        QVERIFY(std::clock() - before < 2 * CLOCKS_PER_SEC);
    }

    void stopEndsReading()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto table = readTable(nullptr, file("a.csv", "id\n1\n"), Monitor(stop.get_token()));
        QVERIFY(!table && table.error().kind == Error::Kind::Cancelled);
    }

    void whatIsPackedIsUnpackedByTheReader()
    {
        files::ReaderPool readers(1);
        const std::string csv = "id,text\n1,a\n";
        const auto packed = file("a.csv.gz", gzip(csv));
        const auto table = readTable(&readers, packed);
        QVERIFY2(table, sentence(table).c_str());
        QCOMPARE(table->rows[0].cells, (std::vector<std::string>{"1", "a"}));
        const std::string cut = gzip(csv).substr(0, 20);
        QVERIFY(sentence(readTable(&readers, file("b.csv.gz", cut))).find("damaged") != std::string::npos);
    }

    void realTablesAreRead_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("columns");
        QTest::addColumn<QString>("encoding");
        QTest::newRow("Open-I") << "reports_openi/reports.csv.gz" << 2407 << "findings,impression"
                                << "UTF-8";
        QTest::newRow("GB18030") << "zh_dialogue/sample_gb18030.csv" << 300 << "answer"
                                 << "GB18030";
        QTest::newRow("dialogue") << "zh_dialogue/dialogue.csv.gz" << 4420 << "ask"
                                  << "UTF-8";
        QTest::newRow("negation") << "negation/negation.csv" << 2376 << "sentence"
                                  << "UTF-8";
    }
    void realTablesAreRead()
    {
        QFETCH(QString, path);
        QFETCH(int, count);
        QFETCH(QString, columns);
        QFETCH(QString, encoding);
        const auto whole = std::filesystem::path(HOUNSFIELD_SHARED) / "data" / path.toStdString();
        if (!std::filesystem::exists(whole))
            QSKIP("The shared data is not on this machine.");
        files::ReaderPool readers(1);
        const auto result = readReports(&readers, {whole, {}, {}});
        QVERIFY2(result, result ? "" : english(result.error()).c_str());
        for (const Problem& problem : result->problems)
            qInfo("%s", english(problem.error).c_str());
        QCOMPARE(int(result->reports.size()), count);
        QVERIFY(result->problems.empty());
        const auto preview = previewReports(&readers, {whole, {}, {}});
        QVERIFY(preview);
        QCOMPARE(int(preview->rowCount), count);
        QCOMPARE(preview->rows.size(), std::size_t{20});
        QStringList names;
        for (const std::string& name : preview->columns)
            names << QString::fromStdString(name);
        QCOMPARE(names.join(','), columns);
        QCOMPARE(QString(nameOf(preview->encoding)), encoding);
    }
};

int reportTableTest(int argc, char** argv)
{
    ReportTableTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "report_table_test.moc"
