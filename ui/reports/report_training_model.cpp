#include "ui/reports/report_training_model.h"

#include <QLocale>

#include "core/base/clock.h"
#include "core/learning/text_training.h"
#include "ui/reports/reports_model.h"

#include <algorithm>

namespace hounsfield::reporting {

/// What the training thread has told so far.
struct ReportTrainingModel::Shared {
    std::mutex mutex;
    std::vector<learning::EpochRecord> history;
    learning::StepEvent step;
};

ReportTrainingModel::ReportTrainingModel(
    ReportsModel& model, files::ReaderPool& readers, shell::BackgroundTasks& tasks, RunFolder folder, QObject* parent)
    : QObject(parent)
    , m_reports(model)
    , m_readers(readers)
    , m_tasks(tasks)
    , m_folder(std::move(folder))
{
}

ReportTrainingModel::View ReportTrainingModel::view() const
{
    View view;
    view.stage = m_stage;
    view.sentence = m_sentence;
    view.problem = m_problem;
    view.fraction = m_task ? m_task->fraction() : 0;
    view.canTrain = m_stage == Stage::Idle && m_set;
    const auto options = values();
    const auto epochs = options.find("epochs");
    view.epochs = epochs == options.end() ? 0 : QString::fromStdString(epochs->second).toLongLong();
    if (m_shared) {
        const std::lock_guard lock(m_shared->mutex);
        view.history = m_shared->history;
        if (m_stage == Stage::Training && m_shared->step.steps > 0)
            view.sentence = tr("Epoch %1 · %2 reports per second · about %3 s left")
                                .arg(m_shared->step.epoch)
                                .arg(QLocale().toString(m_shared->step.samplesPerSecond, 'f', 0),
                                    QLocale().toString(m_shared->step.secondsLeft, 'f', 0));
    }
    return view;
}

void ReportTrainingModel::setSource(Source source)
{
    m_source = source;
    m_set.reset();
    m_sentence.clear();
    m_problem.reset();
    if (source != Source::Table || !m_data.isEmpty())
        read();
    emit changed();
}

void ReportTrainingModel::setTables(const QString& data, const QString& labels)
{
    m_data = data;
    m_labels = labels;
    setSource(Source::Table);
}

void ReportTrainingModel::setNetwork(const std::string& name)
{
    m_network = name;
    emit changed();
}

std::map<std::string, std::string> ReportTrainingModel::values() const
{
    const auto network = learning::findTextNetwork(m_network);
    std::map<std::string, std::string> all;
    if (!network)
        return all;
    for (const Option& option : learning::textOptions(**network))
        all[option.name] = option.fallback;
    for (const auto& [name, value] : m_options)
        all[name] = value;
    return all;
}

void ReportTrainingModel::setOption(const std::string& name, const std::string& value)
{
    m_options[name] = value;
    emit changed();
}

void ReportTrainingModel::fail(const Error& error)
{
    m_stage = Stage::Idle;
    if (error.kind == Error::Kind::Cancelled)
        m_sentence = tr("Stopped.");
    else
        m_problem = error;
    emit changed();
}

/// A copy of the project's reports with their labels.
Result<reports::ReportSet> ReportTrainingModel::ownSet() const
{
    std::vector<std::string> labels;
    for (const reports::ReportLabel& label : m_reports.labels())
        labels.push_back(label.name);
    std::vector<reports::SourceReport> all;
    for (std::size_t i = 0; i < m_reports.size(); ++i)
        all.push_back({&m_reports.report(i).report, m_reports.report(i).findings});
    const auto source = m_source == Source::Confirmed ? reports::LabelSource::Confirmed : reports::LabelSource::Rules;
    return reports::reportSetOf(
        tr("the project's reports").toStdString(), labels, reports::labelledBy(source, all, labels));
}

void ReportTrainingModel::read()
{
    const int turn = ++m_turn;
    m_problem.reset();
    m_set.reset();
    const auto take = [this, turn](Result<reports::ReportSet> set) {
        if (turn != m_turn)
            return;
        m_stage = Stage::Idle;
        if (!set)
            return fail(set.error());
        m_set = std::make_shared<const reports::ReportSet>(std::move(*set));
        m_sentence.clear();
        emit changed();
    };
    if (m_source != Source::Table)
        return take(ownSet());
    m_stage = Stage::Reading;
    reports::ReportSetRequest request;
    request.data = m_data.toStdString();
    request.labels = m_labels.toStdString();
    m_task = m_tasks.start<reports::ReportSet>(
        this, text("reports", "Reading the labelled reports"),
        [readers = &m_readers, request](
            const Monitor& monitor) { return reports::openReportSet(*readers, request, monitor); },
        take);
    emit changed();
}

learning::TrainerEvents ReportTrainingModel::eventsOf(const std::shared_ptr<Shared>& shared)
{
    learning::TrainerEvents events;
    events.onStep = [shared](const learning::StepEvent& step) {
        const std::lock_guard lock(shared->mutex);
        shared->step = step;
    };
    events.onEpoch = [shared](const learning::EpochRecord& epoch) {
        const std::lock_guard lock(shared->mutex);
        shared->history.push_back(epoch);
    };
    return events;
}

void ReportTrainingModel::train()
{
    if (!view().canTrain)
        return;
    const int turn = ++m_turn;
    m_stage = Stage::Training;
    m_problem.reset();
    m_sentence = tr("Training begins: first the regression on word counts.");
    m_shared = std::make_shared<Shared>();
    const auto work = [set = m_set, shared = m_shared, folder = m_folder, network = m_network, options = m_options](
                          const Monitor& monitor) -> Result<reports::ReportRun> {
        learning::TrainingRequest request;
        request.network = network;
        request.options = options;
        std::string name = "reports " + timestamp();
        std::ranges::replace(name, ':', '-');
        request.folder = TRY(folder()) / name;
        request.version = HOUNSFIELD_VERSION;
        request.events = eventsOf(shared);
        return reports::trainReports(*set, request, monitor);
    };
    m_task = m_tasks.start<reports::ReportRun>(this, text("reports", "Training %1").with(m_network), work,
        [this, turn, isOnRules = m_source == Source::Rules](Result<reports::ReportRun> run) {
            if (turn == m_turn)
                takeRun(std::move(run), isOnRules);
        });
    connect(m_task, &shell::BackgroundTask::progressed, this, &ReportTrainingModel::progressed);
    emit changed();
}

void ReportTrainingModel::takeRun(Result<reports::ReportRun> run, bool isOnRules)
{
    if (!run)
        return fail(run.error());
    m_stage = Stage::Idle;
    m_isRunOnRules = isOnRules;
    m_run = std::make_shared<const reports::ReportRun>(std::move(*run));
    m_sentence =
        m_run->ending == learning::Ending::Stopped ? tr("Stopped. The best model so far is kept.") : tr("Done.");
    emit changed();
    emit trained(QString::fromStdString((m_run->folder / "model.onnx").string()));
}

void ReportTrainingModel::stop()
{
    if (m_task)
        m_task->cancel();
}

} // namespace hounsfield::reporting
