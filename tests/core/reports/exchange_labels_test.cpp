#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/files/reader_client.h"
#include "core/reports/exchange.h"

#include <unicode/uchar.h>

#include <map>
#include <set>

#include "tests/core/reports/random_documents.h"

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

bool isBlank(char32_t c)
{
    return u_isUWhiteSpace(static_cast<UChar32>(c)) || u_iscntrl(static_cast<UChar32>(c));
}

/// Where the letters of a text stand when nothing stands between them: number of letters before each code point.
std::vector<std::int64_t> lettersBefore(const CodePoints& points)
{
    std::vector<std::int64_t> counts{0};
    for (std::int64_t i = 0; i < points.size(); ++i)
        counts.push_back(counts.back() + (isBlank(points[i]) ? 0 : 1));
    return counts;
}

std::string lettersOf(const std::string& words)
{
    const CodePoints points(words);
    std::string letters;
    for (std::int64_t i = 0; i < points.size(); ++i)
        letters += isBlank(points[i]) ? "" : points.slice({i, i + 1});
    return letters;
}

/// An annotation by its letters and its label.
using Place = std::tuple<std::int64_t, std::int64_t, std::string>;

std::multiset<Place> placesOf(const Document& document)
{
    const auto before = lettersBefore(CodePoints(document.text));
    std::multiset<Place> places;
    for (const Annotation& span : document.spans) {
        std::string label = span.label;
        std::ranges::replace(label, ' ', '_');
        const Span& piece = span.pieces.front();
        const std::int64_t begin = before[static_cast<std::size_t>(piece.begin)],
                           end = before[static_cast<std::size_t>(piece.end)];
        if (span.isConfirmed && span.pieces.size() == 1 && end > begin)
            places.emplace(begin, end, label);
    }
    return places;
}

} // namespace

