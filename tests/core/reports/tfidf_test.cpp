#include <QtTest>

#include "core/reports/tfidf.h"

#include <cmath>

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

using Entries = std::vector<learning::SparseRow::Entry>;

const std::vector<std::string> latin{
    "No acute disease.", "No acute fracture, no effusion; X-ray of 2019.", "Ödem: NO disease x_1", "Effusion ray"};
const std::vector<std::string> han{"双肺  清晰,\n心影不大", "心影增大\n\t CT示双肺清晰", "ct 心影"};
const Tfidf::Options characters{Tfidf::Unit::Characters};

bool areClose(const Entries& actual, const Entries& expected)
{
    return std::ranges::equal(actual, expected,
        [](const auto& a, const auto& b) { return a.index == b.index && std::abs(a.value - b.value) < 1e-12; });
}

} // namespace

/// The constants were computed by scikit-learn's formulas with Python's re and math.
class TfidfTest : public QObject {
    Q_OBJECT
  private slots:
    void wordsAndPairsOfThem()
    {
        const Tfidf tfidf({}, latin);
        QCOMPARE(tfidf.ngrams(),
            (std::vector<std::string>{"acute", "disease", "effusion", "effusion ray", "no", "no acute", "ray"}));
        QVERIFY(areClose(tfidf.transform(latin[0]).entries,
            {{0, 0.5230350301866413}, {1, 0.5230350301866413}, {4, 0.423441934145613}, {5, 0.5230350301866413}}));
        QVERIFY(areClose(tfidf.transform(latin[1]).entries,
            {{0, 0.3812754762586579}, {2, 0.3812754762586579}, {3, 0.3812754762586579}, {4, 0.5226328118465849},
                {5, 0.3812754762586579}, {6, 0.3812754762586579}}));
        QVERIFY(areClose(tfidf.transform(latin[2]).entries, {{1, 0.7772211620785797}, {4, 0.6292275146695526}}));
        QVERIFY(areClose(tfidf.transform("no no NO ödem").entries, {{4, 1}}));
    }

    void charactersAndPairsOfThem()
    {
        const Tfidf tfidf(characters, han);
        QCOMPARE(tfidf.ngrams(), (std::vector<std::string>{" ", "c", "ct", "t", "双", "双肺", "大", "影", "心", "心影",
                                     "晰", "清", "清晰", "肺"}));
        const double common = 0.25312906347949227, rare = 0.325949757059051;
        QVERIFY(areClose(
            tfidf.transform(han[0]).entries, {{0, common}, {4, rare}, {5, rare}, {6, rare}, {7, common}, {8, common},
                                                 {9, common}, {10, rare}, {11, rare}, {12, rare}, {13, rare}}));
        QVERIFY(areClose(tfidf.transform("心影 心影大  CT").entries,
            {{0, 0.3979802707840827}, {1, 0.30267425405314585}, {2, 0.30267425405314585}, {3, 0.30267425405314585},
                {6, 0.30267425405314585}, {7, 0.3979802707840827}, {8, 0.3979802707840827}, {9, 0.3979802707840827}}));
    }

    void wordsAreThoseOfPythonsPattern()
    {
        // Marks part words; numbers of any script, letters of all kinds and _ belong to them.
        const std::vector<std::string> texts{"a bb c_ x² ⅷⅸ e\u0301tat STRASSE straße ΟΔΟΣ \xff\xfe"};
        const Tfidf tfidf({Tfidf::Unit::Words, 1, 1}, texts);
        QCOMPARE(
            tfidf.ngrams(), (std::vector<std::string>{"bb", "c_", "strasse", "straße", "tat", "x²", "οδος", "ⅷⅸ"}));
    }

    void aTextWithoutKnownWordsIsEmpty()
    {
        const Tfidf tfidf({}, latin);
        for (const char* text : {"", "zzz", ". ,", "\xff"})
            QVERIFY(tfidf.transform(text).entries.empty());
        QCOMPARE(Tfidf({}, {}).features(), std::int64_t{0});
    }

    void jsonGivesTheSameBack()
    {
        for (const Tfidf& tfidf : {Tfidf({}, latin), Tfidf(characters, han)}) {
            const auto back = Tfidf::fromJson(tfidf.json(), "here");
            QVERIFY(back);
            QVERIFY(*back == tfidf);
            QVERIFY(back->transform(han[2]) == tfidf.transform(han[2]));
        }
    }

    void wrongJsonIsSaid()
    {
        for (const char* json : {"", "[]", "{}", R"({"unit":"words","longest":2,"fewest":2,"ngrams":["a"],"idf":[]})",
                 R"({"unit":"bytes","longest":2,"fewest":2,"ngrams":["a"],"idf":[1]})",
                 R"({"unit":"words","longest":9,"fewest":2,"ngrams":["a"],"idf":[1]})",
                 R"({"unit":"words","longest":2,"fewest":2,"ngrams":["a"],"idf":[-1]})",
                 R"({"unit":"words","longest":2,"fewest":2,"ngrams":["a","a"],"idf":[1,1]})"}) {
            const auto tfidf = Tfidf::fromJson(json, "model.json");
            QVERIFY2(!tfidf, json);
            QCOMPARE(tfidf.error().where, std::string("model.json"));
        }
    }
};

int tfidfTest(int argc, char** argv)
{
    TfidfTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tfidf_test.moc"
