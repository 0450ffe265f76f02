#include "ui/reports/report_list.h"

#include <QApplication>
#include <QColor>
#include <QFontMetrics>
#include <QSize>

#include "ui/reports/reports_model.h"
#include "ui/shell/theme.h"

namespace hounsfield::reporting {

using State = reports::StoredReport::State;

ReportList::ReportList(ReportsModel& model, QObject* parent)
    : QAbstractListModel(parent)
    , m_model(model)
{
    connect(&model, &ReportsModel::queueChanged, this, &ReportList::refresh);
}

void ReportList::refresh()
{
    const int rows = static_cast<int>(m_model.queue().size());
    if (rows != m_rows) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
    } else if (rows > 0) {
        emit dataChanged(index(0), index(rows - 1));
    }
}

int ReportList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant ReportList::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= static_cast<int>(m_model.queue().size()))
        return {};
    const ReadReport& read = m_model.report(m_model.queue()[static_cast<std::size_t>(index.row())]);
    const reports::StoredReport& report = read.report;
    const bool isConfirmed = report.state == State::Confirmed;
    if (role == Qt::DisplayRole) {
        const QString sign = isConfirmed                    ? QStringLiteral("✓")
                             : report.state == State::Begun ? QStringLiteral("…")
                                                            : QStringLiteral("○");
        return sign + QLatin1Char(' ') + QString::fromStdString(report.document.id) + QChar::LineSeparator
               + QStringLiteral("   ") + QString::fromStdString(read.firstWords).simplified();
    }
    if (role == Qt::SizeHintRole)
        return QSize(0, 2 * QFontMetrics(QApplication::font()).lineSpacing() + 10);
    if (role == Qt::ForegroundRole && isConfirmed)
        return QColor(shell::theme::quietWords);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return isConfirmed                    ? tr("%1: confirmed").arg(QString::fromStdString(report.document.id))
               : report.state == State::Begun ? tr("%1: begun").arg(QString::fromStdString(report.document.id))
                                              : tr("%1: to do").arg(QString::fromStdString(report.document.id));
    return {};
}

} // namespace hounsfield::reporting
