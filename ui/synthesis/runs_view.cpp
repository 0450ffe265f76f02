#include "ui/synthesis/runs_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/synthesis/synthesis_model.h"
#include "ui/synthesis/verdict_words.h"
#include "ui/training/figures.h"

namespace hounsfield::synthesising {

namespace {

QString plain(const std::string& words)
{
    return QString::fromStdString(words);
}

QString number(std::int64_t value)
{
    return QLocale().toString(static_cast<qlonglong>(value));
}

} // namespace

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

QString RunTable::words(const PairRecord& record, int column) const
{
    using Ended = synthesis::PairRun::Ending;
    const QString none = QStringLiteral("–");
    if (column == Name)
        return plain(record.name());
    if (column == Trial)
        return record.trial ? differenceText(record.trial->difference) : tr("not tried yet");
    if (!record.run) {
        if (column == Ending)
            return record.wish ? tr("interrupted") : tr("generator alone");
        return column == Network && record.wish ? plain(record.wish->network) : none;
    }
    const synthesis::PairRun& run = *record.run;
    switch (column) {
    case Network:
        return QStringLiteral("%1, %2 × %2").arg(plain(run.network), number(run.size));
    case Data:
        return plain(run.data);
    case Images:
        return number(run.members);
    case Steps:
        return number(run.steps);
    case Distance:
        return run.kept() ? QLocale().toString(run.kept()->kid, 'f', 3) : none;
    default:
        return run.ending == Ended::Finished  ? tr("finished")
               : run.ending == Ended::Stopped ? tr("stopped")
                                              : tr("alarm");
    }
}

QVariant RunTable::data(const QModelIndex& index, int role) const
{
    const PairRecord& record = *m_runs[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return words(record, index.column());
    if (role == Qt::ToolTipRole)
        return index.column() == Name ? plain(record.folder.string()) : words(record, index.column());
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = index.column() >= Images && index.column() <= Distance;
        return int(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    }
    return {};
}

QVariant RunTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Training"), tr("Networks"), tr("Data"), tr("Images"), tr("Steps"), tr("KID"),
        tr("Did it help? (AUC)"), tr("Ending")};
    return names[section];
}

RunsView::RunsView(SynthesisModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_runs(new RunTable(this))
    , m_hint(new QLabel(this))
    , m_table(new QTableView(this))
    , m_show(new QPushButton(this))
{
    m_hint->setProperty("role", "quiet");
    m_hint->setWordWrap(true);
    m_table->setObjectName(QStringLiteral("runs"));
    m_table->setModel(m_runs);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->installEventFilter(this);
    m_show->setObjectName(QStringLiteral("showRun"));
    auto* head = new QHBoxLayout;
    head->addWidget(m_hint, 1);
    head->addWidget(m_show);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    connect(m_table, &QTableView::clicked, this,
        [this](const QModelIndex& index) { m_model.showRun(m_runs->run(index.row())); });
    connect(m_table, &QTableView::doubleClicked, this, &RunsView::showCurrent);
    connect(m_show, &QPushButton::clicked, this, &RunsView::showCurrent);
    retranslate();
}

void RunsView::retranslate()
{
    m_hint->setText(
        tr("A click chooses the training that the whole page shows and that Resume goes on with; double "
           "click or Enter opens its verdict. A generator.onnx that is dropped on the page is opened too."));
    m_show->setText(tr("Show its verdict"));
    m_table->setAccessibleName(tr("Trainings"));
    refresh();
}

void RunsView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void RunsView::refresh()
{
    m_runs->setRuns(m_model.runs());
    for (int row = 0; row < m_runs->rowCount(); ++row)
        if (m_model.run() && m_runs->run(row)->folder == m_model.run()->folder)
            m_table->setCurrentIndex(m_runs->index(row, 0));
    m_show->setEnabled(m_runs->rowCount() > 0);
}

void RunsView::showCurrent()
{
    const auto run = m_runs->run(m_table->currentIndex().row());
    if (!run)
        return;
    if (run != m_model.run())
        m_model.showRun(run);
    emit chosen();
}

bool RunsView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            showCurrent();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hounsfield::synthesising
