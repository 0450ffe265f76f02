#include "ui/reports/readers_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/reports/annotating.h"
#include "ui/reports/panel_parts.h"
#include "ui/reports/readers_model.h"
#include "ui/reports/words.h"
#include "ui/shell/translate.h"

#include <algorithm>

namespace hounsfield::reporting {

namespace {

using Kind = reports::Decision::Kind;
constexpr Kind decisions[] = {Kind::TakeA, Kind::TakeB, Kind::Both, Kind::Neither};
constexpr Qt::Key keys[] = {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4};

QString written(const reports::Figure& figure)
{
    return figure.value ? QLocale().toString(*figure.value, 'f', 2) : QStringLiteral("–");
}

QTableView* tableOf(QAbstractItemModel* model, const char* name, QWidget* parent)
{
    auto* view = new QTableView(parent);
    view->setObjectName(QString::fromLatin1(name));
    view->setModel(model);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setShowGrid(false);
    view->setTabKeyNavigation(false);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + 8);
    return view;
}

} // namespace

AgreementTable::AgreementTable(ReadersModel& model, QObject* parent)
    : QAbstractTableModel(parent)
    , m_model(model)
{
}

void AgreementTable::refresh()
{
    beginResetModel();
    endResetModel();
}

int AgreementTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_model.agreement() ? 0 : static_cast<int>(m_model.agreement()->labels.size()) + 1;
}

int AgreementTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AgreementTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_model.agreement())
        return {};
    const reports::Agreement& all = *m_model.agreement();
    const reports::LabelAgreement& row =
        index.row() == 0 ? all.overall : all.labels[static_cast<std::size_t>(index.row() - 1)];
    if (role == Qt::TextAlignmentRole && index.column() != LabelColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (index.column() == LabelColumn)
        return role != Qt::DisplayRole && role != Qt::ToolTipRole ? QVariant()
               : index.row() == 0                                 ? QVariant(tr("All labels"))
                                                                  : QVariant(labelName(row.label));
    const reports::Figure& figure = index.column() == KappaColumn    ? row.documentKappa
                                    : index.column() == StatusColumn ? row.attributeKappa
                                    : index.column() == ExactColumn  ? row.exactF1
                                                                     : row.overlapF1;
    if (role == Qt::DisplayRole)
        return written(figure);
    const reports::Figure* alpha = index.column() == KappaColumn    ? &row.documentAlpha
                                   : index.column() == StatusColumn ? &row.attributeAlpha
                                                                    : nullptr;
    if (role == Qt::ToolTipRole && alpha && alpha->value && figure.interval)
        return tr("95 % interval %1 to %2, n = %3; Krippendorff's α %4")
            .arg(QLocale().toString(figure.interval->low, 'f', 2), QLocale().toString(figure.interval->high, 'f', 2))
            .arg(figure.count)
            .arg(written(*alpha));
    if (role == Qt::ToolTipRole)
        return figure.interval ? tr("95 % interval %1 to %2, n = %3")
                                     .arg(QLocale().toString(figure.interval->low, 'f', 2),
                                         QLocale().toString(figure.interval->high, 'f', 2))
                                     .arg(figure.count)
                               : tr("Undefined: too little was seen, n = %1").arg(figure.count);
    return {};
}

QVariant AgreementTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == LabelColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    static const char* const tips[] = {"", QT_TR_NOOP("Cohen's κ of the labels of whole reports"),
        QT_TR_NOOP("Cohen's κ of the status of findings that both have marked"),
        QT_TR_NOOP("F1 of annotations with the same words and label"),
        QT_TR_NOOP("F1 of annotations with the same label whose words overlap")};
    if (role == Qt::ToolTipRole)
        return tr(tips[section]);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case LabelColumn:
        return tr("Agreement");
    case KappaColumn:
        return tr("κ\nreport");
    case StatusColumn:
        return tr("κ\nstatus");
    case ExactColumn:
        return tr("F1\nexact");
    default:
        return tr("F1\noverlap");
    }
}

DifferenceTable::DifferenceTable(ReadersModel& model, QObject* parent)
    : QAbstractTableModel(parent)
    , m_model(model)
{
}

