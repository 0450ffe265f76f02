#include "ui/plots/confusion_matrix.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include "ui/plots/axes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hounsfield::plots {

namespace {

QColor mixed(const QColor& from, const QColor& to, double q)
{
    const auto part = [q](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * q)); };
    return {part(from.red(), to.red()), part(from.green(), to.green()), part(from.blue(), to.blue())};
}

} // namespace

ConfusionMatrix::ConfusionMatrix(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Confusion matrix"));
}

void ConfusionMatrix::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Confusion matrix"));
        setAccessibleDescription(m_data.classes.isEmpty() ? QString() : cellText(m_current));
    }
    QWidget::changeEvent(event);
}

void ConfusionMatrix::setData(const ConfusionData& data)
{
    if (data == m_data)
        return;
    m_data = data;
    m_current = {};
    setAccessibleDescription(m_data.classes.isEmpty() ? QString() : cellText(m_current));
    updateGeometry();
    update();
}

double ConfusionMatrix::shareOf(Cell cell) const
{
    const auto& row = m_data.counts[static_cast<std::size_t>(cell.label)];
    const auto sum = std::accumulate(row.begin(), row.end(), std::int64_t{0});
    return sum > 0 ? static_cast<double>(row[static_cast<std::size_t>(cell.said)]) / static_cast<double>(sum) : 0;
}

QString ConfusionMatrix::cellText(Cell cell) const
{
    const auto count = m_data.counts[static_cast<std::size_t>(cell.label)][static_cast<std::size_t>(cell.said)];
    return tr("Label %1, model said %2. Cases: %3 (%4 % of the row)")
        .arg(m_data.classes[cell.label], m_data.classes[cell.said], QLocale().toString(static_cast<qlonglong>(count)),
            QLocale().toString(100 * shareOf(cell), 'f', 1));
}

QRectF ConfusionMatrix::grid() const
{
    const QFontMetricsF metrics(font());
    const double line = metrics.height();
    double names = 0;
    for (const QString& name : m_data.classes)
        names = std::max(names, metrics.horizontalAdvance(name) + line);
    const double left = std::min(names, width() * 0.3) + line * 2;
    const double top = line * 2.8;
    const double side = std::max(10.0, std::min(width() - left - 4, height() - top - 4));
    return {left, top, side, side};
}

QRectF ConfusionMatrix::cellRect(Cell cell) const
{
    const QRectF all = grid();
    const double side = all.width() / std::max<double>(1, static_cast<double>(m_data.classes.size()));
    return {all.left() + cell.said * side, all.top() + cell.label * side, side, side};
}

std::optional<ConfusionMatrix::Cell> ConfusionMatrix::cellAt(const QPointF& position) const
{
    const QRectF all = grid();
    const auto n = static_cast<int>(m_data.classes.size());
    if (n == 0 || !all.contains(position))
        return std::nullopt;
    const double side = all.width() / n;
    return Cell{std::min(n - 1, static_cast<int>((position.y() - all.top()) / side)),
        std::min(n - 1, static_cast<int>((position.x() - all.left()) / side))};
}

QSize ConfusionMatrix::sizeHint() const
{
    const int line = fontMetrics().height();
    const int n = std::max(2, static_cast<int>(m_data.classes.size()));
    return {line * (8 + 5 * n), line * (3 + 5 * n)};
}

QSize ConfusionMatrix::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    const int n = std::clamp(static_cast<int>(m_data.classes.size()), 2, 10);
    return {line * (5 + 3 * n), line * (3 + 3 * n)};
}

