#include <QtTest>

#include "core/base/random.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dctk.h>

#include "tests/core/files/study_folder.h"

using namespace hounsfield;
using namespace hounsfield::files;
using phantoms::bytesOf;
using phantoms::DicomPicture;
using phantoms::setWord;
using phantoms::Syntax;

namespace {

struct SyntaxRow {
    const char* name;
    Syntax syntax;
    bool isEncapsulated;
};
constexpr SyntaxRow syntaxes[] = {{"explicit", Syntax::Explicit, false}, {"implicit", Syntax::Implicit, false},
    {"big endian", Syntax::BigEndian, false}, {"deflated", Syntax::Deflated, false},
    {"run lengths", Syntax::RunLength, true}, {"JPEG baseline", Syntax::JpegBaseline, true},
    {"JPEG lossless", Syntax::JpegLossless, true}, {"JPEG-LS", Syntax::JpegLs, true},
    {"JPEG 2000", Syntax::Jpeg2000, true}};

/// Noise that packs badly, so that every part of the stream matters.
DicomPicture noisy(Syntax syntax, int columns = 64, int rows = 64)
{
    DicomPicture p;
    p.columns = columns;
    p.rows = rows;
    p.bitsStored = 12;
    p.highBit = 11;
    p.syntax = syntax;
    if (syntax == Syntax::JpegBaseline) {
        p.bitsAllocated = p.bitsStored = 8;
        p.highBit = 7;
    }
    Random random(7, "noise");
    for (int n = 0; n < columns * rows; ++n)
        p.cells.push_back(static_cast<std::uint16_t>(random.below(1 << p.bitsStored)));
    return p;
}

/// Puts other bytes into the file's one frame and leaves everything around it sound.
bool replaceStream(const std::filesystem::path& path, const std::function<std::string(std::string)>& change)
{
    DcmFileFormat file;
    if (file.loadFile(path.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength).bad())
        return false;
    DcmElement* element = nullptr;
    DcmPixelSequence* fragments = nullptr;
    DcmPixelItem* item = nullptr;
    Uint8* bytes = nullptr;
    DcmDataset& set = *file.getDataset();
    const E_TransferSyntax syntax = set.getOriginalXfer();
    if (set.findAndGetElement(DCM_PixelData, element).bad()
        || static_cast<DcmPixelData*>(element)->getEncapsulatedRepresentation(syntax, nullptr, fragments).bad()
        || fragments->getItem(item, 1).bad() || item->getUint8Array(bytes).bad())
        return false;
    std::string stream = change(std::string(reinterpret_cast<const char*>(bytes), item->getLength()));
    if (stream.size() % 2)
        stream.push_back('\0');
    item->putUint8Array(reinterpret_cast<const Uint8*>(stream.data()), static_cast<unsigned long>(stream.size()));
    return file.saveFile(path.c_str(), syntax).good();
}

} // namespace

/// Pixel data that are cut, of another size or of other bits than the header says.
class CodecTest : public QObject {
    Q_OBJECT
  private slots:
    void losslessPixelsAreThoseThatWereWritten_data() { addRows(false); }
    void losslessPixelsAreThoseThatWereWritten()
    {
        QFETCH(int, syntax);
        StudyFolder folder;
        const DicomPicture p = noisy(Syntax(syntax));
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        for (int n = 0; n < 64 * 64 && Syntax(syntax) != Syntax::JpegBaseline; ++n)
            QCOMPARE((*volume)->value(n % 64, n / 64, 0), double(p.cells[std::size_t(n)]));
    }

    void signedPixelsAreThoseThatWereWritten_data() { addRows(false, Syntax::JpegBaseline); } // it knows no signs
    void signedPixelsAreThoseThatWereWritten()
    {
        QFETCH(int, syntax);
        DicomPicture p = noisy(Syntax(syntax));
        p.isSigned = true;
        StudyFolder folder;
        if (Syntax(syntax) == Syntax::Jpeg2000) // the encoder takes whole numbers, not their 12 bits
            for (auto& cell : p.cells)
                cell = static_cast<std::uint16_t>(cell > 2047 ? cell - 4096 : cell);
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        for (int n = 0; n < 64 * 64; ++n) {
            const int cell = p.cells[std::size_t(n)] & 0xfff;
            QCOMPARE((*volume)->value(n % 64, n / 64, 0), double(cell > 2047 ? cell - 4096 : cell));
        }
    }

    void aCutFileIsNeverAPicture_data() { addRows(false); }
    void aCutFileIsNeverAPicture()
    {
        QFETCH(int, syntax);
        StudyFolder source, folder;
        const std::string whole = bytesOf(source.write(noisy(Syntax(syntax))));
        QVERIFY(whole.size() > 4000);
        for (std::size_t percent = 1; percent < 100; ++percent) {
            folder.write("cut.dcm", whole.substr(0, whole.size() * percent / 100));
            const auto volume = folder.opened(m_readers);
            QVERIFY2(!volume, qPrintable(QString("%1 % is shown as a picture").arg(percent)));
            QVERIFY(!volume.error().what.isEmpty());
        }
        folder.write("cut.dcm", whole.substr(0, whole.size() - 1));
        QVERIFY(!folder.opened(m_readers) || Syntax(syntax) == Syntax::Deflated);
    }

