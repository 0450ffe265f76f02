#include <QtTest>

#include "core/image/orientation.h"

#include <archive.h>
#include <archive_entry.h>

#include <cstring>

#include "tests/core/files/study_folder.h"

using namespace hounsfield;
using namespace hounsfield::files;

namespace {

/// 4 × 3 × 2 values 0 … 23 of 16 bits.
std::string values(bool isBig = false)
{
    std::string bytes;
    for (int n = 0; n < 24; ++n)
        for (const int byte : {isBig ? 0 : n, isBig ? n : 0})
            bytes.push_back(static_cast<char>(byte));
    return bytes;
}

std::string packed(const std::string& bytes, bool isBzip2)
{
    std::string all(bytes.size() + (1 << 16), '\0');
    std::size_t used = 0;
    archive* writer = archive_write_new();
    archive_entry* entry = archive_entry_new();
    archive_write_set_format_raw(writer);
    if (isBzip2)
        archive_write_add_filter_bzip2(writer);
    else
        archive_write_add_filter_gzip(writer);
    archive_write_open_memory(writer, all.data(), all.size(), &used);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(writer, entry);
    archive_write_data(writer, bytes.data(), bytes.size());
    archive_entry_free(entry);
    archive_write_close(writer);
    archive_write_free(writer);
    all.resize(used);
    return all;
}

std::string header(const std::string& more, const std::string& encoding = "raw")
{
    return "NRRD0004\n# comment\ntype: short\ndimension: 3\nsizes: 4 3 2\nendian: little\nencoding: " + encoding + "\n"
           + more;
}

constexpr const char* place = "space: left-posterior-superior\nspace directions: (0.5,0,0) (0,0.75,0) (0,0,2)\n"
                              "space origin: (10,20,30)\nkinds: domain domain domain\n";

} // namespace

