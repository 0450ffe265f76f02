#include "ui/plots/histogram.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace hounsfield::plots {

namespace {

/// Colour alone does not tell the groups apart: each has a fill pattern of its own.
QBrush fillOf(int number)
{
    const QColor colour = curveColour(number);
    return number % 2 == 0 ? QBrush(colour) : QBrush(colour, Qt::BDiagPattern);
}

} // namespace

Histogram::Histogram(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Histogram"));
}

void Histogram::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Histogram"));
    QWidget::changeEvent(event);
}

void Histogram::setData(const HistogramData& data)
{
    if (data == m_data)
        return;
    m_data = data;
    QStringList lines;
    for (const Bars& group : m_data.groups) {
        std::int64_t sum = 0;
        for (const auto count : group.counts)
            sum += count;
        lines << tr("%1, cases: %2").arg(group.name, QLocale().toString(static_cast<qlonglong>(sum)));
    }
    setAccessibleDescription(lines.join(QStringLiteral("\n")));
    update();
}

QSize Histogram::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 20, line * 12};
}

QSize Histogram::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 13, line * 8};
}

std::size_t Histogram::binCount() const
{
    std::size_t bins = 0;
    for (const Bars& group : m_data.groups)
        bins = std::max(bins, group.counts.size());
    return bins;
}

Axes Histogram::axes() const
{
    std::int64_t most = 1;
    for (const Bars& group : m_data.groups)
        for (const auto count : group.counts)
            most = std::max(most, count);
    Axis y = axisAround(0, static_cast<double>(most), tr("Cases"));
    y.isWhole = true;
    return {QRectF(rect()), m_data.x, y, font()};
}

void Histogram::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    const Axes axes = this->axes();
    axes.draw(painter, palette());
    const std::size_t bins = binCount();
    if (bins == 0) {
        drawEmpty(painter, axes.area(), tr("There is nothing to count yet."), palette());
        return;
    }
    const double binWidth = axes.area().width() / static_cast<double>(bins);
    const double barWidth = binWidth * 0.9 / static_cast<double>(m_data.groups.size());
    std::vector<LegendRow> legend;
    for (std::size_t g = 0; g < m_data.groups.size(); ++g) {
        const int number = static_cast<int>(g);
        painter.setPen(QPen(curveColour(number), 1));
        painter.setBrush(fillOf(number));
        for (std::size_t i = 0; i < m_data.groups[g].counts.size(); ++i) {
            const double top = axes.at(0, static_cast<double>(m_data.groups[g].counts[i])).y();
            const double left =
                axes.area().left() + binWidth * (static_cast<double>(i) + 0.05) + barWidth * static_cast<double>(g);
            if (m_data.groups[g].counts[i] > 0)
                painter.drawRect(QRectF(left, top, barWidth, axes.area().bottom() - top));
        }
        legend.push_back({m_data.groups[g].name, number});
    }
    if (m_data.mark) {
        const double x = axes.at(*m_data.mark, 0).x();
        painter.setPen(QPen(palette().color(QPalette::Text), 1.5, Qt::DashLine));
        painter.drawLine(QPointF(x, axes.area().top()), QPointF(x, axes.area().bottom()));
        painter.drawText(QPointF(x + 4, axes.area().center().y()), m_data.markName);
    }
    drawLegend(painter, axes.area(), legend, LegendPlace::Top, palette());
}

void Histogram::mouseMoveEvent(QMouseEvent* event)
{
    const std::size_t bins = binCount();
    if (bins == 0)
        return;
    const Axes axes = this->axes();
    const double q = (event->position().x() - axes.area().left()) / axes.area().width();
    const auto bin = static_cast<std::size_t>(std::clamp(q, 0.0, 0.9999) * static_cast<double>(bins));
    const double width = (m_data.x.to - m_data.x.from) / static_cast<double>(bins);
    const double from = m_data.x.from + width * static_cast<double>(bin);
    QStringList lines{tr("%1 to %2").arg(tickText(from, width), tickText(from + width, width))};
    for (const Bars& group : m_data.groups)
        if (bin < group.counts.size())
            lines << tr("%1, cases: %2").arg(group.name, QLocale().toString(static_cast<qlonglong>(group.counts[bin])));
    setToolTip(lines.join(QStringLiteral("\n")));
}

} // namespace hounsfield::plots
