#include <QtTest>

#include "core/base/random.h"
#include "core/files/series.h"
#include "core/files/voxel_form.h"
#include "core/image/orientation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

using namespace hounsfield;
using namespace hounsfield::files;

namespace {

using Header = std::shared_ptr<FileHeader>;

/// An axial CT slice of 64 × 48 at this height, as a reader reports it.
Header slice(double z, int number = 0)
{
    static int made = 0;
    auto header = std::make_shared<FileHeader>();
    header->file = "/study/" + std::to_string(++made) + ".dcm";
    header->columns = 64;
    header->rows = 48;
    header->bitsAllocated = 16;
    header->bitsStored = 12;
    header->photometric = "MONOCHROME2";
    header->storedType = image::ScalarType::UInt16;
    header->instanceNumber = number;
    header->facts.modality = "CT";
    header->facts.sopClassUID = "1.2.840.10008.5.1.4.1.1.2";
    header->facts.patientID = "7";
    header->facts.seriesInstanceUID = "1.2.3";
    header->facts.sopInstanceUIDs = {"1.2.3." + std::to_string(made)};
    header->facts.imageType = {"ORIGINAL", "PRIMARY", "AXIAL"};
    FrameHeader frame;
    frame.position = {10, 20, z};
    frame.orientation = {1, 0, 0, 0, 1, 0};
    frame.pixelSpacing = {0.5, 0.75};
    frame.spacingSource = "PixelSpacing";
    frame.slope = 1;
    frame.intercept = -1024;
    header->frameHeaders = {frame};
    return header;
}

std::vector<Header> stack(int count, double step, const std::function<void(FileHeader&, int)>& change = {})
{
    std::vector<Header> headers;
    for (int k = 0; k < count; ++k) {
        headers.push_back(slice(-100 + step * k, k));
        if (change)
            change(*headers.back(), k);
    }
    return headers;
}

std::vector<Series> grouped(const std::vector<Header>& headers, const std::set<std::string>& copies = {})
{
    std::vector<ScannedFile> files;
    for (const Header& header : headers)
        files.push_back({{header->file, {}}, header});
    return groupIntoSeries(files, copies);
}

bool says(const Series& series, const std::string& words)
{
    return std::ranges::any_of(
        series.problems, [&](const Text& problem) { return english(problem).find(words) != std::string::npos; });
}

void shuffle(std::vector<Header>& headers, std::uint64_t seed)
{
    std::vector<Header> shuffled;
    for (const auto n : Random(seed, "files").permutation(static_cast<std::int64_t>(headers.size())))
        shuffled.push_back(headers[static_cast<std::size_t>(n)]);
    headers = shuffled;
}

} // namespace

