#include "ui/plots/axes.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace hounsfield::plots {

namespace {

double stepOf(double span, int wanted)
{
    const double rough = span / std::max(1, wanted);
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough * 0.999)
            return factor * power;
    return 10 * power;
}

double stepBetween(const std::vector<double>& ticks)
{
    return ticks.size() > 1 ? ticks[1] - ticks[0] : 0;
}

double widestOf(const std::vector<double>& ticks, const QFontMetricsF& metrics)
{
    double widest = 0;
    for (const double tick : ticks)
        widest = std::max(widest, metrics.horizontalAdvance(tickText(tick, stepBetween(ticks))));
    return widest;
}

} // namespace

std::vector<double> ticksOf(const Axis& axis, int wanted)
{
    const double span = axis.to - axis.from;
    if (!(span > 0) || !std::isfinite(span))
        return {axis.from};
    double step = stepOf(span, wanted);
    if (axis.isWhole)
        step = std::max(1.0, std::round(step));
    std::vector<double> ticks;
    const auto first = static_cast<long>(std::ceil(axis.from / step - 1e-6));
    const auto last = static_cast<long>(std::floor(axis.to / step + 1e-6));
    for (long k = first; k <= last; ++k)
        ticks.push_back(static_cast<double>(k) * step);
    return ticks.empty() ? std::vector<double>{axis.from} : ticks;
}

QString tickText(double value, double step)
{
    if (step <= 0)
        return QLocale().toString(value, 'g', 3);
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-6)), 0, 6);
    const double shown = std::abs(value) < step * 1e-6 ? 0.0 : value;
    return QLocale().toString(shown, 'f', decimals);
}

Axis axisAround(double low, double high, const QString& label)
{
    if (!(high > low))
        high = low + std::max(1e-3, std::abs(low) * 0.1);
    const double step = stepOf(high - low, 5);
    return {std::floor(low / step + 1e-6) * step, std::ceil(high / step - 1e-6) * step, label, false};
}

QColor curveColour(int number)
{
    static constexpr std::array<QRgb, 7> colours{
        0xff56b4e9, 0xffe69f00, 0xff2ec4a0, 0xfff0e442, 0xffcc79a7, 0xffe8743b, 0xffb0b8c0};
    return QColor::fromRgb(colours[static_cast<std::size_t>(number) % colours.size()]);
}

