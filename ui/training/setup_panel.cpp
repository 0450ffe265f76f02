#include "ui/training/setup_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "core/learning/options.h"
#include "ui/shell/translate.h"
#include "ui/training/option_words.h"
#include "ui/training/training_model.h"

namespace hounsfield::training {

SetupPanel::SetupPanel(TrainingModel& model, shell::Choosers choosers, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_choosers(std::move(choosers))
    , m_dataTitle(new QLabel)
    , m_openFolder(new QPushButton)
    , m_openFile(new QPushButton)
    , m_sample(new QPushButton)
    , m_labels(new QPushButton)
    , m_networkTitle(new QLabel)
    , m_network(new QComboBox)
    , m_goodFor(new QLabel)
    , m_options(new shell::OptionForm(optionWords()))
    , m_sentence(new QLabel)
    , m_progress(new QProgressBar)
    , m_train(new QPushButton)
    , m_stop(new QPushButton)
{
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(makeForm());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll, 1);
    column->addWidget(makeFoot());
    connect(m_openFolder, &QPushButton::clicked, this, &SetupPanel::openFolder);
    connect(m_openFile, &QPushButton::clicked, this, &SetupPanel::openFile);
    connect(m_sample, &QPushButton::clicked, &m_model, &TrainingModel::openSample);
    connect(m_labels, &QPushButton::clicked, &m_model, &TrainingModel::openProjectLabels);
    connect(m_train, &QPushButton::clicked, &m_model, &TrainingModel::train);
    connect(m_stop, &QPushButton::clicked, &m_model, &TrainingModel::stop);
    connect(m_network, &QComboBox::activated, this,
        [this] { m_model.setNetwork(m_network->currentData().toString().toStdString()); });
    connect(m_options, &shell::OptionForm::valueChanged, this, [this](const QString& name, const QString& value) {
        m_model.setOption(name.toStdString(), value.toStdString());
    });
    retranslate();
}

QWidget* SetupPanel::makeForm()
{
    m_openFolder->setObjectName(QStringLiteral("open"));
    m_openFile->setObjectName(QStringLiteral("openFile"));
    m_sample->setObjectName(QStringLiteral("sample"));
    m_labels->setObjectName(QStringLiteral("projectLabels"));
    m_network->setObjectName(QStringLiteral("network"));
    m_goodFor->setObjectName(QStringLiteral("goodFor"));
    m_goodFor->setProperty("role", "quiet");
    m_goodFor->setWordWrap(true);
    for (QLabel* title : {m_dataTitle, m_networkTitle})
        title->setProperty("role", "heading");
    auto* buttons = new QGridLayout;
    buttons->addWidget(m_openFolder, 0, 0);
    buttons->addWidget(m_openFile, 0, 1);
    buttons->addWidget(m_sample, 1, 0);
    buttons->addWidget(m_labels, 1, 1);
    auto* form = new QWidget(this);
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(14, 14, 14, 8);
    column->addWidget(m_dataTitle);
    column->addLayout(buttons);
    column->addSpacing(12);
    column->addWidget(m_networkTitle);
    column->addWidget(m_network);
    column->addWidget(m_goodFor);
    column->addWidget(m_options);
    column->addStretch(1);
    return form;
}

QWidget* SetupPanel::makeFoot()
{
    m_sentence->setObjectName(QStringLiteral("sentence"));
    m_sentence->setWordWrap(true);
    m_progress->setObjectName(QStringLiteral("progress"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_train->setObjectName(QStringLiteral("train"));
    m_train->setDefault(true);
    m_stop->setObjectName(QStringLiteral("stop"));
    auto* foot = new QWidget(this);
    auto* column = new QVBoxLayout(foot);
    column->setContentsMargins(14, 8, 14, 14);
    column->addWidget(m_sentence);
    column->addWidget(m_progress);
    column->addWidget(m_train);
    column->addWidget(m_stop);
    return foot;
}

void SetupPanel::retranslate()
{
    m_dataTitle->setText(tr("1  Data"));
    m_openFolder->setText(tr("Open folder…"));
    m_openFolder->setToolTip(tr("A folder with one folder per class"));
    m_openFile->setText(tr("Open file…"));
    m_openFile->setToolTip(tr("A ZIP or tar.gz archive, or a CSV table of files and labels"));
    m_sample->setText(tr("Sample"));
    m_sample->setToolTip(tr("1,000 made-up radiographs with and without a lesion, to try everything at once"));
    m_labels->setText(tr("My labels"));
    m_labels->setToolTip(tr("Images that were labelled in the viewer"));
    m_networkTitle->setText(tr("2  Network"));
    m_network->setAccessibleName(tr("Network"));
    m_progress->setAccessibleName(tr("Progress"));
    m_train->setText(tr("Train"));
    m_train->setToolTip(tr("Learn from the training part; Ctrl+Return"));
    m_stop->setText(tr("Stop"));
    m_stop->setToolTip(tr("Stop now and keep the best model so far; Escape"));
    m_options->retranslate();
    fillNetworks();
    refresh();
}

void SetupPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void SetupPanel::fillNetworks()
{
    m_network->clear();
    for (const learning::Network& network : learning::networks()) {
        const QString name = QString::fromStdString(network.name);
        m_network->addItem(name, name);
        m_network->setItemData(m_network->count() - 1, shell::translated(network.summary), Qt::ToolTipRole);
    }
}

void SetupPanel::refreshOptions()
{
    const auto network = learning::findNetwork(m_model.network());
    if (!network)
        return;
    m_network->setCurrentIndex(m_network->findData(QString::fromStdString(m_model.network())));
    m_network->setToolTip(shell::translated((*network)->summary));
    m_goodFor->setText(shell::translated((*network)->goodFor));
    m_options->setOptions(learning::trainingOptions(**network, m_model.trainingImages()), m_model.values());
}

void SetupPanel::refresh()
{
    refreshOptions();
    const auto view = m_model.view();
    const bool isTraining = view.stage == TrainingModel::Stage::Training;
    for (QWidget* widget :
        {static_cast<QWidget*>(m_openFolder), static_cast<QWidget*>(m_openFile), static_cast<QWidget*>(m_sample),
            static_cast<QWidget*>(m_labels), static_cast<QWidget*>(m_network), static_cast<QWidget*>(m_options)})
        widget->setEnabled(!isTraining);
    m_train->setEnabled(view.canTrain);
    m_stop->setEnabled(view.canStop && !view.isStopping);
    m_progress->setVisible(view.canStop);
    refreshProgress();
}

void SetupPanel::refreshProgress()
{
    const auto view = m_model.view();
    m_progress->setValue(static_cast<int>(view.fraction * 1000));
    m_sentence->setText(view.isStopping ? tr("Stopping …") : shell::translated(view.sentence));
    m_stop->setEnabled(view.canStop && !view.isStopping);
}

void SetupPanel::openFolder()
{
    const QString folder = m_choosers.folder(this, tr("Folder of labelled images"));
    if (!folder.isEmpty())
        m_model.open({folder});
}

void SetupPanel::openFile()
{
    m_model.open(m_choosers.files(this, tr("Archive or table of labelled images"),
        tr("Labelled images (*.zip *.tar.gz *.tgz *.csv *.tsv);;All files (*)")));
}

} // namespace hounsfield::training
