#include <QtTest>

#include "tests/core/files/study_folder.h"

using namespace hounsfield;
using namespace hounsfield::files;
using phantoms::DicomPicture;

namespace {

/// An axial slice whose values are all `value`.
DicomPicture slice(int k, int value)
{
    DicomPicture p;
    p.position = {-5, 6, 3.0 * k};
    p.orientation = {1, 0, 0, 0, 1, 0};
    p.pixelSpacing = {0.5, 0.5};
    p.instanceNumber = k;
    p.cells.assign(256, static_cast<std::uint16_t>(value));
    p.elements = {{{0x0008, 0x0008}, "ORIGINAL\\PRIMARY\\AXIAL"}};
    return p;
}

const Series& largest(const ScanResult& found)
{
    return *std::ranges::max_element(found.series, {}, [](const Series& s) { return s.slices.size(); });
}

} // namespace

/// Folders in which more lies together than belongs together: every volume holds its own pictures alone.
class MixtureTest : public QObject {
    Q_OBJECT
  private slots:
    void twoPatientsWithTheSameUidsAreTwoVolumes()
    {
        StudyFolder folder;
        for (int k = 0; k < 4; ++k) {
            DicomPicture p = slice(k, 100 + k);
            p.sopUid = "1.2.3." + std::to_string(k);
            folder.write(p);
            p.patientID = "P2";
            p.patientName = "Other^Person";
            p.cells.assign(256, static_cast<std::uint16_t>(200 + k));
            folder.write(p);
        }
        const auto found = folder.scanned(m_readers);
        QVERIFY(found && found->rejected.empty());
        QCOMPARE(found->series.size(), std::size_t{2});
        for (const Series& series : found->series) {
            QCOMPARE(series.slices.size(), std::size_t{4});
            QVERIFY(says(series.problems, "Another patient's images carry the same SeriesInstanceUID"));
            const auto volume = openSeries(m_readers, series, {});
            QVERIFY(volume);
            for (int k = 0; k < 4; ++k)
                QCOMPARE((*volume)->value(7, 7, k), (series.facts.patientID == "P2" ? 200.0 : 100.0) + k);
        }
    }

    void blanksAroundAnIdMakeNoOtherPatient()
    {
        StudyFolder folder;
        for (int k = 0; k < 4; ++k) {
            DicomPicture p = slice(k, 10 * k);
            p.patientID = k % 2 ? "P1" : "P1 ";
            folder.write(p);
        }
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->value(0, 0, 3), 30.0);
    }

    void localizersAndCapturesStayOutOfTheVolume()
    {
        StudyFolder folder;
        for (int k = 0; k < 6; ++k)
            folder.write(slice(k, 100 + k));
        DicomPicture scout = slice(2, 999); // at the place of a slice, but upright
        scout.orientation = {1, 0, 0, 0, 0, -1};
        scout.elements = {{{0x0008, 0x0008}, "ORIGINAL\\PRIMARY\\LOCALIZER"}};
        folder.write(scout);
        DicomPicture axialScout = slice(3, 998); // not even its orientation tells
        axialScout.elements = scout.elements;
        folder.write(axialScout);
        DicomPicture capture = slice(4, 997);
        capture.sopClass = "1.2.840.10008.5.1.4.1.1.7";
        capture.elements = {{{0x0008, 0x0008}, "DERIVED\\SECONDARY"}};
        folder.write(capture);
        const auto found = folder.scanned(m_readers);
        QVERIFY(found && found->rejected.empty());
        QCOMPARE(found->series.size(), std::size_t{4});
        const Series& stack = largest(*found);
        QVERIFY2(stack.isVolume && stack.sliceOrigins.empty(), allOf(stack.problems).c_str());
        QVERIFY2(says(stack.problems, "another orientation or size"), allOf(stack.problems).c_str());
        const auto volume = openSeries(m_readers, stack, {});
        QVERIFY(volume);
        QCOMPARE((*volume)->geometry.size[2], std::int64_t{6});
        for (int k = 0; k < 6; ++k)
            QCOMPARE((*volume)->value(9, 9, k), 100.0 + k);
    }

    void aMissingSliceKeepsTheOthersAtTheirHeights()
    {
        for (int missing = 1; missing < 6; ++missing) {
            StudyFolder folder;
            for (int k = 0; k < 7; ++k)
                if (k != missing)
                    folder.write(slice(k, 100 * k));
            const auto volume = folder.opened(m_readers);
            QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
            QVERIFY2(says((*volume)->problems, "missing between slices " + std::to_string(missing)),
                allOf((*volume)->problems).c_str());
            QVERIFY((*volume)->isInterpolated);
            for (int k = 0; k < 7; ++k) { // a plane of values that rises with height: interpolation hits it too
                const auto at = (*volume)->geometry.toIndex({-5, 6, 3.0 * k});
                QVERIFY(std::abs((*volume)->value(0, 0, std::lround(at.k)) - 100.0 * k) < 1);
            }
        }
    }

    void timePointsOfOneSeriesAreVolumesOfTheirOwn()
    {
        StudyFolder folder;
        for (int time = 0; time < 3; ++time)
            for (int k = 0; k < 4; ++k) {
                DicomPicture p = slice(k, 1000 * time + k);
                p.modality = "MR";
                p.sopClass = "1.2.840.10008.5.1.4.1.1.4";
                p.elements.push_back({{0x0020, 0x0100}, std::to_string(time + 1)});
                folder.write(p);
            }
        const auto found = folder.scanned(m_readers);
        QVERIFY(found && found->rejected.empty());
        QCOMPARE(found->series.size(), std::size_t{3});
        for (const Series& series : found->series) {
            const auto volume = openSeries(m_readers, series, {});
            QVERIFY(volume);
            const double first = (*volume)->value(1, 1, 0);
            QVERIFY(first == 0 || first == 1000 || first == 2000);
            for (int k = 1; k < 4; ++k)
                QCOMPARE((*volume)->value(1, 1, k), first + k);
        }
    }

  private:
    ReaderPool m_readers{1};
};

int mixtureTest(int argc, char** argv)
{
    MixtureTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "mixture_test.moc"
