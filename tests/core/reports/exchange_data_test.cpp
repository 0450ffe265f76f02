#include <QtTest>

#include "core/files/reader_client.h"
#include "core/reports/exchange.h"

using namespace hounsfield;
using namespace hounsfield::reports;

/// Annotations made by other programs.
class ExchangeDataTest : public QObject {
    Q_OBJECT

    files::ReaderPool m_readers{1};

    Result<Imported> read(const char* format, const char* file)
    {
        return readDocuments(m_readers, **findExchangeFormat(format),
            std::filesystem::path(HOUNSFIELD_SHARED) / "data/annotations" / file, {});
    }

  private slots:
    void initTestCase()
    {
        if (!std::filesystem::exists(std::filesystem::path(HOUNSFIELD_SHARED) / "data/annotations"))
            QSKIP("The shared data is not on this machine.");
    }

    void foldersOfBratAreReadWhole_data()
    {
        QTest::addColumn<int>("documents");
        QTest::addColumn<int>("spans");
        QTest::addColumn<int>("attributes");
        QTest::addColumn<int>("relations");
        QTest::newRow("ncbi_disease") << 10 << 132 << 132 << 0;
        QTest::newRow("bionlp_id") << 8 << 488 << 5 << 130; // of 6 modifications two meet on one trigger
        QTest::newRow("conll2002_es") << 4 << 175 << 0 << 0;
        QTest::newRow("iula_plus_es") << 2 << 1168 << 0 << 487;
        QTest::newRow("nubes_es") << 60 << 1461 << 0 << 543;
    }
    void foldersOfBratAreReadWhole()
    {
        QFETCH(int, documents);
        QFETCH(int, spans);
        QFETCH(int, attributes);
        QFETCH(int, relations);
        const auto imported = read("brat", "brat.zip");
        QVERIFY2(imported, imported ? "" : english(imported.error()).c_str());
        int documentCount = 0, spanCount = 0, attributeCount = 0, relationCount = 0;
        for (const Document& document : imported->documents) {
            if (!document.id.starts_with(QTest::currentDataTag()))
                continue;
            QVERIFY(check(document));
            ++documentCount;
            spanCount += int(document.spans.size());
            relationCount += int(document.relations.size());
            for (const Annotation& span : document.spans)
                attributeCount += int(span.attributes.size());
        }
        QCOMPARE(documentCount, documents);
        QCOMPARE(spanCount, spans);
        QCOMPARE(attributeCount, attributes);
        QCOMPARE(relationCount, relations);
        QCOMPARE(imported->lost.front().count, std::int64_t{42});
        QCOMPARE(imported->problems.size(), std::size_t{1}); // a licence is no document
    }
};

int exchangeDataTest(int argc, char** argv)
{
    ExchangeDataTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "exchange_data_test.moc"
