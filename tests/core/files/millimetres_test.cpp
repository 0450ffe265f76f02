#include <QtTest>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include "tests/core/files/study_folder.h"

using namespace hounsfield;
using namespace hounsfield::files;
using phantoms::DicomPicture;

namespace {

constexpr std::uint16_t pixelSpacing = 0x0030, group = 0x0028;

DicomPicture radiograph()
{
    DicomPicture p;
    p.modality = "DX";
    p.sopClass = "1.2.840.10008.5.1.4.1.1.1.1";
    p.cells.assign(256, 7);
    return p;
}

/// A region of an ultrasound picture in which both axes are centimetres, or time and velocity.
struct Region {
    double deltaX = 0, deltaY = 0;
    bool isTissue = true;
};

DicomPicture ultrasound(const std::vector<Region>& regions)
{
    DicomPicture p;
    p.modality = "US";
    p.sopClass = "1.2.840.10008.5.1.4.1.1.6.1";
    p.cells.assign(256, 7);
    p.change = [regions](DcmItem& set) {
        for (std::size_t n = 0; n < regions.size(); ++n) {
            DcmItem* item = nullptr;
            set.findOrCreateSequenceItem(DCM_SequenceOfUltrasoundRegions, item, -2);
            const Uint32 left = static_cast<Uint32>(8 * n);
            item->putAndInsertUint32(DCM_RegionLocationMinX0, left);
            item->putAndInsertUint32(DCM_RegionLocationMaxX1, left + 7);
            item->putAndInsertUint32(DCM_RegionLocationMinY0, 0);
            item->putAndInsertUint32(DCM_RegionLocationMaxY1, 15);
            item->putAndInsertUint16(DCM_PhysicalUnitsXDirection, regions[n].isTissue ? 3 : 4);
            item->putAndInsertUint16(DCM_PhysicalUnitsYDirection, regions[n].isTissue ? 3 : 7);
            item->putAndInsertFloat64(DCM_PhysicalDeltaX, regions[n].deltaX);
            item->putAndInsertFloat64(DCM_PhysicalDeltaY, regions[n].deltaY);
        }
    };
    return p;
}

} // namespace

