#include "ui/synthesis/synthesis_page.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QTabWidget>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/shell/message_bar.h"
#include "ui/synthesis/blind_test_view.h"
#include "ui/synthesis/data_view.h"
#include "ui/synthesis/handout_bar.h"
#include "ui/synthesis/learning_view.h"
#include "ui/synthesis/runs_view.h"
#include "ui/synthesis/samples_view.h"
#include "ui/synthesis/setup_panel.h"
#include "ui/synthesis/verdict_view.h"

namespace hounsfield::synthesising {

SynthesisPage::SynthesisPage(SynthesisModels& models, shell::Choosers choosers, QWidget* parent)
    : QWidget(parent)
    , m_models(models)
    , m_model(models.synthesis)
    , m_problem(new shell::MessageBar(shell::MessageBar::Kind::Problem, this))
    , m_setup(new SetupPanel(m_model, choosers, this))
    , m_tabs(new QTabWidget(this))
    , m_data(new DataView(m_model))
    , m_learning(new LearningView(m_model))
    , m_verdict(new VerdictView(m_model, models.verdict))
    , m_samples(new SamplesView(m_model, models.samples))
    , m_blindTest(new BlindTestView(m_model, models.blindTest))
    , m_runs(new RunsView(m_model))
{
    setObjectName(QStringLiteral("synthesisPage"));
    setAcceptDrops(true);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_setup->setFixedWidth(fontMetrics().height() * 20);
    m_tabs->setObjectName(QStringLiteral("tabs"));
    m_tabs->setDocumentMode(true);
    m_samples->addFoot(new HandoutBar(models.handout, models.samples, choosers));
    for (QWidget* view :
        {static_cast<QWidget*>(m_data), static_cast<QWidget*>(m_learning), static_cast<QWidget*>(m_verdict),
            static_cast<QWidget*>(m_samples), static_cast<QWidget*>(m_blindTest), static_cast<QWidget*>(m_runs)})
        m_tabs->addTab(view, QString());
    auto* right = new QVBoxLayout;
    right->setContentsMargins(0, 6, 8, 8);
    right->addWidget(m_problem);
    right->addWidget(m_tabs, 1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_setup);
    row->addLayout(right, 1);
    joinModel();
    retranslate();
}

void SynthesisPage::joinModel()
{
    connect(&m_model, &SynthesisModel::changed, this, &SynthesisPage::refresh);
    connect(&m_model, &SynthesisModel::progressed, this, [this] {
        m_setup->refreshProgress();
        m_learning->refreshProgress();
    });
    connect(&m_model, &SynthesisModel::runsChanged, this, &SynthesisPage::refreshRuns);
    connect(&m_model, &SynthesisModel::trained, this, [this] { m_tabs->setCurrentIndex(Verdict); });
    connect(m_runs, &RunsView::chosen, this, [this] { m_tabs->setCurrentIndex(Verdict); });
    connect(m_samples, &SamplesView::verdictWanted, this, [this] { m_tabs->setCurrentIndex(Verdict); });
    connect(m_problem, &shell::MessageBar::closed, &m_model, &SynthesisModel::dismissProblem);
}

void SynthesisPage::retranslate()
{
    m_tabs->setTabText(Data, tr("Data"));
    m_tabs->setTabText(Learning, tr("Learning"));
    m_tabs->setTabText(Verdict, tr("Verdict"));
    m_tabs->setTabText(Samples, tr("Samples"));
    m_tabs->setTabText(BlindTest, tr("Blind test"));
    m_tabs->setTabText(Runs, tr("Trainings"));
    m_tabs->setAccessibleName(tr("Synthesis"));
    refresh();
}

void SynthesisPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void SynthesisPage::refresh()
{
    using Stage = SynthesisModel::Stage;
    const auto view = m_model.view();
    m_problem->setError(view.problem);
    m_setup->refresh();
    m_data->refresh();
    m_learning->refresh();
    if (view.stage != m_stage && view.stage == Stage::Training)
        m_tabs->setCurrentIndex(Learning);
    if (view.stage != m_stage && m_stage == Stage::Reading && view.stage == Stage::Ready)
        m_tabs->setCurrentIndex(Data);
    m_stage = view.stage;
}

void SynthesisPage::refreshRuns()
{
    m_runs->refresh();
    m_learning->refresh();
    m_setup->refresh();
    m_samples->refresh();
}

void SynthesisPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void SynthesisPage::dropEvent(QDropEvent* event)
{
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    m_model.open(paths);
    event->acceptProposedAction();
}

void SynthesisPage::begin(Tab tab, const std::function<void()>& work)
{
    m_tabs->setCurrentIndex(tab);
    work();
    if (tab == BlindTest)
        m_blindTest->setFocus();
}

bool SynthesisPage::isAtWork() const
{
    return m_model.view().canStop || m_models.verdict.view().work != VerdictModel::Work::None
           || m_models.handout.view().isBusy;
}

void SynthesisPage::stop()
{
    if (m_model.view().canStop)
        m_model.stop();
    else if (m_models.verdict.view().work != VerdictModel::Work::None)
        m_models.verdict.stop();
    else
        m_models.handout.stop();
}

std::vector<shell::Command> SynthesisPage::commands()
{
    const Text menu = text("synthesis", "&Synthesis");
    const auto isIdle = [this] { return m_model.view().stage != SynthesisModel::Stage::Training; };
    const auto canJudge = [this] { return m_models.verdict.view().canBegin; };
    return {
        {"synthesis.sample", text("synthesis", "Open the sample"),
            text("synthesis", "Take the built-in labelled radiographs."), {}, nullptr, menu,
            [this] { m_model.openSample(); }, {}, isIdle},
        {"synthesis.start", text("synthesis", "Start"),
            text("synthesis", "Learn to make images like those of the training part."), {"Ctrl+Return"}, "play", menu,
            [this] { m_model.train(); }, {}, [this] { return m_model.view().canTrain; }},
        {"synthesis.resume", text("synthesis", "Resume"), text("synthesis", "Go on with the chosen training."),
            {"Ctrl+Shift+Return"}, nullptr, menu, [this] { m_model.resume(); }, {},
            [this] { return m_model.view().canResume; }},
        {"synthesis.judge", text("synthesis", "Judge the generator"),
            text("synthesis", "Compare made images with real ones, look for copies and for memory."), {"Ctrl+J"},
            nullptr, menu, [this] { begin(Verdict, [this] { m_models.verdict.judge(); }); }, {}, canJudge},
        {"synthesis.try", text("synthesis", "Try whether the images help"),
            text("synthesis", "Train classifiers with and without made images and compare them."), {"Ctrl+Shift+J"},
            nullptr, menu, [this] { begin(Verdict, [this] { m_models.verdict.tryIt(); }); }, {}, canJudge},
        {"synthesis.blindTest", text("synthesis", "Blind test"),
            text("synthesis", "Real or made? Answer by R and M or by the arrow keys."), {"Ctrl+B"}, nullptr, menu,
            [this] { begin(BlindTest, [this] { m_models.blindTest.start(30); }); }, {},
            [this] { return m_models.blindTest.view().canStart; }},
        {"synthesis.stop", text("synthesis", "Stop"), text("synthesis", "Stop what is at work and keep what there is."),
            {"Esc"}, "stop", menu, [this] { stop(); }, {}, [this] { return isAtWork(); }},
    };
}

} // namespace hounsfield::synthesising
