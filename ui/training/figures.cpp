#include "ui/training/figures.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>
#include <numeric>

namespace hounsfield::training {

namespace {

using learning::ClassFigures;
using learning::Figure;

struct Column {
    const char* name;
    const char* help;
    Figure ClassFigures::*figure;
};
// clang-format off
constexpr Column columns[] = {
    {QT_TRANSLATE_NOOP("training", "Sensitivity"), QT_TRANSLATE_NOOP("training", "Share of this class's cases that the model found."), &ClassFigures::sensitivity},
    {QT_TRANSLATE_NOOP("training", "Specificity"), QT_TRANSLATE_NOOP("training", "Share of the other cases that the model left alone."), &ClassFigures::specificity},
    {QT_TRANSLATE_NOOP("training", "PPV"), QT_TRANSLATE_NOOP("training", "Positive predictive value: how often it is true when the model says so. It depends on how common the class is."), &ClassFigures::ppv},
    {QT_TRANSLATE_NOOP("training", "NPV"), QT_TRANSLATE_NOOP("training", "Negative predictive value: how often it is true when the model denies it."), &ClassFigures::npv},
    {QT_TRANSLATE_NOOP("training", "F1"), QT_TRANSLATE_NOOP("training", "Harmonic mean of sensitivity and positive predictive value."), &ClassFigures::f1},
    {QT_TRANSLATE_NOOP("training", "AUC"), QT_TRANSLATE_NOOP("training", "Area under the ROC curve of this class against the rest: 0.5 is chance, 1 is perfect."), &ClassFigures::auc},
};
// clang-format on
constexpr int figureColumns = static_cast<int>(std::size(columns));

QString translatedWords(const char* words)
{
    return QCoreApplication::translate("training", words);
}

} // namespace

QString figureText(const Figure& figure)
{
    if (!figure.value)
        return QStringLiteral("–");
    const QLocale locale;
    const auto number = [&](double value) { return locale.toString(value, 'f', 3); };
    if (*figure.value > figure.high) // figures that were made without resampling have no interval
        return number(*figure.value);
    return QStringLiteral("%1 (%2–%3)").arg(number(*figure.value), number(figure.low), number(figure.high));
}

QString dateText(const std::string& iso)
{
    const auto when = QDateTime::fromString(QString::fromStdString(iso), Qt::ISODate);
    return when.isValid() ? when.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"))
                          : QString::fromStdString(iso);
}

QString durationText(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0)
        return QStringLiteral("–");
    const auto whole = static_cast<qint64>(std::ceil(seconds));
    if (whole < 60)
        return QCoreApplication::translate("training", "%1 s").arg(whole);
    if (whole < 3600)
        return QCoreApplication::translate("training", "%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return QCoreApplication::translate("training", "%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

void FiguresTable::setFigures(const learning::Metrics& metrics, const std::vector<std::string>& classes)
{
    beginResetModel();
    m_metrics = metrics;
    m_classes = classes;
    endResetModel();
}

void FiguresTable::clear()
{
    setFigures({}, {});
}

int FiguresTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(std::min(m_classes.size(), m_metrics.perClass.size()));
}

int FiguresTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : figureColumns + 2;
}

QVariant FiguresTable::data(const QModelIndex& index, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight));
    const auto row = static_cast<std::size_t>(index.row());
    if (role == Qt::ToolTipRole && index.column() >= 2)
        return translatedWords(columns[index.column() - 2].help);
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == 0)
        return QString::fromStdString(m_classes[row]);
    if (index.column() == 1) {
        const auto& cases = m_metrics.confusion[row];
        return QLocale().toString(static_cast<qlonglong>(std::accumulate(cases.begin(), cases.end(), std::int64_t{0})));
    }
    // The interval below its figure: six columns side by side have no room for more.
    return figureText(m_metrics.perClass[row].*columns[index.column() - 2].figure).replace(" (", "\n(");
}

QVariant FiguresTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    if (section >= 2)
        return translatedWords(role == Qt::DisplayRole ? columns[section - 2].name : columns[section - 2].help);
    if (role != Qt::DisplayRole)
        return {};
    return section == 0 ? QCoreApplication::translate("training", "Class")
                        : QCoreApplication::translate("training", "n");
}

} // namespace hounsfield::training