    void aCutStreamInASoundFileIsNeverAPicture_data() { addRows(true); }
    void aCutStreamInASoundFileIsNeverAPicture()
    {
        QFETCH(int, syntax);
        StudyFolder source;
        const auto path = source.write(noisy(Syntax(syntax)));
        const std::string whole = bytesOf(path);
        StudyFolder folder;
        for (const bool isEnded : {false, true}) // by the marker that ends a stream
            for (std::size_t percent = 1; percent < 100; ++percent) {
                const auto cut = folder.write("cut.dcm", whole);
                QVERIFY(replaceStream(cut, [&](const std::string& stream) {
                    return stream.substr(0, stream.size() * percent / 100) + (isEnded ? "\xff\xd9" : "");
                }));
                const auto volume = folder.opened(m_readers);
                QVERIFY2(!volume, qPrintable(QString("%1 % of the stream%2 are shown as a picture")
                                                 .arg(percent)
                                                 .arg(isEnded ? ", ended" : "")));
            }
    }

    void runLengthsThatDoNotFillTheirPlaneAreRefused_data()
    {
        QTest::addColumn<QByteArray>("run"); // put before the last plane's own
        QTest::newRow("a run more") << QByteArray("\xf9\x11", 2);
        QTest::newRow("a literal more") << QByteArray("\x01\x11\x12", 3);
    }
    void runLengthsThatDoNotFillTheirPlaneAreRefused()
    {
        QFETCH(QByteArray, run);
        StudyFolder folder;
        const auto path = folder.write(noisy(Syntax::RunLength));
        QVERIFY(folder.opened(m_readers));
        QVERIFY(replaceStream(path, [&](std::string stream) {
            std::uint32_t last = 0;
            std::memcpy(&last, stream.data() + 8, 4); // where the second of two planes begins
            return stream.insert(last, run.toStdString());
        }));
        const auto volume = folder.opened(m_readers);
        QVERIFY(!volume);
        QVERIFY2(english(volume.error()).find("run-length coded frame is damaged") != std::string::npos,
            english(volume.error()).c_str());
    }

    void aTransposedStreamIsRefused_data() { addRows(true, Syntax::RunLength); } // it holds no size
    void aTransposedStreamIsRefused()
    {
        QFETCH(int, syntax);
        StudyFolder folder;
        const auto path = folder.write(noisy(Syntax(syntax), 64, 32));
        QVERIFY(setWord(path, 0x0028, 0x0010, 64) && setWord(path, 0x0028, 0x0011, 32));
        const auto volume = folder.opened(m_readers);
        QVERIFY(!volume);
        QVERIFY2(english(volume.error()).find("is 64 × 32 inside, the header says 32 × 64") != std::string::npos,
            english(volume.error()).c_str());
    }

    void fewerBitsInsideAreUsedAndSaid()
    {
        StudyFolder folder;
        DicomPicture p = noisy(Syntax::Jpeg2000);
        p.isSigned = true;
        for (auto& cell : p.cells)
            cell = static_cast<std::uint16_t>(cell > 2047 ? cell - 4096 : cell);
        const auto path = folder.write(p);
        QVERIFY(setWord(path, 0x0028, 0x0101, 16) && setWord(path, 0x0028, 0x0102, 15));
        QVERIFY(replaceStream(path, [&](std::string stream) { // the encoder states all 16 bits of a cell
            stream.at(stream.find("\xff\x4f\xff\x51") + 42) = static_cast<char>(0x80 | (12 - 1));
            return stream;
        }));
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QVERIFY(says((*volume)->problems, "The header says 16 bits, the compressed pixels have 12"));
        for (int n = 0; n < 64 * 64; ++n)
            QCOMPARE((*volume)->value(n % 64, n / 64, 0), double(static_cast<std::int16_t>(p.cells[std::size_t(n)])));
    }

    void longerPixelDataAreSaid_data()
    {
        QTest::addColumn<int>("more");
        QTest::addColumn<QString>("words");
        QTest::newRow("one pad byte") << 0 << "";
        QTest::newRow("some bytes") << 100 << "bytes behind the picture";
        QTest::newRow("a frame") << 64 * 64 << "not shown: 1.";
    }
    void longerPixelDataAreSaid()
    {
        QFETCH(int, more);
        QFETCH(QString, words);
        DicomPicture p = noisy(Syntax::Explicit);
        const auto cells = p.cells;
        p.cells.resize(cells.size() + std::size_t(more));
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->geometry.size[2], std::int64_t{1});
        QCOMPARE((*volume)->value(63, 63, 0), double(cells.back()));
        QVERIFY(words.isEmpty() || says((*volume)->problems, words.toStdString()));
    }

    void anOddPictureHasOnePadByteWithoutAWord()
    {
        DicomPicture p;
        p.columns = p.rows = 5;
        p.bitsAllocated = p.bitsStored = 8;
        p.highBit = 7;
        p.cells.assign(25, 9);
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QVERIFY(!says((*volume)->problems, "behind the picture"));
    }

  private:
    static void addRows(bool onlyEncapsulated, std::optional<Syntax> except = {})
    {
        QTest::addColumn<int>("syntax");
        for (const SyntaxRow& row : syntaxes)
            if ((row.isEncapsulated || !onlyEncapsulated) && row.syntax != except)
                QTest::newRow(row.name) << int(row.syntax);
    }

    ReaderPool m_readers{1};
};

int codecTest(int argc, char** argv)
{
    CodecTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "codec_test.moc"