void DifferenceTable::refresh()
{
    beginResetModel();
    endResetModel();
}

int DifferenceTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_model.differences().size());
}

int DifferenceTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString DifferenceTable::wordsOf(const reports::Disagreement& what, bool isMine) const
{
    if (!(isMine ? what.isInA : what.isInB))
        return QStringLiteral("–");
    if (what.kind == reports::Disagreement::Kind::DocumentLabel)
        return tr("report: %1").arg(labelName(what.label));
    if (what.kind == reports::Disagreement::Kind::Related && what.relation)
        return tr("relation: %1").arg(QString::fromStdString(what.relation->type));
    const auto& span = isMine ? what.a : what.b;
    if (!span)
        return {};
    const QString words = QString::fromStdString(span->surface).simplified();
    const QString label = labelName(span->label);
    if (what.kind != reports::Disagreement::Kind::Attributes)
        return tr("%1: “%2”").arg(label, words);
    const auto& other = isMine ? what.b : what.a;
    QStringList values; // what both say alike is no news
    for (const auto& [name, value] : span->attributes)
        if (const auto same = other->attributes.find(name); same == other->attributes.end() || same->second != value)
            values << attributeName(name, value);
    if (values.isEmpty())
        values << tr("says nothing more");
    return tr("%1: “%2”").arg(values.join(QStringLiteral(", ")), words);
}

QVariant DifferenceTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ReadersModel::Difference& row = m_model.differences()[static_cast<std::size_t>(index.row())];
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case ReportColumn:
        return QString::fromStdString(row.reportName);
    case MineColumn:
        return wordsOf(row.what, true);
    default:
        return wordsOf(row.what, false);
    }
}

QVariant DifferenceTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ReportColumn:
        return tr("Report");
    case MineColumn:
        return tr("You");
    default:
        return QString::fromStdString(m_model.reader());
    }
}

ReadersPanel::ReadersPanel(ReadersModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_figures(new AgreementTable(model, this))
    , m_differences(new DifferenceTable(model, this))
{
    setObjectName(QStringLiteral("readersPanel"));
    build();
    connect(m_reader, &QComboBox::activated, this,
        [this](int row) { m_model.chooseReader(m_model.readers()[static_cast<std::size_t>(row)]); });
    connect(m_differenceView->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& index) {
            if (index.isValid())
                m_model.show(static_cast<std::size_t>(index.row()));
            refreshRelations();
        });
    connect(&model, &ReadersModel::changed, this, &ReadersPanel::refresh);
    writeTexts();
}

void ReadersPanel::build()
{
    m_title = wrapped("readersTitle", "heading", this);
    m_hint = wrapped("readersHint", "quiet", this);
    m_problem = wrapped("readersProblem", "bad", this);
    m_differencesTitle = wrapped("differencesTitle", "heading", this);
    m_reader = named(new QComboBox(this), "reader");
    m_figureView = tableOf(m_figures, "agreement", this);
    m_figureView->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_figureView->horizontalHeader()->setSectionResizeMode(AgreementTable::LabelColumn, QHeaderView::Stretch);
    m_differenceView = tableOf(m_differences, "differences", this);
    m_differenceView->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_differenceView->horizontalHeader()->setSectionResizeMode(
        DifferenceTable::ReportColumn, QHeaderView::ResizeToContents);
    m_differenceView->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    addAll(column, {m_title, m_hint, m_reader, m_problem});
    column->addWidget(m_figureView, 2);
    column->addWidget(m_differencesTitle);
    column->addWidget(m_differenceView, 3);
    m_relations = wrapped("relationsLost", "warning", this);
    column->addWidget(m_relations);
    buildDecisions(column);
    m_gone = wrapped("relationsGone", "quiet", this);
    column->addWidget(m_gone);
}

void ReadersPanel::buildDecisions(QVBoxLayout* column)
{
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    for (const Kind decision : decisions) {
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("decide.%1").arg(static_cast<int>(decision)));
        button->setProperty("role", "plain");
        button->setFocusPolicy(Qt::StrongFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &QToolButton::clicked, this, [this, decision] { settle(decision); });
        buttons->addWidget(button);
        m_decisions.push_back(button);
    }
    column->addLayout(buttons);
}

