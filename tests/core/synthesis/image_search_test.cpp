#include <QtTest>

#include "core/synthesis/image_search.h"

#include "tests/core/synthesis/blob_images.h"
#include "tests/core/synthesis/one_processor.h"

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

/// Correlation of two windows, the query's moved by (x, y), straight from its definition.
double correlation(const ImageSearch& search, std::int64_t query, std::int64_t image, std::int64_t x, std::int64_t y)
{
    std::vector<double> a, b;
    for (std::int64_t row = 2; row < search.shape.height - 2; ++row)
        for (std::int64_t column = 2; column < search.shape.width - 2; ++column)
            for (std::int64_t c = 0; c < search.shape.channels; ++c) {
                const auto at = [&](std::int64_t px, std::int64_t py) {
                    return static_cast<std::size_t>((py * search.shape.width + px) * search.shape.channels + c);
                };
                a.push_back(static_cast<double>(search.queries.row(query)[at(column + x, row + y)]));
                b.push_back(static_cast<double>(search.images.row(image)[at(column, row)]));
            }
    const auto n = static_cast<double>(a.size());
    const double meanA = std::reduce(a.begin(), a.end()) / n, meanB = std::reduce(b.begin(), b.end()) / n;
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / std::sqrt(aa * bb);
}

NearestImage naive(const ImageSearch& search, std::int64_t query, std::size_t neighbours)
{
    std::vector<NearestImage> all;
    for (std::int64_t i = 0; i < search.images.count; ++i) {
        if (!search.own.empty() && search.own[static_cast<std::size_t>(query)] == i)
            continue;
        NearestImage best{i, 0, 0, 2, 0};
        for (std::int64_t y = -2; y <= 2; ++y)
            for (std::int64_t x = -2; x <= 2; ++x) {
                const double distance = std::sqrt(std::max(0.0, 2 - 2 * correlation(search, query, i, x, y)));
                if (distance < best.distance)
                    best = {i, x, y, distance, 0};
            }
        all.push_back(best);
    }
    std::ranges::sort(all, {}, &NearestImage::distance);
    for (std::size_t i = 0; i < neighbours; ++i)
        all[0].meanOfNeighbours += all[i].distance / static_cast<double>(neighbours);
    return all[0];
}

void compareWithNaive(const ImageSearch& search, std::int64_t neighbours, double mostOfMean)
{
    const auto found = findNearestImages(search, {2, neighbours});
    QVERIFY(found);
    for (std::int64_t q = 0; q < search.queries.count; ++q) {
        const NearestImage expected = naive(search, q, static_cast<std::size_t>(neighbours));
        const NearestImage& nearest = (*found)[static_cast<std::size_t>(q)];
        QCOMPARE(nearest.index, expected.index);
        QCOMPARE(nearest.shiftX, expected.shiftX);
        QCOMPARE(nearest.shiftY, expected.shiftY);
        QVERIFY(std::abs(nearest.distance - expected.distance) < 1e-9);
        QVERIFY(std::abs(nearest.meanOfNeighbours - expected.meanOfNeighbours) < mostOfMean);
    }
}

} // namespace

class ImageSearchTest : public QObject {
    Q_OBJECT
  private slots:
    void equalsItsNaiveTwinAmongAllAndAmongCandidates()
    {
        const FeatureSet images = drawBlobs(120, 1), queries = drawBlobs(12, 2);
        compareWithNaive({queries, images, blobShape, {}}, 60, 1e-9);
        compareWithNaive({queries, images, blobShape, {}}, 10, 0.01);
    }

    void anImageIsNotItsOwnNeighbour()
    {
        const FeatureSet images = drawBlobs(40, 3);
        const std::vector<std::int64_t> own{5, 0, 39};
        compareWithNaive({rowsOf(images, own), images, blobShape, own}, 10, 0.01);
    }

    void channelsAreSearchedTogether()
    {
        const FeatureSet grey = drawBlobs(60, 4);
        FeatureSet colour{20, 3 * blobShape.size(), {}};
        for (std::int64_t i = 0; i < 20; ++i)
            for (std::size_t p = 0; p < static_cast<std::size_t>(blobShape.size()); ++p)
                for (std::int64_t c = 0; c < 3; ++c)
                    colour.values.push_back(grey.row(3 * i + c)[p]);
        compareWithNaive({rowsOf(colour, std::vector<std::int64_t>{7, 2}), colour,
                             {blobShape.width, blobShape.height, 3}, std::vector<std::int64_t>{7, 2}},
            9, 1e-9);
    }

    void aMovedAndBrightenedImageIsFoundWithItsShift()
    {
        const FeatureSet images = drawBlobs(500, 5);
        const std::vector<std::int64_t> rows{3, 77, 499};
        const auto found =
            findNearestImages({changed(rowsOf(images, rows), {2, -1, 0.9, 0.03}), images, blobShape, {}});
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE((*found)[i].index, rows[i]);
            QCOMPARE((*found)[i].shiftX, 2);
            QCOMPARE((*found)[i].shiftY, -1);
            QVERIFY((*found)[i].distance < 0.05);
            QVERIFY((*found)[i].meanOfNeighbours > 0.3);
        }
    }

    void anExactCopyIsAtZeroAndAConstantImageNearToNone()
    {
        const FeatureSet images = drawBlobs(30, 6);
        FeatureSet queries = rowsOf(images, std::vector<std::int64_t>{4, 4});
        std::fill(queries.values.begin() + images.width, queries.values.end(), 0.3f);
        const auto found = findNearestImages({queries, images, blobShape, {}});
        QCOMPARE((*found)[0].distance, 0.0);
        QVERIFY(std::abs((*found)[1].distance - std::sqrt(2.0)) < 1e-9);
    }

    void anyNumberOfThreadsGivesTheSameBits()
    {
        const FeatureSet images = drawBlobs(150, 8), queries = drawBlobs(70, 9);
        const auto many = findNearestImages({queries, images, blobShape, {}});
        const OneProcessor one;
        const auto alone = findNearestImages({queries, images, blobShape, {}});
        QVERIFY(std::ranges::equal(*many, *alone, [](const NearestImage& a, const NearestImage& b) {
            return a.index == b.index && a.distance == b.distance && a.meanOfNeighbours == b.meanOfNeighbours;
        }));
    }

    void shapesThatDoNotFitAreRefusedInWords()
    {
        const FeatureSet images = drawBlobs(5, 7);
        const auto wrong = findNearestImages({images, images, {20, 22, 1}, {}});
        QCOMPARE(english(wrong.error()), std::string("Images of 20 × 22 pixels in 1 channels do not have 528 values."));
        QVERIFY(!findNearestImages({images, images, blobShape, {}}, {11, 50}));
        QVERIFY(!findNearestImages({images, FeatureSet{0, images.width, {}}, blobShape, {}}));
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = findNearestImages({images, images, blobShape, {}}, {}, Monitor(stop.get_token()));
        QVERIFY(stopped.error().kind == Error::Kind::Cancelled);
    }
};

int imageSearchTest(int argc, char** argv)
{
    ImageSearchTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "image_search_test.moc"
