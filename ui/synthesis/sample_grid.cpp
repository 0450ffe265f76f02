#include "ui/synthesis/sample_grid.h"

#include <QPainter>

#include "ui/plots/axes.h"

#include <algorithm>

namespace hounsfield::synthesising {

namespace {

constexpr int gap = 4;

} // namespace

SampleGrid::SampleGrid(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void SampleGrid::setPictures(const std::vector<QImage>& pictures, int perClass, const QStringList& names)
{
    m_pictures = pictures;
    m_perClass = std::max(1, perClass);
    m_names = names;
    update();
}

void SampleGrid::setEmptySentence(const QString& sentence)
{
    m_empty = sentence;
    update();
}

int SampleGrid::classes() const
{
    return std::max(1, (static_cast<int>(m_pictures.size()) + m_perClass - 1) / m_perClass);
}

int SampleGrid::sideWith(int columns) const
{
    const int rows = classes() * (m_perClass / columns);
    const int across = (width() - gap) / columns - gap;
    const int down = (height() - gap - classes() * nameHeight()) / rows - gap;
    return std::max(8, std::min(across, down));
}

SampleGrid::Form SampleGrid::form() const
{
    Form best{m_perClass, sideWith(m_perClass)};
    for (int columns = m_perClass - 1; columns > 0; --columns)
        if (m_perClass % columns == 0 && sideWith(columns) > best.side)
            best = {columns, sideWith(columns)};
    return best;
}

int SampleGrid::nameHeight() const
{
    return m_names.isEmpty() ? 0 : fontMetrics().height() + 2;
}

QRect SampleGrid::rectOf(int i) const
{
    const auto [columns, side] = form();
    const int ofClass = i % m_perClass, group = i / m_perClass;
    const int row = group * (m_perClass / columns) + ofClass / columns;
    return {gap + ofClass % columns * (side + gap), gap + row * (side + gap) + (group + 1) * nameHeight(), side, side};
}

QSize SampleGrid::sizeHint() const
{
    return {m_perClass * 68, classes() * (68 + nameHeight())};
}

QSize SampleGrid::minimumSizeHint() const
{
    return {240, 120};
}

void SampleGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_pictures.empty())
        return plots::drawEmpty(painter, rect(), m_empty, palette());
    for (int i = 0; i < static_cast<int>(m_pictures.size()); ++i) {
        const QImage& picture = m_pictures[static_cast<std::size_t>(i)];
        const QRect cell = rectOf(i);
        if (const int group = i / m_perClass; i % m_perClass == 0 && group < m_names.size())
            painter.drawText(QRect(cell.left(), cell.top() - nameHeight(), width() - cell.left(), nameHeight()),
                Qt::AlignLeft | Qt::AlignVCenter,
                fontMetrics().elidedText(m_names[group], Qt::ElideRight, width() - cell.left()));
        const QSize size = picture.size().scaled(cell.size(), Qt::KeepAspectRatio);
        const QPoint at = cell.center() - QPoint(size.width() / 2, size.height() / 2) + QPoint(1, 1);
        painter.drawImage(QRect(at, size), picture);
    }
}

} // namespace hounsfield::synthesising
