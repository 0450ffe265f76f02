#include "core/image/raster.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cstring>

namespace hounsfield::image {

namespace {

Result<std::vector<std::byte>> encode(const cv::Mat& picture)
{
    try {
        std::vector<unsigned char> bytes;
        cv::Mat ordered; // memory of its own: the picture is the caller's
        if (picture.channels() == 3)
            cv::cvtColor(picture, ordered, cv::COLOR_RGB2BGR);
        else
            ordered = picture;
        if (cv::imencode(".png", ordered, bytes)) {
            std::vector<std::byte> answer(bytes.size());
            std::memcpy(answer.data(), bytes.data(), bytes.size());
            return answer;
        }
    } catch (const cv::Exception&) { // falls through: the sentence is the same
    }
    return environment(
        text("image", "A picture of %1 × %2 pixels cannot be written as PNG.").with(picture.cols, picture.rows));
}

template <typename Scalar> Result<std::vector<std::byte>> encodeRaster(const Raster<Scalar>& raster, int depth)
{
    // OpenCV takes a pointer to what it will only read.
    const cv::Mat picture(static_cast<int>(raster.height), static_cast<int>(raster.width),
        CV_MAKETYPE(depth, raster.channels), const_cast<Scalar*>(raster.pixels.data()));
    return encode(picture);
}

} // namespace

Result<std::vector<std::byte>> encodePng(const Raster<std::uint8_t>& raster)
{
    return encodeRaster(raster, CV_8U);
}

Result<std::vector<std::byte>> encodePng(const Raster<std::uint16_t>& raster)
{
    return encodeRaster(raster, CV_16U);
}

} // namespace hounsfield::image
