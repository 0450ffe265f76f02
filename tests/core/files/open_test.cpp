#include <QTemporaryDir>
#include <QtTest>

#include "core/files/scan.h"
#include "core/image/orientation.h"
#include "core/image/picture.h"

#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>
#include <optional>

#include "tests/phantoms.h"

using namespace hounsfield;
using namespace hounsfield::files;
using phantoms::DicomPicture;

namespace {

namespace fs = std::filesystem;
using Opened = Result<std::shared_ptr<const image::Volume>>;

/// One bright voxel on a dark ground.
std::vector<std::uint16_t> marked(int columns, int rows, int i, int j, std::uint16_t value = 2000)
{
    std::vector<std::uint16_t> cells(static_cast<std::size_t>(columns * rows), 24);
    cells[static_cast<std::size_t>(j * columns + i)] = value;
    return cells;
}

bool says(const std::vector<Text>& problems, const std::string& words)
{
    return std::ranges::any_of(
        problems, [&](const Text& problem) { return english(problem).find(words) != std::string::npos; });
}

} // namespace

/// Pictures written with known points and values, and what is seen of them after scan and opening.
class OpenTest : public QObject {
    Q_OBJECT
  private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->path().toStdString();
    }

    void marksStayWhereTheyAre_data()
    {
        QTest::addColumn<int>("a");
        QTest::addColumn<int>("b");
        for (int a = 0; a < 6; ++a)
            for (int b = 0; b < 6; ++b)
                if (a / 2 != b / 2) // 24 axis permutations and signs
                    QTest::addRow("row %d column %d", a, b) << a << b;
    }
    void marksStayWhereTheyAre()
    {
        QFETCH(int, a);
        QFETCH(int, b);
        std::array<double, 3> row{}, column{};
        row[std::size_t(a / 2)] = a % 2 ? -1 : 1;
        column[std::size_t(b / 2)] = b % 2 ? -1 : 1;
        checkFrame(row, column);
    }

    void marksStayInObliqueFrames()
    {
        for (int n = 0; n < 20; ++n) {
            const double s = 0.3 * n + 0.1, t = 0.17 * n + 0.2;
            checkFrame(
                {std::cos(s), std::sin(s), 0}, {-std::sin(s) * std::cos(t), std::cos(s) * std::cos(t), std::sin(t)});
            if (QTest::currentTestFailed())
                return;
        }
    }

    void eachSliceHasItsOwnRescale()
    {
        const double slopes[3] = {1, 0.5, -10}, intercepts[3] = {-1024, 3, 7};
        for (int k = 0; k < 3; ++k) {
            DicomPicture p = slice(k);
            p.cells.assign(256, static_cast<std::uint16_t>(100 + k));
            p.elements = {
                {{0x0028, 0x1052}, Text::written(intercepts[k])}, {{0x0028, 0x1053}, Text::written(slopes[k])}};
            write(p);
        }
        const auto volume = open();
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        for (int k = 0; k < 3; ++k)
            QCOMPARE((*volume)->value(3, 3, k), (100 + k) * slopes[k] + intercepts[k]);
    }

    void aModalityTableGoesBeforeTheRescale()
    {
        DicomPicture p = slice(0);
        p.isSigned = true;
        p.bitsStored = 16;
        p.cells.assign(256, 0);
        p.cells[0] = static_cast<std::uint16_t>(-3);
        p.cells[1] = static_cast<std::uint16_t>(-1);
        p.cells[2] = 500;
        p.modalityLut = DicomPicture::Lut{-2, 16, {11, 22, 33, 44}};
        write(p);
        const auto volume = open();
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->value(0, 0, 0), 11.0);
        QCOMPARE((*volume)->value(1, 0, 0), 22.0);
        QCOMPARE((*volume)->value(2, 0, 0), 44.0);
        QCOMPARE((*volume)->value(3, 0, 0), 33.0);
    }

    void bitsAboveTheStoredOnesAreNoValue()
    {
        DicomPicture p = slice(0);
        p.bitsStored = 12;
        p.highBit = 11;
        p.isSigned = true;
        p.cells.assign(256, 0xF005); // overlay bits above a 5
        p.cells[1] = 0x5FFF;         // −1 in 12 bits
        write(p);
        const auto volume = open();
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->value(0, 0, 0), 5.0);
        QCOMPARE((*volume)->value(1, 0, 0), -1.0);
    }

    void photometricSlopeShapeAndWindowGiveOnePicture_data()
    {
        QTest::addColumn<bool>("isInverted");
        QTest::addColumn<double>("slope");
        QTest::addColumn<QString>("shape");
        QTest::addColumn<bool>("hasWindow");
        for (const bool isInverted : {false, true})
            for (const double slope : {1.0, -1.0})
                for (const char* shape : {"", "INVERSE"})
                    for (const bool hasWindow : {true, false})
                        QTest::addRow("MONOCHROME%d slope %g %s %s", isInverted ? 1 : 2, slope, shape,
                            hasWindow ? "window" : "automatic")
                            << isInverted << slope << shape << hasWindow;
    }
    void photometricSlopeShapeAndWindowGiveOnePicture()
    {
        QFETCH(bool, isInverted);
        QFETCH(double, slope);
        QFETCH(QString, shape);
        QFETCH(bool, hasWindow);
        DicomPicture p = slice(0);
        p.modality = "DX";
        p.sopClass = "1.2.840.10008.5.1.4.1.1.1.1";
        p.photometric = isInverted ? "MONOCHROME1" : "MONOCHROME2";
        for (int n = 0; n < 256; ++n)
            p.cells.push_back(static_cast<std::uint16_t>(n));
        p.elements = {{{0x0028, 0x1052}, "0"}, {{0x0028, 0x1053}, Text::written(slope)}};
        if (!shape.isEmpty())
            p.elements.push_back({{0x2050, 0x0020}, shape.toStdString()});
        if (hasWindow) {
            p.elements.push_back({{0x0028, 0x1050}, Text::written(slope * 128)});
            p.elements.push_back({{0x0028, 0x1051}, "256"});
        }
        write(p);
        const auto volume = open();
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->value(9, 0, 0), 9 * slope);
        const auto picture = image::pictureOf(**volume, 0);
        const bool risesWithStored = (slope > 0) != (isInverted || !shape.isEmpty());
        QVERIFY(risesWithStored ? picture.pixels[10] < picture.pixels[200] : picture.pixels[10] > picture.pixels[200]);
        for (std::size_t n = 0; n < 256; ++n)
            if (hasWindow) { // the standard's formula, written out
                double grey = (slope * double(n) - (slope * 128 - 0.5)) / 255 + 0.5;
                grey = std::clamp(grey, 0.0, 1.0);
                grey = isInverted || !shape.isEmpty() ? 1 - grey : grey;
                QVERIFY(std::abs(picture.pixels[n] - 255 * grey) <= 0.51);
            }
    }

    void paddingIsBlackAndOutsideTheWindow() // 63536 is −2000 in 16 bits
    {
        DicomPicture p = slice(0);
        p.isSigned = true;
        for (int n = 0; n < 256; ++n)
            p.cells.push_back(static_cast<std::uint16_t>(n < 100 ? -2000 : 1024 + n));
        p.elements = {{{0x0028, 0x1052}, "-1024"}, {{0x0028, 0x1053}, "1"}, {{0x0028, 0x0120}, "63536"}};
        write(p);
        const auto volume = open();
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->value(0, 0, 0), -3024.0);
        QVERIFY((*volume)->isPadding(-3024));
        const auto picture = image::pictureOf(**volume, 0);
        QCOMPARE(int(picture.pixels[0]), 0);
        QVERIFY(picture.pixels[130] > 20 && picture.pixels[200] < 250);
    }

    void coloursAreWhatWasStored()
    {
        DicomPicture p = slice(0);
        p.samples = 3;
        p.photometric = "RGB";
        p.bitsAllocated = p.bitsStored = 8;
        p.highBit = 7;
        for (int n = 0; n < 256; ++n)
            for (const int value : {n, 255 - n, 77})
                p.cells.push_back(static_cast<std::uint16_t>(value));
        write(p);
        const auto volume = open();
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->components, 3);
        QCOMPARE((*volume)->value(5, 1, 0, 0), 21.0);
        QCOMPARE((*volume)->value(5, 1, 0, 1), 234.0);
        QCOMPARE((*volume)->value(5, 1, 0, 2), 77.0);
    }

    void cutPixelDataAreAnErrorAndNoImage()
    {
        DicomPicture p = slice(0);
        p.cells = marked(16, 16, 3, 4);
        const fs::path file = write(p);
        const auto whole = fs::file_size(file);
        for (int percent = 99; percent > 0; percent -= 7) {
            fs::resize_file(file, whole - 512 * static_cast<std::uintmax_t>(100 - percent) / 100 - 1);
            const auto found = scan(m_readers, m_path, {});
            QVERIFY(found);
            QVERIFY2(found->series.empty() && found->rejected.size() == 1, qPrintable(QString::number(percent)));
            QVERIFY(!english(found->rejected[0].reason).empty());
        }
    }

    void aTiltedStackIsStraightenedAndSaid()
    {
        const double a = 13.5 * std::numbers::pi / 180;
        for (int k = 0; k < 10; ++k) {
            DicomPicture p = slice(k);
            p.orientation = {1, 0, 0, 0, std::cos(a), -std::sin(a)};
            p.position = {0, 0, 3.0 * k};
            p.pixelSpacing = {1, 1};
            // A line along the normal: it lies at another row in every slice.
            p.cells = marked(16, 16, 5, 4, static_cast<std::uint16_t>(1000 + k));
            write(p);
        }
        const auto found = scan(m_readers, m_path, {});
        QVERIFY(found && found->series.size() == 1);
        QVERIFY(says(found->series[0].problems, "sheared by 13.5"));
        const auto stored = openSeries(m_readers, found->series[0], {}, Stacking::AsStored);
        const auto straight = openSeries(m_readers, found->series[0], {});
        QVERIFY(stored && straight);
        QVERIFY(!(*stored)->isStack && !(*stored)->isInterpolated);
        QVERIFY((*straight)->isStack && (*straight)->isInterpolated);
        QCOMPARE((*stored)->value(5, 4, 7), 1007.0);
        // The mark of slice 7 lies where position and orientation put it.
        const image::Point mark{5, 4 * std::cos(a), 21 - 4 * std::sin(a)};
        const auto at = (*straight)->geometry.toIndex(mark);
        QVERIFY(std::abs(at.k - std::round(at.k)) < 1e-6);
        double most = 0;
        for (const int j : {int(std::floor(at.j)), int(std::ceil(at.j))})
            most += (*straight)->value(std::lround(at.i), j, std::lround(at.k));
        QVERIFY2(most > 1000, qPrintable(QString::number(most)));
    }

    void shuffledFilesAreOneVolumeInOrder()
    {
        const int order[] = {4, 1, 3, 0, 5, 2};
        for (const int k : order) {
            DicomPicture p = slice(k);
            p.instanceNumber = 7;
            p.cells.assign(256, static_cast<std::uint16_t>(10 * k));
            write(p, std::to_string(9 - k) + "x.dcm");
        }
        const auto volume = open();
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        for (int k = 0; k < 6; ++k)
            QCOMPARE((*volume)->value(8, 8, k), 10.0 * k);
        QVERIFY((*volume)->isStack && (*volume)->problems.empty());
    }

    void copiesAreNotStackedAndOtherPixelsAreSaid()
    {
        for (int k = 0; k < 4; ++k) {
            DicomPicture p = slice(k);
            p.cells = marked(16, 16, k, k);
            p.sopUid = "1.2.3.4." + std::to_string(k);
            write(p);
            if (k == 1)
                write(p, "copy.dcm");
            if (k == 2) {
                p.cells = marked(16, 16, 9, 9);
                write(p, "other.dcm");
            }
        }
        const auto found = scan(m_readers, m_path, {});
        QVERIFY(found);
        QCOMPARE(found->accepted, std::int64_t{6});
        const auto& series =
            *std::ranges::max_element(found->series, {}, [](const Series& s) { return s.slices.size(); });
        QCOMPARE(series.slices.size(), std::size_t{4});
        QVERIFY(std::ranges::any_of(found->series, [](const Series& s) { return says(s.problems, "is a copy"); }));
        QVERIFY(std::ranges::any_of(
            found->series, [](const Series& s) { return says(s.problems, "shows another picture"); }));
    }

    void pipesLoopsAndStrayFilesDoNotStopAScan()
    {
        DicomPicture p = slice(0);
        p.cells = marked(16, 16, 1, 1);
        write(p);
        fs::create_directory(m_path / "inner");
        fs::create_directory_symlink(m_path, m_path / "inner" / "loop");
        fs::create_symlink("/nowhere/at/all", m_path / "broken");
        QCOMPARE(::mkfifo((m_path / "pipe").c_str(), 0600), 0);
        std::ofstream(m_path / "README.txt") << "words";
        const auto found = scan(m_readers, m_path, {});
        QVERIFY(found);
        QCOMPARE(found->series.size(), std::size_t{1});
        const auto isRejected = [&](const std::string& name, const std::string& words) {
            return std::ranges::any_of(found->rejected, [&](const RejectedFile& file) {
                return file.file.find(name) != std::string::npos
                       && english(file.reason).find(words) != std::string::npos;
            });
        };
        QVERIFY(isRejected("loop", "listed already"));
        QVERIFY(isRejected("broken", "leads nowhere"));
        QVERIFY(isRejected("pipe", "pipe"));
    }

    void aStopIsHeardAndSeriesComeEarly()
    {
        for (int k = 0; k < 3; ++k) {
            DicomPicture p = slice(k);
            p.cells = marked(16, 16, 1, 1);
            write(p);
        }
        int early = 0;
        QVERIFY(scan(m_readers, m_path, {}, [&](const Series& series) { early += series.slices.size() == 3; }));
        QCOMPARE(early, 1);
        std::stop_source stop;
        stop.request_stop();
        const auto found = scan(m_readers, m_path, Monitor(stop.get_token()));
        QVERIFY(!found);
        QCOMPARE(found.error().kind, Error::Kind::Cancelled);
        QVERIFY(english(scan(m_readers, m_path / "none", {}).error()).find("no such file") != std::string::npos);
    }

    void oneSliceIsAnImageOfItsOwn()
    {
        for (int k = 0; k < 3; ++k) {
            DicomPicture p = slice(k);
            p.cells.assign(256, static_cast<std::uint16_t>(k));
            write(p);
        }
        const auto found = scan(m_readers, m_path, {});
        QVERIFY(found);
        const auto image = openSlice(m_readers, found->series.at(0), 2);
        QVERIFY(image);
        QCOMPARE((*image)->geometry.size[2], std::int64_t{1});
        QCOMPARE((*image)->geometry.origin[2], 4.0);
        QCOMPARE((*image)->value(0, 0, 0), 2.0);
    }

  private:
    static DicomPicture slice(int k)
    {
        DicomPicture p;
        p.position = {0, 0, 2.0 * k};
        p.orientation = {1, 0, 0, 0, 1, 0};
        p.pixelSpacing = {0.5, 0.75};
        p.instanceNumber = k;
        return p;
    }

    fs::path write(const DicomPicture& picture, const std::string& name = {})
    {
        const fs::path path = m_path / (name.empty() ? "slice" + std::to_string(m_written++) + ".dcm" : name);
        if (!phantoms::writeDicom(path, picture))
            qFatal("cannot write the phantom");
        return path;
    }

    Opened open()
    {
        const auto found = TRY(scan(m_readers, m_path, {}));
        if (found.series.size() != 1 || !found.rejected.empty())
            return badInput(text("tests", "%1 series, %2 rejected: %3")
                                .with(found.series.size(), found.rejected.size(),
                                    found.rejected.empty() ? "" : english(found.rejected[0].reason)));
        return openSeries(m_readers, found.series[0], {});
    }

    /// A mark in the third of five slices is found at the point that position and orientation give it.
    void checkFrame(const std::array<double, 3>& row, const std::array<double, 3>& column)
    {
        init();
        const std::array<double, 3> normal{row[1] * column[2] - row[2] * column[1],
            row[2] * column[0] - row[0] * column[2], row[0] * column[1] - row[1] * column[0]};
        const auto place = [&](int k, double i, double j) {
            std::array<double, 3> point{-20, 30, 40};
            for (std::size_t axis = 0; axis < 3; ++axis)
                point[axis] += 3 * k * normal[axis] + 0.75 * i * row[axis] + 0.5 * j * column[axis];
            return point;
        };
        for (int k = 4; k >= 0; --k) {
            DicomPicture p = slice(k);
            p.orientation = {row[0], row[1], row[2], column[0], column[1], column[2]};
            p.position = place(k, 0, 0);
            p.cells = marked(16, 16, 11, 6, k == 2 ? 2000 : 30);
            write(p);
        }
        const auto volume = open();
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        const auto mark = place(2, 11, 6);
        const auto at = (*volume)->geometry.toIndex({mark[0], mark[1], mark[2]});
        QVERIFY(std::abs(at.i - 11) < 0.5 && std::abs(at.j - 6) < 0.5 && std::abs(at.k - 2) < 0.5);
        QCOMPARE((*volume)->value(std::lround(at.i), std::lround(at.j), std::lround(at.k)), 2000.0);
        QCOMPARE(image::orientationLetters((*volume)->geometry.axis(0)), image::orientationLetters(row));
        QCOMPARE(image::orientationLetters((*volume)->geometry.axis(1)), image::orientationLetters(column));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;
    int m_written = 0;
    ReaderPool m_readers{2};
};

int openTest(int argc, char** argv)
{
    OpenTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "open_test.moc"
