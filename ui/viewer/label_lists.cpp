#include "ui/viewer/label_lists.h"

#include <QPixmap>

#include "ui/shell/theme.h"

namespace hounsfield::viewer {

QIcon swatch(const QString& code)
{
    constexpr int side = 12;
    QPixmap square(side, side);
    square.fill(QColor(code));
    QIcon icon(square);
    icon.addPixmap(square, QIcon::Selected); // not tinted by the selection
    return icon;
}

ClassList::ClassList(LabelModel& model, QObject* parent)
    : QAbstractListModel(parent)
    , m_model(model)
{
    connect(&model, &LabelModel::changed, this, &ClassList::follow);
    follow();
}

void ClassList::follow()
{
    std::vector<LabelModel::Class> rows = m_model.view().classes;
    if (rows == m_rows)
        return;
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    emit dataChanged(index(0), index(rowCount() - 1));
}

int ClassList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ClassList::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const LabelModel::Class& row = m_rows[static_cast<std::size_t>(index.row())];
    const QString digit = index.row() < 9 ? QString::number(index.row() + 1) : QStringLiteral("–");
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return row.images > 0 ? QStringLiteral("%1   %2   (%3)").arg(digit, row.name).arg(row.images)
                              : QStringLiteral("%1   %2").arg(digit, row.name);
    case Qt::EditRole:
        return row.name;
    case Qt::DecorationRole:
        return swatch(row.colour);
    case Qt::ToolTipRole:
        return index.row() < 9 ? tr("%1: L, then %2. Images that carry it: %3").arg(row.name, digit).arg(row.images)
                               : tr("%1: Enter. Images that carry it: %2").arg(row.name).arg(row.images);
    default:
        return {};
    }
}

bool ClassList::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    m_model.renameClass(static_cast<std::size_t>(index.row()), value.toString());
    return true;
}

Qt::ItemFlags ClassList::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable : Qt::NoItemFlags;
}

LabelledList::LabelledList(LabelModel& model, QObject* parent)
    : QAbstractListModel(parent)
    , m_model(model)
{
    connect(&model, &LabelModel::changed, this, &LabelledList::follow);
    follow();
}

void LabelledList::follow()
{
    std::vector<LabelModel::Labelled> rows = m_model.view().labelled;
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void LabelledList::retranslate()
{
    if (!m_rows.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

std::int64_t LabelledList::storedOf(const QModelIndex& index) const
{
    return index.isValid() && index.row() < rowCount() ? m_rows[static_cast<std::size_t>(index.row())].stored : -1;
}

int LabelledList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant LabelledList::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const LabelModel::Labelled& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return tr("Slice %1: %2").arg(row.shownNumber).arg(row.className);
    case Qt::DecorationRole:
        return swatch(row.colour);
    default:
        return {};
    }
}

} // namespace hounsfield::viewer
