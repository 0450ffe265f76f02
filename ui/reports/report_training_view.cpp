#include "ui/reports/report_training_view.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>

#include "core/learning/text_training.h"
#include "ui/plots/curve_plot.h"
#include "ui/reports/panel_parts.h"
#include "ui/reports/report_training_model.h"
#include "ui/reports/words.h"
#include "ui/shell/translate.h"
#include "ui/training/option_words.h"

#include <algorithm>

namespace hounsfield::reporting {

using Stage = ReportTrainingModel::Stage;
using Source = ReportTrainingModel::Source;

namespace {

const std::optional<reports::ReportFigures>& figuresOf(const reports::ReportRun& run)
{
    return run.test ? run.test : run.validation;
}

QString written(const learning::Figure& figure)
{
    return figure.value ? QLocale().toString(*figure.value, 'f', 3) : QStringLiteral("–");
}

QString withInterval(const learning::Figure& figure)
{
    return figure.value ? QStringLiteral("%1 (%2–%3)")
                              .arg(written(figure), QLocale().toString(figure.low, 'f', 3),
                                  QLocale().toString(figure.high, 'f', 3))
                        : QStringLiteral("–");
}

} // namespace

ReportFigureTable::ReportFigureTable(ReportTrainingModel& model, QObject* parent)
    : QAbstractTableModel(parent)
    , m_model(model)
{
}

void ReportFigureTable::refresh()
{
    beginResetModel();
    endResetModel();
}

int ReportFigureTable::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid() || !m_model.run() || !figuresOf(*m_model.run()))
        return 0;
    return static_cast<int>(figuresOf(*m_model.run())->network.perLabel.size());
}

int ReportFigureTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ReportFigureTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto& figures = *figuresOf(*m_model.run());
    const auto row = static_cast<std::size_t>(index.row());
    const learning::LabelFigures& network = figures.network.perLabel[row];
    const learning::LabelFigures& baseline = figures.baseline.perLabel[row];
    if (role == Qt::TextAlignmentRole && index.column() != LabelColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (index.column() == LabelColumn)
        return role == Qt::DisplayRole ? QVariant(labelName(m_model.run()->model.labels[row])) : QVariant();
    if (index.column() == PositivesColumn)
        return role == Qt::DisplayRole ? QVariant(QLocale().toString(static_cast<qlonglong>(network.positives)))
                                       : QVariant();
    const learning::Figure& figure = index.column() == AucColumn       ? network.auc
                                     : index.column() == F1Column      ? network.f1
                                     : index.column() == BaseAucColumn ? baseline.auc
                                                                       : baseline.f1;
    if (role == Qt::DisplayRole)
        return written(figure);
    if (role == Qt::ToolTipRole)
        return tr("With its 95 % interval: %1").arg(withInterval(figure));
    return {};
}

QVariant ReportFigureTable::headerData(int section, Qt::Orientation orientation, int role) const
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
    case PositivesColumn:
        return tr("Reports\nwith it");
    case AucColumn:
        return tr("Network\nAUC");
    case F1Column:
        return tr("Network\nF1");
    case BaseAucColumn:
        return tr("Word counts\nAUC");
    default:
        return tr("Word counts\nF1");
    }
}

