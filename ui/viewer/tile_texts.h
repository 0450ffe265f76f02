#pragma once

#include <QColor>
#include <QRectF>
#include <QString>
#include <QStringList>

#include "core/image/volume.h"
#include "core/image/window.h"
#include "ui/viewer/view_geometry.h"

class QPainter;

namespace hounsfield::viewer {

inline constexpr int narrowTile = 300; ///< pixels; on narrower tiles only the most needed lines find room

/// What stands on a tile beside the picture.
struct TileTexts {
    QStringList topLeft, topRight, bottomLeft, bottomRight;
    QString notice; ///< a line of its own colour below the top left lines; empty: none
    QColor noticeColour;
    QString problem;         ///< one coloured line; empty when all is well
    int furtherProblems = 0; ///< said as a number; the tooltip of the line names them
    SideLetters letters;
    bool hasMillimetres = false;
    double mmPerPixel = 1; ///< for the scale bar; pixels of the image where there are no millimetres
};

/// Facts of patient, study and series as lines.
QStringList patientLines(const image::Facts& facts);
QStringList studyLines(const image::Facts& facts);
/// "Doe Jane" of "Doe^Jane"; a date "2024-03-01" of "20240301".
QString personName(const std::string& name);
QString readableDate(const std::string& date);
/// A number without useless digits: "12.5", "300".
QString shortNumber(double value, int decimals = 1);
/// "W 400  L 40 HU"
QString windowWords(const image::Window& window, const std::string& unit);
QString planeWords(PlaneKind kind, const image::Geometry& geometry);

void paintTexts(QPainter& painter, const QRectF& tile, const TileTexts& texts);

} // namespace hounsfield::viewer
