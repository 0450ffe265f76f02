#pragma once

#include <QImage>

#include "core/files/reader_client.h"
#include "core/learning/data_set.h"
#include "core/synthesis/generator.h"

#include <span>

namespace hounsfield::synthesising {

/// How stored values become a picture: `low` black, `high` white.
struct PictureForm {
    std::int64_t width = 0, height = 0;
    int channels = 1;
    double low = 0, high = 255;
};
PictureForm formOf(const synthesis::ImageFrame& frame);
/// Of images of 8 bits 0 … 255, of others what some of them reach.
PictureForm formOf(const learning::DataSet& data);

QImage pictureOf(std::span<const float> stored, const PictureForm& form);
/// One case of a set in the same way.
QImage pictureOf(const learning::DataSet& data, std::int64_t one, const PictureForm& form);
/// The first image of a set of RGB images.
QImage pictureOf(const files::ReaderPool::ImageSet& set);

/// Enlarged to a side of at least so many pixels by whole factors, so that pixels stay squares; smoothed where it
/// must shrink.
QImage enlarged(const QImage& picture, int side);

} // namespace hounsfield::synthesising
