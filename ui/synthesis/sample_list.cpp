#include "ui/synthesis/sample_list.h"

#include <QLocale>
#include <QPainter>

#include "ui/shell/theme.h"
#include "ui/synthesis/samples_model.h"

namespace hounsfield::synthesising {

namespace {

constexpr int gap = 6;

QString number(double value)
{
    return QLocale().toString(value, 'f', 3);
}

void drawFitted(QPainter& painter, const QRect& cell, const QImage& picture)
{
    if (picture.isNull())
        return;
    const QSize size = picture.size().scaled(cell.size(), Qt::KeepAspectRatio);
    painter.drawImage(QRect(cell.center() - QPoint(size.width() / 2, size.height() / 2), size), picture);
}

} // namespace

SampleList::SampleList(SamplesModel& model, QObject* parent)
    : QAbstractListModel(parent)
    , m_model(model)
{
}

void SampleList::refresh()
{
    beginResetModel();
    endResetModel();
}

int SampleList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_model.samples().size());
}

QString SampleList::caption(int row) const
{
    const Sample& sample = m_model.samples()[static_cast<std::size_t>(row)];
    const QString name = m_model.classes().value(sample.wish.label);
    if (sample.nearest.isNull())
        return name;
    if (sample.resemblance.isCopy)
        return tr("%1 · %2 copy").arg(name, number(sample.resemblance.distance));
    return QStringLiteral("%1 · %2").arg(name, number(sample.resemblance.distance));
}

QString SampleList::sentence(int row) const
{
    const Sample& sample = m_model.samples()[static_cast<std::size_t>(row)];
    const QString name = m_model.classes().value(sample.wish.label);
    if (sample.nearest.isNull())
        return tr("Made as %1, number %2.").arg(name).arg(sample.wish.number);
    QString words = tr("Made as %1. Nearest training image: %2, distance %3, %4 times the mean of its 50 nearest.")
                        .arg(name, sample.nearestName, number(sample.resemblance.distance),
                            QLocale().toString(sample.resemblance.ratio, 'f', 2));
    if (m_model.limit() > 0)
        words += QLatin1Char(' ')
                 + tr("Of real images, one in a hundred lies nearer than %1 to another.").arg(number(m_model.limit()));
    if (sample.resemblance.isCopy)
        words += QLatin1Char(' ') + tr("It is a copy.");
    else if (sample.resemblance.isSuspicious)
        words += QLatin1Char(' ') + tr("It is suspiciously near.");
    return words;
}

QVariant SampleList::data(const QModelIndex& index, int role) const
{
    const Sample& sample = m_model.samples()[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return caption(index.row());
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return sentence(index.row());
    case PictureRole:
        return sample.picture;
    case NearestRole:
        return sample.nearest;
    case AlarmRole:
        return sample.resemblance.isCopy || sample.resemblance.isSuspicious;
    default:
        return {};
    }
}

void SampleDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    const QRect inside = option.rect.adjusted(2, 2, -2, -2);
    const bool isChosen = option.state & QStyle::State_Selected;
    painter->fillRect(inside, QColor(isChosen ? shell::theme::selection : shell::theme::panel));
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QColor(shell::theme::accent));
        painter->drawRect(inside.adjusted(0, 0, -1, -1));
    }
    const QRect left(inside.left() + gap, inside.top() + gap, SampleList::pictureSide, SampleList::pictureSide);
    drawFitted(*painter, left, index.data(SampleList::PictureRole).value<QImage>());
    const QRect right = left.translated(SampleList::pictureSide + gap, 0);
    const QImage nearest = index.data(SampleList::NearestRole).value<QImage>();
    painter->setPen(QColor(shell::theme::border));
    if (nearest.isNull())
        painter->drawRect(right.adjusted(0, 0, -1, -1));
    drawFitted(*painter, right, nearest);
    painter->setPen(QColor(index.data(SampleList::AlarmRole).toBool() ? shell::theme::bad : shell::theme::words));
    const QRect words(
        inside.left() + gap, left.bottom() + 3, inside.width() - 2 * gap, option.fontMetrics.height() + 2);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, words.width()));
    painter->restore();
}

QSize SampleDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {
        2 * SampleList::pictureSide + 3 * gap + 4, SampleList::pictureSide + option.fontMetrics.height() + 2 * gap + 9};
}

} // namespace hounsfield::synthesising
