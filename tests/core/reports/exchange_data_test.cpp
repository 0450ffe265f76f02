#include <QTemporaryDir>
#include <QtTest>

#include "core/files/reader_client.h"
#include "core/reports/exchange.h"

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

struct Count {
    int documents = 0, spans = 0, attributes = 0, relations = 0, labels = 0;
};

// What a person counts in the files; those with problems are made so.
struct {
    const char* name;
    Count count;
    int problems;
} const doccanoFiles[] = {
    {"examples/sequence_labeling/example.txt", {1, 4, 0, 0, 0}, 0},
    {"examples/sequence_labeling/example.jsonl", {3, 3, 0, 0, 0}, 0},
    {"examples/sequence_to_sequence/example.csv", {3, 0, 0, 0, 3}, 0},
    {"examples/sequence_to_sequence/example.json", {3, 0, 0, 0, 3}, 0},
    {"examples/sequence_to_sequence/example.jsonl", {3, 0, 0, 0, 3}, 0},
    {"examples/task_agnostic/text_files.txt", {3, 0, 0, 0, 0}, 0},
    {"examples/task_agnostic/text_lines.txt", {3, 0, 0, 0, 0}, 0},
    {"examples/text_classification/example.csv", {3, 0, 0, 0, 3}, 0},
    {"examples/text_classification/example.json", {3, 0, 0, 0, 3}, 0},
    {"examples/text_classification/example.jsonl", {3, 0, 0, 0, 3}, 0},
    {"examples/text_classification/example.txt", {3, 0, 0, 0, 3}, 0},
    {"examples/relation_extraction/example.jsonl", {1, 4, 0, 3, 0}, 0},
    {"examples/intent_detection/example.jsonl", {2, 3, 0, 0, 2}, 0},
    {"tests/example.txt", {3, 0, 0, 0, 0}, 0},
    {"tests/example.utf16.csv", {3, 0, 0, 0, 3}, 0},
    {"tests/intent/example.jsonl", {4, 2, 0, 0, 2}, 1},
    {"tests/relation_extraction/example.jsonl", {1, 4, 0, 3, 0}, 0},
    {"tests/seq2seq/example.csv", {2, 0, 0, 0, 1}, 2},
    {"tests/seq2seq/example.json", {2, 0, 0, 0, 1}, 2},
    {"tests/seq2seq/example.jsonl", {2, 0, 0, 0, 1}, 2},
    {"tests/sequence_labeling/example.conll", {1, 2, 0, 0, 0}, 0},
    {"tests/sequence_labeling/example.jsonl", {2, 1, 0, 0, 0}, 1},
    {"tests/sequence_labeling/example_overlapping.jsonl", {1, 2, 0, 0, 0}, 0},
    {"tests/sequence_labeling/labeling.invalid.conll", {1, 5, 0, 0, 0}, 1},
    {"tests/sequence_labeling/labeling.trailing.conll", {1, 2, 0, 0, 0}, 0},
    {"tests/text_classification/example.csv", {2, 0, 0, 0, 1}, 2},
    {"tests/text_classification/example.invalid.2.csv", {2, 0, 0, 0, 2}, 1},
    {"tests/text_classification/example.json", {3, 0, 0, 0, 3}, 1},
    {"tests/text_classification/example.jsonl", {3, 0, 0, 0, 3}, 0},
    {"tests/text_classification/example_fasttext.txt", {3, 0, 0, 0, 3}, 1},
    {"tests/text_classification/example_out_of_order_columns.csv", {2, 0, 0, 0, 1}, 1},
};

