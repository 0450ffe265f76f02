#include "ui/synthesis/samples_view.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/shell/translate.h"
#include "ui/synthesis/sample_grid.h"
#include "ui/synthesis/sample_list.h"
#include "ui/synthesis/samples_model.h"
#include "ui/synthesis/verdict_words.h"

#include <algorithm>

namespace hounsfield::synthesising {

SamplesView::SamplesView(SynthesisModel& synthesis, SamplesModel& model, QWidget* parent)
    : QWidget(parent)
    , m_synthesis(synthesis)
    , m_model(model)
    , m_samples(new SampleList(model, this))
    , m_verdict(new QPushButton(this))
    , m_classLabel(new QLabel(this))
    , m_class(new QComboBox(this))
    , m_countLabel(new QLabel(this))
    , m_count(new QSpinBox(this))
    , m_more(new QPushButton(this))
    , m_note(new QLabel(this))
    , m_list(new QListView(this))
    , m_zoom(new SampleGrid(this))
    , m_words(new QLabel(this))
    , m_strip(new SampleGrid(this))
    , m_way(new QSlider(Qt::Horizontal, this))
{
    m_note->setObjectName(QStringLiteral("samplesNote"));
    m_note->setProperty("role", "quiet");
    m_note->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("samples"));
    m_list->setModel(m_samples);
    m_list->setItemDelegate(new SampleDelegate(m_list));
    m_list->setViewMode(QListView::IconMode);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMovement(QListView::Static);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setUniformItemSizes(true);
    auto* middle = new QHBoxLayout;
    middle->addWidget(m_list, 3);
    middle->addWidget(makeSide(), 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(m_verdict);
    column->addWidget(makeHead());
    column->addWidget(m_note);
    column->addLayout(middle, 1);
    joinModel();
    retranslate();
}

void SamplesView::addFoot(QWidget* foot)
{
    layout()->addWidget(foot);
}

QWidget* SamplesView::makeHead()
{
    m_verdict->setObjectName(QStringLiteral("samplesVerdict"));
    m_verdict->setStyleSheet(QStringLiteral("text-align: left; font-weight: 600;"));
    m_class->setObjectName(QStringLiteral("sampleClass"));
    m_class->setMinimumContentsLength(12);
    m_classLabel->setBuddy(m_class);
    m_count->setObjectName(QStringLiteral("sampleCount"));
    m_count->setRange(1, 500);
    m_count->setKeyboardTracking(false);
    m_count->setValue(m_model.count());
    m_countLabel->setBuddy(m_count);
    m_more->setObjectName(QStringLiteral("moreSamples"));
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_classLabel);
    row->addWidget(m_class);
    row->addWidget(m_countLabel);
    row->addWidget(m_count);
    row->addWidget(m_more);
    row->addStretch(1);
    return head;
}

QWidget* SamplesView::makeSide()
{
    m_zoom->setObjectName(QStringLiteral("zoom"));
    m_words->setObjectName(QStringLiteral("sampleWords"));
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_strip->setObjectName(QStringLiteral("between"));
    m_strip->setFixedHeight(56);
    m_way->setObjectName(QStringLiteral("way"));
    m_way->setPageStep(1);
    auto* side = new QWidget(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(8, 0, 0, 0);
    column->addWidget(m_zoom, 1);
    column->addWidget(m_words);
    column->addWidget(m_strip);
    column->addWidget(m_way);
    return side;
}

void SamplesView::joinModel()
{
    connect(&m_model, &SamplesModel::changed, this, &SamplesView::refresh);
    connect(&m_model, &SamplesModel::betweenChanged, this, &SamplesView::refreshBetween);
    connect(m_verdict, &QPushButton::clicked, this, &SamplesView::verdictWanted);
    connect(m_class, &QComboBox::activated, this, [this](int row) { m_model.setLabel(row - 1); });
    connect(m_count, &QSpinBox::valueChanged, &m_model, &SamplesModel::setCount);
    connect(m_more, &QPushButton::clicked, &m_model, &SamplesModel::makeMore);
    connect(m_way, &QSlider::valueChanged, this, &SamplesView::refreshChosen);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const auto rows = chosenRows();
        if (rows.size() == 2)
            m_model.showBetween(rows[0], rows[1]);
        else
            m_model.clearBetween();
        refreshChosen();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &SamplesView::refreshChosen);
}

std::vector<int> SamplesView::chosenRows() const
{
    std::vector<int> rows;
    for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes())
        rows.push_back(index.row());
    std::ranges::sort(rows);
    return rows;
}

