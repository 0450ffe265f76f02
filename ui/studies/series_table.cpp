#include "ui/studies/series_table.h"

#include <QSize>

#include "core/files/series.h"
#include "ui/shell/theme.h"
#include "ui/shell/translate.h"

#include <algorithm>

namespace hounsfield::studies {

namespace {

constexpr int previewSide = 64;

/// DICOM's 20260131 as 2026-01-31; anything else as it is.
QString dateText(const std::string& date)
{
    const QString words = QString::fromStdString(date);
    return words.size() == 8 ? words.left(4) + '-' + words.mid(4, 2) + '-' + words.mid(6) : words;
}

/// DICOM's FAMILY^GIVEN as FAMILY, GIVEN; the other name groups (ideographic) follow after the first.
QString nameText(const std::string& name)
{
    QString words = QString::fromStdString(name);
    QStringList groups = words.split('=');
    for (QString& group : groups) {
        QStringList parts = group.split('^');
        parts.removeAll({});
        group = parts.join(QStringLiteral(", "));
    }
    groups.removeAll({});
    return groups.join(QStringLiteral(" / "));
}

} // namespace

int SeriesTable::rowOf(const files::Series& series) const
{
    const auto found =
        std::ranges::find_if(m_rows, [&](const SeriesRow& row) { return files::isSameSeries(row.series, series); });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void SeriesTable::put(const files::Series& series)
{
    if (const int row = rowOf(series); row >= 0) {
        m_rows[static_cast<std::size_t>(row)].series = series;
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
    const int row = static_cast<int>(m_rows.size());
    beginInsertRows({}, row, row);
    m_rows.push_back({series, {}});
    endInsertRows();
}

void SeriesTable::setPreview(const files::Series& series, const QImage& preview)
{
    if (const int row = rowOf(series); row >= 0) {
        m_rows[static_cast<std::size_t>(row)].preview = preview;
        emit dataChanged(index(row, Preview), index(row, Preview));
    }
}

void SeriesTable::replaceAll(const std::vector<files::Series>& series)
{
    std::vector<SeriesRow> rows;
    for (const files::Series& one : series) {
        const int old = rowOf(one);
        rows.push_back({one, old >= 0 ? m_rows[static_cast<std::size_t>(old)].preview : QImage()});
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void SeriesTable::clear()
{
    replaceAll({});
}

void SeriesTable::retranslate()
{
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(static_cast<int>(m_rows.size()) - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int SeriesTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SeriesTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString SeriesTable::words(const SeriesRow& row, int column) const
{
    const image::Facts& facts = row.series.facts;
    const auto given = [](const std::string& value, const QString& otherwise) {
        return value.empty() ? otherwise : QString::fromStdString(value);
    };
    switch (column) {
    case Patient: {
        const QString name = nameText(facts.patientName);
        const QString id = QString::fromStdString(facts.patientID);
        return name.isEmpty() && id.isEmpty() ? tr("no patient named") : name + (id.isEmpty() ? QString() : "\n" + id);
    }
    case Study: {
        QStringList lines{dateText(facts.studyDate), QString::fromStdString(facts.studyDescription)};
        lines.removeAll({});
        return lines.join(QLatin1Char('\n'));
    }
    case Description:
        return QString::fromStdString(files::nameOf(row.series));
    case Modality:
        return given(facts.modality, QStringLiteral("–"));
    case Images:
        return tr("%1 × %2 × %3")
            .arg(row.series.geometry.size[0])
            .arg(row.series.geometry.size[1])
            .arg(row.series.geometry.size[2]);
    case Notes:
        return row.series.problems.empty() ? QString() : shell::translated(row.series.problems.front());
    default:
        return {};
    }
}

QString SeriesTable::tip(const SeriesRow& row) const
{
    QStringList lines{QString::fromStdString(row.series.folder)};
    for (const Text& problem : row.series.problems)
        lines << shell::translated(problem);
    return lines.join('\n');
}

QVariant SeriesTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const SeriesRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return words(row, index.column());
    case Qt::DecorationRole:
        return index.column() == Preview && !row.preview.isNull() ? QVariant(row.preview) : QVariant();
    case Qt::ToolTipRole:
        return tip(row);
    case Qt::ForegroundRole:
        return index.column() == Notes ? QVariant(QColor(shell::theme::warning)) : QVariant();
    case Qt::SizeHintRole:
        return index.column() == Preview ? QVariant(QSize(previewSide + 12, previewSide + 8)) : QVariant();
    case sortRole:
        return index.column() == Images ? QVariant(qlonglong(row.series.geometry.size[2]))
                                        : QVariant(words(row, index.column()));
    default:
        return {};
    }
}

QVariant SeriesTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Patient:
        return tr("Patient");
    case Study:
        return tr("Study");
    case Description:
        return tr("Series");
    case Modality:
        return tr("Modality");
    case Images:
        return tr("Columns × rows × slices");
    case Notes:
        return tr("Notes");
    default:
        return {};
    }
}

} // namespace hounsfield::studies
