#include "ui/plots/roc_plot.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace hounsfield::plots {

namespace {

/// Sensitivity of a curve at one false positive rate, between its points.
double sensitivityAt(const RocCurve& curve, double x)
{
    for (std::size_t i = 1; i < curve.points.size(); ++i) {
        const QPointF& a = curve.points[i - 1];
        const QPointF& b = curve.points[i];
        if (x <= b.x())
            return b.x() > a.x() ? a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x()) : b.y();
    }
    return 1;
}

void drawThreshold(QPainter& painter, const Axes& axes, const RocData& data, const QPalette& palette)
{
    const QPointF at = axes.at(data.threshold->x(), data.threshold->y());
    const QFontMetricsF metrics(painter.font());
    painter.setPen(QPen(palette.color(QPalette::Text), 2));
    painter.setBrush(palette.color(QPalette::Base));
    painter.drawEllipse(at, 5.5, 5.5);
    const double width = metrics.horizontalAdvance(data.thresholdName) + 8;
    const double left = std::min(at.x() + 10, axes.area().right() - width);
    const QRectF place(left, at.y() + 6, width, metrics.height());
    QColor ground = palette.color(QPalette::Base);
    ground.setAlpha(225);
    painter.fillRect(place, ground);
    painter.drawText(place, Qt::AlignCenter, data.thresholdName);
}

} // namespace

QString areaText(const RocCurve& curve)
{
    const QLocale locale;
    return RocPlot::tr("%1: AUC %2 (%3–%4)")
        .arg(curve.name, locale.toString(curve.area, 'f', 3), locale.toString(curve.low, 'f', 3),
            locale.toString(curve.high, 'f', 3));
}

RocPlot::RocPlot(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("ROC curve"));
}

void RocPlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("ROC curve"));
    QWidget::changeEvent(event);
}

void RocPlot::setData(const RocData& data)
{
    if (data == m_data)
        return;
    m_data = data;
    QStringList areas;
    for (const RocCurve& curve : m_data.curves)
        areas << areaText(curve);
    setAccessibleDescription(areas.join(QStringLiteral("\n")));
    update();
}

QSize RocPlot::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 20, line * 20};
}

QSize RocPlot::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 13, line * 13};
}

Axes RocPlot::axes() const
{
    const double side = std::min(width(), height());
    const QRectF square((width() - side) / 2, 0, side, side);
    return {square, {0, 1, tr("1 − specificity")}, {0, 1, tr("Sensitivity")}, font()};
}

void RocPlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    const Axes axes = this->axes();
    axes.draw(painter, palette());
    if (m_data.curves.empty()) {
        drawEmpty(painter, axes.area(), tr("There is no curve: it takes cases of two classes."), palette());
        return;
    }
    painter.setPen(QPen(faint(palette()), 1.5, Qt::DashLine));
    painter.drawLine(axes.at(0, 0), axes.at(1, 1));
    std::vector<LegendRow> legend;
    for (std::size_t i = 0; i < m_data.curves.size(); ++i) {
        QPainterPath path;
        for (std::size_t k = 0; k < m_data.curves[i].points.size(); ++k) {
            const QPointF at = axes.at(m_data.curves[i].points[k].x(), m_data.curves[i].points[k].y());
            k == 0 ? path.moveTo(at) : path.lineTo(at);
        }
        const int number = static_cast<int>(i);
        painter.setPen(QPen(curveColour(number), 2, curveStyle(number), Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
        legend.push_back({areaText(m_data.curves[i]), number});
    }
    drawLegend(painter, axes.area(), legend, LegendPlace::BottomRight, palette());
    if (m_data.threshold)
        drawThreshold(painter, axes, m_data, palette());
}

void RocPlot::mouseMoveEvent(QMouseEvent* event)
{
    const double x = axes().xAt(event->position().x());
    const QLocale locale;
    QStringList lines;
    for (const RocCurve& curve : m_data.curves)
        lines << tr("%1: sensitivity %2 at specificity %3")
                     .arg(curve.name, locale.toString(sensitivityAt(curve, x), 'f', 2), locale.toString(1 - x, 'f', 2));
    setToolTip(lines.join(QStringLiteral("\n")));
}

} // namespace hounsfield::plots
