#include <QtTest>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <array>
#include <cmath>

#include "tests/core/files/study_folder.h"

using namespace hounsfield;
using namespace hounsfield::files;
using phantoms::DicomPicture;
using phantoms::Syntax;

namespace {

using Colour = std::array<int, 3>;

/// Nine patches of 8 × 8 pixels: the corners of the colour cube that eyes know, greys and a skin tone.
constexpr std::array<Colour, 9> patches{{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 0}, {255, 255, 255},
    {0, 0, 0}, {128, 128, 128}, {224, 172, 105}, {10, 200, 250}}};
constexpr int side = 24;

Colour patchAt(int x, int y)
{
    return patches[static_cast<std::size_t>(y / 8 * 3 + x / 8)];
}

/// PS3.3 C.7.6.3.1.2, from RGB.
std::array<double, 3> ybrOf(const Colour& c)
{
    return {0.2990 * c[0] + 0.5870 * c[1] + 0.1140 * c[2], -0.1687 * c[0] - 0.3313 * c[1] + 0.5000 * c[2] + 128,
        0.5000 * c[0] - 0.4187 * c[1] - 0.0813 * c[2] + 128};
}

std::uint16_t cell(double value)
{
    return static_cast<std::uint16_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

DicomPicture blank()
{
    DicomPicture p;
    p.columns = p.rows = side;
    p.samples = 3;
    p.bitsAllocated = p.bitsStored = 8;
    p.highBit = 7;
    p.modality = "US";
    p.sopClass = "1.2.840.10008.5.1.4.1.1.6.1";
    return p;
}

/// The patches in RGB or YBR_FULL, pixel by pixel or plane by plane.
DicomPicture painted(const std::string& photometric, int planarConfiguration)
{
    DicomPicture p = blank();
    p.photometric = photometric;
    p.planarConfiguration = planarConfiguration;
    p.cells.resize(std::size_t(side * side * 3));
    for (int n = 0; n < side * side; ++n)
        for (int c = 0; c < 3; ++c) {
            const Colour patch = patchAt(n % side, n / side);
            const double value = photometric == "RGB" ? patch[std::size_t(c)] : ybrOf(patch)[std::size_t(c)];
            p.cells[std::size_t(planarConfiguration ? c * side * side + n : n * 3 + c)] = cell(value);
        }
    return p;
}

/// Two Y, then Cb and Cr for both.
DicomPicture halved()
{
    DicomPicture p = blank();
    p.photometric = "YBR_FULL_422";
    for (int n = 0; n < side * side; n += 2) {
        const auto one = ybrOf(patchAt(n % side, n / side)), two = ybrOf(patchAt((n + 1) % side, n / side));
        for (const double value : {one[0], two[0], one[1], one[2]})
            p.cells.push_back(cell(value));
    }
    return p;
}

DicomPicture indexed(int bits)
{
    DicomPicture p = blank();
    p.samples = 1;
    p.photometric = "PALETTE COLOR";
    p.bitsAllocated = p.bitsStored = bits;
    p.highBit = bits - 1;
    for (int n = 0; n < side * side; ++n)
        p.cells.push_back(static_cast<std::uint16_t>(n / side / 8 * 3 + n % side / 8 + 100));
    return p;
}

void putTable(DcmItem& set, std::size_t colour, Uint16 entries, Uint16 first, Uint16 bits,
    const std::vector<Uint16>& words, Uint16 element)
{
    const Uint16 descriptor[3] = {entries, first, bits};
    set.putAndInsertUint16Array(DcmTag(0x0028, static_cast<Uint16>(0x1101 + colour), EVR_US), descriptor, 3);
    set.putAndInsertUint16Array(DcmTag(0x0028, static_cast<Uint16>(element + colour), EVR_OW), words.data(),
        static_cast<unsigned long>(words.size()));
}

void putPalette(DcmItem& set, int bits)
{
    for (std::size_t c = 0; c < 3; ++c) {
        std::vector<Uint16> words;
        for (std::size_t n = 0; n < patches.size(); ++n) {
            const auto value = static_cast<Uint16>(patches[n][c]);
            if (bits == 16)
                words.push_back(static_cast<Uint16>(value * 257));
            else if (n % 2 == 0) // two entries in each word
                words.push_back(value);
            else
                words.back() = static_cast<Uint16>(words.back() | value << 8);
        }
        putTable(set, c, static_cast<Uint16>(patches.size()), 100, static_cast<Uint16>(bits), words, 0x1201);
    }
}

/// The same nine entries in segments, and behind them a ramp and its repetition: 9 + 1 + 50 + 51 entries.
void putSegments(DcmItem& set)
{
    for (std::size_t c = 0; c < 3; ++c) {
        std::vector<Uint16> words{0, 9};
        for (const Colour& patch : patches)
            words.push_back(static_cast<Uint16>(patch[c] * 257));
        const auto ramp = static_cast<Uint16>(words.size() * 2); // bytes
        words.insert(words.end(), {0, 1, 0, 1, 50, 50 * 257});
        words.insert(words.end(), {2, 2, ramp, 0});
        putTable(set, c, 111, 100, 16, words, 0x1221);
    }
}

} // namespace

