#include <QtTest>

#include "core/base/random.h"
#include "core/reports/tokens.h"

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

std::string joined(const std::vector<Token>& tokens)
{
    std::string words;
    for (const Token& token : tokens)
        words += (words.empty() ? "" : "|") + token.word;
    return words;
}

} // namespace

class TokensTest : public QObject {
    Q_OBJECT
  private slots:
    void aTextFallsIntoWordsMarksAndPlaceholders_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("words and marks") << "No acute disease." << "no|acute|disease|.";
        QTest::newRow("hyphens and apostrophes") << "X-ray of the patient's chest - stable" << "x-ray|of|the|patient's|chest|-|stable";
        QTest::newRow("numbers") << "3.2 x 4.1cm, 1,000 mL." << "3.2|x|4.1|cm|,|1,000|ml|.";
        QTest::newRow("placeholders") << "XXXX seen by [**First Name 12**]." << "xxxx|seen|by|[**first name 12**]|.";
        QTest::newRow("an open placeholder") << "[** lost" << "[|*|*|lost";
        QTest::newRow("Chinese") << QString::fromUtf8("心影增大,CT 3mm") << QString::fromUtf8("心|影|增|大|,|ct|3|mm");
        QTest::newRow("combining marks") << QString::fromUtf8("Sjögren") << QString::fromUtf8("sjögren");
        QTest::newRow("emoji and lines") << QString::fromUtf8("ok\r\n👍🏽 done") << QString::fromUtf8("ok|👍|🏽|done");
        QTest::newRow("nothing") << " \t\n" << "";
    }
    void aTextFallsIntoWordsMarksAndPlaceholders()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        QCOMPARE(QString::fromStdString(joined(tokensOf(text.toStdString()))), words);
    }

    void offsetsGiveBackTheTextOfAnyUnicode()
    {
        const std::u32string signs = U"ab Z9.,-'’\n\r\t\u00A0é\u0301心影。👍🏽א\u202E[*]X_";
        for (std::uint64_t round = 0; round < 2000; ++round) {
            Random random(1, "texts", 0, round);
            std::u32string points;
            for (std::int64_t i = random.below(60); i > 0; --i)
                points += signs[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(signs.size())))];
            const std::string utf8 = QString::fromUcs4(points.data(), qsizetype(points.size())).toStdString();
            const CodePoints text(utf8);
            QCOMPARE(text.size(), static_cast<std::int64_t>(points.size()));
            std::int64_t before = 0;
            for (const Token& token : tokensOf(text)) {
                QVERIFY(token.span.begin >= before && token.span.end > token.span.begin);
                QVERIFY(token.span.end <= text.size());
                const auto part = points.substr(std::size_t(token.span.begin), std::size_t(token.span.size()));
                QCOMPARE(text.slice(token.span), QString::fromUcs4(part.data(), qsizetype(part.size())).toStdString());
                before = token.span.end;
            }
        }
    }

    void bytesThatAreNoTextCountAsOneSignEach()
    {
        const CodePoints text(std::string_view("a\xff\xfe" "b\xe5\xbf", 6));
        QCOMPARE(text.size(), std::int64_t{6});
        QCOMPARE(text.slice({1, 3}), std::string("\xff\xfe"));
        QCOMPARE(text[1], U'\uFFFD');
    }

    void aLanguageIsWhatMostLettersSay()
    {
        QVERIFY(isChinese(CodePoints("胸部CT：未见异常")));
        QVERIFY(!isChinese(CodePoints("No acute disease 正常")));
        QVERIFY(!isChinese(CodePoints("")));
    }
};

int tokensTest(int argc, char** argv)
{
    TokensTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tokens_test.moc"