/// Formats that change texts: words with tags, and labels of whole documents.
class ExchangeLabelsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    files::ReaderPool m_readers{1};

    std::filesystem::path place(const char* name)
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    const ExchangeFormat& format(const char* name) { return **findExchangeFormat(name); }
    std::string written(const char* name, const std::vector<Document>& documents)
    {
        return writeDocuments(format(name), documents, place("out"), {}) ? *readFile(place("out")) : std::string();
    }
    std::map<std::string, std::int64_t> lossesOf(const char* name, const std::vector<Document>& documents)
    {
        std::map<std::string, std::int64_t> counts;
        for (const Loss& loss : reports::lossesOf(format(name), documents))
            counts[loss.what.sentence] += loss.count;
        return counts;
    }

    static Document sample(const std::string& text, const std::vector<std::pair<Span, std::string>>& spans)
    {
        Document document{"1", text, {}, {}, {}, {}, {}};
        const CodePoints points(text);
        for (const auto& [place, label] : spans)
            document.spans.push_back({"T" + std::to_string(document.spans.size() + 1), label, {place},
                surfaceOf(points, {place}), {}, {}, true});
        return document;
    }

  private slots:
    void wordsWithTagsMoveNoLabel()
    {
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            const auto documents = RandomDocuments(seed).some();
            auto losses = lossesOf("conll", documents);
            QVERIFY(writeDocuments(format("conll"), documents, place("out.conll"), {}, withoutSync()));
            const auto read = readDocuments(m_readers, format("conll"), place("out.conll"), {});
            QVERIFY2(read, read ? "" : english(read.error()).c_str());
            QVERIFY(read->problems.empty());
            QCOMPARE(read->documents.size(), documents.size());
            std::int64_t lost = 0, changed = 0, relations = 0;
            for (std::size_t i = 0; i < documents.size(); ++i) {
                const Document &before = documents[i], &after = read->documents[i];
                QCOMPARE(after.id, std::to_string(i + 1));
                QCOMPARE(lettersOf(after.text), lettersOf(before.text));
                const auto all = placesOf(before), kept = placesOf(after);
                QVERIFY(std::ranges::includes(all, kept));
                QCOMPARE(kept.size(), after.spans.size());
                lost += static_cast<std::int64_t>(before.spans.size() - after.spans.size());
                changed += before.text == after.text ? 0 : 1;
                relations += static_cast<std::int64_t>(before.relations.size());
            }
            QCOMPARE(losses["Texts whose white space or invisible signs change"], changed);
            QCOMPARE(losses["Relations"], relations);
            QCOMPARE(losses["Names of documents"], std::int64_t(documents.size()));
            QCOMPARE(losses["Suggestions that nobody confirmed"] + losses["Annotations in several pieces"]
                         + losses["Annotations over or inside of longer ones"]
                         + losses["Annotations of nothing but white space"],
                lost);
        }
    }

    void theLongestOfOverlappingAnnotationsIsWritten()
    {
        const std::string text = "Small left lung nodule.\n左肺结节。";
        const auto document =
            sample(text, {{{6, 10}, "Side"}, {{0, 22}, "Lesion"}, {{24, 25}, "部位"}, {{26, 28}, "病变"}});
        QCOMPARE(written("conll", {document}),
            std::string("-DOCSTART- -X- O O\n\nSmall -X- _ B-Lesion\nleft -X- _ I-Lesion\nlung -X- _ I-Lesion\n"
                        "nodule -X- _ I-Lesion\n. -X- _ O\n\n左 -X- _ B-部位\n肺 -X- _ O\n结 -X- _ B-病变\n"
                        "节 -X- _ I-病变\n。 -X- _ O\n\n"));
        QCOMPARE(lossesOf("conll", {document})["Annotations over or inside of longer ones"], std::int64_t{1});
    }

    void tagsOfOtherSchemesAreUnderstood_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QStringList>("surfaces");
        QTest::newRow("BIO") << "a B-X\nb I-X\nc B-X\nd O\n" << QStringList{"a b", "c"};
        QTest::newRow("IOB1") << "a I-X\nb I-X\nc B-X\nd I-Y\n" << QStringList{"a b", "c", "d"};
        QTest::newRow("BIOES") << "a S-X\nb B-X\nc I-X\nd E-X\ne S-X\n" << QStringList{"a", "b c d", "e"};
        QTest::newRow("BILOU") << "a U-X\nb B-X\nc L-X\nd L-X\n" << QStringList{"a", "b c", "d"};
        QTest::newRow("BMES, Chinese") << "左\tB-X\n肺\tM-X\n野\tE-X\n清\tO\n" << QStringList{"左肺野"};
        QTest::newRow("sentences") << "a B-X\n\nb I-X\r\n" << QStringList{"a", "b"};
    }
    void tagsOfOtherSchemesAreUnderstood()
    {
        QFETCH(QString, words);
        QFETCH(QStringList, surfaces);
        QVERIFY(writeAtomically(place("tags.bio"), words.toStdString()));
        const auto read = readDocuments(m_readers, format("conll"), place("tags.bio"), {});
        QVERIFY(read && read->problems.empty());
        QStringList found;
        for (const Annotation& span : read->documents.at(0).spans)
            found << QString::fromStdString(span.surface);
        QCOMPARE(found, surfaces);
    }

    void labelsOfDocumentsAreTheFourteenOfChexpert()
    {
        Document person = sample("Edema. No effusion, perhaps a fracture.",
            {{{0, 5}, "Edema"}, {{10, 18}, "Pleural Effusion"}, {{30, 38}, "Fracture"}, {{30, 38}, "Zebra"}});
        person.spans[1].attributes["status"] = "absent";
        person.spans[2].attributes["status"] = "uncertain";
        person.labels = {"support_devices", "Zebra"};
        Document rules = sample("No pneumothorax. Possible pneumonia.", {});
        rules.id = "=2";
        Document clear = sample("Lungs are clear.", {});
        clear.id = "3";
        const std::string heading = "id,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Lesion,Lung Opacity,"
                                    "Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural "
                                    "Other,Fracture,Support Devices,source\n";
        QCOMPARE(written("chexpert", {person, rules, clear}), heading
                                                                  + "1,,,,,,1,,,,,0,,-1,1,person\n"
                                                                    "'=2,,,,,,,,-1,,0,,,,,rules\n"
                                                                    "3,1,,,,,,,,,,,,,,rules\n");
        auto losses = lossesOf("chexpert", {person, rules});
        QCOMPARE(losses["Labels that are none of the fourteen"], std::int64_t{1});
        QCOMPARE(losses["Texts"], std::int64_t{2});
        QCOMPARE(losses["Annotations of words, but for what they say of the whole"], std::int64_t{4});
        const auto read = readDocuments(m_readers, format("chexpert"), place("out"), {});
        QVERIFY2(read, read ? "" : english(read.error()).c_str());
        QCOMPARE(read->documents[0].labels, (std::vector<std::string>{"Edema", "Support Devices"}));
        QCOMPARE(read->documents[0].facts.at("Fracture"), std::string("-1"));
        QCOMPARE(read->documents[0].facts.at("Pleural Effusion"), std::string("0"));
        QVERIFY(read->documents[1].labels.empty()); // nobody said so
    }

    void suggestionsAreNobodysLabels()
    {
        Document document = sample("Zebra stripes.", {{{0, 5}, "Edema"}});
        document.spans[0].isConfirmed = false;
        for (const ExchangeFormat& tested : exchangeFormats()) {
            if (tested.name == "hounsfield")
                continue;
            QCOMPARE(lossesOf(tested.name.c_str(), {document})["Suggestions that nobody confirmed"], std::int64_t{1});
            std::filesystem::remove_all(place("out"));
            QVERIFY(writeDocuments(tested, std::vector{document}, place("out"), {}));
            const auto read = readDocuments(m_readers, tested, place("out"), {});
            QVERIFY(read);
            QVERIFY(read->documents[0].spans.empty() && read->documents[0].labels.empty());
        }
    }
};

int exchangeLabelsTest(int argc, char** argv)
{
    ExchangeLabelsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "exchange_labels_test.moc"