Qt::PenStyle curveStyle(int number)
{
    static constexpr std::array styles{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return styles[static_cast<std::size_t>(number) % styles.size()];
}

QColor faint(const QPalette& palette)
{
    const QColor a = palette.color(QPalette::Text);
    const QColor b = palette.color(QPalette::Base);
    const auto mix = [](int x, int y) { return (x * 22 + y * 78) / 100; };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

Axes::Axes(const QRectF& outer, const Axis& x, const Axis& y, const QFont& font)
    : m_outer(outer)
    , m_x(x)
    , m_y(y)
{
    const QFontMetricsF metrics(font);
    const double line = metrics.height();
    m_yTicks = ticksOf(y, std::clamp(static_cast<int>(outer.height() / (line * 2.4)), 2, 6));
    // As wide as usual numbers at least, so that plots above each other stand in line.
    const double numbers = std::max(widestOf(m_yTicks, metrics), metrics.horizontalAdvance(QStringLiteral("0.000")));
    const double left = line * (y.label.isEmpty() ? 0.6 : 1.6) + numbers + 6;
    m_xTicks = ticksOf(x, 6);
    const double tickWidth = widestOf(m_xTicks, metrics) + line;
    m_xTicks = ticksOf(x, std::clamp(static_cast<int>((outer.width() - left) / tickWidth), 1, 10));
    const double bottom = line * (x.label.isEmpty() ? 1.5 : 2.6);
    m_area = outer.adjusted(left, line * 0.8, -line * 1.0, -bottom);
}

QPointF Axes::at(double x, double y) const
{
    return {m_area.left() + (x - m_x.from) / (m_x.to - m_x.from) * m_area.width(),
        m_area.bottom() - (y - m_y.from) / (m_y.to - m_y.from) * m_area.height()};
}

double Axes::xAt(double pixel) const
{
    const double q = std::clamp((pixel - m_area.left()) / m_area.width(), 0.0, 1.0);
    return m_x.from + q * (m_x.to - m_x.from);
}

void Axes::draw(QPainter& painter, const QPalette& palette) const
{
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height();
    const QColor text = palette.color(QPalette::Text);
    painter.save();
    painter.setPen(QPen(faint(palette), 1));
    for (const double tick : m_yTicks)
        painter.drawLine(
            QPointF(m_area.left(), at(m_x.from, tick).y()), QPointF(m_area.right(), at(m_x.from, tick).y()));
    for (const double tick : m_xTicks)
        painter.drawLine(
            QPointF(at(tick, m_y.from).x(), m_area.top()), QPointF(at(tick, m_y.from).x(), m_area.bottom()));
    painter.drawRect(m_area);
    painter.setPen(text);
    for (const double tick : m_yTicks) {
        const double y = at(m_x.from, tick).y();
        painter.drawText(QRectF(m_outer.left(), y - line / 2, m_area.left() - m_outer.left() - 6, line),
            Qt::AlignRight | Qt::AlignVCenter, tickText(tick, stepBetween(m_yTicks)));
    }
    for (const double tick : m_xTicks) {
        const double x = at(tick, m_y.from).x();
        painter.drawText(QRectF(x - line * 4, m_area.bottom() + 3, line * 8, line), Qt::AlignHCenter | Qt::AlignTop,
            tickText(tick, stepBetween(m_xTicks)));
    }
    painter.drawText(
        QRectF(m_area.left(), m_area.bottom() + line * 1.25, m_area.width(), line), Qt::AlignCenter, m_x.label);
    painter.translate(m_outer.left(), m_area.center().y());
    painter.rotate(-90);
    painter.drawText(
        QRectF(-m_area.height() / 2 - line, 0, m_area.height() + 2 * line, line), Qt::AlignCenter, m_y.label);
    painter.restore();
}

void drawLegend(QPainter& painter, const QRectF& area, const std::vector<LegendRow>& rows, LegendPlace place,
    const QPalette& palette)
{
    if (rows.empty())
        return;
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height();
    double words = 0;
    for (const LegendRow& row : rows)
        words = std::max(words, metrics.horizontalAdvance(row.name));
    const QSizeF size(std::min(words + line * 2.6, area.width()), line * static_cast<double>(rows.size()) + line * 0.5);
    const double x = place == LegendPlace::Top ? area.center().x() - size.width() / 2 : area.right() - size.width() - 6;
    const double y = place == LegendPlace::BottomRight ? area.bottom() - size.height() - 6 : area.top() + 6;
    const QRectF box(QPointF(x, y), size);
    painter.save();
    QColor ground = palette.color(QPalette::Base);
    ground.setAlpha(225);
    painter.setPen(faint(palette));
    painter.setBrush(ground);
    painter.drawRoundedRect(box, 3, 3);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double middle = box.top() + line * (0.25 + static_cast<double>(i) + 0.5);
        painter.setPen(QPen(curveColour(rows[i].number), 2, curveStyle(rows[i].number)));
        painter.drawLine(QPointF(box.left() + 6, middle), QPointF(box.left() + line * 1.8, middle));
        painter.setPen(palette.color(QPalette::Text));
        const QRectF place(box.left() + line * 2.1, middle - line / 2, box.width() - line * 2.3, line);
        painter.drawText(
            place, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(rows[i].name, Qt::ElideRight, place.width()));
    }
    painter.restore();
}

void drawEmpty(QPainter& painter, const QRectF& area, const QString& sentence, const QPalette& palette)
{
    painter.setPen(palette.color(QPalette::PlaceholderText));
    painter.drawText(area.adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap, sentence);
}

} // namespace hounsfield::plots
