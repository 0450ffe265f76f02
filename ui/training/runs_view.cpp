#include "ui/training/runs_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/training/run_table.h"
#include "ui/training/training_model.h"

namespace hounsfield::training {

RunsView::RunsView(TrainingModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_runs(new RunTable(this))
    , m_comparison(new ComparisonTable(this))
    , m_hint(new QLabel(this))
    , m_table(new QTableView(this))
    , m_remark(new QLabel(this))
    , m_compared(new QTableView(this))
    , m_show(new QPushButton(this))
{
    m_hint->setProperty("role", "quiet");
    m_hint->setWordWrap(true);
    m_remark->setObjectName(QStringLiteral("comparisonRemark"));
    m_remark->setWordWrap(true);
    m_table->setObjectName(QStringLiteral("runs"));
    m_table->setModel(m_runs);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->installEventFilter(this);
    m_compared->setObjectName(QStringLiteral("comparison"));
    m_compared->setModel(m_comparison);
    m_compared->setSelectionMode(QAbstractItemView::NoSelection);
    for (QTableView* table : {m_table, m_compared}) {
        table->verticalHeader()->hide();
        table->setTabKeyNavigation(false);
        table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        table->horizontalHeader()->setStretchLastSection(true);
        table->horizontalHeader()->setHighlightSections(false);
    }
    m_show->setObjectName(QStringLiteral("showRun"));
    auto* head = new QHBoxLayout;
    head->addWidget(m_hint, 1);
    head->addWidget(m_show);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    column->addWidget(m_remark);
    column->addWidget(m_compared, 1);
    connect(m_table, &QTableView::doubleClicked, this, &RunsView::showCurrent);
    connect(m_show, &QPushButton::clicked, this, &RunsView::showCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsView::compareChosen);
    retranslate();
}

void RunsView::retranslate()
{
    m_hint->setText(
        tr("Double click or Enter shows the results of a training; choose two (Ctrl+click) to compare them."));
    m_show->setText(tr("Show results"));
    m_table->setAccessibleName(tr("Trainings"));
    m_compared->setAccessibleName(tr("Comparison"));
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
        if (m_runs->run(row) == m_model.run())
            m_table->setCurrentIndex(m_runs->index(row, 0));
    compareChosen();
}

void RunsView::showCurrent()
{
    if (const auto run = m_runs->run(m_table->currentIndex().row())) {
        m_model.showRun(run);
        emit chosen();
    }
}

void RunsView::compareChosen()
{
    const auto rows = m_table->selectionModel()->selectedRows();
    m_show->setEnabled(m_table->currentIndex().isValid());
    const bool isPair = rows.size() == 2;
    m_compared->setVisible(isPair);
    m_remark->setVisible(isPair);
    if (!isPair) {
        m_comparison->setRuns(nullptr, nullptr);
        return;
    }
    // The older one stands first, so that the difference is what was gained.
    const auto [newer, older] = std::minmax({rows[0].row(), rows[1].row()});
    const auto first = m_runs->run(older);
    const auto second = m_runs->run(newer);
    m_comparison->setRuns(first, second);
    const bool isSame = haveSameTest(*first, *second);
    m_remark->setProperty("role", isSame ? "quiet" : "warning");
    m_remark->setText(
        isSame ? tr("Both were tested on the same cases. A difference within the intervals may be chance.")
               : tr("They were tested on different cases or labels: their figures cannot be set against each other."));
    m_remark->setStyleSheet(m_remark->styleSheet());
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

} // namespace hounsfield::training
