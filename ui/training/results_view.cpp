#include "ui/training/results_view.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/plots/calibration_plot.h"
#include "ui/plots/confusion_matrix.h"
#include "ui/plots/histogram.h"
#include "ui/plots/roc_plot.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/translate.h"
#include "ui/training/figures.h"
#include "ui/training/training_model.h"

#include <algorithm>
#include <array>

namespace hounsfield::training {

namespace {

using learning::Part;

QString plain(const std::string& words)
{
    return QString::fromStdString(words);
}

plots::RocCurve curveOf(const learning::Scores& scores, const learning::Metrics& metrics, int c, const QString& name)
{
    plots::RocCurve curve{name, {}, 0, 0, 0};
    for (const learning::CurvePoint& point : learning::rocCurve(scores, c))
        curve.points.emplace_back(point.x, point.y);
    const learning::Figure& area = metrics.perClass[static_cast<std::size_t>(c)].auc;
    curve.area = area.value.value_or(0);
    curve.low = area.low;
    curve.high = area.high;
    return curve;
}

QString thresholdName(const learning::AtThreshold& chosen)
{
    return QCoreApplication::translate("training", "Threshold %1").arg(QLocale().toString(chosen.threshold, 'f', 3));
}

/// ROC curves: of the positive class of two, else of each class against the rest.
plots::RocData rocOf(const learning::Run& run, const learning::Scores& scores, const learning::Metrics& metrics)
{
    plots::RocData data;
    const int count = scores.classes;
    for (int c = count == 2 ? 1 : 0; c < std::min(count, 12); ++c)
        if (metrics.perClass[static_cast<std::size_t>(c)].auc.value)
            data.curves.push_back(curveOf(scores, metrics, c, plain(run.classes[static_cast<std::size_t>(c)])));
    if (count == 2 && !data.curves.empty() && metrics.chosen) {
        data.threshold = QPointF(1 - metrics.chosen->specificity, metrics.chosen->sensitivity);
        data.thresholdName = thresholdName(*metrics.chosen);
    }
    return data;
}

/// Ten bins of the called class's probability: what was said and how often it was true.
plots::CalibrationData calibrationOf(const learning::Scores& scores, const learning::Metrics& metrics)
{
    constexpr int bins = 10;
    std::array<double, bins> said{};
    std::array<std::int64_t, bins> right{};
    std::array<std::int64_t, bins> count{};
    for (std::int64_t i = 0; i < scores.count(); ++i) {
        const int called = learning::calledClass(scores, i, 0.5);
        const double p = scores.probability(i, called);
        const auto bin = static_cast<std::size_t>(std::clamp(static_cast<int>(p * bins), 0, bins - 1));
        said[bin] += p;
        ++count[bin];
        right[bin] += called == scores.labels[static_cast<std::size_t>(i)] ? 1 : 0;
    }
    plots::CalibrationData data;
    data.expectedError = metrics.ece;
    for (std::size_t b = 0; b < bins; ++b)
        if (count[b] > 0)
            data.bins.push_back({said[b] / double(count[b]), double(right[b]) / double(count[b]), count[b]});
    return data;
}

/// Probability of the positive class (of two), else of the called one, by label.
plots::HistogramData histogramOf(
    const learning::Run& run, const learning::Scores& scores, const learning::Metrics& metrics)
{
    constexpr int bins = 10;
    plots::HistogramData data;
    const bool isBinary = scores.classes == 2;
    data.x = {0, 1,
        isBinary ? QCoreApplication::translate("training", "Probability of %1").arg(plain(run.classes[1]))
                 : QCoreApplication::translate("training", "Probability of the class called"),
        false};
    for (std::size_t c = 0; c < std::min<std::size_t>(run.classes.size(), 6); ++c)
        data.groups.push_back({plain(run.classes[c]), std::vector<std::int64_t>(bins, 0)});
    for (std::int64_t i = 0; i < scores.count(); ++i) {
        const auto label = static_cast<std::size_t>(scores.labels[static_cast<std::size_t>(i)]);
        const double p = scores.probability(i, isBinary ? 1 : learning::calledClass(scores, i, 0.5));
        if (label < data.groups.size())
            ++data.groups[label].counts[static_cast<std::size_t>(std::clamp(static_cast<int>(p * bins), 0, bins - 1))];
    }
    if (isBinary && metrics.chosen) {
        data.mark = metrics.chosen->threshold;
        data.markName = thresholdName(*metrics.chosen);
    }
    return data;
}

plots::ConfusionData confusionOf(const learning::Run& run, const learning::Metrics& metrics)
{
    plots::ConfusionData data;
    for (const std::string& name : run.classes)
        data.classes << plain(name);
    data.counts = metrics.confusion;
    return data;
}

} // namespace

ResultsView::ResultsView(TrainingModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_verdict(new QLabel(this))
    , m_about(new QLabel(this))
    , m_overall(new QLabel(this))
    , m_corrected(new shell::MessageBar(shell::MessageBar::Kind::Hint, this))
    , m_part(new QComboBox(this))
    , m_use(new QPushButton(this))
    , m_figures(new FiguresTable(this))
    , m_table(new QTableView(this))
    , m_roc(new plots::RocPlot(this))
    , m_confusion(new plots::ConfusionMatrix(this))
    , m_calibration(new plots::CalibrationPlot(this))
    , m_histogram(new plots::Histogram(this))
    , m_more(new QTabWidget(this))
{
    m_corrected->setObjectName(QStringLiteral("corrected"));
    m_table->setObjectName(QStringLiteral("figures"));
    m_table->setModel(m_figures);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(2 * fontMetrics().lineSpacing() + 12);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setHighlightSections(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(makeHead());
    column->addWidget(m_corrected);
    column->addWidget(m_overall);
    column->addWidget(m_table);
    column->addWidget(makePlots(), 1);
    connect(m_part, &QComboBox::currentIndexChanged, this, [this] { refresh(); });
    connect(m_confusion, &plots::ConfusionMatrix::cellActivated, this, &ResultsView::cellActivated);
    connect(m_corrected, &shell::MessageBar::acted, this, &ResultsView::trainAgain);
    connect(m_use, &QPushButton::clicked, this, [this] {
        if (m_model.run())
            emit modelChosen(plain((m_model.run()->folder / "model.onnx").string()));
    });
    retranslate();
}

QWidget* ResultsView::makeHead()
{
    auto* head = new QWidget(this);
    m_verdict->setObjectName(QStringLiteral("verdict"));
    m_verdict->setProperty("role", "heading");
    m_about->setObjectName(QStringLiteral("about"));
    m_about->setProperty("role", "quiet");
    m_overall->setObjectName(QStringLiteral("overall"));
    for (QLabel* label : {m_verdict, m_about, m_overall}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_part->setObjectName(QStringLiteral("part"));
    m_use->setObjectName(QStringLiteral("useModel"));
    auto* words = new QVBoxLayout;
    words->addWidget(m_verdict);
    words->addWidget(m_about);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->addLayout(words, 1);
    row->addWidget(m_part, 0, Qt::AlignTop);
    row->addWidget(m_use, 0, Qt::AlignTop);
    return head;
}

QWidget* ResultsView::makePlots()
{
    auto* plotsRow = new QWidget(this);
    m_confusion->setObjectName(QStringLiteral("confusion"));
    m_roc->setObjectName(QStringLiteral("roc"));
    m_more->setObjectName(QStringLiteral("plots"));
    m_more->addTab(m_roc, QString());
    m_more->addTab(m_histogram, QString());
    m_more->addTab(m_calibration, QString());
    m_more->setDocumentMode(true);
    auto* row = new QHBoxLayout(plotsRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_confusion, 1);
    row->addWidget(m_more, 1);
    return plotsRow;
}

learning::Part ResultsView::part() const
{
    return m_part->currentData().isValid() ? static_cast<Part>(m_part->currentData().toInt()) : Part::Test;
}

void ResultsView::retranslate()
{
    m_part->setAccessibleName(tr("Part of the data"));
    m_part->setToolTip(
        tr("The figures of the test part count: it was scored once, after everything was chosen on validation"));
    m_use->setText(tr("Use for diagnosis"));
    m_use->setToolTip(tr("Ctrl+D then diagnoses the open image with this model"));
    m_table->setAccessibleName(tr("Figures of each class"));
    m_more->setAccessibleName(tr("Probabilities"));
    m_more->setTabText(0, tr("ROC"));
    m_more->setTabText(1, tr("Probabilities"));
    m_more->setTabText(2, tr("Calibration"));
    m_shown = nullptr;
    refresh();
}

void ResultsView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

/// The parts that have figures: test first.
void ResultsView::fillParts()
{
    const QSignalBlocker quiet(m_part);
    m_part->clear();
    const RunPointer run = m_model.run();
    if (run && run->test)
        m_part->addItem(tr("Test part"), static_cast<int>(Part::Test));
    if (run && run->validation)
        m_part->addItem(tr("Validation part"), static_cast<int>(Part::Validation));
    m_part->setEnabled(m_part->count() > 1);
}

void ResultsView::refresh()
{
    const RunPointer run = m_model.run();
    if (run != m_shown)
        fillParts();
    m_shown = run;
    for (QWidget* widget : {static_cast<QWidget*>(m_table), static_cast<QWidget*>(m_overall),
             static_cast<QWidget*>(m_confusion), static_cast<QWidget*>(m_more), static_cast<QWidget*>(m_use),
             static_cast<QWidget*>(m_part), static_cast<QWidget*>(m_about)})
        widget->setVisible(run != nullptr);
    if (!run) {
        m_verdict->setText(tr("The results of a training stand here."));
        return;
    }
    m_verdict->setText(shell::translated(learning::verdictOf(*run)));
    m_about->setText(tr("%1 on %2 · %3 · epoch %4 of %5 kept")
                         .arg(plain(run->network), plain(run->data), dateText(run->finished),
                             QString::number(run->keptEpoch), QString::number(run->epochs)));
    const auto& metrics = part() == Part::Test ? run->test : run->validation;
    m_table->setVisible(metrics.has_value());
    m_overall->setVisible(metrics.has_value());
    if (metrics)
        showMetrics(*run, *metrics);
    refreshCorrections();
}

void ResultsView::showMetrics(const learning::Run& run, const learning::Metrics& metrics)
{
    const QLocale locale;
    const auto number = [&](std::int64_t value) { return locale.toString(static_cast<qlonglong>(value)); };
    const QString atHalf = QCoreApplication::translate("training", "Threshold %1").arg(locale.toString(0.5));
    QStringList facts{tr("AUC %1").arg(figureText(metrics.auc)),
        tr("calibration error %1").arg(locale.toString(metrics.ece, 'f', 3))};
    if (run.classes.size() == 2)
        facts << (run.hasChosenThreshold ? tr("threshold %1, chosen on validation")
                                         : tr("threshold %1, for want of a validation part"))
                     .arg(locale.toString(metrics.chosen ? metrics.chosen->threshold : metrics.threshold, 'f', 3));
    // Figures of classes and the matrix are at one half, or of the most probable class.
    facts << (run.classes.size() == 2 ? atHalf + QStringLiteral(": ") : QString())
                 + tr("Accuracy %1").arg(figureText(metrics.accuracy))
          << tr("balanced accuracy %1").arg(figureText(metrics.balancedAccuracy));
    m_overall->setText(facts.join(QStringLiteral(" · ")) + QLatin1Char('\n')
                       + tr("In brackets the 95 % interval by resampling; n = %1 images of %2 independent units "
                            "(patients, else studies, else files).")
                             .arg(number(metrics.n), number(metrics.units)));
    m_figures->setFigures(metrics, run.classes);
    const int rows = std::min(6, m_figures->rowCount());
    m_table->setFixedHeight(
        m_table->horizontalHeader()->sizeHint().height() + rows * m_table->verticalHeader()->defaultSectionSize() + 6);
    showPlots(run, metrics);
}

void ResultsView::showPlots(const learning::Run& run, const learning::Metrics& metrics)
{
    const learning::Scores scores = learning::scoresOf(run, part());
    m_confusion->setData(confusionOf(run, metrics));
    m_roc->setData(rocOf(run, scores, metrics));
    m_calibration->setData(calibrationOf(scores, metrics));
    m_histogram->setData(histogramOf(run, scores, metrics));
}

void ResultsView::refreshCorrections()
{
    const std::int64_t count = m_model.correctionCount();
    m_corrected->setWords(count == 0 ? QString()
                                     : tr("Labels corrected since this training: %1. Train again to learn from them.")
                                           .arg(QLocale().toString(static_cast<qlonglong>(count))));
    m_corrected->setAction(m_model.view().canTrain ? tr("Train again") : QString());
}

} // namespace hounsfield::training
