#include "ui/plots/calibration_plot.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hounsfield::plots {

CalibrationPlot::CalibrationPlot(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    writeNames();
}

void CalibrationPlot::writeNames()
{
    setAccessibleName(tr("Calibration"));
    setAccessibleDescription(tr("Expected calibration error %1").arg(QLocale().toString(m_data.expectedError, 'f', 3)));
}

void CalibrationPlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeNames();
    QWidget::changeEvent(event);
}

void CalibrationPlot::setData(const CalibrationData& data)
{
    if (data == m_data)
        return;
    m_data = data;
    writeNames();
    update();
}

QSize CalibrationPlot::sizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 18, line * 18};
}

QSize CalibrationPlot::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return {line * 13, line * 13};
}

void CalibrationPlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    const double side = std::min(width(), height());
    const Axes axes(QRectF((width() - side) / 2, 0, side, side), {0, 1, tr("Probability the model gave")},
        {0, 1, tr("Share that was true")}, font());
    axes.draw(painter, palette());
    if (m_data.bins.empty()) {
        drawEmpty(painter, axes.area(), tr("There is nothing to compare yet."), palette());
        return;
    }
    painter.setPen(QPen(faint(palette()), 1.5, Qt::DashLine));
    painter.drawLine(axes.at(0, 0), axes.at(1, 1));
    std::int64_t most = 1;
    for (const CalibrationBin& bin : m_data.bins)
        most = std::max(most, bin.count);
    painter.setPen(QPen(curveColour(0), 2));
    for (std::size_t i = 1; i < m_data.bins.size(); ++i)
        painter.drawLine(axes.at(m_data.bins[i - 1].said, m_data.bins[i - 1].happened),
            axes.at(m_data.bins[i].said, m_data.bins[i].happened));
    painter.setBrush(curveColour(0));
    painter.setPen(Qt::NoPen);
    for (const CalibrationBin& bin : m_data.bins) {
        const double r = 2.5 + 6 * std::sqrt(static_cast<double>(bin.count) / static_cast<double>(most));
        painter.drawEllipse(axes.at(bin.said, bin.happened), r, r);
    }
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(axes.area().adjusted(8, 6, -8, -6), Qt::AlignLeft | Qt::AlignTop,
        tr("ECE %1").arg(QLocale().toString(m_data.expectedError, 'f', 3)));
}

} // namespace hounsfield::plots