/// Patches of known colour, written in every arrangement that DICOM has: what is seen differs by two levels at most.
class ColourTest : public QObject {
    Q_OBJECT
  private slots:
    void patchesKeepTheirColours_data()
    {
        QTest::addColumn<QString>("photometric");
        QTest::addColumn<int>("planar");
        QTest::addColumn<int>("syntax");
        const auto row = [](const char* name, const char* photometric, int planar, Syntax syntax) {
            QTest::newRow(name) << QString(photometric) << planar << int(syntax);
        };
        row("RGB by pixel", "RGB", 0, Syntax::Explicit);
        row("RGB by plane", "RGB", 1, Syntax::Explicit);
        row("RGB by pixel, implicit", "RGB", 0, Syntax::Implicit);
        row("RGB by pixel, big endian", "RGB", 0, Syntax::BigEndian);
        row("RGB by plane, deflated", "RGB", 1, Syntax::Deflated);
        row("YBR_FULL by pixel", "YBR_FULL", 0, Syntax::Explicit);
        row("YBR_FULL by plane", "YBR_FULL", 1, Syntax::Explicit);
        row("RGB run lengths", "RGB", 0, Syntax::RunLength);
        row("RGB by plane, run lengths", "RGB", 1, Syntax::RunLength);
        row("YBR_FULL run lengths", "YBR_FULL", 0, Syntax::RunLength);
        row("RGB JPEG lossless", "RGB", 0, Syntax::JpegLossless);
        row("RGB by plane, JPEG lossless", "RGB", 1, Syntax::JpegLossless);
        row("RGB JPEG-LS", "RGB", 0, Syntax::JpegLs);
        row("RGB by plane, JPEG-LS", "RGB", 1, Syntax::JpegLs);
        row("JPEG baseline", "RGB", 0, Syntax::JpegBaseline);
        row("YBR_RCT", "RGB", 0, Syntax::Jpeg2000);
        row("YBR_ICT", "RGB", 0, Syntax::Jpeg2000Lossy);
    }
    void patchesKeepTheirColours()
    {
        QFETCH(QString, photometric);
        QFETCH(int, planar);
        QFETCH(int, syntax);
        DicomPicture p = painted(photometric.toStdString(), planar);
        p.syntax = Syntax(syntax);
        check(p);
    }

    void packedColoursIgnoreWhatTheHeaderSaysOfPlanes_data()
    {
        QTest::addColumn<int>("syntax");
        QTest::newRow("JPEG baseline") << int(Syntax::JpegBaseline);
        QTest::newRow("JPEG lossless") << int(Syntax::JpegLossless);
        QTest::newRow("JPEG-LS") << int(Syntax::JpegLs);
        QTest::newRow("JPEG 2000") << int(Syntax::Jpeg2000);
        QTest::newRow("run lengths") << int(Syntax::RunLength);
    }
    void packedColoursIgnoreWhatTheHeaderSaysOfPlanes()
    {
        QFETCH(int, syntax);
        for (const std::uint16_t stated : {0, 1}) {
            DicomPicture p = painted("RGB", 0);
            p.syntax = Syntax(syntax);
            m_folder = std::make_unique<StudyFolder>();
            QVERIFY(phantoms::setWord(m_folder->write(p), 0x0028, 0x0006, stated));
            checkWritten();
        }
    }

