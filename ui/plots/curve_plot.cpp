#include "ui/plots/curve_plot.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <set>

namespace hounsfield::plots {

namespace {

std::vector<double> allX(const CurveData& data)
{
    std::set<double> values;
    for (const Curve& curve : data.curves)
        for (const QPointF& point : curve.points)
            values.insert(point.x());
    return {values.begin(), values.end()};
}

Axis yAxisOf(const CurveData& data)
{
    double low = 1e300;
    double high = -1e300;
    for (const Curve& curve : data.curves)
        for (const QPointF& point : curve.points)
            if (std::isfinite(point.y())) {
                low = std::min(low, point.y());
                high = std::max(high, point.y());
            }
    if (low > high) {
        low = 0;
        high = 1;
    }
    Axis axis = axisAround(data.least.value_or(low), data.most.value_or(high), data.yLabel);
    axis.from = data.least.value_or(axis.from);
    axis.to = data.most.value_or(axis.to);
    if (!(axis.to > axis.from))
        axis.to = axis.from + 1;
    return axis;
}

Axis xAxisOf(const CurveData& data)
{
    Axis axis = data.x;
    for (const double x : allX(data)) {
        axis.from = std::min(axis.from, x);
        axis.to = std::max(axis.to, x);
    }
    if (!(axis.to > axis.from))
        axis.to = axis.from + 1;
    return axis;
}

void drawCurve(QPainter& painter, const Axes& axes, const Curve& curve, int number)
{
    QPainterPath path;
    bool isDown = false;
    for (const QPointF& point : curve.points) {
        if (!std::isfinite(point.y())) {
            isDown = false;
            continue;
        }
        const QPointF at = axes.at(point.x(), point.y());
        isDown ? path.lineTo(at) : path.moveTo(at);
        isDown = true;
    }
    painter.setPen(QPen(curveColour(number), 2, curveStyle(number), Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    if (curve.points.size() > 60)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(curveColour(number));
    for (const QPointF& point : curve.points)
        if (std::isfinite(point.y()))
            painter.drawEllipse(axes.at(point.x(), point.y()), 2.6, 2.6);
}

} // namespace

CurvePlot::CurvePlot(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void CurvePlot::setData(const CurveData& data)
{
    if (data == m_data)
        return;
    m_data = data;
    const auto xs = allX(m_data);
    if (m_read && std::ranges::find(xs, *m_read) == xs.end())
        m_read.reset();
    if (xs.empty())
        setAccessibleDescription(m_data.emptySentence);
    else {
        const auto kept = std::exchange(m_read, xs.back());
        setAccessibleDescription(reading());
        m_read = kept;
    }
    update();
}

QSize CurvePlot::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 24, line * 13};
}

QSize CurvePlot::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 13, line * 8};
}

QString CurvePlot::reading() const
{
    if (!m_read)
        return {};
    QStringList parts;
    for (const Curve& curve : m_data.curves)
        for (const QPointF& point : curve.points)
            if (point.x() == *m_read && std::isfinite(point.y()))
                parts << tr("%1 %2").arg(curve.name, QLocale().toString(point.y(), 'f', 4));
    return tr("%1 %2: %3").arg(m_data.x.label, QLocale().toString(*m_read, 'g', 6), parts.join(tr(", ")));
}

Axes CurvePlot::axes() const
{
    return {QRectF(rect()), xAxisOf(m_data), yAxisOf(m_data), font()};
}

void CurvePlot::readNearest(double x)
{
    const auto xs = allX(m_data);
    if (xs.empty())
        return;
    m_read = *std::ranges::min_element(xs, {}, [&](double value) { return std::abs(value - x); });
    setToolTip(reading());
    update();
}