class SeriesTest : public QObject {
    Q_OBJECT
  private slots:
    void slicesAreOrderedByPlaceAlone()
    {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            auto headers = stack(12, 2.5, [&](FileHeader& h, int k) { h.instanceNumber = seed % 3 ? -k : 1; });
            shuffle(headers, seed);
            const auto all = grouped(headers);
            QCOMPARE(all.size(), std::size_t{1});
            const Series& series = all.front();
            QVERIFY(series.isVolume && series.problems.empty());
            QCOMPARE(series.geometry.size, (std::array<std::int64_t, 3>{64, 48, 12}));
            QCOMPARE(series.geometry.spacing, (std::array<double, 3>{0.75, 0.5, 2.5}));
            QCOMPARE(series.geometry.origin, (std::array<double, 3>{10, 20, -100}));
            for (int k = 0; k < 12; ++k)
                QCOMPARE((*frameOf(series.slices[std::size_t(k)]).position)[2], -100 + 2.5 * k);
        }
    }

    void aMissingSliceIsNamedWhereverItIs()
    {
        for (int missing = 1; missing < 11; ++missing) {
            auto headers = stack(12, 3);
            headers.erase(headers.begin() + missing);
            const auto all = grouped(headers);
            QCOMPARE(all.size(), std::size_t{1});
            QVERIFY(says(
                all[0], "missing between slices " + std::to_string(missing) + " and " + std::to_string(missing + 1)));
            QVERIFY(all[0].isVolume);
            QCOMPARE(all[0].sliceOrigins.size(), std::size_t{11});
            QCOMPARE(all[0].geometry.spacing[2], 3.0);
        }
    }

    void unevenSlicesAreSaidBeyondOnePerCent_data()
    {
        QTest::addColumn<double>("share");
        QTest::addColumn<bool>("isEven");
        QTest::newRow("0.4 %") << 0.004 << true;
        QTest::newRow("2 %") << 0.02 << false;
        QTest::newRow("20 %") << 0.2 << false;
    }
    void unevenSlicesAreSaidBeyondOnePerCent()
    {
        QFETCH(double, share);
        QFETCH(bool, isEven);
        auto headers =
            stack(12, 5, [&](FileHeader& h, int k) { (*h.frameHeaders[0].position)[2] += k == 6 ? 5 * share : 0; });
        const auto all = grouped(headers);
        QCOMPARE(all[0].sliceOrigins.empty(), isEven);
        QCOMPARE(says(all[0], "unevenly"), !isEven);
    }

    void thicknessIsNeverSpacing()
    {
        const auto all = grouped({slice(5)});
        QVERIFY(!all[0].isVolume);
        QCOMPARE(all[0].geometry.spacing[2], 1.0);
    }

    void gantryTiltIsSeenFromPositions_data()
    {
        QTest::addColumn<double>("degrees");
        for (const double degrees : {13.5, -13.5, 0.6, 0.0})
            QTest::addRow("%g degrees", degrees) << degrees;
    }
    void gantryTiltIsSeenFromPositions()
    {
        QFETCH(double, degrees);
        const double a = degrees * std::numbers::pi / 180;
        const auto all = grouped(stack(20, 4, [&](FileHeader& h, int) {
            h.frameHeaders[0].orientation = {1, 0, 0, 0, std::cos(a), std::sin(a)};
        }));
        QCOMPARE(all.size(), std::size_t{1});
        QCOMPARE(says(all[0], "sheared by " + Text::written(std::abs(degrees))), degrees != 0);
        QCOMPARE(all[0].sliceOrigins.empty(), degrees == 0);
        QVERIFY(std::abs(all[0].geometry.spacing[2] - 4 * std::cos(a)) < 1e-9);
    }

    void everyOrientationKeepsItsPoints()
    {
        Random random(9, "frames");
        for (int n = 0; n < 200; ++n) {
            std::array<double, 3> row{random.normal(), random.normal(), random.normal()};
            std::array<double, 3> column{random.normal(), random.normal(), random.normal()};
            const double length = std::hypot(row[0], row[1], row[2]);
            for (double& x : row)
                x /= length;
            const double along = row[0] * column[0] + row[1] * column[1] + row[2] * column[2];
            for (std::size_t i = 0; i < 3; ++i)
                column[i] -= along * row[i];
            const double other = std::hypot(column[0], column[1], column[2]);
            for (double& x : column)
                x /= other;
            const std::array<double, 3> normal{row[1] * column[2] - row[2] * column[1],
                row[2] * column[0] - row[0] * column[2], row[0] * column[1] - row[1] * column[0]};
            auto headers = stack(9, 1, [&](FileHeader& h, int k) {
                FrameHeader& frame = h.frameHeaders[0];
                frame.orientation = {row[0], row[1], row[2], column[0], column[1], column[2]};
                frame.position = {5 + 2 * k * normal[0], 6 + 2 * k * normal[1], 7 + 2 * k * normal[2]};
            });
            shuffle(headers, static_cast<std::uint64_t>(n));
            const auto all = grouped(headers);
            QCOMPARE(all.size(), std::size_t{1});
            // Pixel (11, 13) of the fifth slice, by the standard's own equation.
            const auto found = all[0].geometry.toPoint({11, 13, 4});
            const std::array<double, 3> wanted{5 + 8 * normal[0] + 11 * 0.75 * row[0] + 13 * 0.5 * column[0],
                6 + 8 * normal[1] + 11 * 0.75 * row[1] + 13 * 0.5 * column[1],
                7 + 8 * normal[2] + 11 * 0.75 * row[2] + 13 * 0.5 * column[2]};
            QVERIFY(std::hypot(found.x - wanted[0], found.y - wanted[1], found.z - wanted[2]) < 1e-6);
            QCOMPARE(image::orientationLetters(all[0].geometry.axis(0)), image::orientationLetters(row));
        }
    }

    void timePointsAndEchoesAreVolumesOfTheirOwn()
    {
        std::vector<Header> headers;
        for (int time = 0; time < 4; ++time)
            for (int echo = 1; echo <= 2; ++echo)
                for (const auto& header : stack(6, 3, [&](FileHeader&h, int) { h.acquisition = {1, echo, time}; }))
                    headers.push_back(header);
        shuffle(headers, 4);
        const auto all = grouped(headers);
        QCOMPARE(all.size(), std::size_t{8});
        for (const Series& series : all) {
            QCOMPARE(series.geometry.size[2], std::int64_t{6});
            QVERIFY(std::ranges::all_of(series.slices,
                [&](const SliceSource& s) { return s.header->acquisition == series.slices[0].header->acquisition; }));
        }
    }

    void aNumberOfEachSliceIsNoTime()
    {
        auto headers = stack(10, 3, [](FileHeader& h, int k) { h.acquisition = {k, 0, 0}; });
        QCOMPARE(grouped(headers).size(), std::size_t{1});
        headers.push_back(slice(-100 + 12, 99));
        headers.back()->acquisition = {4, 0, 0};
        const auto all = grouped(headers);
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all[0].slices.size(), std::size_t{10});
        QVERIFY(says(all[0], "lie at one place"));
    }

    void aCopyIsCountedAndNotStacked()
    {
        auto headers = stack(5, 3);
        headers.push_back(slice(-97));
        const auto all = grouped(headers, {headers.back()->file});
        QCOMPARE(all.size(), std::size_t{1});
        QCOMPARE(all[0].slices.size(), std::size_t{5});
        QCOMPARE(all[0].files.size(), std::size_t{6});
        QVERIFY(says(all[0], "is a copy"));
    }

    void localizersOtherSizesAndCapturesSplitOff()
    {
        auto headers = stack(8, 3);
        headers.push_back(slice(-80));
        headers.back()->facts.imageType = {"ORIGINAL", "PRIMARY", "LOCALIZER"};
        headers.push_back(slice(-70));
        headers.back()->columns = 128;
        headers.push_back(slice(-60));
        headers.back()->frameHeaders[0].orientation = {0, 1, 0, 0, 0, -1};
        headers.push_back(slice(-50));
        headers.back()->facts.sopClassUID = "1.2.840.10008.5.1.4.1.1.7";
        const auto all = grouped(headers);
        QCOMPARE(all.size(), std::size_t{5});
        QCOMPARE(all[0].slices.size(), std::size_t{8});
        QVERIFY(says(all[0], "another orientation or size"));
    }

    void patientsAreKeptApart()
    {
        auto headers = stack(4, 3);
        for (auto& other : stack(4, 3, [](FileHeader&h, int) { h.facts.patientID = "8"; }))
            headers.push_back(other);
        const auto all = grouped(headers);
        QCOMPARE(all.size(), std::size_t{2});
        for (const Series& series : all)
            QVERIFY(says(series, "Another patient"));
        // Blanks around an ID make no other patient.
        auto same = stack(4, 3, [](FileHeader& h, int k) { h.facts.patientID = k % 2 ? "7 " : "7"; });
        QCOMPARE(grouped(same).size(), std::size_t{1});
        // Nobody's images are never merged across folders.
        auto nobody = stack(4, 3, [](FileHeader& h, int k) {
            h.facts.patientID.clear();
            h.file = (k % 2 ? "/a/" : "/b/") + std::to_string(k);
        });
        QCOMPARE(grouped(nobody).size(), std::size_t{2});
    }

    void withoutAPlaceThereIsNoVolume()
    {
        const auto all = grouped(stack(5, 3, [](FileHeader& h, int k) {
            h.frameHeaders[0].position.reset();
            h.instanceNumber = 10 - k;
        }));
        QCOMPARE(all.size(), std::size_t{1});
        QVERIFY(!all[0].isVolume);
        QVERIFY(says(all[0], "do not say where they lie"));
        QCOMPARE(all[0].slices.front().header->instanceNumber, std::int64_t{6});
        const auto skew = grouped({[] {
            auto header = slice(0);
            header->frameHeaders[0].orientation = {1, 1, 0, 1, 1, 0};
            return header;
        }()});
        QVERIFY(!skew[0].geometry.isOriented);
        QVERIFY(says(skew[0], "no orientation"));
    }

    void millimetresAreSaidAsFarAsTheyGo()
    {
        auto unknown = slice(0), detector = slice(0);
        unknown->frameHeaders[0].pixelSpacing.reset();
        detector->frameHeaders[0].spacingSource = "ImagerPixelSpacing";
        QVERIFY(!grouped({unknown})[0].geometry.isSpaced);
        QVERIFY(says(grouped({unknown})[0], "in pixels"));
        QVERIFY(says(grouped({detector})[0], "at the detector"));
    }

    void framesOfOneFileAreSortedToo()
    {
        auto header = slice(0);
        header->frames = 6;
        const FrameHeader frame = header->frameHeaders[0];
        header->frameHeaders.assign(6, frame);
        const int places[6] = {3, 0, 5, 1, 4, 2};
        for (std::size_t n = 0; n < 6; ++n)
            header->frameHeaders[n].position = {10, 20, 2.0 * places[n]};
        const auto all = grouped({header});
        QCOMPARE(all.size(), std::size_t{1});
        const std::vector<std::int64_t> wanted{1, 3, 5, 0, 4, 2};
        for (std::size_t k = 0; k < 6; ++k)
            QCOMPARE(all[0].slices[k].frame, wanted[k]);
        QCOMPARE(all[0].facts.frameNumbers[0], 2);
    }

    void theValueTypeHoldsEveryValue_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<double>("slope");
        QTest::addColumn<double>("intercept");
        QTest::addColumn<int>("type");
        using Type = image::ScalarType;
        QTest::newRow("12 bits CT") << 12 << false << 1.0 << -1024.0 << int(Type::Int16);
        QTest::newRow("16 bits CT") << 16 << true << 1.0 << -1024.0 << int(Type::Int32);
        QTest::newRow("8 bits") << 8 << false << 1.0 << 0.0 << int(Type::UInt8);
        QTest::newRow("16 bits unsigned") << 16 << false << 1.0 << 0.0 << int(Type::UInt16);
        QTest::newRow("half") << 12 << false << 0.5 << 0.0 << int(Type::Float32);
        QTest::newRow("minus ten") << 12 << false << -10.0 << 0.0 << int(Type::Int32);
        QTest::newRow("1e-5") << 16 << false << 1e-5 << 0.0 << int(Type::Float32);
    }
    void theValueTypeHoldsEveryValue()
    {
        QFETCH(int, bits);
        QFETCH(bool, isSigned);
        QFETCH(double, slope);
        QFETCH(double, intercept);
        QFETCH(int, type);
        auto header = slice(0);
        header->bitsStored = bits;
        header->isSigned = isSigned;
        header->frameHeaders[0].slope = slope;
        header->frameHeaders[0].intercept = intercept;
        const auto form = voxelFormOf(grouped({header})[0]);
        QVERIFY(form);
        QCOMPARE(int(form->type), type);
    }

    void hounsfieldUnitsBelongToCtAlone_data()
    {
        QTest::addColumn<QString>("modality");
        QTest::addColumn<QString>("rescaleType");
        QTest::addColumn<QString>("imageType");
        QTest::addColumn<bool>("isRescaled");
        QTest::addColumn<QString>("unit");
        QTest::newRow("CT") << "CT"
                            << ""
                            << "ORIGINAL" << true << "HU";
        QTest::newRow("CT, HU") << "CT"
                                << "HU"
                                << "DERIVED" << true << "HU";
        QTest::newRow("CT, derived") << "CT"
                                     << ""
                                     << "DERIVED" << true << "";
        QTest::newRow("CT, unspecified") << "CT"
                                         << "US"
                                         << "ORIGINAL" << true << "HU";
        QTest::newRow("CT without rescale") << "CT"
                                            << ""
                                            << "ORIGINAL" << false << "";
        QTest::newRow("CT, density") << "CT"
                                     << "MGML"
                                     << "ORIGINAL" << true << "MGML";
        QTest::newRow("MR") << "MR"
                            << ""
                            << "ORIGINAL" << true << "";
        QTest::newRow("MR that claims HU") << "MR"
                                           << "HU"
                                           << "ORIGINAL" << true << "";
        QTest::newRow("PET") << "PT"
                             << "BQML"
                             << "ORIGINAL" << true << "BQML";
    }
    void hounsfieldUnitsBelongToCtAlone()
    {
        QFETCH(QString, modality);
        QFETCH(QString, rescaleType);
        QFETCH(QString, imageType);
        QFETCH(bool, isRescaled);
        QFETCH(QString, unit);
        auto header = slice(0);
        header->facts.modality = modality.toStdString();
        header->facts.imageType = {imageType.toStdString(), "PRIMARY"};
        header->frameHeaders[0].rescaleType = rescaleType.toStdString();
        if (!isRescaled)
            header->frameHeaders[0].slope = header->frameHeaders[0].intercept = std::nullopt;
        QCOMPARE(QString::fromStdString(voxelFormOf(grouped({header})[0])->unit), unit);
    }

    void paddingIsRescaledAndRangesHold()
    {
        auto header = slice(0);
        header->paddingValue = 0;
        QCOMPARE(*voxelFormOf(grouped({header})[0])->paddingLow, -1024.0);
        header->paddingRangeLimit = 20;
        header->frameHeaders[0].slope = -2;
        const auto form = voxelFormOf(grouped({header})[0]);
        QCOMPARE(*form->paddingLow, -1064.0);
        QCOMPARE(*form->paddingHigh, -1024.0);
    }

    void aSlopeOfZeroIsRefusedWithASentence()
    {
        auto header = slice(0);
        header->frameHeaders[0].slope = 0;
        const auto form = voxelFormOf(grouped({header})[0]);
        QVERIFY(!form);
        QVERIFY(english(form.error()).find("RescaleSlope is 0") != std::string::npos);
    }

    void monochrome1AndTheInverseShapeInvertOnce()
    {
        for (const char* photometric : {"MONOCHROME1", "MONOCHROME2"})
            for (const char* shape : {"", "IDENTITY", "INVERSE"}) {
                auto header = slice(0);
                header->photometric = photometric;
                header->presentationLutShape = shape;
                const bool wanted = std::string(photometric) == "MONOCHROME1" || std::string(shape) == "INVERSE";
                QCOMPARE(voxelFormOf(grouped({header})[0])->isInverted, wanted);
            }
    }
};

int seriesTest(int argc, char** argv)
{
    SeriesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "series_test.moc"
