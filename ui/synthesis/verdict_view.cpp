#include "ui/synthesis/verdict_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/shell/translate.h"
#include "ui/synthesis/verdict_model.h"
#include "ui/synthesis/verdict_tables.h"
#include "ui/synthesis/verdict_words.h"
#include "ui/training/figures.h"

namespace hounsfield::synthesising {

VerdictView::VerdictView(SynthesisModel& synthesis, VerdictModel& model, QWidget* parent)
    : QWidget(parent)
    , m_synthesis(synthesis)
    , m_model(model)
    , m_trial(new TrialTable(this))
    , m_measures(new MeasureTable(this))
    , m_sentence(new QLabel(this))
    , m_detail(new QLabel(this))
    , m_try(new QPushButton(this))
    , m_repetitionsLabel(new QLabel(this))
    , m_repetitions(new QSpinBox(this))
    , m_imagesLabel(new QLabel(this))
    , m_images(new QSpinBox(this))
    , m_judge(new QPushButton(this))
    , m_stop(new QPushButton(this))
    , m_progress(new QProgressBar(this))
    , m_stage(new QLabel(this))
    , m_trialTable(makeTable("trial"))
    , m_basis(new QLabel(this))
    , m_measureTable(makeTable("measures"))
{
    m_sentence->setObjectName(QStringLiteral("verdict"));
    m_sentence->setStyleSheet(QStringLiteral("font-size: 20px; font-weight: 600;"));
    m_detail->setObjectName(QStringLiteral("verdictDetail"));
    m_basis->setObjectName(QStringLiteral("basis"));
    for (QLabel* label : {m_sentence, m_detail, m_basis}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    }
    m_detail->setProperty("role", "quiet");
    m_basis->setProperty("role", "quiet");
    m_trialTable->setModel(m_trial);
    m_measureTable->setModel(m_measures);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(m_sentence);
    column->addWidget(m_detail);
    column->addWidget(makeActs());
    column->addWidget(m_trialTable);
    column->addWidget(m_basis);
    column->addWidget(m_measureTable, 1000);
    column->addStretch(1);
    connect(&model, &VerdictModel::changed, this, &VerdictView::refresh);
    connect(m_try, &QPushButton::clicked, &model, &VerdictModel::tryIt);
    connect(m_judge, &QPushButton::clicked, &model, &VerdictModel::judge);
    connect(m_stop, &QPushButton::clicked, &model, &VerdictModel::stop);
    connect(m_repetitions, &QSpinBox::valueChanged, &model, &VerdictModel::setRepetitions);
    connect(m_images, &QSpinBox::valueChanged, &model, &VerdictModel::setImagesPerClass);
    retranslate();
}

QTableView* VerdictView::makeTable(const char* name)
{
    auto* table = new QTableView(this);
    table->setObjectName(QLatin1String(name));
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setTabKeyNavigation(false);
    table->setWordWrap(true);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    return table;
}

QWidget* VerdictView::makeActs()
{
    m_try->setObjectName(QStringLiteral("try"));
    m_judge->setObjectName(QStringLiteral("judge"));
    m_stop->setObjectName(QStringLiteral("stopVerdict"));
    m_progress->setObjectName(QStringLiteral("verdictProgress"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(160);
    m_stage->setObjectName(QStringLiteral("verdictStage"));
    m_repetitions->setObjectName(QStringLiteral("repetitions"));
    m_repetitions->setRange(1, 20);
    m_repetitions->setValue(static_cast<int>(m_model.trialOptions().seeds));
    m_repetitionsLabel->setBuddy(m_repetitions);
    m_images->setObjectName(QStringLiteral("imagesPerClass"));
    m_images->setRange(10, 5000);
    m_images->setValue(static_cast<int>(m_model.trialOptions().perClass));
    m_imagesLabel->setBuddy(m_images);
    auto* acts = new QWidget(this);
    auto* row = new QHBoxLayout(acts);
    row->setContentsMargins(0, 4, 0, 4);
    row->addWidget(m_try);
    row->addWidget(m_repetitionsLabel);
    row->addWidget(m_repetitions);
    row->addWidget(m_imagesLabel);
    row->addWidget(m_images);
    row->addSpacing(16);
    row->addWidget(m_judge);
    row->addWidget(m_progress);
    row->addWidget(m_stage, 1);
    row->addStretch(0);
    row->addWidget(m_stop);
    return acts;
}

void VerdictView::retranslate()
{
    m_repetitionsLabel->setText(tr("Repetitions"));
    m_repetitions->setAccessibleName(m_repetitionsLabel->text());
    m_repetitions->setToolTip(tr("How often it is tried, each time with real images drawn anew"));
    m_imagesLabel->setText(tr("Real images a class"));
    m_images->setAccessibleName(m_imagesLabel->text());
    m_images->setToolTip(tr("How many real training images of each class every classifier has: made images help most "
                            "where real ones are few"));
    m_stop->setText(tr("Stop"));
    m_stop->setToolTip(tr("Stop; repetitions that are finished are kept"));
    m_progress->setAccessibleName(tr("Progress"));
    m_trialTable->setAccessibleName(tr("Classifiers of the trial"));
    m_measureTable->setAccessibleName(tr("Figures of the generator"));
    m_measures->retranslate();
    refresh();
}

void VerdictView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void VerdictView::refresh()
{
    refreshSentence();
    refreshTables();
    refreshActs();
}

void VerdictView::refreshSentence()
{
    const RunPointer run = m_synthesis.run();
    if (!run) {
        m_sentence->setText(tr("There is no generator yet."));
        m_detail->setText(tr("Train one, choose an earlier training, or drop a generator.onnx on this page."));
        return;
    }
    if (run->trial) {
        m_sentence->setText(trialSentence(*run->trial));
        m_detail->setText(tr("The difference between classifiers trained on real and made images and on real images "
                             "alone, both changed at random as is common practice, in as many steps, on the same "
                             "patients."));
        return;
    }
    m_sentence->setText(tr("Not tried yet: nobody knows whether these images help."));
    const double seconds = m_model.trialSeconds();
    const QString cost = tr("A trial trains a pair and six classifiers for each of %1 repetitions, with and without "
                            "made images, and compares them on patients that none has seen.")
                             .arg(m_model.trialOptions().seeds);
    m_detail->setText(
        seconds > 0 ? cost + QLatin1Char(' ') + tr("It takes about %1.").arg(training::durationText(seconds)) : cost);
}

void VerdictView::refreshTables()
{
    const RunPointer run = m_synthesis.run();
    m_trial->setTrial(run ? run->trial : std::nullopt);
    m_measures->setJudgement(run ? run->judged : std::nullopt);
    const auto fit = [](QTableView* table) {
        table->setVisible(table->model()->rowCount() > 0);
        table->setMaximumHeight(table->verticalHeader()->length() + table->horizontalHeader()->sizeHint().height() + 6);
    };
    fit(m_trialTable);
    m_trialTable->setMinimumHeight(m_trialTable->isVisibleTo(this) ? m_trialTable->maximumHeight() : 0);
    fit(m_measureTable);
    m_basis->setVisible(run != nullptr);
    if (!run)
        return;
    if (!run->judged)
        m_basis->setText(tr("Not judged yet: how near to real the images are, whether they are copies, and whether the "
                            "generator remembers its training images. It takes some minutes."));
    else if (run->judged->features.empty())
        m_basis->setText(tr("Nothing could be compared with real images; the reasons stand beside each figure."));
    else
        m_basis->setText(tr("%1 images on each side. Features: %2 of the real training images, not ImageNet; figures "
                            "from other features cannot be compared with these.")
                             .arg(QLocale().toString(static_cast<qlonglong>(run->judged->n)),
                                 QString::fromStdString(run->judged->features)));
}

void VerdictView::refreshActs()
{
    const auto view = m_model.view();
    const RunPointer run = m_synthesis.run();
    const bool isBusy = view.work != VerdictModel::Work::None;
    m_try->setText(run && run->trial ? tr("Try again") : tr("Try it"));
    m_try->setToolTip(tr("Train classifiers with and without made images and compare them"));
    m_judge->setText(run && run->judged ? tr("Judge again") : tr("Judge"));
    m_judge->setToolTip(tr("Compare made images with real ones, look for copies and for memory"));
    for (QWidget* widget :
        {static_cast<QWidget*>(m_try), static_cast<QWidget*>(m_repetitionsLabel), static_cast<QWidget*>(m_repetitions),
            static_cast<QWidget*>(m_imagesLabel), static_cast<QWidget*>(m_images), static_cast<QWidget*>(m_judge)})
        widget->setVisible(!isBusy && run != nullptr);
    for (QWidget* widget : {static_cast<QWidget*>(m_try), static_cast<QWidget*>(m_judge)})
        widget->setEnabled(view.canBegin);
    m_progress->setVisible(isBusy);
    m_progress->setValue(static_cast<int>(view.fraction * 1000));
    m_stage->setVisible(isBusy);
    m_stage->setText(view.isStopping ? tr("Stopping …") : shell::translated(view.stage));
    m_stop->setVisible(isBusy);
    m_stop->setEnabled(!view.isStopping);
}

} // namespace hounsfield::synthesising