void SamplesView::retranslate()
{
    m_verdict->setToolTip(tr("Show what this rests on"));
    m_classLabel->setText(tr("Class"));
    m_class->setAccessibleName(m_classLabel->text());
    m_countLabel->setText(tr("Images"));
    m_count->setAccessibleName(tr("How many images are shown"));
    m_more->setText(tr("Make others"));
    m_more->setToolTip(tr("Images of other noise than those that are shown"));
    m_list->setAccessibleName(tr("Made images, each beside its nearest training image"));
    m_zoom->setAccessibleName(tr("The chosen image, enlarged"));
    m_strip->setAccessibleName(tr("The way from one image to the other"));
    m_way->setAccessibleName(m_strip->accessibleName());
    m_way->setToolTip(tr("From the first chosen image to the second; between classes both are mixed"));
    refresh();
}

void SamplesView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void SamplesView::showEvent(QShowEvent* event)
{
    m_model.makeFirst();
    QWidget::showEvent(event);
}

void SamplesView::refreshHead()
{
    const RunPointer run = m_synthesis.run();
    m_verdict->setVisible(run != nullptr);
    m_verdict->setText(
        run && run->trial ? trialSentence(*run->trial) : tr("Not tried yet: nobody knows whether these images help."));
    QStringList names{tr("All")};
    names += m_model.classes();
    QStringList shown;
    for (int i = 0; i < m_class->count(); ++i)
        shown << m_class->itemText(i);
    if (shown != names) {
        m_class->clear();
        m_class->addItems(names);
    }
    m_class->setCurrentIndex(m_model.label() + 1);
    for (QWidget* widget :
        {static_cast<QWidget*>(m_class), static_cast<QWidget*>(m_count), static_cast<QWidget*>(m_more)})
        widget->setEnabled(m_model.hasGenerator());
    if (!m_model.hasGenerator())
        m_note->setText(tr("There is no generator yet: train one, choose an earlier training, or drop a generator.onnx "
                           "on this page."));
    else if (m_model.whyNoNeighbours())
        m_note->setText(
            tr("Nearest training images are not shown. %1").arg(shell::translated(*m_model.whyNoNeighbours())));
    else if (m_model.isBusy())
        m_note->setText(
            m_model.samples().empty() ? tr("Making images …") : tr("Looking for the nearest training images …"));
    else
        m_note->setText(tr("On the left what was made, on the right the training image it resembles most; the most "
                           "suspicious first. Choose two (Ctrl+click) to see what lies between them."));
}

void SamplesView::refresh()
{
    if (isVisible())
        m_model.makeFirst();
    refreshHead();
    const auto rows = chosenRows();
    m_samples->refresh();
    if (!rows.empty() && rows.front() < m_samples->rowCount())
        m_list->setCurrentIndex(m_samples->index(rows.front()));
    refreshBetween();
}

void SamplesView::refreshBetween()
{
    const auto& between = m_model.between();
    m_strip->setVisible(!between.empty());
    m_way->setVisible(!between.empty());
    if (!between.empty()) {
        const QSignalBlocker quiet(m_way);
        m_way->setMaximum(static_cast<int>(between.size()) - 1);
        m_way->setValue(m_way->maximum() / 2);
        m_strip->setPictures(between, static_cast<int>(between.size()), {});
    }
    refreshChosen();
}

void SamplesView::refreshChosen()
{
    m_zoom->setEmptySentence(tr("Choose an image to see it enlarged."));
    if (const auto& between = m_model.between(); !between.empty()) {
        const int at = std::clamp(m_way->value(), 0, static_cast<int>(between.size()) - 1);
        m_zoom->setPictures({between[static_cast<std::size_t>(at)]}, 1, {});
        m_words->setText(tr("%1 of %2 on the way from the first to the second.").arg(at + 1).arg(between.size()));
        return;
    }
    const int row = m_list->currentIndex().row();
    if (row < 0 || row >= m_samples->rowCount()) {
        m_zoom->setPictures({}, 1, {});
        m_words->setText({});
        return;
    }
    const Sample& sample = m_model.samples()[static_cast<std::size_t>(row)];
    std::vector<QImage> pictures{sample.picture};
    QStringList names{tr("Made")};
    if (!sample.nearest.isNull()) {
        pictures.push_back(sample.nearest);
        names << tr("Nearest training image");
    }
    m_zoom->setPictures(pictures, 1, names);
    m_words->setText(m_samples->sentence(row));
}

} // namespace hounsfield::synthesising