void CurvePlot::drawMark(QPainter& painter, const Axes& axes) const
{
    if (!m_data.mark)
        return;
    const double x = axes.at(*m_data.mark, 0).x();
    const QFontMetricsF metrics(painter.font());
    const QColor colour = palette().color(QPalette::Text);
    painter.setPen(QPen(colour, 1.2, Qt::DashLine));
    painter.drawLine(QPointF(x, axes.area().top()), QPointF(x, axes.area().bottom()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double r = metrics.height() * 0.3;
    painter.drawPolygon(
        QPolygonF{{x - r, axes.area().top()}, {x + r, axes.area().top()}, {x, axes.area().top() + 1.5 * r}});
    const double width = metrics.horizontalAdvance(m_data.markName) + 8;
    const double left =
        std::clamp(x - width / 2, axes.area().left(), std::max(axes.area().left(), axes.area().right() - width));
    const QRectF place(left, axes.area().bottom() - metrics.height() - 4, width, metrics.height() + 2);
    QColor ground = palette().color(QPalette::Base);
    ground.setAlpha(225);
    painter.setBrush(ground);
    painter.drawRect(place);
    painter.setPen(colour);
    painter.drawText(place, Qt::AlignCenter, m_data.markName);
}

void CurvePlot::drawReading(QPainter& painter, const Axes& axes) const
{
    if (!m_read)
        return;
    const double x = axes.at(*m_read, 0).x();
    painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
    painter.drawLine(QPointF(x, axes.area().top()), QPointF(x, axes.area().bottom()));
    const QString words = reading();
    const QFontMetricsF metrics(painter.font());
    const double width = std::min(metrics.horizontalAdvance(words) + 12, axes.area().width());
    const QRectF box(axes.area().left() + 4, axes.area().top() + 4, width, metrics.height() + 6);
    painter.setPen(faint(palette()));
    painter.setBrush(palette().color(QPalette::ToolTipBase));
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(palette().color(QPalette::ToolTipText));
    painter.drawText(box.adjusted(6, 0, -6, 0), Qt::AlignVCenter | Qt::AlignLeft,
        metrics.elidedText(words, Qt::ElideRight, width - 12));
}

void CurvePlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    const Axes axes = this->axes();
    axes.draw(painter, palette());
    std::vector<LegendRow> legend;
    bool hasPoints = false;
    painter.save();
    painter.setClipRect(axes.area().adjusted(-3, -3, 3, 3));
    for (std::size_t i = 0; i < m_data.curves.size(); ++i) {
        drawCurve(painter, axes, m_data.curves[i], static_cast<int>(i));
        legend.push_back({m_data.curves[i].name, static_cast<int>(i)});
        hasPoints = hasPoints || !m_data.curves[i].points.empty();
    }
    painter.restore();
    if (!hasPoints) {
        drawEmpty(painter, axes.area(), m_data.emptySentence, palette());
    } else {
        drawMark(painter, axes);
        const bool isRising = m_data.most.has_value();
        drawLegend(painter, isRising ? axes.area().adjusted(0, 0, 0, -fontMetrics().height() * 1.5) : axes.area(),
            legend, isRising ? LegendPlace::BottomRight : LegendPlace::TopRight, palette());
        drawReading(painter, axes);
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

void CurvePlot::mouseMoveEvent(QMouseEvent* event)
{
    readNearest(axes().xAt(event->position().x()));
}

void CurvePlot::leaveEvent(QEvent*)
{
    m_read.reset();
    setToolTip({});
    update();
}

void CurvePlot::keyPressEvent(QKeyEvent* event)
{
    const auto xs = allX(m_data);
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    const bool isEnd = event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
    if (xs.empty() || (step == 0 && !isEnd)) {
        QWidget::keyPressEvent(event);
        return;
    }
    const auto here = m_read ? std::ranges::find(xs, *m_read) - xs.begin() : std::ssize(xs) - 1 - step;
    const auto last = std::ssize(xs) - 1;
    const auto next = event->key() == Qt::Key_Home  ? 0
                      : event->key() == Qt::Key_End ? last
                                                    : std::clamp(here + step, std::ptrdiff_t{0}, last);
    readNearest(xs[static_cast<std::size_t>(next)]);
    setAccessibleDescription(reading());
}

void CurvePlot::focusInEvent(QFocusEvent*)
{
    update();
}

void CurvePlot::focusOutEvent(QFocusEvent*)
{
    m_read.reset();
    update();
}

} // namespace hounsfield::plots
