#include <QTemporaryDir>
#include <QtTest>

#include "core/image/phantom.h"
#include "core/image/voxels.h"

#include <cmath>
#include <fstream>
#include <numbers>
#include <sstream>

using namespace hounsfield;
using namespace hounsfield::image;

class PhantomTest : public QObject {
    Q_OBJECT
  private slots:
    void everyPartHasItsHounsfieldsAtItsCentre()
    {
        const Volume phantom = makeCtPhantom();
        QCOMPARE(phantom.unit, std::string("HU"));
        int seen = 0;
        for (const PhantomPart& part : ctPhantomParts()) {
            Point p = part.center;
            if (std::string_view(part.name).starts_with("body"))
                p = {0, -55, 0}; // its centre lies in another part
            const VoxelPosition at = phantom.geometry.toIndex(p);
            const double value = phantom.value(std::lround(at.i), std::lround(at.j), std::lround(at.k));
            QVERIFY2(std::abs(value - part.hounsfield) < 1, part.name);
            ++seen;
        }
        QCOMPARE(seen, int(ctPhantomParts().size()));
        QCOMPARE(phantom.value(0, 0, 0), -1000.0);
    }

    void theNoduleHasItsVolume()
    {
        const Volume phantom = makeCtPhantom();
        const auto& g = phantom.geometry;
        double share = 0;
        for (std::int64_t k = 0; k < g.size[2]; ++k)
            for (std::int64_t j = 0; j < g.size[1]; ++j)
                for (std::int64_t i = 0; i < g.size[0]; ++i) {
                    const Point p = g.toPoint({double(i), double(j), double(k)});
                    if (std::hypot(p.x + 48, p.y + 6, p.z - 22) < 10)
                        share += (phantom.value(i, j, k) + 800) / 860;
                }
        const double cubicMillimetres = share * 1.6 * 1.6 * 2;
        const double wanted = 4.0 / 3 * std::numbers::pi * 6 * 6 * 6;
        QVERIFY2(std::abs(cubicMillimetres / wanted - 1) < 0.02, qPrintable(QString::number(cubicMillimetres)));
    }

    void theMetaImageSaysTheGeometry()
    {
        QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.path().toStdString()) / "phantom.mha";
        Geometry g;
        g.size = {2, 1, 1};
        g.spacing = {0.5, 0.25, 3};
        g.origin = {-1.5, 2, 30};
        g.direction = {0, 0, 1, 1, 0, 0, 0, 1, 0};
        QVERIFY(writeMetaImage(makeVolume(g, std::vector<std::int16_t>{-1000, 258}), path));
        std::ifstream file(path, std::ios::binary);
        std::stringstream content;
        content << file.rdbuf();
        const std::string bytes = content.str();
        QVERIFY(bytes.find("TransformMatrix = 0 1 0 0 0 1 1 0 0\n") != std::string::npos);
        QVERIFY(bytes.find("Offset = -1.5 2 30\n") != std::string::npos);
        QVERIFY(bytes.find("ElementSpacing = 0.5 0.25 3\n") != std::string::npos);
        QVERIFY(bytes.find("DimSize = 2 1 1\nElementType = MET_SHORT\nElementDataFile = LOCAL\n") != std::string::npos);
        QVERIFY(bytes.ends_with(std::string("\x18\xFC\x02\x01", 4)));
    }
};

int phantomTest(int argc, char** argv)
{
    PhantomTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "phantom_test.moc"
