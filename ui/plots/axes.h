#pragma once

#include <QColor>
#include <QPalette>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <vector>

class QPainter;
class QFont;

namespace hounsfield::plots {

/// One axis: what is shown of it and what it means.
struct Axis {
    double from = 0;
    double to = 1;
    QString label;
    bool isWhole = false; ///< only whole numbers are ticked (epochs, counts)
    bool operator==(const Axis&) const = default;
};

/// Round numbers (1, 2, 5 times a power of ten) within from … to, about `wanted` of them, never an empty list.
std::vector<double> ticksOf(const Axis& axis, int wanted);

/// A tick's number with as many decimals as its step needs, in the user's own locale.
QString tickText(double value, double step);

/// The smallest axis with round ends that holds low … high.
Axis axisAround(double low, double high, const QString& label);

/// Colours that keep apart for colour-blind eyes on a dark ground (after Okabe and Ito 2008); repeats after seven.
QColor curveColour(int number);

/// What curves are drawn with besides colour, so that no curve is known by colour alone.
Qt::PenStyle curveStyle(int number);

/// A framed drawing area within a widget: turns data into pixels and draws grid, ticks and labels.
class Axes {
  public:
    /// @param outer  the whole widget; room for ticks and labels is taken from it by the font's size
    Axes(const QRectF& outer, const Axis& x, const Axis& y, const QFont& font);

    const QRectF& area() const { return m_area; }
    QPointF at(double x, double y) const;
    double xAt(double pixel) const; ///< the inverse, clamped to the axis
    void draw(QPainter& painter, const QPalette& palette) const;

  private:
    QRectF m_outer;
    QRectF m_area;
    Axis m_x;
    Axis m_y;
    std::vector<double> m_xTicks;
    std::vector<double> m_yTicks;
};

/// A line between text and ground, for grids and frames.
QColor faint(const QPalette& palette);

/// One row of a legend.
struct LegendRow {
    QString name;
    int number = 0; ///< of its colour and style
};
enum class LegendPlace { TopRight, BottomRight, Top };

/// Draws a legend inside the area, on a ground of its own so that curves do not cross the words.
void drawLegend(QPainter& painter, const QRectF& area, const std::vector<LegendRow>& rows, LegendPlace place,
    const QPalette& palette);

/// A sentence in the middle, for a plot that has nothing to show yet.
void drawEmpty(QPainter& painter, const QRectF& area, const QString& sentence, const QPalette& palette);

} // namespace hounsfield::plots
