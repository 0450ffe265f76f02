#include "ui/reports/evidence_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFont>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/reports/evidence_model.h"
#include "ui/reports/panel_parts.h"
#include "ui/shell/translate.h"

namespace hounsfield::reporting {

ProbabilityTable::ProbabilityTable(EvidenceModel& model, QObject* parent)
    : QAbstractTableModel(parent)
    , m_model(model)
{
}

void ProbabilityTable::refresh()
{
    const int rows = static_cast<int>(m_model.view().rows.size());
    if (rows != m_rows) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
    } else if (rows > 0) {
        emit dataChanged(index(0, 0), index(rows - 1, ColumnCount - 1));
    }
}

int ProbabilityTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int ProbabilityTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProbabilityTable::data(const QModelIndex& index, int role) const
{
    const EvidenceModel::View view = m_model.view();
    if (!index.isValid() || index.row() >= static_cast<int>(view.rows.size()))
        return {};
    const EvidenceModel::Row& row = view.rows[static_cast<std::size_t>(index.row())];
    const auto percent = [](double p) { return tr("%1 %").arg(QLocale().toString(100 * p, 'f', 1)); };
    if (role == Qt::DisplayRole)
        switch (index.column()) {
        case LabelColumn:
            return (row.isCalled ? QStringLiteral("● ") : QStringLiteral("○ ")) + QString::fromStdString(row.label);
        case NetworkColumn:
            return percent(row.network);
        default:
            return percent(row.baseline);
        }
    if (role == Qt::TextAlignmentRole && index.column() != LabelColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && row.isCalled) {
        QFont font;
        font.setBold(true);
        return font;
    }
    if (role == Qt::ToolTipRole)
        return row.isCalled
                   ? tr("At or above the model's threshold of %1 %.")
                         .arg(QLocale().toString(100 * view.threshold, 'f', 0))
                   : tr("Below the model's threshold of %1 %.").arg(QLocale().toString(100 * view.threshold, 'f', 0));
    return {};
}

QVariant ProbabilityTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == LabelColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case LabelColumn:
        return tr("Label");
    case NetworkColumn:
        return m_model.isMean() ? tr("Mean") : tr("Network");
    default:
        return tr("Word counts");
    }
}

EvidencePanel::EvidencePanel(EvidenceModel& model, shell::Choosers choosers, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_choosers(std::move(choosers))
    , m_rows(new ProbabilityTable(model, this))
{
    setObjectName(QStringLiteral("evidencePanel"));
    build();
    connect(m_choose, &QPushButton::clicked, this, &EvidencePanel::chooseModel);
    connect(m_readAll, &QPushButton::clicked, &model, &EvidenceModel::readAll);
    connect(m_method, &QComboBox::activated, &model,
        [this](int row) { m_model.setMethod(static_cast<EvidenceModel::Method>(row)); });
    connect(m_mean, &QCheckBox::toggled, &model, &EvidenceModel::setMean);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (index.isValid() && index.row() != m_model.view().chosen)
            m_model.chooseLabel(index.row());
    });
    connect(&model, &EvidenceModel::changed, this, &EvidencePanel::refresh);
    writeTexts();
}

void EvidencePanel::build()
{
    m_title = wrapped("evidenceTitle", "heading", this);
    m_name = wrapped("reportModel", "quiet", this);
    m_problem = wrapped("evidenceProblem", "bad", this);
    m_methodLabel = wrapped("methodLabel", "quiet", this);
    m_methodNote = wrapped("methodNote", "quiet", this);
    m_sum = wrapped("gradientSum", "quiet", this);
    m_choose = named(new QPushButton(this), "chooseReportModel");
    m_readAll = named(new QPushButton(this), "readAll");
    m_method = named(new QComboBox(this), "method");
    m_mean = named(new QCheckBox(this), "mean");
    buildTable();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    addAll(column, {m_title, m_name, m_choose, m_problem});
    column->addWidget(m_table, 1);
    addAll(column, {m_mean, m_methodLabel, m_method, m_methodNote, m_sum, m_readAll});
}