/// NRRD files of every encoding: the same 24 values at the same place.
class NrrdTest : public QObject {
    Q_OBJECT
  private slots:
    void everyEncodingGivesTheSameVoxels_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("beside"); ///< content of a data file
        QTest::addColumn<QByteArray>("behind");
        const auto row = [](const char* name, const std::string& head, const std::string& behind,
                             const std::string& beside = {}) {
            QTest::newRow(name) << QByteArray::fromStdString(head) << QByteArray::fromStdString(beside)
                                << QByteArray::fromStdString(behind);
        };
        std::string text, hex;
        for (int n = 0; n < 24; ++n) {
            text += std::to_string(n) + (n % 4 == 3 ? "\n" : " ");
            hex += QByteArray::number(n, 16).rightJustified(2, '0').toStdString() + "00";
        }
        row("raw", header(place), "\n" + values());
        row("gzip", header(place, "gzip"), "\n" + packed(values(), false));
        row("bzip2", header(place, "bzip2"), "\n" + packed(values(), true));
        row("text", header(place, "ascii"), "\n" + text);
        row("hexadecimal", header(place, "hex"), "\n" + hex);
        row("byte skip", header(place) + "byte skip: 3\n", "\nxyz" + values());
        row("line skip", header(place) + "line skip: 2\n", "\none\ntwo\n" + values());
        row("line skip, gzip", header(place, "gzip") + "line skip: 1\n", "\none\n" + packed(values(), false));
        row("byte skip, gzip", header(place, "gzip") + "byte skip: 3\n", "\n" + packed("xyz" + values(), false));
        row("from the end", header(place) + "byte skip: -1\n", "\nsomething before" + values());
        row("some bytes before the end", header(place) + "byte skip: -5\n", "\nbefore" + values() + "tail");
        row("from the end, bzip2", header(place, "bzip2") + "byte skip: -1\n", "\n" + packed("xyz" + values(), true));
        row("detached", header(place) + "data file: voxels.bin\n", "", values());
        row("detached, from the end", header(place) + "data file: voxels.bin\nbyte skip: -3\n", "",
            "abc" + values() + "xy");
    }
    void everyEncodingGivesTheSameVoxels()
    {
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, beside);
        QFETCH(QByteArray, behind);
        StudyFolder folder;
        const auto file = folder.write(beside.isEmpty() ? "a.nrrd" : "a.nhdr", (head + behind).toStdString());
        if (!beside.isEmpty())
            folder.write("voxels.bin", beside.toStdString());
        check(file);
    }

    void bigEndianIsTurned()
    {
        std::string head = header(place);
        head.replace(head.find("little"), 6, "big");
        StudyFolder folder;
        check(folder.write("a.nrrd", head + "\n" + values(true)));
    }

    void slicesInFilesOfTheirOwnAreOneVolume_data()
    {
        QTest::addColumn<QString>("files");
        QTest::newRow("list") << "data file: LIST\ns1.raw\ns2.raw\n";
        QTest::newRow("pattern") << "data file: s%d.raw 1 2 1\n";
    }
    void slicesInFilesOfTheirOwnAreOneVolume()
    {
        QFETCH(QString, files);
        StudyFolder folder;
        folder.write("s1.raw", values().substr(0, 24));
        folder.write("s2.raw", values().substr(24));
        check(folder.write("a.nhdr", header(place) + files.toStdString()));
    }

    void spacesAreTurnedToLps_data()
    {
        QTest::addColumn<QString>("space");
        QTest::addColumn<QString>("row");
        QTest::addColumn<QString>("column");
        QTest::newRow("RAS") << "right-anterior-superior"
                             << "R"
                             << "A";
        QTest::newRow("LAS") << "LAS"
                             << "L"
                             << "A";
        QTest::newRow("LPS") << "LPS"
                             << "L"
                             << "P";
    }
    void spacesAreTurnedToLps()
    {
        QFETCH(QString, space);
        QFETCH(QString, row);
        QFETCH(QString, column);
        StudyFolder folder;
        folder.write("a.nrrd", header("space: " + space.toStdString()
                                      + "\nspace directions: (1,0,0) (0,1,0) (0,0,1)\nspace origin: (1,2,3)\n")
                                   + "\n" + values());
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        const auto& g = (*volume)->geometry;
        QCOMPARE(QString::fromStdString(image::orientationLetters(g.axis(0))), row);
        QCOMPARE(QString::fromStdString(image::orientationLetters(g.axis(1))), column);
        QCOMPARE(g.origin[0], row == "L" ? 1.0 : -1.0);
        QCOMPARE(g.origin[1], column == "P" ? 2.0 : -2.0);
    }

    void withoutASpaceThereAreNoLetters()
    {
        StudyFolder folder;
        folder.write("a.nrrd", header("spacings: 1 2 3\n") + "\n" + values());
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QVERIFY(!(*volume)->geometry.isOriented && (*volume)->geometry.isSpaced);
        QCOMPARE((*volume)->geometry.spacing, (std::array<double, 3>{1, 2, 3}));
        QVERIFY(says((*volume)->problems, "orientation is not known"));
    }

    void axesOfColourAndTimeAreNone_data()
    {
        QTest::addColumn<QString>("fields");
        QTest::addColumn<int>("components");
        QTest::addColumn<int>("series");
        QTest::newRow("colour first") << "sizes: 3 2 2 2\nkinds: RGB-color domain domain domain\n" << 3 << 1;
        QTest::newRow("time last") << "sizes: 2 2 2 3\nspace: LPS\nspace directions: (1,0,0) (0,1,0) (0,0,1) none\n"
                                   << 1 << 3;
    }
    void axesOfColourAndTimeAreNone()
    {
        QFETCH(QString, fields);
        QFETCH(int, components);
        QFETCH(int, series);
        StudyFolder folder;
        std::string bytes;
        for (int n = 0; n < 24; ++n)
            bytes.push_back(static_cast<char>(n));
        folder.write(
            "a.nrrd", "NRRD0004\ntype: uchar\ndimension: 4\nencoding: raw\n" + fields.toStdString() + "\n" + bytes);
        const auto found = folder.scanned(m_readers);
        QVERIFY2(found && found->rejected.empty(),
            found && !found->rejected.empty() ? english(found->rejected[0].reason).c_str() : "");
        QCOMPARE(int(found->series.size()), series);
        const auto volume = openSeries(m_readers, found->series.back(), {});
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->components, components);
        QCOMPARE((*volume)->value(1, 1, 1, components - 1), 23.0);
    }

    void whatIsCutOrUnknownIsRefusedWithASentence_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const std::string& file, const char* words) {
            QTest::newRow(name) << QByteArray::fromStdString(file) << QString(words);
        };
        const auto changed = [](std::string text, const std::string& from, const std::string& to) {
            return text.replace(text.find(from), from.size(), to) + "\n" + values();
        };
        row("cut", header(place) + "\n" + values().substr(1), "asks for 48 bytes of voxels, the file holds 47");
        row("cut gzip", header(place, "gzip") + "\n" + packed(values(), false).substr(0, 30), "damaged or ends early");
        row("cut bzip2", header(place, "bzip2") + "\n" + packed(values(), true).substr(0, 40), "damaged or ends early");
        row("skip beyond the start", header(place) + "byte skip: -5\n\n" + values(), "asks for 52 bytes");
        row("few words", header(place, "text") + "\n1 2 3", "bytes of voxels");
        row("letters", header(place, "text") + "\n1 2 3 x 4 5 6 7 8 9 10 11 12 13 14 15 16 17", "no number");
        row("no order of bytes", changed(header(place), "endian: little\n", ""), "\"endian\"");
        row("64 bits", changed(header(place), "type: short", "type: int64"), "type \"int64\"");
        row("zstd", changed(header(place), "encoding: raw", "encoding: zstd"), "encoding \"zstd\"");
        row("a size of zero", changed(header(place), "4 3 2", "4 0 2"), "\"sizes\"");
        row("sizes beyond all", changed(header(place), "4 3 2", "16000000 16000000 16000000"), "\"sizes\"");
        row("axes too many", changed(header(place), "dimension: 3", "dimension: 2"), "\"sizes\"");
        row("flat directions", changed(header(place), "(0,0,2)", "(0,1,0)"), "\"space directions\"");
        row("no data file", header(place) + "data file: none.raw\n", "is missing");
        row("outside", header(place) + "data file: /etc/passwd\n", "is missing");
    }
    void whatIsCutOrUnknownIsRefusedWithASentence()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, words);
        StudyFolder folder;
        folder.write("a.nrrd", file.toStdString());
        const auto volume = folder.opened(m_readers);
        QVERIFY(!volume);
        QVERIFY2(
            english(volume.error()).find(words.toStdString()) != std::string::npos, english(volume.error()).c_str());
    }

  private:
    void check(const std::filesystem::path& file)
    {
        const auto found = scan(m_readers, file, {});
        QVERIFY2(found && found->series.size() == 1,
            found && !found->rejected.empty() ? english(found->rejected[0].reason).c_str() : "no series");
        const auto volume = openSeries(m_readers, found->series[0], {});
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        for (int n = 0; n < 24; ++n)
            QCOMPARE((*volume)->value(n % 4, n / 4 % 3, n / 12), double(n));
        QCOMPARE((*volume)->geometry.spacing, (std::array<double, 3>{0.5, 0.75, 2}));
        QCOMPARE((*volume)->geometry.origin, (std::array<double, 3>{10, 20, 30}));
        QVERIFY((*volume)->geometry.isOriented);
    }

    ReaderPool m_readers{1};
};

int nrrdTest(int argc, char** argv)
{
    NrrdTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "nrrd_test.moc"
