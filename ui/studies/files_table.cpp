#include "ui/studies/files_table.h"

#include "ui/shell/theme.h"
#include "ui/shell/translate.h"

#include <algorithm>

namespace hounsfield::studies {

void FilesTable::add(const files::ScanResult& result)
{
    beginResetModel();
    for (const files::RejectedFile& file : result.rejected)
        m_rows.push_back({file.file, {}, file.reason});
    for (const files::OtherFile& file : result.others)
        m_rows.push_back({file.file, file.kind, {}});
    endResetModel();
}

void FilesTable::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void FilesTable::retranslate()
{
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(static_cast<int>(m_rows.size()) - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int FilesTable::rejectedCount() const
{
    return static_cast<int>(std::ranges::count_if(m_rows, [](const Row& row) { return row.kind.empty(); }));
}

int FilesTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FilesTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FilesTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const bool isRefused = row.kind.empty();
    if (role == Qt::ForegroundRole && index.column() == Outcome)
        return QColor(isRefused ? shell::theme::bad : shell::theme::quietWords);
    if (role == Qt::ToolTipRole && index.column() == File)
        return QString::fromStdString(row.file);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case File:
        return QString::fromStdString(row.file);
    case Outcome:
        return isRefused ? tr("Refused") : tr("No image");
    case Reason: {
        Error reason = row.reason;
        reason.where.clear(); // the file stands in the first column
        return isRefused ? shell::translated(reason) : shell::translated(Text{"files", row.kind, {}});
    }
    default:
        return {};
    }
}

QVariant FilesTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case File:
        return tr("File");
    case Outcome:
        return tr("Outcome");
    case Reason:
        return tr("Reason");
    default:
        return {};
    }
}

} // namespace hounsfield::studies
