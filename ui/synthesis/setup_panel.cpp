#include "ui/synthesis/setup_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "core/synthesis/pair_networks.h"
#include "ui/shell/translate.h"
#include "ui/synthesis/option_words.h"
#include "ui/synthesis/synthesis_model.h"

namespace hounsfield::synthesising {

SetupPanel::SetupPanel(SynthesisModel& model, shell::Choosers choosers, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_choosers(std::move(choosers))
    , m_dataTitle(new QLabel)
    , m_openFolder(new QPushButton)
    , m_openFile(new QPushButton)
    , m_fromTraining(new QPushButton)
    , m_sample(new QPushButton)
    , m_labels(new QPushButton)
    , m_pairTitle(new QLabel)
    , m_network(new QComboBox)
    , m_goodFor(new QLabel)
    , m_sizeLabel(new QLabel)
    , m_size(new QComboBox)
    , m_nameLabel(new QLabel)
    , m_name(new QLineEdit)
    , m_options(new shell::OptionForm(optionWords()))
    , m_sentence(new QLabel)
    , m_progress(new QProgressBar)
    , m_start(new QPushButton)
    , m_resume(new QPushButton)
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
    joinModel();
    retranslate();
}

void SetupPanel::joinModel()
{
    connect(m_openFolder, &QPushButton::clicked, this, &SetupPanel::openFolder);
    connect(m_openFile, &QPushButton::clicked, this, &SetupPanel::openFile);
    connect(m_fromTraining, &QPushButton::clicked, &m_model, &SynthesisModel::openTrainingData);
    connect(m_sample, &QPushButton::clicked, &m_model, &SynthesisModel::openSample);
    connect(m_labels, &QPushButton::clicked, &m_model, &SynthesisModel::openProjectLabels);
    connect(m_start, &QPushButton::clicked, &m_model, &SynthesisModel::train);
    connect(m_resume, &QPushButton::clicked, &m_model, &SynthesisModel::resume);
    connect(m_stop, &QPushButton::clicked, &m_model, &SynthesisModel::stop);
    connect(m_network, &QComboBox::activated, this,
        [this] { m_model.setNetwork(m_network->currentData().toString().toStdString()); });
    connect(m_size, &QComboBox::activated, this, [this] { m_model.setSize(m_size->currentData().toLongLong()); });
    connect(m_name, &QLineEdit::textEdited, this,
        [this](const QString& name) { m_model.setName(name.trimmed().toStdString()); });
    connect(m_options, &shell::OptionForm::valueChanged, this, [this](const QString& name, const QString& value) {
        m_model.setOption(name.toStdString(), value.toStdString());
    });
}

QWidget* SetupPanel::makeForm()
{
    m_openFolder->setObjectName(QStringLiteral("open"));
    m_openFile->setObjectName(QStringLiteral("openFile"));
    m_fromTraining->setObjectName(QStringLiteral("trainingData"));
    m_sample->setObjectName(QStringLiteral("sample"));
    m_labels->setObjectName(QStringLiteral("projectLabels"));
    m_network->setObjectName(QStringLiteral("network"));
    m_size->setObjectName(QStringLiteral("size"));
    m_name->setObjectName(QStringLiteral("name"));
    m_goodFor->setObjectName(QStringLiteral("goodFor"));
    m_goodFor->setProperty("role", "quiet");
    m_goodFor->setWordWrap(true);
    for (QLabel* title : {m_dataTitle, m_pairTitle})
        title->setProperty("role", "heading");
    for (const int side : {32, 64, 128})
        m_size->addItem(QStringLiteral("%1 × %1").arg(side), side);
    auto* buttons = new QGridLayout;
    buttons->addWidget(m_openFolder, 0, 0);
    buttons->addWidget(m_openFile, 0, 1);
    buttons->addWidget(m_sample, 1, 0);
    buttons->addWidget(m_labels, 1, 1);
    buttons->addWidget(m_fromTraining, 2, 0, 1, 2);
    auto* rows = new QFormLayout;
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    rows->addRow(m_sizeLabel, m_size);
    rows->addRow(m_nameLabel, m_name);
    m_sizeLabel->setBuddy(m_size);
    m_nameLabel->setBuddy(m_name);
    auto* form = new QWidget(this);
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(14, 14, 14, 8);
    column->addWidget(m_dataTitle);
    column->addLayout(buttons);
    column->addSpacing(12);
    column->addWidget(m_pairTitle);
    column->addWidget(m_network);
    column->addWidget(m_goodFor);
    column->addLayout(rows);
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
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setDefault(true);
    m_resume->setObjectName(QStringLiteral("resume"));
    m_stop->setObjectName(QStringLiteral("stop"));
    auto* foot = new QWidget(this);
    auto* grid = new QGridLayout(foot);
    grid->setContentsMargins(14, 8, 14, 14);
    grid->addWidget(m_sentence, 0, 0, 1, 2);
    grid->addWidget(m_progress, 1, 0, 1, 2);
    grid->addWidget(m_start, 2, 0, 1, 2);
    grid->addWidget(m_resume, 3, 0);
    grid->addWidget(m_stop, 3, 1);
    return foot;
}

void SetupPanel::retranslate()
{
    m_dataTitle->setText(tr("1  Data"));
    m_openFolder->setText(tr("Open folder…"));
    m_openFolder->setToolTip(tr("A folder with one folder per class"));
    m_openFile->setText(tr("Open file…"));
    m_openFile->setToolTip(tr("A ZIP or tar.gz archive, a CSV table of files and labels, or a generator.onnx"));
    m_fromTraining->setText(tr("Data of the training page"));
    m_fromTraining->setToolTip(tr("The images that are open on the training page; test images are never learned from"));
    m_sample->setText(tr("Sample"));
    m_sample->setToolTip(tr("1,000 made-up radiographs with and without a lesion, to try everything at once"));
    m_labels->setText(tr("My labels"));
    m_labels->setToolTip(tr("Images that were labelled in the viewer"));
    m_pairTitle->setText(tr("2  Networks"));
    m_network->setAccessibleName(tr("Pair of networks"));
    m_sizeLabel->setText(tr("Size of the images"));
    m_size->setAccessibleName(m_sizeLabel->text());
    m_size->setToolTip(tr("Pixels of an image; each size needs about four times the time of the one before"));
    m_nameLabel->setText(tr("Name"));
    m_name->setAccessibleName(tr("Name of the training"));
    m_name->setPlaceholderText(tr("date and time"));
    m_name->setToolTip(tr("The training's folder in the project; empty: date and time"));
    m_progress->setAccessibleName(tr("Progress"));
    m_start->setText(tr("Start"));
    m_start->setToolTip(tr("Learn to make images like those of the training part; Ctrl+Return"));
    m_resume->setText(tr("Resume"));
    m_resume->setToolTip(tr("Go on with the training chosen under Trainings, with its own settings and what you change "
                            "of minutes and steps; Ctrl+Shift+Return"));
    m_stop->setText(tr("Stop"));
    m_stop->setToolTip(tr("Stop now and keep the best generator so far; Escape"));
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
    for (const synthesis::PairNetwork& network : synthesis::pairNetworks()) {
        const QString name = QString::fromStdString(network.name);
        m_network->addItem(name, name);
        m_network->setItemData(m_network->count() - 1, shell::translated(network.summary), Qt::ToolTipRole);
    }
}

void SetupPanel::refresh()
{
    const PairWish& wish = m_model.wish();
    if (const auto network = synthesis::findPairNetwork(wish.network)) {
        m_network->setCurrentIndex(m_network->findData(QString::fromStdString(wish.network)));
        m_network->setToolTip(shell::translated((*network)->summary));
        m_goodFor->setText(shell::translated((*network)->goodFor));
    }
    m_size->setCurrentIndex(m_size->findData(static_cast<int>(wish.size)));
    if (const QString name = QString::fromStdString(m_model.name()); m_name->text().trimmed() != name)
        m_name->setText(name);
    m_options->setOptions(synthesis::pairTrainingOptions(), m_model.values());
    const auto view = m_model.view();
    const bool isTraining = view.stage == SynthesisModel::Stage::Training;
    for (QWidget* widget :
        {static_cast<QWidget*>(m_openFolder), static_cast<QWidget*>(m_openFile), static_cast<QWidget*>(m_fromTraining),
            static_cast<QWidget*>(m_sample), static_cast<QWidget*>(m_labels), static_cast<QWidget*>(m_network),
            static_cast<QWidget*>(m_size), static_cast<QWidget*>(m_name), static_cast<QWidget*>(m_options)})
        widget->setEnabled(!isTraining);
    m_start->setEnabled(view.canTrain);
    m_resume->setEnabled(view.canResume);
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
    m_model.open(m_choosers.files(this, tr("Labelled images or a generator"),
        tr("Labelled images, generators (*.zip *.tar.gz *.tgz *.csv *.tsv *.onnx);;All files (*)")));
}

} // namespace hounsfield::synthesising
