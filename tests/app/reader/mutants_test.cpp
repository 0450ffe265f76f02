#include <QTemporaryDir>
#include <QtTest>

#include "core/base/clock.h"
#include "core/files/reader_client.h"
#include "core/image/phantom.h"
#include "core/image/raster.h"

#include <archive.h>
#include <archive_entry.h>
#include <opencv2/imgcodecs.hpp>
#include <sys/resource.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <numeric>

#include "tests/app/reader/mutants.h"
#include "tests/app/reader/second_reader.h"
#include "tests/phantoms.h"

using namespace hounsfield;
using namespace hounsfield::files;
using phantoms::bytesOf;
using phantoms::DicomPicture;
using phantoms::Syntax;

namespace {

constexpr double longestSeconds = 6; // five are the reader's limit, one is for ending it

DicomPicture picture(Syntax syntax, const char* photometric, int bitsStored, bool isSigned, int frames)
{
    DicomPicture p;
    p.columns = 20;
    p.rows = 24;
    p.frames = frames;
    p.samples = std::string(photometric) == "MONOCHROME2" ? 1 : 3;
    p.photometric = photometric;
    p.bitsAllocated = bitsStored > 8 ? 16 : 8;
    p.bitsStored = bitsStored;
    p.highBit = bitsStored - 1;
    p.isSigned = isSigned;
    p.syntax = syntax;
    Random random(11, "phantom");
    for (int n = 0; n < 20 * 24 * frames * p.samples; ++n)
        p.cells.push_back(static_cast<std::uint16_t>(n % 200 + random.below(20)));
    p.sopUid = "1.2.826.0.1.3680043.8.498.11"; // not from the path: the same mutants in each run
    p.elements = {{{0x0028, 0x1050}, "100"}, {{0x0028, 0x1051}, "200"}};
    return p;
}

std::string zipped(const std::vector<std::pair<std::string, std::string>>& files)
{
    std::string all(1 << 20, '\0');
    std::size_t used = 0;
    archive* writer = archive_write_new();
    archive_write_set_format_zip(writer);
    archive_write_open_memory(writer, all.data(), all.size(), &used);
    for (const auto& [name, bytes] : files) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0600);
        archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
        archive_write_header(writer, entry);
        archive_write_data(writer, bytes.data(), bytes.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    all.resize(used);
    return all;
}

std::string ofOpenCv(const char* suffix, int channels)
{
    cv::Mat picture(20, 30, channels == 3 ? CV_8UC3 : CV_8UC1);
    for (int y = 0; y < 20; ++y)
        for (int x = 0; x < 30 * channels; ++x)
            picture.ptr<unsigned char>(y)[x] = static_cast<unsigned char>(x * 5 + y * 3);
    std::vector<unsigned char> bytes;
    cv::imencode(suffix, picture, bytes);
    return {bytes.begin(), bytes.end()};
}

/// What came of all mutants of one format.
struct Tally {
    int asked = 0, opened = 0, refused = 0, deaths = 0, compared = 0, differing = 0;
    double slowest = 0;

    void print(const char* name) const
    {
        qInfo("%-9s %6d mutants: %5d opened (%d compared, %d differing), %5d refused, %d killed their reader, slowest "
              "%.2f s",
            name, asked, opened, compared, differing, refused, deaths, slowest);
    }
};

} // namespace

