#include <QtTest>

#include "core/reports/encodings.h"

#include <unicode/ucnv.h>

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

std::string encoded(const QString& text, const char* encoding)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open(encoding, &status);
    std::string bytes(static_cast<std::size_t>(text.size()) * 4 + 8, '\0');
    const std::u16string wide = text.toStdU16String();
    bytes.resize(static_cast<std::size_t>(
        ucnv_fromUChars(converter, bytes.data(), int32_t(bytes.size()), wide.data(), int32_t(wide.size()), &status)));
    ucnv_close(converter);
    return bytes;
}

} // namespace

class EncodingsTest : public QObject {
    Q_OBJECT
  private slots:
    void textsAreRecognised_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("as");
        QTest::addColumn<QByteArray>("mark");
        const QString chinese = QString::fromUtf8("检查所见：双肺纹理清晰，未见异常。\r\nCT 3mm");
        QTest::newRow("ascii") << "No acute disease.\r\n" << QByteArray("UTF-8") << QByteArray();
        QTest::newRow("utf-8") << chinese + QString::fromUtf8("é 👍") << QByteArray("UTF-8") << QByteArray();
        QTest::newRow("utf-8 with mark") << chinese << QByteArray("UTF-8") << QByteArray("\xEF\xBB\xBF");
        QTest::newRow("utf-16 little") << chinese << QByteArray("UTF-16LE") << QByteArray("\xFF\xFE");
        QTest::newRow("utf-16 big") << chinese << QByteArray("UTF-16BE") << QByteArray("\xFE\xFF");
        QTest::newRow("gb18030") << chinese << QByteArray("GB18030") << QByteArray();
        QTest::newRow("a rare character")
            << chinese + QString::fromUtf8("镕㐀") << QByteArray("GB18030") << QByteArray();
        QTest::newRow("latin-1") << QString::fromUtf8("Sjögren à gauche, naïve\u00A0Läsion “x” 5 µm")
                                 << QByteArray("windows-1252") << QByteArray();
        QTest::newRow("one accent") << QString::fromUtf8("Sjögren") << QByteArray("windows-1252") << QByteArray();
        QTest::newRow("accents before letters")
            << QString::fromUtf8("éd ög àb Fußödem übel") << QByteArray("windows-1252") << QByteArray();
        QTest::newRow("combining marks") << QString::fromUtf8("Sjo\u0308gren\u00A0x\r\n\u2028") << QByteArray("UTF-8")
                                         << QByteArray();
    }
    void textsAreRecognised()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, as);
        QFETCH(QByteArray, mark);
        const auto decoded = decodeText(mark.toStdString() + encoded(text, as.constData()), "a.txt");
        QVERIFY(decoded);
        QCOMPARE(nameOf(decoded->encoding), as.constData());
        QCOMPARE(QString::fromStdString(decoded->text), text);
        QVERIFY(decoded->broken.empty());
    }

    void brokenBytesAreMarkedAndTheRestIsRead()
    {
        const QString chinese = QString::fromUtf8("双肺纹理清晰，未见异常");
        const auto utf8 = decodeText("a\xFF" + chinese.toStdString(), "a.txt");
        QVERIFY(utf8);
        QCOMPARE(utf8->text, "a\xEF\xBF\xBD" + chinese.toStdString());
        QCOMPARE(utf8->broken, std::vector<std::size_t>{1});
        const auto gb = decodeText(encoded(chinese, "GB18030") + "\xFF\n" + encoded(chinese, "GB18030"), "a.txt");
        QVERIFY(gb);
        QCOMPARE(gb->encoding, Encoding::Gb18030);
        QCOMPARE(gb->broken.size(), std::size_t{1});
        QVERIFY(QString::fromStdString(gb->text).endsWith(chinese));
        const auto odd = decodeText(std::string("\xFF\xFE"
                                                "a\0b\0c",
                                        7),
            "a.txt");
        QVERIFY(odd && odd->text.starts_with("ab") && odd->broken.size() == 1);
    }

    void longTextsOfManyBlocksStayWhole()
    {
        QString text;
        for (int i = 0; i < 50'000; ++i)
            text += QString::fromUtf8("肺野%1；").arg(i);
        const auto decoded = decodeText(encoded(text, "GB18030"), "a.txt");
        QVERIFY(decoded && decoded->broken.empty());
        QCOMPARE(QString::fromStdString(decoded->text), text);
    }

    void whatIsNoTextIsRefused()
    {
        for (const std::string& bytes : {std::string(), std::string("\xEF\xBB\xBF"), std::string("\xFF\xFE"),
                 std::string("\x89PNG\r\n\0\0", 8), std::string("\1\2\3\4\5abc")}) {
            const auto decoded = decodeText(bytes, "a.csv");
            QVERIFY(!decoded);
            QVERIFY(english(decoded.error()).starts_with("a.csv: The file "));
        }
    }
};

int encodingsTest(int argc, char** argv)
{
    EncodingsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "encodings_test.moc"
