#include <QTemporaryDir>
#include <QtTest>

#include "core/files/reader_client.h"
#include "core/reports/exchange.h"

#include <functional>
#include <numeric>
#include <set>

#include "tests/core/reports/random_documents.h"

using namespace hounsfield;
using namespace hounsfield::reports;

/// Takes out of a document what a format does not hold, and says how many things that were.
using Strip = std::function<std::int64_t(Document&)>;
Q_DECLARE_METATYPE(Strip)

namespace {

std::int64_t dropRelations(Document& document)
{
    std::set<std::string> ids;
    for (const Annotation& span : document.spans)
        ids.insert(span.id);
    return static_cast<std::int64_t>(std::erase_if(document.relations,
        [&ids](const Relation& relation) { return !ids.contains(relation.from) || !ids.contains(relation.to); }));
}

std::int64_t dropSpans(Document& document, const std::function<bool(const Annotation&)>& isLost)
{
    const auto count = static_cast<std::int64_t>(std::erase_if(document.spans, isLost));
    return count + dropRelations(document);
}

std::int64_t dropSuggestions(Document& document)
{
    return dropSpans(document, [](const Annotation& span) { return !span.isConfirmed; });
}

template <typename Container> std::int64_t emptied(Container& all)
{
    const auto count = static_cast<std::int64_t>(all.size());
    all.clear();
    return count;
}

std::int64_t replaced(std::string& words, const char* signs, char by)
{
    const std::string before = words;
    for (char& c : words)
        if (std::string(signs).find(c) != std::string::npos)
            c = by;
    return words == before ? 0 : 1;
}

std::int64_t stripForBrat(Document& document)
{
    std::int64_t lost =
        dropSuggestions(document) + emptied(document.labels) + emptied(document.facts) + emptied(document.parts);
    for (Relation& relation : document.relations)
        lost += replaced(relation.type, " ", '_');
    for (Annotation& span : document.spans) {
        lost += replaced(span.label, " ", '_') + replaced(span.note, "\n", ' ');
        auto attributes = std::move(span.attributes);
        span.attributes.clear();
        for (const auto& [given, value] : attributes) {
            std::string name = given;
            const bool isLost = value.empty() || value.find('\n') != std::string::npos;
            lost += replaced(name, " ", '_') || isLost ? 1 : 0;
            if (!isLost)
                span.attributes[name] = value;
        }
    }
    return lost;
}

std::int64_t stripForDoccano(Document& document)
{
    std::int64_t lost = dropSuggestions(document) + emptied(document.parts);
    lost += dropSpans(document, [](const Annotation& span) { return span.pieces.size() > 1; });
    for (Annotation& span : document.spans)
        lost += emptied(span.attributes) + (emptied(span.note) > 0 ? 1 : 0);
    return lost;
}

std::int64_t stripForProdigy(Document& document)
{
    const std::int64_t lost = stripForDoccano(document);
    if (!document.spans.empty() || !document.labels.empty())
        document.facts["answer"] = "accept";
    return lost;
}

// A spreadsheet would take such a text for a formula.
std::int64_t stripForCsv(Document& document)
{
    const std::size_t first = document.text.find_first_not_of('\'');
    const bool isMarked =
        first != std::string::npos && std::string("=+-@\t").find(document.text[first]) != std::string::npos;
    return dropSuggestions(document) + (isMarked ? 1 : 0);
}

} // namespace

class ExchangeTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    files::ReaderPool m_readers{1};

    std::filesystem::path place(const std::string& name)
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    const ExchangeFormat& format(const std::string& name) { return **findExchangeFormat(name); }

    /// What is read after it was written, in one order.
    std::vector<Document> thereAndBack(const ExchangeFormat& format, const std::vector<Document>& documents)
    {
        const auto path = place(format.isFolder ? "folder" : "file" + format.endings.front());
        std::filesystem::remove_all(path);
        const auto written = writeDocuments(format, documents, path, {}, withoutSync());
        if (!written)
            qWarning("%s", english(written.error()).c_str());
        const auto read = readDocuments(m_readers, format, path, {});
        if (!read)
            qWarning("%s", english(read.error()).c_str());
        if (!read)
            return {};
        for (const Text& problem : read->problems)
            qWarning("%s", english(problem).c_str());
        return read->problems.empty() ? read->documents : std::vector<Document>();
    }

  private slots:
    void whatAFormatHoldsComesBackAndTheRestIsCounted_data()
    {
        QTest::addColumn<Strip>("strip");
        QTest::newRow("hounsfield") << Strip([](Document&) { return 0; });
        QTest::newRow("brat") << Strip(stripForBrat);
        QTest::newRow("doccano") << Strip(stripForDoccano);
        QTest::newRow("prodigy") << Strip(stripForProdigy);
        QTest::newRow("csv") << Strip(stripForCsv);
    }
    void whatAFormatHoldsComesBackAndTheRestIsCounted()
    {
        QFETCH(Strip, strip);
        const ExchangeFormat& tested = format(QTest::currentDataTag());
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            std::vector<Document> documents = RandomDocuments(seed).some();
            const std::vector<Loss> losses = lossesOf(tested, documents);
            std::vector<Document> back = thereAndBack(tested, documents);
            std::int64_t lost = 0;
            for (Document& document : documents) {
                QVERIFY(check(document));
                lost += strip(document);
                document = inOrder(document);
            }
            std::ranges::sort(back, {}, &Document::id);
            std::ranges::transform(back, back.begin(), inOrder);
            QVERIFY2(back == documents, std::to_string(seed).c_str());
            QCOMPARE(std::accumulate(losses.begin(), losses.end(), std::int64_t{0},
                         [](std::int64_t sum, const Loss& loss) { return sum + loss.count; }),
                lost);
        }
    }

    void everyFormatIsTriedThereAndBack()
    {
        // The last two change texts and have tests of their own.
        const std::vector<std::string> tried{"hounsfield", "brat", "doccano", "prodigy", "csv", "conll", "chexpert"};
        for (const ExchangeFormat& row : exchangeFormats())
            QVERIFY2(std::ranges::find(tried, row.name) != tried.end(), row.name.c_str());
    }

    void ownLinesKeepEveryName()
    {
        const auto documents = RandomDocuments(7).some();
        QVERIFY(thereAndBack(format("hounsfield"), documents) == documents);
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
