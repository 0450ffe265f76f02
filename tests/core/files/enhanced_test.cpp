#include <QtTest>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <cmath>
#include <set>

#include "tests/core/files/study_folder.h"

using namespace hounsfield;
using namespace hounsfield::files;
using phantoms::DicomPicture;

namespace {

/// One frame of an enhanced file: where it lies and how its values are meant.
struct Frame {
    double z = 0;
    double slope = 1, intercept = 0;
    int stack = 1, time = 1;
    double windowCenter = 0;
};

DcmItem& group(DcmItem& item, const DcmTagKey& sequence)
{
    DcmItem* made = nullptr;
    item.findOrCreateSequenceItem(sequence, made, -2);
    return *made;
}

void putNumbers(DcmItem& item, const DcmTagKey& tag, const std::vector<double>& values)
{
    std::string all;
    for (const double value : values)
        all += (all.empty() ? "" : "\\") + Text::written(value);
    item.putAndInsertString(tag, all.c_str());
}

/// Frame n of value 100 + n everywhere, described by functional groups as given.
DicomPicture enhanced(const std::vector<Frame>& frames, const char* modality = "CT")
{
    DicomPicture p;
    p.modality = modality;
    p.sopClass = std::string(modality) == "CT" ? "1.2.840.10008.5.1.4.1.1.2.1" : "1.2.840.10008.5.1.4.1.1.4.1";
    p.frames = static_cast<int>(frames.size());
    p.columns = p.rows = 8;
    for (std::size_t n = 0; n < frames.size(); ++n)
        p.cells.insert(p.cells.end(), 64, static_cast<std::uint16_t>(100 + n));
    p.change = [frames](DcmItem& set) {
        DcmItem& shared = group(set, DCM_SharedFunctionalGroupsSequence);
        putNumbers(group(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient, {1, 0, 0, 0, 1, 0});
        DcmItem& measures = group(shared, DCM_PixelMeasuresSequence);
        putNumbers(measures, DCM_PixelSpacing, {0.5, 0.75});
        putNumbers(measures, DCM_SliceThickness, {9}); // is never spacing
        for (const Frame& frame : frames) {
            DcmItem& own = group(set, DCM_PerFrameFunctionalGroupsSequence);
            putNumbers(group(own, DCM_PlanePositionSequence), DCM_ImagePositionPatient, {-3, 4, frame.z});
            DcmItem& content = group(own, DCM_FrameContentSequence);
            content.putAndInsertString(DCM_StackID, std::to_string(frame.stack).c_str());
            content.putAndInsertUint32(DCM_TemporalPositionIndex, static_cast<Uint32>(frame.time));
            DcmItem& values = group(own, DCM_PixelValueTransformationSequence);
            putNumbers(values, DCM_RescaleSlope, {frame.slope});
            putNumbers(values, DCM_RescaleIntercept, {frame.intercept});
            values.putAndInsertString(DCM_RescaleType, "HU");
            DcmItem& window = group(own, DCM_FrameVOILUTSequence);
            putNumbers(window, DCM_WindowCenter, {frame.windowCenter});
            putNumbers(window, DCM_WindowWidth, {100});
        }
    };
    return p;
}

} // namespace

/// Multi-frame files, frame by frame: each lies where its own group says and holds what its own rescale makes of it.
class EnhancedTest : public QObject {
    Q_OBJECT
  private slots:
    void shuffledFramesLieInOrder_data()
    {
        QTest::addColumn<QString>("modality");
        QTest::newRow("CT") << "CT";
        QTest::newRow("MR") << "MR";
    }
    void shuffledFramesLieInOrder()
    {
        QFETCH(QString, modality);
        const std::vector<int> places{5, 2, 7, 0, 3, 6, 1, 4};
        std::vector<Frame> frames;
        for (const int place : places)
            frames.push_back({-20 + 2.5 * place});
        StudyFolder folder;
        folder.write(enhanced(frames, modality.toUtf8().constData()));
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->geometry.size, (std::array<std::int64_t, 3>{8, 8, 8}));
        QCOMPARE((*volume)->geometry.spacing, (std::array<double, 3>{0.75, 0.5, 2.5}));
        QCOMPARE((*volume)->geometry.origin, (std::array<double, 3>{-3, 4, -20}));
        for (std::size_t n = 0; n < places.size(); ++n)
            QCOMPARE((*volume)->value(3, 3, places[n]), 100.0 + double(n));
    }

    void eachFrameHasItsOwnRescaleAndWindow()
    {
        const std::vector<Frame> frames{{0, 1, -1024, 1, 1, 40}, {5, 0.5, 10, 1, 1, 50}, {10, -2, 7, 1, 1, 60}};
        StudyFolder folder;
        folder.write(enhanced(frames));
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        for (std::size_t n = 0; n < frames.size(); ++n)
            QCOMPARE(
                (*volume)->value(1, 2, std::int64_t(n)), (100 + double(n)) * frames[n].slope + frames[n].intercept);
        QCOMPARE((*volume)->windows.at(0).center, 50.0); // of the middle
        QCOMPARE((*volume)->unit, std::string("HU"));
    }