void EvidencePanel::buildTable()
{
    m_table = named(new QTableView(this), "probabilities");
    m_table->setModel(m_rows);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->horizontalHeader()->setSectionResizeMode(ProbabilityTable::LabelColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(ProbabilityTable::NetworkColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(ProbabilityTable::BaselineColumn, QHeaderView::ResizeToContents);
}

void EvidencePanel::writeTexts()
{
    setWindowTitle(tr("Model"));
    m_title->setText(tr("What a learned model says"));
    m_choose->setText(tr("Choose a model…"));
    m_readAll->setText(tr("Read all reports"));
    m_readAll->setToolTip(
        tr("Then the queue can begin with those the model is least sure of, or where it and the rules "
           "disagree."));
    m_mean->setText(tr("Mean with the word counts' regression"));
    m_mean->setToolTip(tr("The mean of both logits: it ranks better, its yes and no are no better."));
    m_methodLabel->setText(tr("Words that speak for the chosen label"));
    const int method = std::max(0, m_method->currentIndex());
    m_method->clear();
    m_method->addItems({tr("Attention × gradient"), tr("Attention alone"), tr("Integrated gradients"),
        tr("Leaving out one word at a time")});
    m_method->setCurrentIndex(method);
    m_method->setAccessibleName(m_methodLabel->text());
    m_table->setAccessibleName(tr("Probabilities"));
    refresh();
}

void EvidencePanel::refresh()
{
    const EvidenceModel::View view = m_model.view();
    m_name->setText(view.modelName.isEmpty()
                        ? tr("No model is chosen. Train one on the Training page, or choose a file.")
                        : view.modelName);
    m_problem->setText(view.problem ? shell::translated(*view.problem) : QString());
    m_problem->setVisible(view.problem.has_value());
    const bool hasRows = !view.rows.empty();
    for (QWidget* each : std::initializer_list<QWidget*>{m_table, m_mean, m_methodLabel, m_method, m_methodNote})
        each->setVisible(hasRows);
    m_readAll->setVisible(!view.modelName.isEmpty());
    m_rows->refresh();
    if (view.chosen >= 0 && m_table->currentIndex().row() != view.chosen)
        m_table->setCurrentIndex(m_rows->index(view.chosen, 0));
    m_methodNote->setText(methodNote());
    m_sum->setText(view.sum);
    m_sum->setVisible(!view.sum.isEmpty());
}

/// What the shades mean, and what they cannot.
QString EvidencePanel::methodNote() const
{
    const EvidenceModel::View view = m_model.view();
    const QString instead = tr("This network has no attention: its words' vectors × gradient are shown.");
    QStringList notes;
    switch (m_model.method()) {
    case EvidenceModel::Method::Highlight:
        notes << (view.hasAttention ? tr("How much each word speaks for the label (warm) or against it (cold).")
                                    : instead);
        break;
    case EvidenceModel::Method::Attention:
        notes << (view.hasAttention ? tr("Attention says where the network looks, not why. Alone it is no explanation.")
                                    : instead);
        break;
    case EvidenceModel::Method::IntegratedGradients:
        notes << tr("What each word adds on the way from a text of empty words to this one.");
        break;
    case EvidenceModel::Method::LeaveOneOut:
        notes << tr("How much the probability falls when the word is left out and the text is read anew.");
        break;
    }
    if (view.isCut)
        notes << tr("The model reads the beginning of this report only.");
    if (!view.faithfulness.isEmpty())
        notes << view.faithfulness;
    return notes.join(QLatin1Char(' '));
}

void EvidencePanel::chooseModel()
{
    const QStringList files = m_choosers.files(this, tr("Choose a model of reports"), tr("Models (*.onnx)"));
    if (!files.isEmpty())
        emit modelChosen(files.first());
}

void EvidencePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QWidget::changeEvent(event);
}

} // namespace hounsfield::reporting
