#include "ui/viewer/series_list.h"

#include <QMimeData>

#include "core/files/series.h"
#include "ui/shell/translate.h"
#include "ui/viewer/tile_texts.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace hounsfield::viewer {

namespace {

/// A study by its UID; where files name none, by patient and folder.
auto studyKey(const files::Series& series)
{
    const image::Facts& facts = series.facts;
    return facts.studyInstanceUID.empty() ? std::tuple(std::string(), facts.patientID, series.folder)
                                          : std::tuple(facts.studyInstanceUID, facts.patientID, std::string());
}

void sideBySide(std::vector<ListedSeries>& rows)
{
    std::map<decltype(studyKey(files::Series())), std::size_t> first;
    for (std::size_t i = 0; i < rows.size(); ++i)
        first.emplace(studyKey(rows[i].series), i);
    std::vector<std::pair<std::size_t, std::size_t>> order; // the study's first row, own row
    for (std::size_t i = 0; i < rows.size(); ++i)
        order.emplace_back(first.at(studyKey(rows[i].series)), i);
    std::ranges::sort(order);
    std::vector<ListedSeries> sorted;
    for (const auto& [study, row] : order)
        sorted.push_back(std::move(rows[row]));
    rows = std::move(sorted);
}

QString kindOf(const image::Facts& facts)
{
    QStringList words;
    for (const QString& word : {QString::fromStdString(facts.modality),
             facts.seriesNumber.empty() ? QString() : QLatin1Char('#') + QString::fromStdString(facts.seriesNumber)})
        if (!word.isEmpty())
            words << word;
    return words.join(QStringLiteral("  "));
}

} // namespace

bool SeriesList::isSameStudy(const files::Series& a, const files::Series& b)
{
    return studyKey(a) == studyKey(b);
}

void SeriesList::setRows(std::vector<ListedSeries> rows)
{
    sideBySide(rows);
    const bool isLonger =
        rows.size() >= m_rows.size()
        && std::equal(m_rows.begin(), m_rows.end(), rows.begin(),
            [](const ListedSeries& a, const ListedSeries& b) { return files::isSameSeries(a.series, b.series); });
    if (!isLonger) {
        beginResetModel();
        m_rows = std::move(rows);
        m_open = -1;
        endResetModel();
        return;
    }
    const int known = static_cast<int>(m_rows.size());
    for (int row = 0; row < known; ++row) {
        const auto i = static_cast<std::size_t>(row);
        const bool isOther = m_rows[i].preview.cacheKey() != rows[i].preview.cacheKey()
                             || m_rows[i].series.slices.size() != rows[i].series.slices.size()
                             || m_rows[i].series.problems != rows[i].series.problems;
        m_rows[i] = std::move(rows[i]);
        if (isOther)
            emit dataChanged(index(row), index(row));
    }
    if (rows.size() == m_rows.size())
        return;
    beginInsertRows({}, known, static_cast<int>(rows.size()) - 1);
    std::move(rows.begin() + known, rows.end(), std::back_inserter(m_rows));
    endInsertRows();
}

std::ptrdiff_t SeriesList::placeOf(const files::Series& series) const
{
    const auto found =
        std::ranges::find_if(m_rows, [&](const ListedSeries& row) { return files::isSameSeries(row.series, series); });
    return found == m_rows.end() ? -1 : found - m_rows.begin();
}

void SeriesList::setOpen(std::ptrdiff_t row)
{
    if (row == m_open)
        return;
    const std::ptrdiff_t before = std::exchange(m_open, row);
    for (const std::ptrdiff_t changed : {before, row})
        if (changed >= 0 && changed < rowCount())
            emit dataChanged(index(static_cast<int>(changed)), index(static_cast<int>(changed)));
}

void SeriesList::retranslate()
{
    if (!m_rows.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

int SeriesList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString SeriesList::heading(std::size_t row) const
{
    const files::Series& series = m_rows[row].series;
    if (row > 0 && isSameStudy(m_rows[row - 1].series, series))
        return {};
    const QString name = personName(series.facts.patientName);
    QStringList words{
        name.isEmpty() ? QString::fromStdString(series.facts.patientID) : name, readableDate(series.facts.studyDate)};
    words.removeAll({});
    return words.isEmpty() ? QString::fromStdString(series.folder).section(QLatin1Char('/'), -1)
                           : words.join(QStringLiteral("  "));
}

QVariant SeriesList::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const files::Series& series = m_rows[row].series;
    const QString count = tr("Images: %1").arg(series.slices.size());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: {
        QStringList words{kindOf(series.facts), QString::fromStdString(files::nameOf(series)), count};
        if (index.row() == m_open)
            words << tr("open");
        words.removeAll({});
        return words.join(QStringLiteral(", "));
    }
    case Qt::DecorationRole:
        return m_rows[row].preview.isNull() ? QVariant() : QVariant(m_rows[row].preview);
    case Qt::ToolTipRole: {
        QStringList lines{QString::fromStdString(files::nameOf(series)), QString::fromStdString(series.folder)};
        for (const Text& problem : series.problems)
            lines << QStringLiteral("⚠ ") + shell::translated(problem);
        return lines.join(QLatin1Char('\n'));
    }
    case HeadingRole:
        return heading(row);
    case KindRole:
        return kindOf(series.facts);
    case DescriptionRole:
        return QString::fromStdString(files::nameOf(series));
    case CountRole:
        return count;
    case IsOpenRole:
        return index.row() == m_open;
    case IsFlawedRole:
        return !series.problems.empty();
    default:
        return {};
    }
}

Qt::ItemFlags SeriesList::flags(const QModelIndex& index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled : Qt::NoItemFlags;
}

QStringList SeriesList::mimeTypes() const
{
    return {QString::fromLatin1(mimeType)};
}

QMimeData* SeriesList::mimeData(const QModelIndexList& indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto* data = new QMimeData;
    data->setData(QString::fromLatin1(mimeType), QByteArray::number(indexes.front().row()));
    return data;
}

} // namespace hounsfield::viewer
