#include "ui/synthesis/handout_bar.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/shell/translate.h"
#include "ui/synthesis/handout_model.h"
#include "ui/synthesis/samples_model.h"

namespace hounsfield::synthesising {

HandoutBar::HandoutBar(HandoutModel& model, SamplesModel& samples, shell::Choosers choosers, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_samples(samples)
    , m_choosers(std::move(choosers))
    , m_classLabel(new QLabel(this))
    , m_class(new QComboBox(this))
    , m_countLabel(new QLabel(this))
    , m_count(new QSpinBox(this))
    , m_add(new QPushButton(this))
    , m_form(new QComboBox(this))
    , m_export(new QPushButton(this))
    , m_progress(new QProgressBar(this))
    , m_stop(new QPushButton(this))
    , m_sentence(new QLabel(this))
{
    m_class->setObjectName(QStringLiteral("handoutClass"));
    m_class->setMinimumContentsLength(10);
    m_classLabel->setBuddy(m_class);
    m_count->setObjectName(QStringLiteral("handoutCount"));
    m_count->setRange(1, 100000);
    m_count->setValue(200);
    m_countLabel->setBuddy(m_count);
    m_add->setObjectName(QStringLiteral("addToTraining"));
    m_form->setObjectName(QStringLiteral("exportForm"));
    m_form->addItem(QStringLiteral("PNG"), int(Handout::Form::Png));
    m_form->addItem(QStringLiteral("NIfTI"), int(Handout::Form::Nifti));
    m_form->addItem(QStringLiteral("DICOM"), int(Handout::Form::Dicom));
    m_export->setObjectName(QStringLiteral("export"));
    m_progress->setObjectName(QStringLiteral("handoutProgress"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_stop->setObjectName(QStringLiteral("stopHandout"));
    m_sentence->setObjectName(QStringLiteral("handoutSentence"));
    m_sentence->setProperty("role", "quiet");
    m_sentence->setWordWrap(true);
    auto* row = new QHBoxLayout;
    for (QWidget* widget : {static_cast<QWidget*>(m_classLabel), static_cast<QWidget*>(m_class),
             static_cast<QWidget*>(m_countLabel), static_cast<QWidget*>(m_count), static_cast<QWidget*>(m_add)})
        row->addWidget(widget);
    row->addSpacing(16);
    row->addWidget(m_form);
    row->addWidget(m_export);
    row->addWidget(m_progress, 1);
    row->addWidget(m_stop);
    row->addStretch(0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(m_sentence);
    connect(&model, &HandoutModel::changed, this, &HandoutBar::refresh);
    connect(&samples, &SamplesModel::changed, this, &HandoutBar::refresh);
    connect(m_add, &QPushButton::clicked, this,
        [this] { m_model.addToTraining(m_class->currentIndex() - 1, m_count->value()); });
    connect(m_export, &QPushButton::clicked, this, &HandoutBar::exportImages);
    connect(m_stop, &QPushButton::clicked, &model, &HandoutModel::stop);
    retranslate();
}

void HandoutBar::retranslate()
{
    m_classLabel->setText(tr("Hand out"));
    m_class->setAccessibleName(tr("Class of the images that are given away"));
    m_countLabel->setText(tr("Images of each"));
    m_count->setAccessibleName(tr("Images of each class that are given away"));
    m_add->setText(tr("Add to the training set"));
    m_add->setToolTip(tr("The next training on the training page learns from them too; they never enter validation or "
                         "test, and can be taken out there again"));
    m_form->setAccessibleName(tr("Form of the files"));
    m_export->setText(tr("Export…"));
    m_export->setToolTip(tr("Write them to a folder of your choice, marked as synthetic in pixels, name and header"));
    m_progress->setAccessibleName(tr("Progress"));
    m_stop->setText(tr("Stop"));
    m_stop->setToolTip(tr("Stop and take away what was written"));
    refresh();
}

void HandoutBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void HandoutBar::fillClasses()
{
    QStringList names{tr("All classes")}, shown;
    names += m_samples.classes();
    for (int i = 0; i < m_class->count(); ++i)
        shown << m_class->itemText(i);
    if (shown == names)
        return;
    const int chosen = m_class->currentIndex();
    m_class->clear();
    m_class->addItems(names);
    m_class->setCurrentIndex(chosen >= 0 && chosen < names.size() ? chosen : 0);
}

void HandoutBar::refresh()
{
    fillClasses();
    const auto view = m_model.view();
    for (QWidget* widget : {static_cast<QWidget*>(m_class), static_cast<QWidget*>(m_count),
             static_cast<QWidget*>(m_add), static_cast<QWidget*>(m_form), static_cast<QWidget*>(m_export)})
        widget->setEnabled(view.canBegin);
    m_progress->setVisible(view.isBusy);
    m_progress->setValue(static_cast<int>(view.fraction * 1000));
    m_stop->setVisible(view.isBusy);
    m_stop->setEnabled(!view.isStopping);
    m_sentence->setText(view.isStopping ? tr("Stopping …") : shell::translated(view.sentence));
    m_sentence->setVisible(!m_sentence->text().isEmpty());
}

void HandoutBar::exportImages()
{
    const QString folder = m_choosers.folder(this, tr("Folder for synthetic images"));
    if (!folder.isEmpty())
        m_model.exportTo(folder.toStdString(), static_cast<Handout::Form>(m_form->currentData().toInt()),
            m_class->currentIndex() - 1, m_count->value());
}

} // namespace hounsfield::synthesising
