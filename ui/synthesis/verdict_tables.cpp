#include "ui/synthesis/verdict_tables.h"

#include <QBrush>
#include <QColor>
#include <QLocale>

#include "ui/shell/theme.h"
#include "ui/shell/translate.h"
#include "ui/training/figures.h"

#include <cmath>

namespace hounsfield::synthesising {

using training::figureText;

namespace {

QString number(double value)
{
    return QLocale().toString(value, 'f', 3);
}

QString percent(double share)
{
    return QLocale().toString(100 * share, 'f', 1) + QStringLiteral(" %");
}

QString percent(const learning::Figure& share)
{
    if (!share.value)
        return QStringLiteral("–");
    return QStringLiteral("%1 (%2–%3)").arg(percent(*share.value), percent(share.low), percent(share.high));
}

} // namespace

void TrialTable::setTrial(const std::optional<synthesis::TrialResult>& trial)
{
    beginResetModel();
    m_auc = trial ? trial->auc : std::vector<learning::Figure>();
    endResetModel();
}

int TrialTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(std::min<std::size_t>(m_auc.size(), synthesis::trialArms));
}

int TrialTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TrialTable::data(const QModelIndex& index, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (index.column() == Auc ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (index.column() == Auc)
        return figureText(m_auc[static_cast<std::size_t>(index.row())]);
    using Arm = synthesis::TrialArm;
    const bool isName = index.column() == Name;
    switch (static_cast<Arm>(index.row())) {
    case Arm::Real:
        return isName ? tr("Real images") : tr("The real images alone");
    case Arm::Repeated:
        return isName ? tr("Real, repeated") : tr("Control: the same images again instead of made ones");
    case Arm::Classic:
        return isName ? tr("Real, changed") : tr("Control: rotated, shifted, zoomed, as is common practice");
    case Arm::Made:
        return isName ? tr("Real and made") : tr("Made images added");
    case Arm::ClassicMade:
        return isName ? tr("Real and made, changed") : tr("Made images added, all changed at random");
    default:
        return isName ? tr("Made alone") : tr("Without a single real image");
    }
}

QVariant TrialTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Learned from") : section == Auc ? tr("AUC on real test images") : tr("What it is");
}

void MeasureTable::setJudgement(const std::optional<synthesis::GeneratorJudgement>& judged)
{
    m_judged = judged;
    retranslate();
}

void MeasureTable::retranslate()
{
    beginResetModel();
    build();
    endResetModel();
}

void MeasureTable::add(const char* key, Row row, bool isThere)
{
    if (!isThere) {
        const auto reason = m_judged->missing.find(key);
        row.made = QStringLiteral("–");
        row.isBad = false;
        row.remark = reason != m_judged->missing.end() ? tr("Not measured: %1").arg(shell::translated(reason->second))
                                                       : tr("Not measured.");
    }
    m_rows.push_back(std::move(row));
}

void MeasureTable::addMeasures()
{
    const auto& judged = *m_judged;
    const QString names[] = {tr("Fréchet distance (FID)"), tr("Kernel distance (KID)"), tr("Precision"), tr("Recall"),
        tr("Density"), tr("Coverage")};
    const QString remarks[] = {tr("Smaller is nearer to real; grows with fewer images"),
        tr("Smaller is nearer to real; may be below 0"), tr("Share of made images that lie among real ones"),
        tr("Share of real images that lie among made ones"), tr("How close made images keep to real ones; 1 is right"),
        tr("Share of real images with a made one near; shows collapse")};
    const auto rows = synthesis::measureTable();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row row{names[i], {}, QStringLiteral("–"), QStringLiteral("–"), remarks[i]};
        if (judged.measures)
            row.made = number(rows[i].of(*judged.measures));
        if (judged.floor && i < judged.floor->figures.size())
            row.beside = figureText(judged.floor->figures[i]);
        if (judged.trainToTest)
            row.trainToTest = number(rows[i].of(*judged.trainToTest));
        add(rows[i].key, std::move(row), judged.measures.has_value());
    }
}

void MeasureTable::build()
{
    m_rows.clear();
    if (!m_judged)
        return;
    const auto& judged = *m_judged;
    addMeasures();
    add("recognised",
        {tr("Read as meant"), judged.recognised ? percent(*judged.recognised) : QString(), {}, {},
            tr("By the classifier trained on real images; 90 % are asked")},
        judged.recognised.has_value());
    add("tstr_auc",
        {tr("Trained on made (TSTR, AUC)"), figureText(judged.tstr), figureText(judged.trtr), {},
            tr("Tested on real images; beside it: trained on real ones")},
        judged.tstr.value.has_value());
    const bool hasCopies = judged.copies.value.value_or(0) > 0.01;
    add("copies",
        {tr("Copies"), percent(judged.copies), percent(judged.copiesOfHeldOut), {},
            hasCopies ? tr("Too many: 1 % at most is asked")
                      : tr("1 % at most is asked; beside it: of real images never seen"),
            hasCopies},
        judged.copies.value.has_value());
    const bool isLeak = judged.membership.value.value_or(0) > synthesis::mostMembership;
    add("membership_auc",
        {tr("Memory (membership, AUC)"), figureText(judged.membership), number(0.5), {},
            isLeak ? tr("It remembers them: images are not added to a training set above %1")
                         .arg(number(synthesis::mostMembership))
                   : tr("Does the discriminator know its training images? 0.5: no; 0.55 at most is asked"),
            isLeak},
        judged.membership.value.has_value());
}

int MeasureTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MeasureTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MeasureTable::data(const QModelIndex& index, int role) const
{
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole)
        return int(
            Qt::AlignVCenter | (index.column() == Name || index.column() == Remark ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::ForegroundRole && row.isBad && index.column() == Remark)
        return QBrush(QColor(shell::theme::bad));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const QString* cells[] = {&row.name, &row.made, &row.beside, &row.trainToTest, &row.remark};
    return *cells[index.column()];
}

QVariant MeasureTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return {};
    if (role == Qt::ToolTipRole && section == Beside)
        return tr("What two halves of the real training images give: as near as made images can come");
    if (role == Qt::ToolTipRole && section == TrainToTest)
        return tr("How far the real test images lie from the real training images: a shift of the data, no floor");
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {
        tr("Figure"), tr("Made images"), tr("Real beside real"), tr("Training to test"), tr("Remark")};
    return names[section];
}

} // namespace hounsfield::synthesising
