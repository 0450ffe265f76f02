#include <QtTest>

#include "core/base/parallel.h"
#include "core/synthesis/real_floor.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "tests/core/synthesis/feature_sets.h"
#include "tests/core/synthesis/one_processor.h"

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

/// Two classes, the second shifted.
LabelledFeatures labelled(std::int64_t first, std::int64_t second, std::uint64_t seed)
{
    LabelledFeatures images{drawNormal({first + second, 6, seed}), {}};
    for (std::int64_t i = 0; i < first + second; ++i) {
        images.labels.push_back(i < first ? 0 : 1);
        images.features.values[static_cast<std::size_t>(6 * i)] += i < first ? 0.f : 3.f;
    }
    return images;
}

/// The first feature of each image is its own number.
LabelledFeatures numbered(const LabelledFeatures& images)
{
    LabelledFeatures changed = images;
    for (std::int64_t i = 0; i < images.features.count; ++i)
        changed.features.values[static_cast<std::size_t>(6 * i)] = static_cast<float>(i);
    return changed;
}

std::string why(const LabelledSides& sides)
{
    const auto draw = drawMatched(sides, 1000, 1);
    return draw ? std::string() : english(draw.error());
}

const learning::Figure& figureOf(const RealFloor& floor, std::string_view key)
{
    const auto row = std::ranges::find_if(measureTable(), [&](const MeasureRow& r) { return r.key == key; });
    return floor.figures[static_cast<std::size_t>(row - measureTable().begin())];
}

} // namespace

class RealFloorTest : public QObject {
    Q_OBJECT
  private slots:
    void aDrawHasEqualNumbersAndTheRealMix()
    {
        const LabelledFeatures real = numbered(labelled(260, 740, 1)), synthetic = labelled(400, 400, 2);
        const auto draw = drawMatched({real, synthetic}, 10000, 3);
        QCOMPARE(draw->perClass, (std::vector<std::int64_t>{130, 370}));
        QCOMPARE(draw->real.count, 500);
        QCOMPARE(draw->synthetic.count, 500);
        std::set<float> images;
        std::int64_t ofFirst = 0;
        for (std::int64_t i = 0; i < 500; ++i) {
            images.insert(draw->real.row(i)[0]);
            ofFirst += draw->real.row(i)[0] < 260 ? 1 : 0;
        }
        QCOMPARE(images.size(), std::size_t{500});
        QCOMPARE(ofFirst, 130);
    }

    void theScarcestClassDecides()
    {
        const LabelledFeatures real = labelled(260, 740, 1), synthetic = labelled(26, 5000, 2);
        QCOMPARE(drawMatched({real, synthetic}, 10000, 3)->perClass, (std::vector<std::int64_t>{26, 74}));
        QCOMPARE(drawMatched({real, synthetic}, 50, 3)->perClass, (std::vector<std::int64_t>{13, 37}));
    }

    void setsThatCannotBeMatchedAreRefusedInWords()
    {
        const LabelledFeatures real = labelled(100, 100, 1), oneClass = labelled(100, 0, 2);
        QVERIFY(why({real, oneClass}).find("Class 1 has 100 real images and 0 synthetic ones") != std::string::npos);
        QVERIFY(why({oneClass, real}).find("Class 1 has 0 real images and 100 synthetic ones") != std::string::npos);
        LabelledFeatures unlabelled = real;
        unlabelled.labels.pop_back();
        QVERIFY(why({real, unlabelled}).find("199 labels for 200 synthetic images") != std::string::npos);
        QVERIFY(why({labelled(1, 500, 3), real}).find("too few") != std::string::npos);
    }

    void theFloorIsThatOfRealAgainstReal()
    {
        const LabelledFeatures real = labelled(400, 600, 4);
        const std::vector<std::int64_t> perClass{200, 300};
        const RealFloor floor = *realFloor(real, perClass, {20, {10, 500, 1}, 5});
        QCOMPARE(floor.splits, 20);
        QCOMPARE(floor.figures.size(), measureTable().size());
        for (const learning::Figure& figure : floor.figures) {
            QVERIFY(figure.low < *figure.value && *figure.value < figure.high);
            QCOMPARE(figure.n, 500);
        }
        QVERIFY(std::abs(*figureOf(floor, "coverage").value - 0.969) < 0.015);
        QVERIFY(std::abs(*figureOf(floor, "density").value - 1) < 0.06);
        QVERIFY(figureOf(floor, "kid").low < 0 && figureOf(floor, "kid").high > 0);
        QVERIFY(figureOf(floor, "fid").low > 0);
    }

    void anEqualGeneratorLiesWithinTheFloorAndAShiftedOneDoesNot()
    {
        const LabelledFeatures real = labelled(400, 600, 4);
        const LabelledFeatures good = labelled(300, 300, 6);
        LabelledFeatures bad = good;
        for (float& value : bad.features.values)
            value += 0.3f;
        const auto drawn = drawMatched({real, good}, 1000, 7), drawnBad = drawMatched({real, bad}, 1000, 7);
        const RealFloor floor = *realFloor(real, drawn->perClass, {20, {10, 500, 1}, 5});
        const double ofGood = computeMeasures(drawn->sides())->frechetDistance;
        const double ofBad = computeMeasures(drawnBad->sides())->frechetDistance;
        QVERIFY2(ofGood < 1.5 * figureOf(floor, "fid").high, qPrintable(QString::number(ofGood)));
        QVERIFY(ofBad > 3 * figureOf(floor, "fid").high);
    }

    void tooFewRealsForTwoSidesAreRefused()
    {
        const LabelledFeatures real = labelled(20, 30, 8);
        QVERIFY(realFloor(real, std::vector<std::int64_t>{10, 15}, {1, {}, 1}));
        const auto floor = realFloor(real, std::vector<std::int64_t>{10, 16}, {1, {}, 1});
        QCOMPARE(english(floor.error()), std::string("Class 1 has 30 real images, too few for two sides of 16."));
    }

    void anyNumberOfThreadsGivesTheSameBits()
    {
        const FeatureSet real = drawNormal({300, 7, 1}), synthetic = drawNormal({310, 7, 2});
        const Measures many = *computeMeasures({real, synthetic});
        const OneProcessor one;
        QCOMPARE(processorCount(), 1);
        const Measures alone = *computeMeasures({real, synthetic});
        for (const MeasureRow& row : measureTable())
            QVERIFY2(row.of(many) == row.of(alone), row.key);
    }

    void theSeedAloneDecides()
    {
        const LabelledFeatures real = labelled(60, 60, 9);
        const std::vector<std::int64_t> perClass{30, 30};
        const auto value = [&](std::uint64_t seed) {
            return *figureOf(*realFloor(real, perClass, {3, {}, seed}), "fid").value;
        };
        QCOMPARE(value(1), value(1));
        QVERIFY(value(1) != value(2));
    }
};

int realFloorTest(int argc, char** argv)
{
    RealFloorTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "real_floor_test.moc"