    void coloursWithASignAreRefused()
    {
        DicomPicture p = painted("RGB", 0);
        p.isSigned = true;
        m_folder = std::make_unique<StudyFolder>();
        m_folder->write(p);
        const auto volume = m_folder->opened(m_readers);
        QVERIFY(!volume);
        QVERIFY2(
            english(volume.error()).find("colours with a sign") != std::string::npos, english(volume.error()).c_str());
    }

    void halvedColoursKeepTheirPatches() { check(halved()); }

    void palettesGiveTheirColours_data()
    {
        QTest::addColumn<int>("pixelBits");
        QTest::addColumn<int>("tableBits");
        for (const int pixelBits : {8, 16})
            for (const int tableBits : {8, 16})
                QTest::addRow("%d-bit pixels, %d-bit table", pixelBits, tableBits) << pixelBits << tableBits;
    }
    void palettesGiveTheirColours()
    {
        QFETCH(int, pixelBits);
        QFETCH(int, tableBits);
        DicomPicture p = indexed(pixelBits);
        p.change = [&](DcmItem& set) { putPalette(set, tableBits); };
        check(p);
    }

    void aSegmentedPaletteIsExpanded()
    {
        DicomPicture p = indexed(16);
        p.cells[0] = 100 + 9 + 25;      // half the ramp
        p.cells[1] = 100 + 9 + 51 + 30; // and in its repetition
        p.change = putSegments;
        m_folder = std::make_unique<StudyFolder>();
        m_folder->write(p);
        const auto volume = m_folder->opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->value(0, 0, 0, 0), 25.0);
        QCOMPARE((*volume)->value(1, 0, 0, 2), 30.0);
        QCOMPARE((*volume)->value(20, 20, 0, 2), 250.0);
    }

    void segmentsThatMakeTooFewEntriesAreRefused()
    {
        DicomPicture p = indexed(16);
        p.change = [](DcmItem& set) {
            for (std::size_t c = 0; c < 3; ++c)
                putTable(set, c, 300, 100, 16, {0, 2, 1000, 2000, 2, 1, 0xffff, 0xffff}, 0x1221);
        };
        StudyFolder folder;
        folder.write(p);
        const auto found = folder.scanned(m_readers);
        QVERIFY(found && found->series.empty() && found->rejected.size() == 1);
        QVERIFY(english(found->rejected[0].reason).find("segments of the red palette") != std::string::npos);
    }

    void aPaletteWithoutColoursIsRefused()
    {
        StudyFolder folder;
        folder.write(indexed(8));
        const auto found = folder.scanned(m_readers);
        QVERIFY(found && found->series.empty() && found->rejected.size() == 1);
        QVERIFY(english(found->rejected[0].reason).find("palette is missing") != std::string::npos);
    }

  private:
    void check(const DicomPicture& picture)
    {
        m_folder = std::make_unique<StudyFolder>();
        m_folder->write(picture);
        checkWritten();
    }
    void checkWritten()
    {
        const auto volume = m_folder->opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->components, 3);
        double most = 0;
        for (int y = 2; y < side; y += 8) // away from the edges, where lossy codecs may smear
            for (int x = 2; x < side; x += 8)
                for (int c = 0; c < 3; ++c)
                    most = std::max(most, std::abs((*volume)->value(x, y, 0, c) - patchAt(x, y)[std::size_t(c)]));
        QVERIFY2(most <= 2, qPrintable(QString("%1 levels apart").arg(most)));
    }

    std::unique_ptr<StudyFolder> m_folder;
    ReaderPool m_readers{1};
};

int colourTest(int argc, char** argv)
{
    ColourTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "colour_test.moc"