/// What there is in documents whose names begin so.
Count countOf(const Imported& imported, const std::string& start)
{
    Count count;
    for (const Document& document : imported.documents) {
        if (!document.id.starts_with(start))
            continue;
        ++count.documents;
        count.spans += int(document.spans.size());
        count.relations += int(document.relations.size());
        count.labels += int(document.labels.size());
        for (const Annotation& span : document.spans)
            count.attributes += int(span.attributes.size());
    }
    return count;
}

} // namespace

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
        const auto imported = read("brat", "brat.zip");
        QVERIFY2(imported, imported ? "" : english(imported.error()).c_str());
        for (const Document& document : imported->documents)
            QVERIFY(check(document));
        const Count count = countOf(*imported, QTest::currentDataTag());
        QTEST(count.documents, "documents");
        QTEST(count.spans, "spans");
        QTEST(count.attributes, "attributes");
        QTEST(count.relations, "relations");
        QCOMPARE(imported->lost.front().count, std::int64_t{42});
        QCOMPARE(imported->problems.size(), std::size_t{1}); // a licence is no document
    }

    void filesOfDoccanoAreReadOrAnsweredBySentences_data()
    {
        QTest::addColumn<int>("documents");
        QTest::addColumn<int>("spans");
        QTest::addColumn<int>("relations");
        QTest::addColumn<int>("labels");
        QTest::addColumn<int>("problems");
        for (const auto& [name, count, problems] : doccanoFiles)
            QTest::newRow(name) << count.documents << count.spans << count.relations << count.labels << problems;
    }
    void filesOfDoccanoAreReadOrAnsweredBySentences()
    {
        const auto imported = read("doccano", "doccano.zip");
        QVERIFY2(imported, imported ? "" : english(imported.error()).c_str());
        const std::string file = std::string("data_import/") + QTest::currentDataTag() + ":";
        const Count count = countOf(*imported, file);
        QTEST(count.documents, "documents");
        QTEST(count.spans, "spans");
        QTEST(count.relations, "relations");
        QTEST(count.labels, "labels");
        int problems = 0;
        for (const Text& problem : imported->problems)
            problems += english(problem).starts_with(file) ? 1 : 0;
        QTEST(problems, "problems");
    }

    void tasksOfProdigyCountAsThePersonAnswered()
    {
        const auto made = read("prodigy", "prodigy_ner_made.jsonl");
        QVERIFY(made && made->problems.empty());
        const Count count = countOf(*made, "");
        QCOMPARE(count.documents, 5);
        QCOMPARE(count.spans, 78);
        for (const Document& document : made->documents)
            for (const Annotation& span : document.spans)
                QVERIFY(span.isConfirmed);
        const auto raw = read("prodigy", "prodigy_raw.jsonl");
        QVERIFY(raw && raw->documents.size() == 3 && raw->problems.empty());
        QVERIFY(!raw->documents[0].facts.contains("answer"));
        QVERIFY(raw->documents[0].facts.contains("source"));
        const auto labels = read("prodigy", "prodigy_textcat.jsonl");
        QVERIFY(labels && labels->documents.size() == 4 && labels->problems.empty());
        const std::vector<std::string> answers{"reject", "accept", "ignore", "reject"};
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(labels->documents[i].facts.at("answer"), answers[i]);
            QCOMPARE(labels->documents[i].labels.size(), std::size_t(answers[i] == "accept" ? 1 : 0));
        }
    }

    void wordsWithTagsAreDocuments()
    {
        const auto imported = read("conll", "ncbi_disease.conll");
        QVERIFY2(imported, imported ? "" : english(imported.error()).c_str());
        QVERIFY(imported->problems.empty());
        const Count count = countOf(*imported, "");
        QCOMPARE(count.documents, 10);
        QCOMPARE(count.spans, 132);
        const Annotation& first = imported->documents[0].spans[0];
        QCOMPARE(first.surface, std::string("phenylalanine hydroxylase deficiency"));
        QCOMPARE(first.label, std::string("Disease"));
    }

    void annotationsOfBratBecomeThoseOfEveryFormat()
    {
        const auto imported = read("brat", "brat.zip");
        QVERIFY(imported);
        QTemporaryDir folder;
        for (const ExchangeFormat& format : exchangeFormats()) {
            if (!format.read || !format.write)
                continue;
            const std::filesystem::path path = folder.filePath(QString::fromStdString(format.name)).toStdString();
            QVERIFY(writeDocuments(format, imported->documents, path, {}));
            const auto back = readDocuments(m_readers, format, path, {});
            QVERIFY2(back, back ? "" : english(back.error()).c_str());
            QVERIFY2(back->problems.empty(), back->problems.empty() ? "" : english(back->problems[0]).c_str());
            const Count before = countOf(*imported, ""), after = countOf(*back, "");
            std::int64_t lostSpans = 0, lostRelations = 0;
            for (const Loss& loss : lossesOf(format, imported->documents)) {
                lostSpans += loss.what.sentence.starts_with("Annotations") ? loss.count : 0;
                lostRelations += loss.what.sentence == "Relations" ? loss.count : 0;
            }
            QCOMPARE(after.documents, before.documents);
            QCOMPARE(after.spans, before.spans - lostSpans);
            QCOMPARE(after.relations, before.relations - lostRelations);
        }
    }
};

int exchangeDataTest(int argc, char** argv)
{
    ExchangeDataTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "exchange_data_test.moc"