ReportTrainingView::ReportTrainingView(ReportTrainingModel& model, shell::Choosers choosers, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_choosers(std::move(choosers))
    , m_rows(new ReportFigureTable(model, this))
{
    setObjectName(QStringLiteral("reportTraining"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 12, 16, 12);
    row->setSpacing(16);
    row->addWidget(buildForm());
    row->addWidget(buildFigures(), 1);
    connect(m_source, &QComboBox::activated, this, [this](int source) {
        if (static_cast<Source>(source) == Source::Table)
            chooseTables();
        else
            m_model.setSource(static_cast<Source>(source));
        refresh();
    });
    connect(m_tables, &QPushButton::clicked, this, &ReportTrainingView::chooseTables);
    connect(
        m_network, &QComboBox::activated, this, [this] { m_model.setNetwork(m_network->currentText().toStdString()); });
    connect(m_options, &shell::OptionForm::valueChanged, this, [this](const QString& name, const QString& value) {
        m_model.setOption(name.toStdString(), value.toStdString());
    });
    connect(m_train, &QPushButton::clicked, &model, &ReportTrainingModel::train);
    connect(m_stop, &QPushButton::clicked, &model, &ReportTrainingModel::stop);
    connect(&model, &ReportTrainingModel::changed, this, &ReportTrainingView::refresh);
    connect(&model, &ReportTrainingModel::progressed, this, &ReportTrainingView::refreshCurve);
    writeTexts();
}

QWidget* ReportTrainingView::buildForm()
{
    auto* form = new QWidget;
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    buildChoices(form, column);
    buildProgress(form, column);
    column->addStretch(1);
    auto* area = new QScrollArea;
    area->setWidget(form);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFixedWidth(fontMetrics().averageCharWidth() * 52);
    return area;
}

void ReportTrainingView::buildChoices(QWidget* form, QVBoxLayout* column)
{
    m_sourceTitle = wrapped("sourceTitle", "heading", form);
    m_source = named(new QComboBox(form), "labelSource");
    m_tables = named(new QPushButton(form), "chooseTables");
    m_set = wrapped("reportSet", "quiet", form);
    m_networkTitle = wrapped("reportNetworkTitle", "heading", form);
    m_network = named(new QComboBox(form), "reportNetwork");
    for (const learning::TextNetwork& network : learning::textNetworks())
        m_network->addItem(QString::fromStdString(network.name));
    m_networkSummary = wrapped("reportNetworkSummary", "quiet", form);
    m_options = new shell::OptionForm(training::optionWords(), form);
    addAll(column, {m_sourceTitle, m_source, m_tables, m_set, m_networkTitle, m_network, m_networkSummary, m_options});
}

void ReportTrainingView::buildProgress(QWidget* form, QVBoxLayout* column)
{
    m_train = named(new QPushButton(form), "trainReports");
    m_train->setDefault(true);
    m_stop = named(new QPushButton(form), "stopReports");
    m_progress = new QProgressBar(form);
    m_progress->setTextVisible(false);
    m_sentence = wrapped("reportTrainingSentence", "", form);
    m_problem = wrapped("reportTrainingProblem", "bad", form);
    addAll(column, {m_train, m_stop, m_progress, m_sentence, m_problem});
}

QWidget* ReportTrainingView::buildFigures()
{
    m_curve = new plots::CurvePlot;
    m_curve->setObjectName(QStringLiteral("reportCurve"));
    m_figuresTitle = new QLabel;
    m_figuresTitle->setProperty("role", "heading");
    m_figuresTitle->setWordWrap(true);
    m_figuresTitle->setObjectName(QStringLiteral("reportFiguresTitle"));
    m_gain = new QLabel;
    m_gain->setWordWrap(true);
    m_gain->setObjectName(QStringLiteral("reportGain"));
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("reportFigures"));
    m_table->setModel(m_rows);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(ReportFigureTable::LabelColumn, QHeaderView::Stretch);
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_curve, 2);
    column->addWidget(m_figuresTitle);
    column->addWidget(m_gain);
    column->addWidget(m_table, 3);
    return side;
}

void ReportTrainingView::writeTexts()
{
    setWindowTitle(tr("Reports"));
    m_sourceTitle->setText(tr("1  Labelled reports"));
    const int source = std::max(0, m_source->currentIndex());
    m_source->clear();
    m_source->addItems({tr("This project: confirmed by a person"), tr("This project: what the rules say"),
        tr("Tables of reports and labels…")});
    m_source->setCurrentIndex(source);
    m_source->setAccessibleName(tr("Where the labels come from"));
    m_tables->setText(tr("Choose tables…"));
    m_networkTitle->setText(tr("2  Network"));
    m_network->setAccessibleName(tr("Network"));
    m_train->setText(tr("Train"));
    m_stop->setText(tr("Stop"));
    m_curve->setAccessibleName(tr("Loss over the epochs"));
    m_table->setAccessibleName(tr("Figures of each label"));
    m_shownNetwork.clear(); // the form is made anew in the language
    refresh();
    m_options->retranslate();
}

QString ReportTrainingView::setSentence() const
{
    const auto& set = m_model.set();
    if (!set)
        return m_model.source() == Source::Rules
                   ? tr("A model that learns from the rules can only agree with them; it shows no accuracy.")
                   : QString();
    std::array<std::int64_t, 3> parts{};
    for (const learning::Part part : set->parts)
        ++parts[static_cast<std::size_t>(part)];
    QStringList sentences;
    sentences << tr("%1 reports, %2 labels. Training %3, validation %4, test %5.")
                     .arg(set->count())
                     .arg(set->labels.size())
                     .arg(parts[0])
                     .arg(parts[1])
                     .arg(parts[2])
              << shell::translated(set->splitRule);
    for (const Text& note : set->notes)
        sentences << shell::translated(note);
    if (m_model.source() == Source::Rules)
        sentences << tr("A model that learns from the rules can only agree with them; it shows no accuracy.");
    return sentences.join(QLatin1Char(' '));
}

