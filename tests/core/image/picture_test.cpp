#include <QtTest>

#include "core/image/picture.h"
#include "core/image/voxels.h"

#include <opencv2/imgcodecs.hpp>

using namespace hounsfield;
using namespace hounsfield::image;

namespace {

Geometry grid(std::int64_t columns, std::int64_t rows)
{
    Geometry g;
    g.size = {columns, rows, 1};
    return g;
}

} // namespace

class PictureTest : public QObject {
    Q_OBJECT
  private slots:
    void everyTypeGivesTheSamePicture()
    {
        const std::vector<int> values{0, 12, 50, 100, 120};
        const Window window{50, 100, Window::Function::LinearExact, {}};
        const std::vector<std::uint8_t> wanted{0, 31, 128, 255, 255};
        const auto check = [&]<typename Scalar>(Scalar) {
            const auto volume = makeVolume(grid(5, 1), std::vector<Scalar>(values.begin(), values.end()));
            QCOMPARE(pictureOf(volume, 0, window).pixels, wanted);
        };
        check(std::int8_t{});
        check(std::uint8_t{});
        check(std::int16_t{});
        check(std::uint16_t{});
        check(std::int32_t{});
        check(std::uint32_t{});
        check(float{});
        check(double{});
    }

    void monochrome1IsInvertedOnceAfterTheWindow()
    {
        auto volume = makeVolume(grid(3, 1), std::vector<std::int16_t>{-160, 40, 240});
        const Window window{40, 400, Window::Function::LinearExact, {}};
        QCOMPARE(pictureOf(volume, 0, window).pixels, (std::vector<std::uint8_t>{0, 128, 255}));
        volume.isInverted = true;
        QCOMPARE(pictureOf(volume, 0, window).pixels, (std::vector<std::uint8_t>{255, 128, 0}));
        QCOMPARE(volume.value(2, 0, 0), 240.0);
    }

    void paddingIsBlackAlsoWhenInverted()
    {
        auto volume = makeVolume(grid(3, 1), std::vector<std::int16_t>{-2000, -2001, 0});
        volume.paddingLow = -2001;
        volume.paddingHigh = -2000;
        volume.isInverted = true;
        const Window window{0, 100, Window::Function::LinearExact, {}};
        QCOMPARE(pictureOf(volume, 0, window).pixels, (std::vector<std::uint8_t>{0, 0, 128}));
    }

    void aVoiTableIsShownWhereThereIsNoWindow()
    {
        auto volume = makeVolume(grid(4, 1), std::vector<std::int16_t>{-5, 0, 1, 9});
        volume.voiLut = LookupTable{0, 8, {0, 51, 255}, {}};
        QCOMPARE(pictureOf(volume, 0).pixels, (std::vector<std::uint8_t>{0, 0, 51, 255}));
        volume.windows.push_back({0, 20, Window::Function::LinearExact, {}});
        QCOMPARE(pictureOf(volume, 0).pixels, (std::vector<std::uint8_t>{64, 128, 140, 242}));
    }

    void colourStaysAsItIs()
    {
        const std::vector<std::uint8_t> values{255, 0, 0, 0, 128, 255};
        auto volume = makeVolume(grid(2, 1), values, 3);
        volume.windows.push_back({10, 20, Window::Function::Linear, {}});
        QCOMPARE(pictureOf(volume, 0).pixels, values);
        QCOMPARE(valuesOf(volume, 0).at(1, 0, 2), 255.0F);
    }

    void aPngHoldsTheSamePixels()
    {
        Raster<std::uint8_t> colour(3, 2, 3);
        for (std::size_t n = 0; n < colour.pixels.size(); ++n)
            colour.pixels[n] = static_cast<std::uint8_t>(n * 13);
        Raster<std::uint16_t> grey(2, 3);
        for (std::size_t n = 0; n < grey.pixels.size(); ++n)
            grey.pixels[n] = static_cast<std::uint16_t>(n * 13000);
        const auto decoded = [](const std::vector<std::byte>& bytes) {
            return cv::imdecode(std::vector<unsigned char>(reinterpret_cast<const unsigned char*>(bytes.data()),
                                    reinterpret_cast<const unsigned char*>(bytes.data()) + bytes.size()),
                cv::IMREAD_UNCHANGED);
        };
        const cv::Mat first = decoded(*encodePng(colour)), second = decoded(*encodePng(grey));
        QCOMPARE(first.size(), cv::Size(3, 2));
        QCOMPARE(int(first.at<cv::Vec3b>(1, 2)[0]), int(colour.at(2, 1, 2))); // OpenCV has blue first
        QCOMPARE(int(first.at<cv::Vec3b>(1, 2)[2]), int(colour.at(2, 1, 0)));
        QCOMPARE(second.type(), CV_16UC1);
        QCOMPARE(second.at<std::uint16_t>(2, 1), grey.at(1, 2));
        QVERIFY(!encodePng(Raster<std::uint8_t>()));
    }
};

int pictureTest(int argc, char** argv)
{
    PictureTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "picture_test.moc"
