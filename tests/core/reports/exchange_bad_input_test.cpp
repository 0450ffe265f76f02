#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/files/reader_client.h"
#include "core/reports/exchange.h"

#include <cerrno>
#include <ctime>
#include <unistd.h>

#include "tests/core/reports/random_documents.h"

using namespace hounsfield;
using namespace hounsfield::reports;

using Files = QMap<QString, QByteArray>;

/// Files that are not as they should be, and days that are not.
class ExchangeBadInputTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    files::ReaderPool m_readers{1};

    std::filesystem::path place(const std::string& name)
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    const ExchangeFormat& format(const std::string& name) { return **findExchangeFormat(name); }

    std::filesystem::path folderOf(const Files& files)
    {
        const auto folder = place("files");
        std::filesystem::remove_all(folder);
        std::filesystem::create_directory(folder);
        for (const auto& [name, bytes] : files.toStdMap())
            (void)writeAtomically(folder / name.toStdString(), bytes.toStdString(), withoutSync());
        return folder;
    }
    /// Every file below a place, and what it holds.
    static std::map<std::string, std::string> contentOf(const std::filesystem::path& path)
    {
        std::map<std::string, std::string> content;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
            if (entry.is_regular_file())
                content[entry.path().string()] = *readFile(entry.path());
        return content;
    }

    static void addColumns()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<Files>("files");
        QTest::addColumn<QString>("says");
        QTest::addColumn<int>("documents");
        QTest::addColumn<int>("spans");
    }
    /// That the sentence is said, and how much is read all the same.
    void compare()
    {
        QFETCH(QString, format);
        QFETCH(Files, files);
        QFETCH(QString, says);
        const auto read = readDocuments(m_readers, this->format(format.toStdString()), folderOf(files), {});
        QString said = read ? QString() : QString::fromStdString(english(read.error()));
        int spans = 0;
        if (read)
            for (const Text& problem : read->problems)
                said += QString::fromStdString(english(problem)) + "\n";
        if (read)
            for (const Document& document : read->documents)
                spans += int(document.spans.size());
        QVERIFY2(said.contains(says), qPrintable(said));
        QTEST(read ? int(read->documents.size()) : 0, "documents");
        QTEST(spans, "spans");
    }

  private slots:
    void linesOfBratThatDoNotFitAreLeftOut_data()
    {
        addColumns();
        const QByteArray words = "No effusion.\nSmall nodule.\n";
        const auto brat = [&](const char* name, const QByteArray& lines, const char* says, int spans) {
            QTest::newRow(name) << "brat" << Files{{"a.txt", words}, {"a.ann", lines}} << says << 1 << spans;
        };
        brat("outside", "T1\tX 3 11\teffusion\nT2\tX 20 400\tnodule\n",
            "a.ann T2: The annotation lies outside of its text; it is left out.", 1);
        brat("shifted", "T1\tX 4 12\teffusion\nT2\tX 3 11\teffusion\n",
            "a.ann T1: The annotation says \"effusion\" where its text says \"ffusion.\"; it is left out.", 1);
        brat("backwards", "T1\tX 11 3\teffusion\n", "a.ann T1: The annotation lies outside", 0);
        brat("unpaired", "T1\tX 3\teffusion\n", "a.ann T1: The annotation lies outside", 0);
        brat("empty piece", "T1\tX 3 3\t\n", "a.ann T1: The annotation lies outside", 0);
        brat("no number", "T1\tX three 11\teffusion\n", "a.ann T1: The annotation lies outside", 0);
        brat("a huge number", "T1\tX 3 99999999999999999999\teffusion\n", "a.ann T1", 0);
        brat("no offsets", "T1\tX\teffusion\n", "a.ann T1: The line is not understood", 0);
        brat("twice", "T1\tX 3 11\teffusion\nT1\tY 3 11\teffusion\n", "Two annotations are called T1", 1);
        brat("no kind", "\tX 3 11\teffusion\n", "a.ann ?: The line is not understood", 0);
        brat("a relation to nothing", "T1\tX 3 11\teffusion\nR1\tat Arg1:T1 Arg2:T9\n",
            "a.ann R1: The relation joins an annotation that is not there", 1);
        brat("half a relation", "T1\tX 3 11\teffusion\nR1\tat Arg1:T1\n", "a.ann R1: The line is not understood", 1);
        brat("an attribute of nothing", "A1\tNegation T9\n", "a.ann A1: It speaks of something that is not there", 0);
        brat("an event without trigger", "E1\tX:T9 Theme:T8\n", "a.ann E1: It speaks of something", 0);
        brat("binary", QByteArray("T1\0\0\0", 5), "a.ann: The file holds no text but binary data.", 0);
    }
    void linesOfBratThatDoNotFitAreLeftOut() { compare(); }

    void filesOfBratThatDoNotFitAreLeftOut_data()
    {
        addColumns();
        QTest::newRow("no text") << "brat" << Files{{"a.ann", "T1\tX 0 1\tN\n"}, {"b.txt", "B"}, {"b.ann", ""}}
                                 << "a.ann: There is no text a.txt beside it; it is left out." << 1 << 0;
        QTest::newRow("mixed encodings") << "brat"
                                         << Files{{"a.txt", "左肺结节"}, {"a.ann", "T1\tX 2 4\t结节\n"},
                                                {"b.txt", "\xD7\xF3\xB7\xCE\xBD\xE1\xBD\xDA"},
                                                {"b.ann", "T1\tX 2 4\t结节\n"}, {"c.txt", "\xE9pine \xBB"},
                                                {"c.ann", "T1\tX 0 5\t\xE9pine\n"}, {"d.txt", QByteArray("\0\1", 2)},
                                                {"d.ann", ""}}
                                         << "d.txt: The file holds no text but binary data." << 3 << 3;
    }
    void filesOfBratThatDoNotFitAreLeftOut() { compare(); }

    void rowsThatDoNotFitAreLeftOut_data()
    {
        addColumns();
        const auto one = [&](const char* name, const char* format, const char* file, const QByteArray& bytes,
                             const char* says, int documents, int spans) {
            QTest::newRow(name) << format << Files{{file, bytes}} << says << documents << spans;
        };
        one("no JSON", "doccano", "a.jsonl", "{\"text\":\"ab\"}\n{\"text\":\n[]\n",
            "a.jsonl:2: The line is no JSON object", 1, 0);
        one("offsets of doccano", "doccano", "a.jsonl",
            "{\"text\":\"结节\",\"label\":[[0,2,\"X\"],[1,6,\"X\"],[0,\"1\",\"X\"],[0.5,1,\"X\"],{},7]}\n",
            "a.jsonl:1 label 2: The annotation lies outside", 1, 1);
        one("a relation of doccano", "doccano", "a.jsonl",
            "{\"text\":\"ab\",\"entities\":[],\"relations\":[{\"id\":1,\"from_id\":0,\"to_id\":1}]}",
            "a.jsonl:1 relation 1: The relation joins", 1, 0);
        one("another column", "doccano", "a.csv", "words,label\na,b\n", "no column called text", 0, 0);
        one("unequal rows", "doccano", "a.csv", "text,label\na,b\na,b,c\nd,e\n",
            "a.csv:3: The row has 3 cells, the heading has 2; it is left out.", 2, 0);
        one("tokens elsewhere", "prodigy", "a.jsonl",
            "{\"text\":\"a b\",\"tokens\":[{\"start\":0,\"end\":1},{\"start\":2,\"end\":3}],\"spans\":["
            "{\"start\":0,\"end\":1,\"token_start\":1,\"token_end\":1,\"label\":\"X\"},"
            "{\"token_start\":1,\"token_end\":1,\"label\":\"X\"},"
            "{\"start\":0,\"end\":3,\"token_start\":0,\"token_end\":1,\"label\":\"X\"}],\"answer\":\"accept\"}",
            "span 1: The tokens of the annotation stand elsewhere", 1, 2);
        one("no tag", "conll", "a.conll", "effusion -X- _ B-X\nlung\nnodule X\n",
            "a.conll:2: The line does not end in O", 1, 1);
        one("no columns", "csv", "a.csv", "a,b\n1,2\n", "no columns called document and text", 0, 0);
        one("a span without a text", "csv", "a.csv", "document,begin,end,label\n1,0,2,X\n",
            "There is no text of the document 1", 0, 0);
        one("a row that is shifted", "csv", "a.csv",
            "document,kind,begin,end,label,text\n1,text,,,,abc\n1,span,0,2,X,ab\n1,span,1,2,X,ab\n1,thing,,,,\n",
            "The annotation says \"ab\" where its text says \"b\"", 1, 1);
        one("words that changed", "hounsfield", "a.jsonl",
            "{\"id\":\"1\",\"text\":\"abc\",\"spans\":[{\"id\":\"T1\",\"pieces\":[[0,2]],\"text\":\"bc\"}]}",
            "a.jsonl:1 T1: The annotation says \"bc\"", 1, 0);
        one("a newer version", "hounsfield", "a.jsonl",
            "{\"version\":2,\"text\":\"a\"}\n{\"version\":1,\"text\":\"a\"}\n",
            "a.jsonl:1: The document was written by a newer version", 1, 0);
    }
    void rowsThatDoNotFitAreLeftOut() { compare(); }

    void whatHoldsNoAnnotationsIsRefused_data()
    {
        addColumns();
        for (const ExchangeFormat& format : exchangeFormats()) {
            if (!format.read || format.isFolder)
                continue;
            const QString file = "a" + QString::fromStdString(format.endings.front());
            const QString name = QString::fromStdString(format.name);
            QTest::newRow(qPrintable(name + ", empty")) << name << Files{{file, ""}} << "The file is empty." << 0 << 0;
            QTest::newRow(qPrintable(name + ", binary"))
                << name << Files{{file, QByteArray("\x89PNG\r\n\0\0\0", 9)}} << "binary data" << 0 << 0;
            QTest::newRow(qPrintable(name + ", others"))
                << name << Files{{"a.png", "x"}} << "There is no file here that ends in" << 0 << 0;
        }
    }
    void whatHoldsNoAnnotationsIsRefused() { compare(); }

    void spansInPiecesAndAcrossLinesOfBratAreRead()
    {
        const auto folder = folderOf({{"a.txt", "Small left\r\nlung nodule 🫁, effusion"},
            {"a.ann", "T1\tX 0 5;17 23\tSmall nodule\r\nT2\tY 6 16\tleft lung\r\nT3\tZ 27 35\teffusion\r\n"
                      "#1\tAnnotatorNotes T2\tunsure\r\nA1\tNegation T3\r\n*\tEquiv T1 T2 T3\r\n"},
            {"annotation.conf", "[entities]\nX\n"}});
        const auto read = readDocuments(m_readers, format("brat"), folder / "a.ann", {});
        QVERIFY2(read, read ? "" : english(read.error()).c_str());
        QVERIFY2(read->problems.empty(), read->problems.empty() ? "" : english(read->problems[0]).c_str());
        const Document& document = read->documents.at(0);
        QCOMPARE(document.id, std::string("a"));
        QCOMPARE(document.spans.at(0).pieces, (std::vector<Span>{{0, 5}, {17, 23}}));
        QCOMPARE(document.spans.at(1).surface, std::string("left\r\nlung"));
        QCOMPARE(document.spans.at(1).note, std::string("unsure"));
        QCOMPARE(document.spans.at(2).attributes.at("Negation"), std::string("true"));
        QCOMPARE(document.relations.size(), std::size_t{2});
    }

    void aByteOrderMarkIsPartOfATextWhereItWasCounted()
    {
        const QByteArray marked = "\xEF\xBB\xBFNo effusion";
        for (const QByteArray& line : {QByteArray("T1\tX 3 11\teffusion\n"), QByteArray("T1\tX 4 12\teffusion\n")}) {
            const auto folder = folderOf({{"a.txt", marked}, {"a.ann", line}});
            const auto read = readDocuments(m_readers, format("brat"), folder, {});
            QVERIFY(read && read->problems.empty());
            QCOMPARE(read->documents[0].spans.at(0).surface, std::string("effusion"));
        }
    }

    void packedFoldersAreRead()
    {
        const auto documents = RandomDocuments(5).some();
        const std::string folder = place("packed").string(), archive = place("packed.tar.gz").string();
        QVERIFY(writeDocuments(format("brat"), documents, folder, {}));
        (void)writeAtomically(place("packed/empty.txt"), std::string_view());
        (void)writeAtomically(place("packed/empty.ann"), std::string_view());
        if (QProcess::execute("tar", {"-czf", archive.c_str(), "-C", folder.c_str(), "."}) != 0)
            QSKIP("There is no tar on this machine.");
        const auto loose = readDocuments(m_readers, format("brat"), folder, {});
        const auto packed = readDocuments(m_readers, format("brat"), archive, {});
        QVERIFY2(packed, packed ? "" : english(packed.error()).c_str());
        QCOMPARE(packed->documents.size(), documents.size() + 1);
        QVERIFY(packed->documents == loose->documents);
        QVERIFY(packed->problems.empty());
    }

    void tenMegabytesDoNotHoldUp_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("hounsfield") << QByteArray("{\"id\":\"1\",\"text\":\"abc\",\"spans\":[{\"pieces\":[[0,9]]}]}\n");
        QTest::newRow("doccano") << QByteArray("{\"id\":1,\"text\":\"abc\",\"label\":[[0,3,\"X\"],[0,4,\"X\"]]}\n");
        QTest::newRow("prodigy") << QByteArray("{\"text\":\"abc\",\"spans\":[{\"start\":0,\"end\":1}]}\n");
        QTest::newRow("conll") << QByteArray("effusion -X- _ B-X\nnone\n");
        QTest::newRow("csv") << QByteArray("1,0,3,X\n");
        QTest::newRow("brat") << QByteArray("T1\tX 0 2\tab\nnonsense\n");
    }
    void tenMegabytesDoNotHoldUp()
    {
        QFETCH(QByteArray, line);
        const ExchangeFormat& tested = format(QTest::currentDataTag());
        QByteArray bytes = tested.name == "csv" ? "document,begin,end,label\n" : "";
        bytes += line.repeated(10'000'000 / int(line.size()));
        const auto folder =
            folderOf({{"a" + QString::fromStdString(tested.endings.front()), bytes}, {"a.txt", "abc def"}});
        const std::clock_t before = std::clock(); // computing alone: the machine may have other work
        const auto read = readDocuments(m_readers, tested, folder, {});
        QVERIFY((read ? read->problems.size() : 1) <= 1001);
        QVERIFY2(std::clock() - before < 30 * CLOCKS_PER_SEC, std::to_string(std::clock() - before).c_str());
    }

    void damagedFilesNeverGiveUnsoundDocuments_data()
    {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < exchangeFormats().size(); ++i)
            if (exchangeFormats()[i].read && exchangeFormats()[i].write)
                QTest::newRow(exchangeFormats()[i].name.c_str()) << int(i);
    }
    void damagedFilesNeverGiveUnsoundDocuments()
    {
        QFETCH(int, row);
        const ExchangeFormat& tested = exchangeFormats()[std::size_t(row)];
        Random random(3, "damage");
        for (std::uint64_t seed = 0; seed < 150; ++seed) {
            const auto path = place("damaged" + (tested.isFolder ? "" : tested.endings.front()));
            std::filesystem::remove_all(path);
            QVERIFY(writeDocuments(tested, RandomDocuments(seed).some(), path, {}, withoutSync()));
            std::vector<std::filesystem::path> files{path};
            if (tested.isFolder) {
                files.clear();
                for (const auto& entry : std::filesystem::directory_iterator(path))
                    files.push_back(entry.path());
            }
            for (const auto& file : files)
                damage(file, random);
            const auto read = readDocuments(m_readers, tested, path, {});
            if (read)
                for (const Document& document : read->documents)
                    QVERIFY(check(document));
            else
                QVERIFY(!english(read.error()).empty());
        }
    }

    void aFullDiskLeavesWhatWasThere()
    {
        const auto old = RandomDocuments(1).some(), fresh = RandomDocuments(2).some();
        for (const ExchangeFormat& tested : exchangeFormats()) {
            if (!tested.write)
                continue;
            const auto folder = place("full");
            std::filesystem::remove_all(folder);
            std::filesystem::create_directory(folder);
            QVERIFY(writeDocuments(tested, old, folder / "out", {}));
            const auto before = contentOf(folder);
            FileCalls calls = FileCalls::ofTheSystem();
            int left = tested.isFolder ? 2 : 0; // the third file finds the disk full
            calls.write = [&left](int descriptor, const void* bytes, std::size_t count) -> ssize_t {
                if (left-- > 0)
                    return ::write(descriptor, bytes, count);
                errno = ENOSPC;
                return -1;
            };
            const auto written = writeDocuments(tested, fresh, folder / "out", {}, calls);
            QVERIFY(!written);
            QVERIFY(written.error().kind == Error::Kind::Environment);
            QVERIFY(contentOf(folder) == before);
        }
    }

    void stopEndsReadingAndWriting()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto documents = RandomDocuments(1).some();
        for (const ExchangeFormat& tested : exchangeFormats()) {
            if (!tested.write)
                continue;
            const auto path = place("stopped");
            std::filesystem::remove_all(path);
            const auto written = writeDocuments(tested, documents, path, Monitor(stop.get_token()));
            QVERIFY(!written && written.error().kind == Error::Kind::Cancelled);
            QVERIFY(!std::filesystem::exists(path));
            QVERIFY(writeDocuments(tested, documents, path, {}));
            if (!tested.read)
                continue;
            const auto read = readDocuments(m_readers, tested, path, Monitor(stop.get_token()));
            QVERIFY(!read && read.error().kind == Error::Kind::Cancelled);
        }
    }

  private:
    static void damage(const std::filesystem::path& file, Random& random)
    {
        std::string bytes = *readFile(file);
        for (std::int64_t n = 1 + random.below(4); n > 0 && !bytes.empty(); --n) {
            const auto size = static_cast<std::int64_t>(bytes.size());
            const auto at = static_cast<std::size_t>(random.below(size));
            const auto count = static_cast<std::size_t>(1 + random.below(20));
            switch (random.below(4)) {
            case 0:
                bytes[at] = static_cast<char>(random.below(256));
                break;
            case 1:
                bytes.erase(at, count);
                break;
            case 2:
                bytes.insert(at, bytes.substr(static_cast<std::size_t>(random.below(size)), count));
                break;
            default:
                bytes[at] = "0123456789;,\"[]{}\t\n"[random.below(19)];
            }
        }
        (void)writeAtomically(file, bytes, withoutSync());
    }
};

int exchangeBadInputTest(int argc, char** argv)
{
    ExchangeBadInputTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "exchange_bad_input_test.moc"
