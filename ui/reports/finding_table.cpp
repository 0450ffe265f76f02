#include "ui/reports/finding_table.h"

#include <QFont>
#include <QIcon>
#include <QPixmap>

#include "core/reports/annotating.h"
#include "ui/reports/reports_model.h"
#include "ui/reports/words.h"

#include <algorithm>

namespace hounsfield::reporting {

namespace {

std::string valueOf(const reports::Annotation& span, const char* name)
{
    const auto found = span.attributes.find(name);
    return found == span.attributes.end() ? std::string() : found->second;
}

} // namespace

/// "absent, left, 12 mm"
QString FindingTable::saysOf(const reports::Annotation& span)
{
    QStringList words{statusName(valueOf(span, reports::attribute::status))};
    words << sideName(valueOf(span, reports::attribute::side));
    if (const std::string size = valueOf(span, reports::attribute::sizeMm); !size.empty())
        words << tr("%1 mm").arg(QString::fromStdString(size));
    words.removeAll(QString());
    return words.join(QStringLiteral(", "));
}

FindingTable::FindingTable(ReportsModel& model, QObject* parent)
    : QAbstractTableModel(parent)
    , m_model(model)
{
}

void FindingTable::refresh()
{
    std::vector<const reports::Annotation*> spans;
    if (m_model.open())
        for (const reports::Annotation& span : m_model.open()->report.document.spans)
            spans.push_back(&span);
    std::ranges::stable_sort(spans, {}, [](const auto* span) { return span->pieces.front().begin; });
    std::vector<std::string> ids;
    for (const reports::Annotation* span : spans)
        ids.push_back(span->id);
    if (ids != m_ids) {
        beginResetModel();
        m_ids = std::move(ids);
        endResetModel();
    } else if (!m_ids.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

int FindingTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int FindingTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

std::string FindingTable::idOf(int row) const
{
    return row >= 0 && row < rowCount() ? m_ids[static_cast<std::size_t>(row)] : std::string();
}

int FindingTable::rowOf(const std::string& id) const
{
    const auto found = std::ranges::find(m_ids, id);
    return found == m_ids.end() ? -1 : static_cast<int>(found - m_ids.begin());
}

QVariant FindingTable::data(const QModelIndex& index, int role) const
{
    const reports::Annotation* span =
        m_model.open() ? reports::findSpan(m_model.open()->report.document, idOf(index.row())) : nullptr;
    if (!span)
        return {};
    if (role == Qt::DisplayRole)
        switch (index.column()) {
        case LabelColumn:
            return labelName(span->label);
        case StatusColumn:
            return saysOf(*span);
        default:
            return QString::fromStdString(span->surface).simplified();
        }
    if (role == Qt::DecorationRole && index.column() == LabelColumn) {
        QPixmap swatch(10, 10);
        swatch.fill(QColor(m_model.colourOf(span->label)));
        return QIcon(swatch);
    }
    if (role == Qt::FontRole && !span->isConfirmed) {
        QFont font;
        font.setItalic(true);
        return font;
    }
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
        return span->isConfirmed ? tr("Confirmed by a person.") : tr("A suggestion: nobody has confirmed it yet.");
    return {};
}

QVariant FindingTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case LabelColumn:
        return tr("Finding");
    case StatusColumn:
        return tr("Status");
    default:
        return tr("Words");
    }
}

} // namespace hounsfield::reporting
