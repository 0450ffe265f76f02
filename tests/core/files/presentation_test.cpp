#include <QtTest>

#include "core/image/picture.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cmath>

#include "tests/core/files/study_folder.h"

using namespace hounsfield;
using namespace hounsfield::files;
using phantoms::DicomPicture;
using phantoms::Syntax;

namespace {

/// 256 values from 0 upwards, row by row.
DicomPicture ramp(const char* modality = "DX")
{
    DicomPicture p;
    p.modality = modality;
    p.sopClass = "1.2.840.10008.5.1.4.1.1.1.1";
    for (int n = 0; n < 256; ++n)
        p.cells.push_back(static_cast<std::uint16_t>(n));
    return p;
}

void putOverlay(DcmItem& set, bool isInPixelData)
{
    const auto tag = [](Uint16 element, DcmEVR vr) { return DcmTag(0x6000, element, vr); };
    set.putAndInsertUint16(tag(0x0010, EVR_US), 16);
    set.putAndInsertUint16(tag(0x0011, EVR_US), 16);
    set.putAndInsertString(tag(0x0040, EVR_CS), "G");
    const Sint16 origin[2] = {1, 1};
    set.putAndInsertSint16Array(tag(0x0050, EVR_SS), origin, 2);
    set.putAndInsertUint16(tag(0x0100, EVR_US), isInPixelData ? 16 : 1);
    set.putAndInsertUint16(tag(0x0102, EVR_US), isInPixelData ? 15 : 0);
    const std::vector<Uint16> bits(16, 0x8001);
    if (!isInPixelData)
        set.putAndInsertUint16Array(tag(0x3000, EVR_OW), bits.data(), 16);
}

} // namespace

/// What header and picture say together: windows, tables, texts, drawings, and what is said of them.
class PresentationTest : public QObject {
    Q_OBJECT
  private slots:
    void namesAreReadInTheirOwnLetters_data()
    {
        QTest::addColumn<QByteArray>("set");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isSaid");
        const auto row = [](const char* title, const char* set, const char* bytes, const char* name, bool isSaid) {
            QTest::newRow(title) << QByteArray(set) << QByteArray(bytes) << QString::fromUtf8(name) << isSaid;
        };
        row("ASCII", "", "Doe^Jane", "Doe^Jane", false);
        row("Latin 1", "ISO_IR 100", "M\xfcller^J\xf6rg", "Müller^Jörg", false);
        row("Greek", "ISO_IR 126", "\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2", "Διονυσιος", false);
        row("Cyrillic", "ISO_IR 144", "\xb8\xd2\xd0\xdd\xde\xd2", "Иванов", false);
        row("Arabic", "ISO_IR 127", "\xe2\xc8\xc7\xe6\xea", "قباني", false);
        row("Chinese, GB18030", "GB18030", "Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab", "Wang^XiaoDong=王^小东", false);
        row("Chinese, UTF-8", "ISO_IR 192", "Wang^XiaoDong=王^小東", "Wang^XiaoDong=王^小東", false);
        row("Japanese", "\\ISO 2022 IR 87",
            "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B",
            "Yamada^Tarou=山田^太郎=やまだ^たろう", false);
        row("Japanese, half width", "ISO 2022 IR 13\\ISO 2022 IR 87",
            "\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎", false);
        row("Korean", "\\ISO 2022 IR 149",
            "Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf",
            "Hong^Gildong=洪^吉洞=홍^길동", false);
        row("Chinese said to be Latin 1", "ISO_IR 100", "\xcd\xf5\xd0\xa1\xb6\xab", "王小东", true);
        row("Latin 1 said to be nothing", "", "M\xfcller", "Müller", true);
        row("bytes that are no UTF-8", "ISO_IR 192", "M\xfcller", "Müller", true);
    }
    void namesAreReadInTheirOwnLetters()
    {
        QFETCH(QByteArray, set);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        QFETCH(bool, isSaid);
        DicomPicture p = ramp();
        p.patientName = bytes.toStdString();
        if (!set.isEmpty())
            p.elements.push_back({{0x0008, 0x0005}, set.toStdString()});
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE(QString::fromStdString((*volume)->facts.patientName), name);
        QCOMPARE(says((*volume)->problems, "character set of the file's texts is wrong"), isSaid);
    }

