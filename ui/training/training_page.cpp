#include "ui/training/training_page.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QMimeData>
#include <QTabWidget>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/shell/message_bar.h"
#include "ui/training/data_view.h"
#include "ui/training/gallery_view.h"
#include "ui/training/learning_view.h"
#include "ui/training/results_view.h"
#include "ui/training/runs_view.h"
#include "ui/training/setup_panel.h"

namespace hounsfield::training {

TrainingPage::TrainingPage(TrainingModel& model, shell::Choosers choosers, shell::OpenImage openImage, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_problem(new shell::MessageBar(shell::MessageBar::Kind::Problem, this))
    , m_setup(new SetupPanel(model, choosers, this))
    , m_tabs(new QTabWidget(this))
    , m_data(new DataView(model, choosers))
    , m_learning(new LearningView(model))
    , m_results(new ResultsView(model))
    , m_gallery(new GalleryView(model, std::move(openImage)))
    , m_runs(new RunsView(model))
{
    setObjectName(QStringLiteral("trainingPage"));
    setAcceptDrops(true);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_setup->setFixedWidth(fontMetrics().height() * 19);
    m_tabs->setObjectName(QStringLiteral("tabs"));
    m_tabs->setDocumentMode(true);
    for (QWidget* view : {static_cast<QWidget*>(m_data), static_cast<QWidget*>(m_learning),
             static_cast<QWidget*>(m_results), static_cast<QWidget*>(m_gallery), static_cast<QWidget*>(m_runs)})
        m_tabs->addTab(view, QString());
    auto* right = new QVBoxLayout;
    right->setContentsMargins(0, 6, 8, 8);
    right->addWidget(m_problem);
    right->addWidget(m_tabs, 1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_setup);
    row->addLayout(right, 1);

    // The panel sets up trainings on images; further views bring their own.
    connect(m_tabs, &QTabWidget::currentChanged, m_setup, [this](int tab) { m_setup->setVisible(tab <= Runs); });
    connect(&model, &TrainingModel::changed, this, &TrainingPage::refresh);
    connect(&model, &TrainingModel::progressed, this, [this] {
        m_setup->refreshProgress();
        m_learning->refresh();
    });
    connect(&model, &TrainingModel::runsChanged, this, &TrainingPage::refreshRuns);
    connect(&model, &TrainingModel::labelsChanged, this, [this] {
        m_results->refreshCorrections();
        m_gallery->refresh();
    });
    connect(&model, &TrainingModel::trained, this, &TrainingPage::takeTrained);
    connect(m_problem, &shell::MessageBar::closed, &model, &TrainingModel::dismissProblem);
    connect(m_results, &ResultsView::cellActivated, this, [this](int label, int called) {
        m_tabs->setCurrentIndex(Cases);
        m_gallery->showCell(m_results->part(), label, called);
    });
    connect(m_results, &ResultsView::modelChosen, this, &TrainingPage::modelChosen);
    connect(m_results, &ResultsView::trainAgain, &model, &TrainingModel::train);
    connect(m_gallery, &GalleryView::left, this, [this] { m_tabs->setCurrentIndex(Results); });
    connect(m_runs, &RunsView::chosen, this, [this] { m_tabs->setCurrentIndex(Results); });
    retranslate();
}

void TrainingPage::addView(QWidget* view)
{
    m_tabs->addTab(view, view->windowTitle());
    connect(view, &QWidget::windowTitleChanged, m_tabs,
        [this, view](const QString& title) { m_tabs->setTabText(m_tabs->indexOf(view), title); });
}

void TrainingPage::retranslate()
{
    m_tabs->setTabText(Data, tr("Data"));
    m_tabs->setTabText(Learning, tr("Learning"));
    m_tabs->setTabText(Results, tr("Results"));
    m_tabs->setTabText(Cases, tr("Cases"));
    m_tabs->setTabText(Runs, tr("Trainings"));
    m_tabs->setAccessibleName(tr("Training"));
    refresh();
}

void TrainingPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void TrainingPage::refresh()
{
    const auto view = m_model.view();
    m_problem->setError(view.problem);
    m_setup->refresh();
    m_data->refresh();
    m_learning->refresh();
    m_results->refreshCorrections();
    if (view.stage != m_stage && view.stage == TrainingModel::Stage::Training)
        m_tabs->setCurrentIndex(Learning);
    if (m_model.data() != m_shownData && view.stage == TrainingModel::Stage::Ready
        && m_stage == TrainingModel::Stage::Reading)
        m_tabs->setCurrentIndex(Data);
    m_stage = view.stage;
    m_shownData = m_model.data();
}

void TrainingPage::refreshRuns()
{
    if (m_model.run() != m_shownRun)
        m_gallery->clear();
    m_shownRun = m_model.run();
    m_results->refresh();
    m_runs->refresh();
    m_learning->refresh();
}

void TrainingPage::takeTrained()
{
    m_tabs->setCurrentIndex(Results);
    emit modelChosen(QString::fromStdString((m_model.run()->folder / "model.onnx").string()));
}

void TrainingPage::openFiles(const QStringList& paths)
{
    m_model.open(paths);
}

void TrainingPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void TrainingPage::dropEvent(QDropEvent* event)
{
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    if (!paths.isEmpty())
        openFiles(paths);
    event->acceptProposedAction();
}

std::vector<shell::Command> TrainingPage::commands()
{
    const Text menu = text("training", "Training");
    const auto isIdle = [this] { return m_model.view().stage != TrainingModel::Stage::Training; };
    return {
        {"training.sample", text("training", "Open the sample"),
            text("training", "Take the built-in labelled radiographs."), {}, nullptr, menu,
            [this] { m_model.openSample(); }, {}, isIdle},
        {"training.train", text("training", "Train"), text("training", "Learn from the training part."),
            {"Ctrl+Return"}, "play", menu, [this] { m_model.train(); }, {}, [this] { return m_model.view().canTrain; }},
        {"training.stop", text("training", "Stop"), text("training", "Stop and keep the best model so far."), {"Esc"},
            "stop", menu, [this] { m_model.stop(); }, {}, [this] { return m_model.view().canStop; }},
    };
}

} // namespace hounsfield::training