void ReadersPanel::writeTexts()
{
    setWindowTitle(tr("Readers"));
    m_title->setText(tr("Two readers"));
    for (std::size_t i = 0; i < m_decisions.size(); ++i)
        m_decisions[i]->setText(decisionName(i) + QStringLiteral("  %1").arg(i + 1));
    m_reader->setAccessibleName(tr("The other reader"));
    m_figureView->setAccessibleName(tr("Agreement"));
    m_differenceView->setAccessibleName(tr("Disagreements"));
    refresh();
}

void ReadersPanel::refresh()
{
    const bool hasReader = !m_model.reader().empty();
    m_hint->setText(hasReader
                        ? tr("Only reports that both have read count. Hold the pointer over a figure for its interval.")
                        : tr("Import the annotations of another reader (Files) to compare them with yours."));
    {
        const QSignalBlocker blocker(m_reader);
        m_reader->clear();
        for (const std::string& name : m_model.readers())
            m_reader->addItem(QString::fromStdString(name));
        m_reader->setCurrentText(QString::fromStdString(m_model.reader()));
    }
    m_reader->setVisible(hasReader);
    m_problem->setText(m_model.problem() ? shell::translated(*m_model.problem()) : QString());
    m_problem->setVisible(m_model.problem().has_value());
    const int row = std::max(0, m_differenceView->currentIndex().row());
    m_figures->refresh();
    {
        const QSignalBlocker blocker(m_differenceView->selectionModel());
        m_differences->refresh();
    }
    const bool hasDifferences = !m_model.differences().empty();
    m_figureView->setVisible(hasReader);
    if (!hasDifferences && m_differenceView->hasFocus())
        m_reader->setFocus(); // else the next key would go to whatever comes first
    m_differenceView->setVisible(hasDifferences);
    m_differencesTitle->setVisible(hasReader);
    m_differencesTitle->setText(m_model.isBusy()  ? tr("Comparing…")
                                : !hasDifferences ? tr("Nothing is left to settle.")
                                                  : tr("To settle: %1").arg(m_model.differences().size()));
    for (QToolButton* each : m_decisions)
        each->setVisible(hasDifferences);
    if (hasDifferences && !m_model.isBusy())
        m_differenceView->selectRow(std::min(row, m_differences->rowCount() - 1));
    refreshRelations();
}

QString ReadersPanel::decisionName(std::size_t number)
{
    const QString names[] = {tr("Yours"), tr("Theirs"), tr("Both"), tr("Neither")};
    return names[number];
}

/// What a decision takes away beside the annotation: before it is made, and after.
void ReadersPanel::refreshRelations()
{
    const int row = m_differenceView->currentIndex().row();
    QStringList losses;
    for (std::size_t i = 0; i < std::size(decisions) && row >= 0 && !m_model.isBusy(); ++i)
        if (const auto lost = m_model.relationsLost(static_cast<std::size_t>(row), decisions[i]))
            losses << tr("%1: %2").arg(decisionName(i)).arg(lost);
    m_relations->setText(tr("Relations that would go with the annotation – %1.").arg(losses.join(tr(", "))));
    m_relations->setVisible(!losses.isEmpty());
    m_gone->setText(tr("Relations that went with the last decision: %1. Undo brings the annotation and them back.")
                        .arg(m_model.relationsGone()));
    m_gone->setVisible(m_model.relationsGone() > 0);
}

void ReadersPanel::settle(reports::Decision::Kind decision)
{
    const int row = m_differenceView->currentIndex().row();
    if (row >= 0 && !m_model.isBusy())
        m_model.settle(static_cast<std::size_t>(row), decision);
}

bool ReadersPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress)
        for (std::size_t i = 0; i < std::size(keys); ++i)
            if (static_cast<QKeyEvent*>(event)->key() == keys[i]) {
                settle(decisions[i]);
                return true;
            }
    return QWidget::eventFilter(watched, event);
}

void ReadersPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QWidget::changeEvent(event);
}

} // namespace hounsfield::reporting