QString ReportTrainingView::figuresSentence() const
{
    const auto& run = m_model.run();
    if (!run || !figuresOf(*run))
        return {};
    const reports::ReportFigures& figures = *figuresOf(*run);
    const auto& network = figures.network.means;
    const auto& baseline = figures.baseline.means;
    QString words =
        tr("Macro AUC %1, macro F1 %2, micro F1 %3; word counts alone: %4, %5, %6.")
            .arg(withInterval(network.macroAuc), withInterval(network.macroF1), withInterval(network.microF1),
                written(baseline.macroAuc), written(baseline.macroF1), written(baseline.microF1));
    const learning::Figure& gain = figures.gain.macroF1;
    if (gain.value)
        words += QLatin1Char(' ')
                 + (gain.low > 0     ? tr("The network earns its place: macro F1 %1.")
                     : gain.high < 0 ? tr("The word counts are better: macro F1 %1.")
                                     : tr("No clear gain over the word counts: macro F1 %1."))
                       .arg(QStringLiteral("%1 (%2 … %3)")
                                .arg(QLocale().toString(*gain.value, 'f', 3), QLocale().toString(gain.low, 'f', 3),
                                    QLocale().toString(gain.high, 'f', 3)));
    return words;
}

void ReportTrainingView::refresh()
{
    const ReportTrainingModel::View view = m_model.view();
    m_source->setCurrentIndex(static_cast<int>(m_model.source()));
    m_tables->setVisible(m_model.source() == Source::Table);
    m_set->setText(setSentence());
    m_network->setCurrentText(QString::fromStdString(m_model.network()));
    if (const auto network = learning::findTextNetwork(m_model.network());
        network && m_shownNetwork != (*network)->name) {
        m_shownNetwork = (*network)->name;
        m_networkSummary->setText(
            shell::translated((*network)->summary) + QLatin1Char(' ') + shell::translated((*network)->goodFor));
        m_options->setOptions(learning::textOptions(**network), m_model.values());
    }
    const bool isBusy = view.stage != Stage::Idle;
    m_train->setEnabled(view.canTrain);
    m_stop->setVisible(isBusy);
    m_progress->setVisible(isBusy);
    m_problem->setText(view.problem ? shell::translated(*view.problem) : QString());
    m_problem->setVisible(view.problem.has_value());
    const auto& run = m_model.run();
    m_figuresTitle->setText(
        !run ? QString()
        : m_model.isRunOnRules()
            ? tr("Agreement with the rules, %1").arg(run->test ? tr("test part") : tr("validation part"))
        : run->test ? tr("Figures on the test part, scored once")
                    : tr("Figures on the validation part"));
    m_gain->setText(figuresSentence());
    m_rows->refresh();
    m_table->setVisible(m_rows->rowCount() > 0);
    refreshCurve();
}

void ReportTrainingView::refreshCurve()
{
    const ReportTrainingModel::View view = m_model.view();
    m_progress->setValue(static_cast<int>(100 * view.fraction));
    m_sentence->setText(view.sentence);
    plots::CurveData data;
    data.x = {0, static_cast<double>(std::max<std::int64_t>(view.epochs, 1)), tr("Epoch"), true};
    data.yLabel = tr("Loss");
    data.emptySentence = view.stage == Stage::Training ? tr("The curves begin with the end of the first epoch.")
                                                       : tr("Press Train and watch it learn here.");
    plots::Curve training{tr("Training"), {}}, validation{tr("Validation"), {}};
    for (const learning::EpochRecord& epoch : view.history) {
        training.points.emplace_back(static_cast<double>(epoch.epoch), epoch.loss);
        if (const auto loss = epoch.metrics.find("validation_loss"); loss != epoch.metrics.end())
            validation.points.emplace_back(static_cast<double>(epoch.epoch), loss->second);
    }
    data.curves = {training};
    if (!validation.points.empty())
        data.curves.push_back(validation);
    if (m_model.run() && view.stage == Stage::Idle && m_model.run()->keptEpoch > 0) {
        data.mark = static_cast<double>(m_model.run()->keptEpoch);
        data.markName = tr("Kept: epoch %1").arg(m_model.run()->keptEpoch);
    }
    m_curve->setData(data);
}

void ReportTrainingView::chooseTables()
{
    const QString filter = tr("Tables (*.csv *.tsv *.jsonl *.gz)");
    const QStringList data = m_choosers.files(this, tr("Table of reports"), filter);
    const QStringList labels =
        data.isEmpty() ? QStringList() : m_choosers.files(this, tr("Table of labels, a column each, 0 or 1"), filter);
    if (!labels.isEmpty())
        m_model.setTables(data.first(), labels.first());
    refresh();
}

void ReportTrainingView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_model.set() && m_model.view().stage == Stage::Idle && m_model.source() != Source::Table)
        m_model.read(); // reports may have been confirmed since
}

void ReportTrainingView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QWidget::changeEvent(event);
}

} // namespace hounsfield::reporting
