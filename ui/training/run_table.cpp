#include "ui/training/run_table.h"

#include <QLocale>

#include "ui/shell/translate.h"
#include "ui/training/figures.h"
#include "ui/training/option_words.h"

#include <set>

namespace hounsfield::training {

namespace {

QString number(std::int64_t value)
{
    return QLocale().toString(static_cast<qlonglong>(value));
}

QString endingText(learning::Ending ending)
{
    switch (ending) {
    case learning::Ending::Finished:
        return RunTable::tr("Finished");
    case learning::Ending::EarlyStop:
        return RunTable::tr("Ended early: no more progress");
    case learning::Ending::Stopped:
        return RunTable::tr("Stopped");
    default:
        return RunTable::tr("Diverged");
    }
}

std::set<std::pair<std::string, int>> testCases(const learning::Run& run)
{
    std::set<std::pair<std::string, int>> cases;
    for (const learning::Prediction& prediction : run.predictions)
        if (prediction.part == learning::Part::Test)
            cases.emplace(prediction.pixelHash, prediction.label);
    return cases;
}

} // namespace

const learning::Metrics* figuresOf(const learning::Run& run)
{
    if (run.test)
        return &*run.test;
    return run.validation ? &*run.validation : nullptr;
}

bool haveSameTest(const learning::Run& first, const learning::Run& second)
{
    return first.test && second.test && first.classes == second.classes && testCases(first) == testCases(second);
}

void RunTable::setRuns(const std::vector<RunPointer>& runs)
{
    beginResetModel();
    m_runs = runs;
    endResetModel();
}

RunPointer RunTable::run(int row) const
{
    return row >= 0 && row < rowCount() ? m_runs[static_cast<std::size_t>(row)] : nullptr;
}

int RunTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RunTable::data(const QModelIndex& index, int role) const
{
    const RunPointer run = this->run(index.row());
    if (!run)
        return {};
    if (role == Qt::ToolTipRole)
        return QString::fromStdString(run->folder.string());
    if (role != Qt::DisplayRole)
        return {};
    const learning::Metrics* figures = figuresOf(*run);
    switch (index.column()) {
    case Finished:
        return dateText(run->finished);
    case Network:
        return QString::fromStdString(run->network);
    case Data:
        return QString::fromStdString(run->data);
    case Images:
        return figures ? number(figures->n) : QStringLiteral("–");
    case Epochs:
        return number(run->epochs);
    case Auc:
        return figures ? figureText(figures->auc) : QStringLiteral("–");
    case Accuracy:
        return figures ? figureText(figures->accuracy) : QStringLiteral("–");
    case Duration:
        return durationText(run->secondsTraining);
    default:
        return endingText(run->ending);
    }
}

QVariant RunTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Finished:
        return tr("Finished");
    case Network:
        return tr("Network");
    case Data:
        return tr("Data");
    case Images:
        return tr("Test images");
    case Epochs:
        return tr("Epochs");
    case Auc:
        return tr("AUC");
    case Accuracy:
        return tr("Accuracy");
    case Duration:
        return tr("Duration");
    default:
        return tr("How it ended");
    }
}

void ComparisonTable::setRuns(const RunPointer& first, const RunPointer& second)
{
    beginResetModel();
    m_rows.clear();
    if (first && second) {
        m_first = dateText(first->finished);
        m_second = dateText(second->finished);
        const auto* a = figuresOf(*first);
        const auto* b = figuresOf(*second);
        if (a && b)
            addFigures(*a, *b, haveSameTest(*first, *second));
        m_rows.push_back(
            {tr("Duration"), durationText(first->secondsTraining), durationText(second->secondsTraining), {}});
        m_rows.push_back(
            {tr("Network"), QString::fromStdString(first->network), QString::fromStdString(second->network), {}});
        m_rows.push_back({tr("Data"), QString::fromStdString(first->data), QString::fromStdString(second->data), {}});
        addOptions(*first, *second);
    }
    endResetModel();
}

void ComparisonTable::addFigures(const learning::Metrics& first, const learning::Metrics& second, bool isComparable)
{
    const auto add = [&](const QString& name, const learning::Figure& a, const learning::Figure& b) {
        const bool hasBoth = isComparable && a.value && b.value;
        const QString difference = hasBoth ? QLocale().toString(*b.value - *a.value, 'f', 3) : QStringLiteral("–");
        m_rows.push_back({name, figureText(a), figureText(b),
            hasBoth && *b.value > *a.value ? QLatin1Char('+') + difference : difference});
    };
    add(tr("AUC"), first.auc, second.auc);
    add(tr("Accuracy"), first.accuracy, second.accuracy);
    add(tr("Balanced accuracy"), first.balancedAccuracy, second.balancedAccuracy);
    if (first.perClass.size() == 2 && second.perClass.size() == 2) {
        add(tr("Sensitivity"), first.perClass[1].sensitivity, second.perClass[1].sensitivity);
        add(tr("Specificity"), first.perClass[1].specificity, second.perClass[1].specificity);
    }
    m_rows.push_back({tr("Test images"), number(first.n), number(second.n), {}});
}

void ComparisonTable::addOptions(const learning::Run& first, const learning::Run& second)
{
    std::set<std::string> names;
    for (const auto& [name, value] : first.options)
        names.insert(name);
    for (const auto& [name, value] : second.options)
        names.insert(name);
    const auto valueOf = [](const learning::Run& run, const std::string& name) {
        const auto found = run.options.find(name);
        return found == run.options.end() ? QStringLiteral("–")
                                          : shell::translated(optionWords().choiceLabel(name, found->second));
    };
    for (const std::string& name : names)
        if (const QString a = valueOf(first, name), b = valueOf(second, name); a != b)
            m_rows.push_back({shell::translated(optionWords().labelOf(name)), a, b, {}});
}

int ComparisonTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ComparisonTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 4;
}

QVariant ComparisonTable::data(const QModelIndex& index, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case 0:
        return row.name;
    case 1:
        return row.first;
    case 2:
        return row.second;
    default:
        return row.difference;
    }
}

QVariant ComparisonTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case 0:
        return QString();
    case 1:
        return m_first;
    case 2:
        return m_second;
    default:
        return tr("Difference");
    }
}

} // namespace hounsfield::training