/// What a length on a radiograph or an ultrasound picture may be called: calibrated, at the detector, or pixels only.
class MillimetresTest : public QObject {
    Q_OBJECT
  private slots:
    void aRadiographSaysWhichMillimetresItHas_data()
    {
        QTest::addColumn<QString>("pixel");
        QTest::addColumn<QString>("imager");
        QTest::addColumn<QString>("calibration");
        QTest::addColumn<double>("across"); ///< mm between columns; 0: pixels
        QTest::addColumn<double>("down");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const char* pixel, const char* imager, const char* calibration,
                             double across, double down, const char* source, const char* words) {
            QTest::newRow(name) << QString(pixel) << QString(imager) << QString(calibration) << across << down
                                << QString(source) << QString(words);
        };
        row("neither", "", "", "", 0, 0, "", "lengths are in pixels");
        row("at the detector", "", "0.2\\0.3", "", 0.3, 0.2, "ImagerPixelSpacing", "at the detector");
        row("both the same", "0.2\\0.3", "0.2\\0.3", "", 0.3, 0.2, "ImagerPixelSpacing", "at the detector");
        row("calibrated", "0.1\\0.15", "0.2\\0.3", "", 0.15, 0.1, "PixelSpacing", "");
        row("calibrated by a fiducial", "0.2\\0.3", "0.2\\0.3", "FIDUCIAL", 0.3, 0.2, "PixelSpacing", "");
        row("calibrated alone", "0.5\\0.25", "", "", 0.25, 0.5, "PixelSpacing", "");
        row("zero", "0\\0", "", "", 0, 0, "", "PixelSpacing is unusable");
        row("negative", "-1\\1", "", "", 0, 0, "", "PixelSpacing is unusable");
        row("a single value", "0.5", "", "", 0, 0, "", "PixelSpacing is unusable");
        row("text", "a\\b", "", "", 0, 0, "", "PixelSpacing is unusable");
        row("zero, but a detector", "0\\0", "0.2\\0.3", "", 0.3, 0.2, "ImagerPixelSpacing", "PixelSpacing is unusable");
    }
    void aRadiographSaysWhichMillimetresItHas()
    {
        QFETCH(QString, pixel);
        QFETCH(QString, imager);
        QFETCH(QString, calibration);
        QFETCH(double, across);
        QFETCH(double, down);
        QFETCH(QString, source);
        QFETCH(QString, words);
        DicomPicture p = radiograph();
        if (!pixel.isEmpty())
            p.elements.push_back({{group, pixelSpacing}, pixel.toStdString()});
        if (!imager.isEmpty())
            p.elements.push_back({{0x0018, 0x1164}, imager.toStdString()});
        if (!calibration.isEmpty())
            p.elements.push_back({{group, 0x0a02}, calibration.toStdString()});
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        const image::Geometry& g = (*volume)->geometry;
        QCOMPARE(g.isSpaced, across > 0);
        QCOMPARE(QString::fromStdString((*volume)->facts.pixelSpacingSource), source);
        if (across > 0) {
            QCOMPARE(g.spacing[0], across);
            QCOMPARE(g.spacing[1], down);
        }
        QVERIFY2(
            words.isEmpty() ? !says((*volume)->problems, "detector") : says((*volume)->problems, words.toStdString()),
            allOf((*volume)->problems).c_str());
        QVERIFY(!g.isOriented); // a radiograph without orientation has no letters
    }

    void theMagnificationIsSaid()
    {
        DicomPicture p = radiograph();
        p.elements = {{{0x0018, 0x1164}, "0.2\\0.2"}, {{0x0018, 0x1114}, "1.25"}};
        StudyFolder folder;
        folder.write(p);
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QVERIFY2(says((*volume)->problems, "magnified 1.25 times"), allOf((*volume)->problems).c_str());
    }

    void oneRegionGivesItsMillimetres()
    {
        StudyFolder folder;
        folder.write(ultrasound({{0.02, -0.03}}));
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QCOMPARE((*volume)->facts.pixelSpacingSource, std::string("SequenceOfUltrasoundRegions"));
        QCOMPARE((*volume)->geometry.spacing[0], 0.2); // cm → mm
        QCOMPARE((*volume)->geometry.spacing[1], 0.3);
    }

    void regionsThatDifferAreMeasuredInPixels_data()
    {
        QTest::addColumn<QList<double>>("deltas");
        QTest::addColumn<bool>("isTissue");
        QTest::newRow("two depths") << QList<double>{0.02, 0.02, 0.05, 0.05} << true;
        QTest::newRow("Doppler beside") << QList<double>{0.02, 0.02, 0.001, 0.5} << false;
        QTest::newRow("Doppler alone") << QList<double>{0.001, 0.5} << false;
        QTest::newRow("zero") << QList<double>{0, 0} << true;
    }
    void regionsThatDifferAreMeasuredInPixels()
    {
        QFETCH(QList<double>, deltas);
        QFETCH(bool, isTissue);
        std::vector<Region> regions;
        for (qsizetype n = 0; n + 1 < deltas.size(); n += 2)
            regions.push_back({deltas[n], deltas[n + 1], isTissue || (n == 0 && deltas.size() > 2)});
        StudyFolder folder;
        folder.write(ultrasound(regions));
        const auto volume = folder.opened(m_readers);
        QVERIFY2(volume, volume ? "" : english(volume.error()).c_str());
        QVERIFY(!(*volume)->geometry.isSpaced);
        QVERIFY2(says((*volume)->problems, "lengths are in pixels"), allOf((*volume)->problems).c_str());
    }

  private:
    ReaderPool m_readers{1};
};

int millimetresTest(int argc, char** argv)
{
    MillimetresTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "millimetres_test.moc"
