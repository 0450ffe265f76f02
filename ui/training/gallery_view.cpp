#include "ui/training/gallery_view.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/training/case_list.h"
#include "ui/training/training_model.h"

#include <algorithm>

namespace hounsfield::training {

GalleryView::GalleryView(TrainingModel& model, shell::OpenImage openImage, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_openImage(std::move(openImage))
    , m_cases(new CaseList(model, this))
    , m_title(new QLabel(this))
    , m_list(new QListView(this))
    , m_hint(new QLabel(this))
    , m_class(new QComboBox(this))
    , m_correct(new QPushButton(this))
    , m_back(new QPushButton(this))
{
    m_title->setObjectName(QStringLiteral("galleryTitle"));
    m_title->setProperty("role", "heading");
    m_title->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("gallery"));
    m_list->setModel(m_cases);
    m_list->setViewMode(QListView::IconMode);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMovement(QListView::Static);
    m_list->setIconSize({CaseList::pictureSide, CaseList::pictureSide});
    m_list->setUniformItemSizes(true);
    m_list->setWordWrap(true);
    m_list->installEventFilter(this);
    m_class->setObjectName(QStringLiteral("correctClass"));
    m_class->setMinimumContentsLength(14);
    m_correct->setObjectName(QStringLiteral("correct"));
    m_back->setObjectName(QStringLiteral("galleryBack"));
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_back);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_hint, 1);
    foot->addWidget(m_class);
    foot->addWidget(m_correct);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->addLayout(head);
    column->addWidget(m_list, 1);
    column->addLayout(foot);
    connect(m_list, &QListView::clicked, this, &GalleryView::openCurrent);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &GalleryView::refreshTitle);
    connect(m_correct, &QPushButton::clicked, this, [this] { correctCurrent(m_class->currentIndex()); });
    connect(m_back, &QPushButton::clicked, this, &GalleryView::left);
    retranslate();
}

void GalleryView::showCell(learning::Part part, int label, int called)
{
    if (!m_model.run())
        return;
    m_label = label;
    m_called = called;
    m_cases->setCell(m_model.run(), part, label, called);
    fillClasses();
    if (m_cases->rowCount() > 0)
        m_list->setCurrentIndex(m_cases->index(0));
    m_list->setFocus();
    refreshTitle();
}

void GalleryView::clear()
{
    m_cases->clear();
    m_label = m_called = -1;
    fillClasses();
    refreshTitle();
}

void GalleryView::refresh()
{
    m_cases->refreshCorrections();
    refreshTitle();
}

void GalleryView::fillClasses()
{
    m_class->clear();
    if (!m_cases->run())
        return;
    int digit = 0;
    for (const std::string& name : m_cases->run()->classes)
        m_class->addItem(
            ++digit < 10 ? tr("%1  %2").arg(digit).arg(QString::fromStdString(name)) : QString::fromStdString(name));
    m_class->setCurrentIndex(m_called);
}

void GalleryView::retranslate()
{
    m_list->setAccessibleName(tr("Cases"));
    m_class->setAccessibleName(tr("Right class"));
    m_correct->setText(tr("Correct the label"));
    m_correct->setToolTip(tr("Save this class as the label of the chosen case; the next training learns from it"));
    m_back->setText(tr("Back to the results"));
    m_hint->setText(tr("Click or Enter opens a case with its heat map; a digit corrects its label."));
    m_hint->setProperty("role", "quiet");
    m_hint->setWordWrap(true);
    fillClasses();
    refresh();
}

void GalleryView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void GalleryView::refreshTitle()
{
    const bool hasCase = m_cases->prediction(m_list->currentIndex().row()) != nullptr;
    m_correct->setEnabled(hasCase);
    m_class->setEnabled(hasCase);
    if (m_label < 0) {
        m_title->setText(tr("Choose a cell of the confusion matrix to see its cases here."));
        return;
    }
    const auto name = [this](int c) {
        return QString::fromStdString(m_cases->run()->classes[static_cast<std::size_t>(c)]);
    };
    m_title->setText(tr("Label %1, model said %2. Cases: %3, the most confident first.")
                         .arg(name(m_label), name(m_called), QLocale().toString(m_cases->rowCount())));
}

void GalleryView::openCurrent()
{
    const learning::Prediction* one = m_cases->prediction(m_list->currentIndex().row());
    if (!one)
        return;
    const auto& run = *m_cases->run();
    m_openImage({one->source, std::max<std::int64_t>(one->source.frame, 0), (run.folder / "model.onnx").string(),
        run.classes[static_cast<std::size_t>(one->called)]});
}

void GalleryView::correctCurrent(int classIndex)
{
    const learning::Prediction* one = m_cases->prediction(m_list->currentIndex().row());
    if (one && classIndex >= 0 && classIndex < std::ssize(m_cases->run()->classes))
        m_model.correct(*one, m_cases->run()->classes[static_cast<std::size_t>(classIndex)]);
}

bool GalleryView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            openCurrent();
            return true;
        }
        if (key->key() >= Qt::Key_1 && key->key() <= Qt::Key_9) {
            correctCurrent(key->key() - Qt::Key_1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace hounsfield::training