void ConfusionMatrix::drawCell(QPainter& painter, Cell cell) const
{
    const QRectF place = cellRect(cell).adjusted(1, 1, -1, -1);
    const double share = shareOf(cell);
    const bool isRight = cell.label == cell.said;
    const QColor base = palette().color(QPalette::AlternateBase);
    const QColor ground = mixed(base, isRight ? QColor(0x1f, 0x6f, 0x8f) : QColor(0xb3, 0x54, 0x1e), std::sqrt(share));
    painter.setBrush(ground);
    painter.setPen(isRight ? QPen(palette().color(QPalette::Text), 1.5) : QPen(faint(palette()), 1));
    painter.drawRect(place);
    if (m_hovered == cell) {
        painter.setPen(QPen(palette().color(QPalette::Text), 2, Qt::DotLine));
        painter.drawRect(place.adjusted(2, 2, -2, -2));
    }
    if (hasFocus() && m_current == cell) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 3));
        painter.drawRect(place.adjusted(2, 2, -2, -2));
    }
    const auto count = m_data.counts[static_cast<std::size_t>(cell.label)][static_cast<std::size_t>(cell.said)];
    QFont large = font();
    const double size = std::clamp(place.height() / 4, 7.0, QFontMetricsF(font()).height() * 1.3);
    large.setPixelSize(static_cast<int>(size));
    large.setBold(true);
    painter.setPen(palette().color(QPalette::Text));
    painter.setFont(large);
    const bool hasRoom = place.height() > size * 2.6 && size * 0.75 >= 9;
    painter.drawText(hasRoom ? place.adjusted(0, 0, 0, -place.height() * 0.28) : place, Qt::AlignCenter,
        QLocale().toString(static_cast<qlonglong>(count)));
    large.setBold(false);
    large.setPixelSize(std::max(6, static_cast<int>(size * 0.75)));
    painter.setFont(large);
    if (hasRoom)
        painter.drawText(place.adjusted(0, place.height() * 0.4, 0, 0), Qt::AlignCenter,
            tr("%1 %").arg(QLocale().toString(100 * share, 'f', share > 0.9995 || share == 0 ? 0 : 1)));
    painter.setFont(font());
}

void ConfusionMatrix::drawNames(QPainter& painter, const QRectF& grid) const
{
    const QFontMetricsF metrics(font());
    const double line = metrics.height();
    const double side = cellRect({}).width();
    painter.setPen(palette().color(QPalette::Text));
    const bool isNumbered = std::ranges::any_of(
        m_data.classes, [&](const QString& name) { return metrics.horizontalAdvance(name) > side * 1.6; });
    for (int i = 0; i < m_data.classes.size(); ++i) {
        const QString name = isNumbered ? tr("%1: %2").arg(i + 1).arg(m_data.classes[i]) : m_data.classes[i];
        const QRectF row(line * 1.5, grid.top() + i * side, grid.left() - line * 1.5 - 6, side);
        painter.drawText(
            row, Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(name, Qt::ElideMiddle, row.width()));
        const QRectF column(grid.left() + i * side + 2, line * 1.4, side - 4, line);
        painter.drawText(column, Qt::AlignCenter,
            isNumbered ? QString::number(i + 1) : metrics.elidedText(name, Qt::ElideMiddle, column.width()));
    }
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(QRectF(grid.left(), 0, grid.width(), line * 1.3), Qt::AlignCenter, tr("Model said"));
    painter.save();
    painter.translate(0, grid.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-grid.height() / 2, 0, grid.height(), line * 1.3), Qt::AlignCenter, tr("Label"));
    painter.restore();
}

void ConfusionMatrix::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (m_data.classes.isEmpty()) {
        drawEmpty(painter, rect(), tr("There is nothing to compare yet."), palette());
        return;
    }
    drawNames(painter, grid());
    for (int label = 0; label < m_data.classes.size(); ++label)
        for (int said = 0; said < m_data.classes.size(); ++said)
            drawCell(painter, {label, said});
}

void ConfusionMatrix::mouseMoveEvent(QMouseEvent* event)
{
    m_hovered = cellAt(event->position());
    setCursor(m_hovered ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(m_hovered ? tr("%1. Click to see them.").arg(cellText(*m_hovered)) : QString());
    update();
}

void ConfusionMatrix::mouseReleaseEvent(QMouseEvent* event)
{
    if (const auto cell = cellAt(event->position()); cell && event->button() == Qt::LeftButton) {
        moveTo(*cell);
        emit cellActivated(cell->label, cell->said);
    }
}

void ConfusionMatrix::leaveEvent(QEvent*)
{
    m_hovered.reset();
    update();
}

void ConfusionMatrix::moveTo(Cell cell)
{
    m_current = cell;
    setAccessibleDescription(cellText(cell));
    update();
}

void ConfusionMatrix::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_data.classes.size()) - 1;
    Cell next = m_current;
    switch (event->key()) {
    case Qt::Key_Left:
        next.said = std::max(0, next.said - 1);
        break;
    case Qt::Key_Right:
        next.said = std::min(last, next.said + 1);
        break;
    case Qt::Key_Up:
        next.label = std::max(0, next.label - 1);
        break;
    case Qt::Key_Down:
        next.label = std::min(last, next.label + 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (last >= 0)
            emit cellActivated(m_current.label, m_current.said);
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (last >= 0)
        moveTo(next);
}

void ConfusionMatrix::focusInEvent(QFocusEvent*)
{
    update();
}

void ConfusionMatrix::focusOutEvent(QFocusEvent*)
{
    update();
}

} // namespace hounsfield::plots