    void stacksAndTimesAreVolumesOfTheirOwn()
    {
        std::vector<Frame> frames;
        for (int time = 1; time <= 2; ++time)
            for (int stack = 1; stack <= 2; ++stack)
                for (int k = 0; k < 4; ++k)
                    frames.push_back({3.0 * k, 1, 0, stack, time});
        StudyFolder folder;
        folder.write(enhanced(frames, "MR"));
        const auto found = folder.scanned(m_readers);
        QVERIFY(found);
        QCOMPARE(found->series.size(), std::size_t{4});
        std::set<double> firsts;
        for (const Series& series : found->series) {
            QCOMPARE(series.geometry.size[2], std::int64_t{4});
            QVERIFY(says(series.problems, "lie at one place"));
            const auto volume = openSeries(m_readers, series, {});
            QVERIFY(volume);
            const double first = (*volume)->value(0, 0, 0);
            firsts.insert(first);
            for (int k = 1; k < 4; ++k) // frames of one stack and time follow each other in the file
                QCOMPARE((*volume)->value(0, 0, k), first + k);
        }
        QCOMPARE(firsts, (std::set<double>{100, 104, 108, 112}));
    }

    void aMissingFrameIsSaidAndStretchesNothing()
    {
        StudyFolder folder;
        folder.write(enhanced({{0}, {2}, {4}, {8}, {10}}));
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QVERIFY2(says((*volume)->problems, "missing between slices 3 and 4"), allOf((*volume)->problems).c_str());
        QVERIFY((*volume)->isInterpolated);
        QCOMPARE((*volume)->geometry.size[2], std::int64_t{6});
        QCOMPARE((*volume)->value(4, 4, 5), 104.0);
        QVERIFY(std::abs((*volume)->value(4, 4, 3) - 102.5) <= 0.5); // half way, where nothing was stored
    }

    void aSlopeOfZeroIsRefused()
    {
        StudyFolder folder;
        folder.write(enhanced({{0}, {2, 0, 5}, {4}}));
        const auto found = folder.scanned(m_readers);
        QVERIFY(found && found->series.empty() && found->rejected.size() == 1);
        QVERIFY(english(found->rejected[0].reason).find("RescaleSlope is 0") != std::string::npos);
    }

    void aNumberOfFramesOfAnotherKindIsRefused()
    {
        DicomPicture p = enhanced({{0}, {1}, {2}});
        p.change = [](DcmItem& set) {
            delete set.remove(DCM_NumberOfFrames);
            set.putAndInsertString(DcmTag(0x0028, 0x0008, EVR_AS), "3");
        };
        StudyFolder folder;
        folder.write(p);
        const auto found = folder.scanned(m_readers);
        QVERIFY(found && found->series.empty() && found->rejected.size() == 1);
        const std::string reason = english(found->rejected[0].reason);
        QVERIFY2(reason.find("number of frames is written as something else") != std::string::npos, reason.c_str());
    }

    void framesWithoutGroupsAreNoVolume()
    {
        DicomPicture p = enhanced({{0}, {1}, {2}, {3}});
        p.change = [](DcmItem& set) {
            putNumbers(set, DCM_ImagePositionPatient, {0, 0, 0});
            putNumbers(set, DCM_ImageOrientationPatient, {1, 0, 0, 0, 1, 0});
            putNumbers(set, DCM_PixelSpacing, {1, 1});
            putNumbers(set, DCM_SliceThickness, {5});
            putNumbers(set, DCM_SpacingBetweenSlices, {5});
        };
        StudyFolder folder;
        folder.write(p);
        const auto found = folder.scanned(m_readers);
        QVERIFY(found && !found->series.empty());
        for (const Series& series : found->series)
            QVERIFY2(!series.isVolume && !series.problems.empty(), allOf(series.problems).c_str());
        QCOMPARE(found->series.size(), std::size_t{1});
        const auto volume = folder.opened(m_readers);
        QVERIFY(volume);
        QVERIFY(!(*volume)->isStack);
        for (int k = 0; k < 4; ++k)
            QCOMPARE((*volume)->value(2, 2, k), 100.0 + k);
    }

    void groupsOfTooFewFramesAreSaid()
    {
        DicomPicture p = enhanced({{0}, {2}, {4}});
        p.frames = 4;
        p.cells.insert(p.cells.end(), 64, 200);
        StudyFolder folder;
        folder.write(p);
        const auto found = folder.scanned(m_readers);
        QVERIFY(found && found->series.size() == 1);
        QVERIFY(says(found->series[0].problems, "describes 3 of its 4 frames"));
        QVERIFY(!found->series[0].isVolume);
    }

  private:
    ReaderPool m_readers{1};
};

int enhancedTest(int argc, char** argv)
{
    EnhancedTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "enhanced_test.moc"
