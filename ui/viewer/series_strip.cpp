#include "ui/viewer/series_strip.h"

#include <QEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/shell/theme.h"
#include "ui/viewer/viewer_model.h"

namespace hounsfield::viewer {

namespace {

constexpr int picture = 64;
constexpr int margin = 7;

/// A row: heading of its study where it is the first, then picture and three lines.
class RowPainter : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {picture * 2, picture + 2 * margin + headingHeight(option, index)};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        const int heading = headingHeight(option, index);
        if (heading > 0)
            paintHeading(painter, {option.rect.topLeft(), QSize(option.rect.width(), heading)}, option, index);
        const QRect row = option.rect.adjusted(0, heading, 0, 0);
        const bool isOpen = index.data(SeriesList::IsOpenRole).toBool();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(row, QColor(shell::theme::selection));
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(row, QColor(shell::theme::panel));
        if (isOpen)
            painter->fillRect(row.left(), row.top(), 3, row.height(), QColor(shell::theme::accent));
        const QRect frame(row.left() + margin + 3, row.top() + margin, picture, picture);
        painter->fillRect(frame, Qt::black);
        if (const auto small = index.data(Qt::DecorationRole).value<QImage>(); !small.isNull()) {
            QRect place(QPoint(), small.size());
            place.moveCenter(frame.center());
            painter->drawImage(place.topLeft(), small);
        }
        painter->setPen(QColor(isOpen ? shell::theme::accent : shell::theme::border));
        painter->drawRect(frame.adjusted(0, 0, -1, -1));
        paintWords(painter, row.adjusted(picture + 2 * margin + 6, margin - 2, -margin, 2 - margin), option, index);
        painter->restore();
    }

  private:
    static int headingHeight(const QStyleOptionViewItem& option, const QModelIndex& index)
    {
        return index.data(SeriesList::HeadingRole).toString().isEmpty() ? 0 : option.fontMetrics.height() + 10;
    }
    static void paintHeading(
        QPainter* painter, const QRect& box, const QStyleOptionViewItem& option, const QModelIndex& index)
    {
        painter->fillRect(box, QColor(shell::theme::panel));
        painter->setPen(QColor(shell::theme::quietWords));
        const QRect words = box.adjusted(margin, 0, -margin, 0);
        painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
            option.fontMetrics.elidedText(
                index.data(SeriesList::HeadingRole).toString(), Qt::ElideRight, words.width()));
    }
    static void paintWords(
        QPainter* painter, const QRect& box, const QStyleOptionViewItem& option, const QModelIndex& index)
    {
        const int line = option.fontMetrics.lineSpacing();
        int y = box.top();
        const auto write = [&](const QString& words, QRgb colour) {
            if (words.isEmpty())
                return;
            painter->setPen(QColor(colour));
            painter->drawText(QRect(box.left(), y, box.width(), line), Qt::AlignVCenter | Qt::AlignLeft,
                option.fontMetrics.elidedText(words, Qt::ElideMiddle, box.width()));
            y += line;
        };
        const bool isFlawed = index.data(SeriesList::IsFlawedRole).toBool();
        write(index.data(SeriesList::KindRole).toString(), shell::theme::words);
        write(index.data(SeriesList::DescriptionRole).toString(), shell::theme::words);
        write((isFlawed ? QStringLiteral("⚠ ") : QString()) + index.data(SeriesList::CountRole).toString(),
            isFlawed ? shell::theme::warning : shell::theme::quietWords);
    }
};

} // namespace

SeriesStrip::SeriesStrip(ViewerModel& model, QWidget* parent)
    : QListView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("seriesStrip"));
    setAccessibleName(tr("Series"));
    setMinimumWidth(170);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    setItemDelegate(new RowPainter(this));
    setModel(&model.seriesList());
    const auto open = [&model](const QModelIndex& index) { model.openListed(index.row()); };
    connect(this, &QListView::clicked, this, open);
    connect(this, &QListView::activated, this, open);
    connect(&model, &ViewerModel::changed, this, &SeriesStrip::follow);
    follow();
}

void SeriesStrip::follow()
{
    setVisible(m_model.seriesList().rowCount() > 1);
    const std::ptrdiff_t place = m_model.seriesPlace();
    if (place >= 0 && (place != m_marked || !currentIndex().isValid()))
        setCurrentIndex(m_model.seriesList().index(static_cast<int>(place)));
    m_marked = place;
}

void SeriesStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Series"));
        m_model.seriesList().retranslate();
    }
    QListView::changeEvent(event);
}

} // namespace hounsfield::viewer