/// Mutants of small clean files: the program lives on, each is answered in time and with a sentence, and a DICOM mutant
/// that opens shows what DCMTK shows too. The suite makes 1,000 altogether; HOUNSFIELD_MUTANTS=20000 makes that many
/// (build/release/bin/reader_test mutants_test; some minutes).
class MutantsTest : public QObject {
    Q_OBJECT
  private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->path().toStdString();
    }

    void dicomOpensOnlyAsAnotherReaderSeesIt()
    {
        std::vector<std::string> seeds;
        for (const Syntax syntax : {Syntax::Explicit, Syntax::Explicit, Syntax::Implicit, Syntax::BigEndian,
                 Syntax::Deflated, Syntax::RunLength, Syntax::JpegLossless, Syntax::JpegLs}) {
            seeds.push_back(written(picture(syntax, "MONOCHROME2", 12, false, 1)));
            seeds.push_back(written(picture(syntax, "RGB", 8, false, 1)));
            if (syntax == Syntax::Explicit || syntax == Syntax::RunLength) {
                seeds.push_back(written(picture(syntax, "MONOCHROME2", 16, true, 1)));
                seeds.push_back(written(picture(syntax, "MONOCHROME2", 8, false, 3)));
            }
        }
        seeds.push_back(written(picture(Syntax::JpegBaseline, "MONOCHROME2", 8, false, 1)));
        seeds.push_back(written(picture(Syntax::Jpeg2000, "MONOCHROME2", 12, false, 1)));
        Tally tally = asked("DICOM", ".dcm", seeds, mutantsAltogether() * 3 / 10, true);
        QVERIFY2(tally.differing == 0, qPrintable(m_differing));
        QVERIFY2(
            tally.opened * 20 >= tally.asked && tally.compared * 2 >= tally.opened, "too few open to tell anything");
    }

    void volumesAndPicturesAreAnsweredEveryOne_data()
    {
        QTest::addColumn<QString>("suffix");
        for (const char* suffix : {".nii", ".nrrd", ".mha", ".png", ".jpg", ".tif"})
            QTest::newRow(suffix) << QString(suffix);
    }
    void volumesAndPicturesAreAnsweredEveryOne()
    {
        QFETCH(QString, suffix);
        asked(suffix.toUtf8().constData(), suffix.toStdString(), seedsOf(suffix.toStdString()),
            mutantsAltogether() / 10, false);
    }

    void archivesAreAnsweredEveryOne()
    {
        const std::string one = zipped({{"a.png", ofOpenCv(".png", 1)}, {"folder/b.jpg", ofOpenCv(".jpg", 3)},
                              {"labels.csv", "a.png,1\nfolder/b.jpg,0\n"}}),
                          two = zipped({{"c.nii", nifti()}});
        Tally tally;
        Random random(23, "zip");
        for (int n = 0; n < mutantsAltogether() / 10; ++n) {
            const auto path = m_path / ("m" + std::to_string(n) + ".zip");
            std::ofstream(path, std::ios::binary) << mutants::mutant(n % 2 ? one : two, n % 2 ? two : one, random);
            const Stopwatch watch;
            const auto names = m_readers.listArchive(path);
            ++tally.asked;
            for (const std::string& name : names ? *names : std::vector<std::string>())
                static_cast<void>(isAnswered(m_readers.readHeader({path, name}), tally));
            tally.opened += names.has_value();
            isAnswered(names, tally);
            tally.slowest = std::max(tally.slowest, watch.seconds());
            std::filesystem::remove(path);
        }
        tally.print("ZIP");
        QVERIFY(tally.opened > 0 && tally.slowest < longestSeconds);
    }

    void theReadersStayedSmall()
    {
        rusage usage{};
        ::getrusage(RUSAGE_CHILDREN, &usage); // the largest of all that have ended
        qInfo("the largest process had %ld MB", usage.ru_maxrss / 1024);
        QVERIFY(usage.ru_maxrss < 1024 * 1024);
    }

  private:
    static int mutantsAltogether()
    {
        const char* wanted = std::getenv("HOUNSFIELD_MUTANTS");
        return wanted ? std::max(std::atoi(wanted), 100) : 1000;
    }

    std::string written(const DicomPicture& p)
    {
        const auto path = m_path / "seed.dcm";
        if (!phantoms::writeDicom(path, p))
            qFatal("a phantom cannot be written");
        return bytesOf(path);
    }

    std::string nifti() const
    {
        std::vector<double> values(8 * 7 * 6);
        std::iota(values.begin(), values.end(), 0);
        if (!phantoms::writeNifti(m_path / "seed.nii", {8, 7, 6}, 4, values))
            qFatal("a phantom cannot be written");
        return bytesOf(m_path / "seed.nii");
    }

    std::vector<std::string> seedsOf(const std::string& suffix)
    {
        if (suffix == ".nii")
            return {nifti(), nifti()};
        image::Geometry geometry;
        geometry.size = {9, 8, 7};
        if (suffix == ".nrrd") {
            std::string words = "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 4 4 4\nspace: LPS\n"
                                "space directions: (1,0,0) (0,1,0) (0,0,2)\nencoding: ";
            return {words + "raw\n\n" + std::string(64, 'x'), words + "text\n\n" + std::string(128, '1')};
        }
        if (suffix == ".mha") {
            const image::Volume volume = image::makeCtPhantom();
            static_cast<void>(image::writeMetaImage(volume, m_path / "seed.mha"));
            std::string all = bytesOf(m_path / "seed.mha");
            const auto at = all.find("DimSize");
            all.replace(at, all.find('\n', at) - at, "DimSize = 8 8 4");
            all.resize(all.find("LOCAL") + 6 + 8 * 8 * 4 * 2);
            return {all, all};
        }
        return {ofOpenCv(suffix.c_str(), 1), ofOpenCv(suffix.c_str(), 3)};
    }

    /// Whether it was answered rightly where refused: a sentence of three parts.
    template <typename Value> bool isAnswered(const Result<Value>& result, Tally& tally)
    {
        if (result)
            return true;
        const Error& error = result.error();
        const std::string sentence = english(error);
        if (error.what.isEmpty() || error.where.empty()
            || (error.advice.isEmpty() && error.kind != Error::Kind::Environment))
            QTest::qFail(("an answer without what, where or what to do: " + sentence).c_str(), __FILE__, __LINE__);
        tally.deaths += sentence.find("made its reader fail") != std::string::npos;
        return false;
    }

    Tally asked(
        const char* name, const std::string& suffix, const std::vector<std::string>& seeds, int count, bool isCompared)
    {
        Tally tally;
        Random random(20'260'101, name);
        const auto path = m_path / ("mutant" + suffix);
        for (int n = 0; n < count; ++n) {
            const auto pick = static_cast<std::size_t>(random.below(std::ssize(seeds)));
            const auto other = static_cast<std::size_t>(random.below(std::ssize(seeds)));
            std::ofstream(path, std::ios::binary) << mutants::mutant(seeds[pick], seeds[other], random);
            const Stopwatch watch;
            const auto values = opened(path, tally);
            tally.slowest = std::max(tally.slowest, watch.seconds());
            ++tally.asked;
            ++(values ? tally.opened : tally.refused);
            if (values && isCompared)
                compare(*values, path, n, tally);
        }
        tally.print(name);
        if (tally.slowest > longestSeconds)
            QTest::qFail("a mutant took too long", __FILE__, __LINE__);
        return tally;
    }

    struct Opened {
        FileHeader header;
        std::vector<double> values;
    };
    std::optional<Opened> opened(const std::filesystem::path& path, Tally& tally)
    {
        const auto header = m_readers.readHeader({path, {}});
        if (!isAnswered(header, tally) || header->kind != "image")
            return std::nullopt;
        const std::int64_t count = header->columns * header->rows * header->frames * header->components;
        if (count > (std::int64_t{1} << 26)) // the header has been believed; the values would only be many
            return std::nullopt;
        VoxelRequest request{{path, {}}, 0, header->frames};
        request.type = image::ScalarType::Float64;
        request.components = header->components;
        const auto memory = ReaderPool::makeMemory(count * 8);
        if (!memory || !isAnswered(m_readers.readVoxels(request, *memory), tally))
            return std::nullopt;
        const auto block = ReaderPool::seal(*memory, count * 8);
        const auto* values = reinterpret_cast<const double*>(block.bytes);
        return Opened{*header, std::vector<double>(values, values + count)};
    }

    void compare(const Opened& mine, const std::filesystem::path& path, int n, Tally& tally)
    {
        const auto second = mutants::secondReading(path);
        if (!second)
            return;
        ++tally.compared;
        double most = second->values.size() == mine.values.size() ? 0 : INFINITY;
        for (std::size_t i = 0; std::isfinite(most) && i < mine.values.size(); ++i)
            most = std::max(most, std::abs(mine.values[i] - second->values[i]));
        if (most <= (mine.header.components == 3 ? 2 : 0))
            return;
        ++tally.differing;
        m_differing += QString("\nmutant %1: %2 apart, %3 × %4 × %5 %6 %7")
                           .arg(n)
                           .arg(most)
                           .arg(mine.header.columns)
                           .arg(mine.header.rows)
                           .arg(mine.header.frames)
                           .arg(QString::fromStdString(mine.header.photometric))
                           .arg(QString::fromStdString(mine.header.facts.transferSyntaxUID));
        if (const char* keep = std::getenv("HOUNSFIELD_KEEP_MUTANTS"))
            std::filesystem::copy_file(path, std::filesystem::path(keep) / ("m" + std::to_string(n) + ".dcm"),
                std::filesystem::copy_options::overwrite_existing);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_path;
    QString m_differing;
    ReaderPool m_readers{1};
};

int mutantsTest(int argc, char** argv)
{
    MutantsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "mutants_test.moc"
