#include "ui/synthesis/pictures.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hounsfield::synthesising {

PictureForm formOf(const synthesis::ImageFrame& frame)
{
    const auto& p = frame.preprocessing;
    return {p.width, p.height, p.channels, p.low, p.high};
}

PictureForm formOf(const learning::DataSet& data)
{
    PictureForm form{data.images.width, data.images.height, data.images.channels};
    if (data.facts.bits <= 8)
        return form;
    constexpr std::int64_t looked = 64; // some images tell the range of all
    std::vector<float> stored(static_cast<std::size_t>(data.images.elements()));
    form.low = 1e300;
    form.high = -1e300;
    const std::int64_t step = std::max<std::int64_t>(1, data.images.count() / looked);
    for (std::int64_t i = 0; i < data.images.count(); i += step) {
        data.images.read(i, stored.data());
        for (const float value : stored)
            if (std::isfinite(value)) {
                form.low = std::min(form.low, static_cast<double>(value));
                form.high = std::max(form.high, static_cast<double>(value));
            }
    }
    return form;
}

QImage pictureOf(std::span<const float> stored, const PictureForm& form)
{
    const auto width = static_cast<int>(form.width), height = static_cast<int>(form.height);
    if (std::ssize(stored) < form.width * form.height * form.channels || width <= 0 || height <= 0)
        return {};
    QImage picture(width, height, QImage::Format_RGB32);
    const double scale = 255 / std::max(1e-9, form.high - form.low);
    const auto grey = [&](std::size_t at) {
        const double value = (static_cast<double>(stored[at]) - form.low) * scale;
        return std::isfinite(value) ? static_cast<int>(std::lround(std::clamp(value, 0.0, 255.0))) : 0;
    };
    std::size_t at = 0;
    for (int y = 0; y < height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(picture.scanLine(y));
        for (int x = 0; x < width; ++x, at += static_cast<std::size_t>(form.channels))
            line[x] =
                form.channels == 3 ? qRgb(grey(at), grey(at + 1), grey(at + 2)) : qRgb(grey(at), grey(at), grey(at));
    }
    return picture;
}

QImage pictureOf(const learning::DataSet& data, std::int64_t one, const PictureForm& form)
{
    std::vector<float> stored(static_cast<std::size_t>(data.images.elements()));
    data.images.read(one, stored.data());
    return pictureOf(stored, form);
}

QImage pictureOf(const files::ReaderPool::ImageSet& set)
{
    QImage picture(static_cast<int>(set.width), static_cast<int>(set.height), QImage::Format_RGB888);
    const auto row = static_cast<std::size_t>(set.width * set.channels);
    for (int y = 0; y < picture.height(); ++y)
        std::memcpy(picture.scanLine(y), set.pixels.bytes + static_cast<std::size_t>(y) * row, row);
    return picture.convertToFormat(QImage::Format_RGB32);
}

QImage enlarged(const QImage& picture, int side)
{
    const int longest = std::max(picture.width(), picture.height());
    if (longest <= 0)
        return picture;
    if (side < longest)
        return picture.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    const int factor = (side + longest - 1) / longest;
    return picture.scaled(picture.size() * factor, Qt::KeepAspectRatio, Qt::FastTransformation);
}

} // namespace hounsfield::synthesising
