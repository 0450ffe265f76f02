#include <QTemporaryDir>
#include <QtTest>

#include "core/files/reader_client.h"
#include "core/reports/exchange.h"

#include "tests/core/reports/random_documents.h"

using namespace hounsfield;
using namespace hounsfield::reports;

class ExchangeTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    files::ReaderPool m_readers{1};

    std::filesystem::path place(const std::string& name)
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    const ExchangeFormat& format(const char* name) { return **findExchangeFormat(name); }

  private slots:
    void whatOwnLinesHoldComesBackWhole()
    {
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            const auto documents = RandomDocuments(seed).some();
            for (const Document& document : documents)
                QVERIFY(check(document));
            QVERIFY(lossesOf(format("hounsfield"), documents).empty());
            QVERIFY(writeDocuments(format("hounsfield"), documents, place("own.jsonl"), {}));
            const auto read = readDocuments(m_readers, format("hounsfield"), place("own.jsonl"), {});
            QVERIFY2(read, read ? "" : english(read.error()).c_str());
            QVERIFY(read->problems.empty());
            QVERIFY(read->documents == documents);
        }
    }

    void anUnknownFormatIsAnsweredByThoseThatAreThere()
    {
        const auto found = findExchangeFormat("docx");
        QVERIFY(!found);
        QVERIFY(english(found.error()).find("hounsfield") != std::string::npos);
    }
};

int exchangeTest(int argc, char** argv)
{
    ExchangeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "exchange_test.moc"