    void aSyntheticPictureSaysSo_data()
    {
        QTest::addColumn<int>("syntax");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("derivation");
        QTest::addColumn<bool>("isSynthetic");
        QTest::newRow("explicit") << int(Syntax::Explicit) << QByteArray("YES") << QByteArray() << true;
        QTest::newRow("implicit") << int(Syntax::Implicit) << QByteArray("YES") << QByteArray() << true;
        QTest::newRow("big endian") << int(Syntax::BigEndian) << QByteArray("YES") << QByteArray() << true;
        QTest::newRow("NO") << int(Syntax::Implicit) << QByteArray("NO") << QByteArray() << false;
        QTest::newRow("nothing") << int(Syntax::Explicit) << QByteArray() << QByteArray() << false;
        QTest::newRow("by its derivation") << int(Syntax::Explicit) << QByteArray()
                                           << QByteArray("SYNTHETIC 0123456789abcdef0123456789abcdef") << true;
        QTest::newRow("synthetic MRI of a patient")
            << int(Syntax::Explicit) << QByteArray() << QByteArray("SYNTHETIC MRI, T1 weighted") << false;
    }
    void aSyntheticPictureSaysSo()
    {
        QFETCH(int, syntax);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, derivation);
        QFETCH(bool, isSynthetic);
        DicomPicture p = ramp();
        p.syntax = Syntax(syntax);
        p.change = [&](DcmItem& set) {
            if (!value.isEmpty())
                set.putAndInsertString(DcmTag(0x0008, 0x001C, EVR_CS), value.constData());
            if (!derivation.isEmpty())
                set.putAndInsertString(DCM_DerivationDescription, derivation.constData());
        };
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->facts.isSynthetic, isSynthetic);
        QCOMPARE(says((*volume)->problems, "The picture is synthetic"), isSynthetic);
    }

    void windowsFollowTheStandardsFormulas_data()
    {
        QTest::addColumn<QString>("function");
        QTest::newRow("LINEAR") << "";
        QTest::newRow("LINEAR_EXACT") << "LINEAR_EXACT";
        QTest::newRow("SIGMOID") << "SIGMOID";
    }
    void windowsFollowTheStandardsFormulas()
    {
        QFETCH(QString, function);
        DicomPicture p = ramp();
        p.elements = {{{0x0028, 0x1050}, "100\\30"}, {{0x0028, 0x1051}, "80\\10"}, {{0x0028, 0x1055}, "Chest\\Bone"}};
        if (!function.isEmpty())
            p.elements.push_back({{0x0028, 0x1056}, function.toStdString()});
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->windows.size(), std::size_t{2});
        QCOMPARE((*volume)->windows[1].explanation, std::string("Bone"));
        const auto picture = image::pictureOf(**volume, 0);
        for (std::size_t n = 0; n < 256; ++n) {
            const double x = double(n);
            double grey = std::clamp((x - 99.5) / 79 + 0.5, 0.0, 1.0);
            if (function == "LINEAR_EXACT")
                grey = std::clamp((x - 100) / 80 + 0.5, 0.0, 1.0);
            if (function == "SIGMOID")
                grey = 1 / (1 + std::exp(-4 * (x - 100) / 80));
            QVERIFY(std::abs(picture.pixels[n] - 255 * grey) <= 0.51);
        }
    }

    void aVoiTableIsSeenWhereThereIsNoWindow()
    {
        DicomPicture p = ramp();
        p.voiLut = DicomPicture::Lut{100, 8, {255, 0, 128}};
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        const auto picture = image::pictureOf(**volume, 0);
        QCOMPARE(int(picture.pixels[5]), 255);
        QCOMPARE(int(picture.pixels[101]), 0);
        QCOMPARE(int(picture.pixels[200]), 128);
    }

    void modalityTablesOfEverySizeAreUsed_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("entries");
        QTest::newRow("8 bits") << 8 << 256;
        QTest::newRow("16 bits") << 16 << 256;
        QTest::newRow("65536 entries, written as 0") << 16 << 65536;
    }
    void modalityTablesOfEverySizeAreUsed()
    {
        QFETCH(int, bits);
        QFETCH(int, entries);
        DicomPicture p = ramp();
        DicomPicture::Lut lut{0, bits, {}};
        for (int n = 0; n < entries; ++n)
            lut.data.push_back(static_cast<std::uint16_t>(bits == 8 ? 255 - n % 256 : 65535 - n));
        p.modalityLut = lut;
        p.elements = {{{0x0028, 0x1053}, "9"}, {{0x0028, 0x1052}, "9"}}; // goes unused
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        for (int n = 0; n < 256; ++n)
            QCOMPARE((*volume)->value(n % 16, n / 16, 0), double(lut.data[std::size_t(n)]));
    }

    void fractionsOfTheRescaleSurvive_data()
    {
        QTest::addColumn<double>("slope");
        for (const double slope : {0.5, -10.0, 1e-5, 3.774114})
            QTest::addRow("slope %g", slope) << slope;
    }
    void fractionsOfTheRescaleSurvive()
    {
        QFETCH(double, slope);
        DicomPicture p = ramp();
        p.elements = {{{0x0028, 0x1053}, Text::written(slope)}, {{0x0028, 0x1052}, "0.25"}};
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        for (int n = 0; n < 256; ++n) {
            const double wanted = n * slope + 0.25;
            QVERIFY(std::abs((*volume)->value(n % 16, n / 16, 0) - wanted) <= 1e-6 * std::max(1.0, std::abs(wanted)));
        }
    }

    void aRangeOfPaddingIsBlackWhateverItsSign_data()
    {
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<int>("padding");
        QTest::addColumn<int>("limit");
        QTest::newRow("unsigned") << false << 0 << 9;
        QTest::newRow("unsigned, backwards") << false << 9 << 0;
        QTest::newRow("signed") << true << -10 << -1;
    }
    void aRangeOfPaddingIsBlackWhateverItsSign()
    {
        QFETCH(bool, isSigned);
        QFETCH(int, padding);
        QFETCH(int, limit);
        DicomPicture p = ramp();
        p.isSigned = isSigned;
        p.photometric = "MONOCHROME1"; // padding stays black though the picture is inverted
        if (isSigned)
            for (auto& cell : p.cells)
                cell = static_cast<std::uint16_t>(cell - 10);
        const auto word = [](int value) { return std::to_string(value & 0xffff); };
        p.elements = {{{0x0028, 0x0120}, word(padding)}, {{0x0028, 0x0121}, word(limit)}};
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        const auto picture = image::pictureOf(**volume, 0);
        for (std::size_t n = 0; n < 10; ++n)
            QCOMPARE(int(picture.pixels[n]), 0);
        QVERIFY(picture.pixels[20] > 200 && picture.pixels[250] < 50);
    }

    void drawingsAndShuttersAreSaidAndTouchNoValue_data()
    {
        QTest::addColumn<bool>("isInPixelData");
        QTest::newRow("a plane of its own") << false;
        QTest::newRow("bits of the pixels") << true;
    }
    void drawingsAndShuttersAreSaidAndTouchNoValue()
    {
        QFETCH(bool, isInPixelData);
        DicomPicture p = ramp();
        p.bitsStored = 12;
        p.highBit = 11;
        if (isInPixelData)
            for (auto& cell : p.cells)
                cell = static_cast<std::uint16_t>(cell | 0x8000);
        p.elements = {{{0x0018, 0x1600}, "CIRCULAR"}};
        p.change = [&](DcmItem& set) { putOverlay(set, isInPixelData); };
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        for (int n = 0; n < 256; ++n)
            QCOMPARE((*volume)->value(n % 16, n / 16, 0), double(n));
        QVERIFY2(says((*volume)->problems, "1 overlays"), allOf((*volume)->problems).c_str());
        QVERIFY2(says((*volume)->problems, "shutter (circular)"), allOf((*volume)->problems).c_str());
    }

    void historyAndBurnedInTextAreKnown()
    {
        DicomPicture p = ramp("US");
        p.elements = {{{0x0028, 0x2110}, "01"}, {{0x0028, 0x2112}, "12.5"}, {{0x0028, 0x0301}, "YES"},
            {{0x0008, 0x0008}, "DERIVED\\SECONDARY"}};
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        const image::Facts& facts = (*volume)->facts;
        QVERIFY(facts.isLossy && facts.hasBurnedInAnnotation);
        QCOMPARE(facts.lossyRatio, std::string("12.5"));
        QCOMPARE(facts.imageType, (std::vector<std::string>{"DERIVED", "SECONDARY"}));
        QVERIFY2(says((*volume)->problems, "text burned in"), allOf((*volume)->problems).c_str());
    }

  private:
    ReaderPool m_readers{1};
};

int presentationTest(int argc, char** argv)
{
    PresentationTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "presentation_test.moc"
