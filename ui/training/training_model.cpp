#include "ui/training/training_model.h"

#include "core/base/clock.h"
#include "core/base/parallel.h"
#include "core/learning/networks.h"
#include "core/learning/options.h"
#include "ui/training/dropped_data.h"

#include <algorithm>
#include <mutex>

namespace hounsfield::training {

using learning::DataRequest;
using learning::DataSet;
using learning::Run;
using learning::Split;

/// Data that was read, and how it would be shared out.
struct TrainingModel::Opened {
    DataRequest request;
    DataPointer data;
    std::optional<Split> split;
};

/// A finished training; the data come along because they may have been read anew for it.
struct TrainingModel::Trained {
    Opened opened;
    RunPointer run;
};

/// What the training thread tells while it works.
struct TrainingModel::Shared {
    std::mutex mutex;
    Live live;
};

namespace {

std::string placeOf(const files::Source& source)
{
    return source.path.string() + '\n' + source.entry + '\n' + std::to_string(std::max<std::int64_t>(source.frame, 0));
}

/// What a label of this case hangs on, as the viewer would have it.
study::Subject subjectOf(const learning::Prediction& prediction)
{
    const bool isDicom = !prediction.uid.empty();
    const auto frame = static_cast<int>(std::max<std::int64_t>(prediction.source.frame, 0)) + 1;
    return {study::Subject::Level::Image, isDicom ? prediction.uid : "pixels:" + prediction.pixelHash, frame};
}

/// Labels of a picture that is alone in its file may name its frame 0 or 1.
std::string keyOf(const std::string& uid, int frame)
{
    return uid + '\n' + std::to_string(std::max(frame, 1));
}

bool isSameReading(const DataRequest& a, const DataRequest& b)
{
    const auto sameLabel = [](const learning::GivenLabel& x, const learning::GivenLabel& y) {
        return x.uid == y.uid && x.frame == y.frame && x.className == y.className;
    };
    return a.width == b.width && a.height == b.height && a.autoSize == b.autoSize && a.channels == b.channels
           && std::ranges::equal(a.labels, b.labels, sameLabel);
}

/// A new folder's name for a run: the time, so that they sort, and the network.
Result<std::filesystem::path> newRunFolder(const std::filesystem::path& runs, const std::string& network)
{
    std::string stamp = timestamp();
    std::ranges::replace(stamp, ':', '-');
    for (int i = 1; i < 1000; ++i) {
        const auto folder = runs / (stamp + "_" + network + (i > 1 ? "_" + std::to_string(i) : ""));
        std::error_code problem;
        if (!std::filesystem::exists(folder, problem))
            return folder;
    }
    return environment(text("training", "No new run folder can be made."), runs.string());
}

Result<DataRequest> completed(const TrainingCore& core, DataRequest request, const std::string& network,
    const std::map<std::string, std::string>& options)
{
    request.labels = TRY(core.labels());
    return learning::dataRequestFor(network, options, std::move(request));
}

template <typename Opened>
Result<Opened> openedBy(const TrainingCore& core, const DataRequest& wanted, const std::string& network,
    const std::map<std::string, std::string>& options, const Monitor& monitor)
{
    Opened opened;
    opened.request = TRY(completed(core, wanted, network, options));
    auto data = TRY(core.open(opened.request, monitor));
    opened.split = TRY(learning::plannedSplit(data, network, options));
    opened.data = std::make_shared<const DataSet>(std::move(data));
    return opened;
}

/// The options of a training in the window: one processor stays free for it unless the user said otherwise.
std::map<std::string, std::string> beside(std::map<std::string, std::string> options)
{
    if (!options.contains("threads"))
        options["threads"] = std::to_string(std::max(1, processorCount() - 1));
    return options;
}

/// Reads the data anew where another network or new labels ask for it, then trains.
template <typename Trained, typename Opened, typename Shared>
Result<Trained> trainedBy(const TrainingCore& core, Opened opened, const std::string& network,
    const std::map<std::string, std::string>& options, const std::shared_ptr<Shared>& shared, const Monitor& monitor)
{
    const DataRequest wanted = TRY(completed(core, opened.request, network, options));
    double begun = 0;
    if (!isSameReading(wanted, opened.request)) {
        begun = 0.1;
        opened = TRY(openedBy<Opened>(core, wanted, network, options, monitor.part(0, begun)));
    }
    learning::TrainingRequest request;
    request.network = network;
    request.options = beside(options);
    request.folder = TRY(newRunFolder(TRY(core.runsFolder()), network));
    request.version = HOUNSFIELD_VERSION;
    request.events.onStep = [shared](const learning::StepEvent& step) {
        const std::lock_guard lock(shared->mutex);
        shared->live.step = step;
    };
    request.events.onEpoch = [shared](const learning::EpochRecord& epoch) {
        const std::lock_guard lock(shared->mutex);
        shared->live.history.push_back(epoch);
    };
    auto run = TRY(core.train(*opened.data, request, monitor.part(begun, 1)));
    return Trained{std::move(opened), std::make_shared<const Run>(std::move(run))};
}

} // namespace

TrainingModel::TrainingModel(TrainingCore core, shell::BackgroundTasks& tasks, QObject* parent)
    : QObject(parent)
    , m_core(std::move(core))
    , m_tasks(tasks)
    , m_network("small-resnet")
{
}

TrainingModel::~TrainingModel() = default;

bool TrainingModel::canTrain() const
{
    return m_stage == Stage::Ready && m_data && m_data->classes.size() > 1;
}

TrainingModel::View TrainingModel::view() const
{
    const bool isBusy = m_stage == Stage::Reading || m_stage == Stage::Training;
    return {m_stage, m_sentence, m_problem, m_task && isBusy ? m_task->fraction() : 0, canTrain(), isBusy,
        m_task && m_task->isStopping()};
}

std::int64_t TrainingModel::trainingImages() const
{
    return m_split ? m_split->count(learning::Part::Train) : 0;
}

std::map<std::string, std::string> TrainingModel::values() const
{
    const auto network = learning::findNetwork(m_network);
    if (!network)
        return m_options;
    // Each value on its own: one that is wrong does not hide the others.
    std::map<std::string, std::string> all;
    if (const auto defaults = learning::trainingValues(**network, {}, trainingImages()))
        all = defaults->all();
    for (const auto& [name, value] : m_options)
        all[name] = value;
    return all;
}

void TrainingModel::begin(Stage stage, const Text& sentence, shell::BackgroundTask* task)
{
    m_stage = stage;
    m_sentence = sentence;
    m_problem.reset();
    m_task = task;
    connect(task, &shell::BackgroundTask::progressed, this, [this, task] {
        if (task != m_task)
            return;
        if (m_shared) {
            const std::lock_guard lock(m_shared->mutex);
            m_live = m_shared->live;
        }
        emit progressed();
    });
    emit changed();
}

void TrainingModel::fail(const Error& error, const Text& stopped)
{
    m_stage = m_data ? Stage::Ready : Stage::Empty;
    m_task = nullptr;
    m_shared.reset();
    if (error.kind == Error::Kind::Cancelled) {
        m_sentence = stopped;
    } else {
        m_sentence = {};
        m_problem = error;
    }
    emit changed();
}

void TrainingModel::dismissProblem()
{
    m_problem.reset();
    emit changed();
}

void TrainingModel::open(const QStringList& paths)
{
    if (m_stage == Stage::Training || paths.isEmpty())
        return;
    const auto request = requestOf(paths);
    if (!request)
        return fail(request.error(), {});
    read([request](const Monitor&) { return request; },
        text("training", "Reading %1 …").with(request->data.filename().string()));
}

void TrainingModel::openProjectLabels()
{
    if (m_stage == Stage::Training)
        return;
    read(
        [](const Monitor&) { return DataRequest{}; }, text("training", "Reading the labelled images of the project …"));
}

void TrainingModel::openSample()
{
    if (m_stage == Stage::Training)
        return;
    const auto make = [core = m_core](const Monitor& monitor) -> Result<DataRequest> {
        DataRequest request;
        request.data = TRY(core.sample(monitor));
        return request;
    };
    read(make, text("training", "Reading the built-in sample …"));
}

void TrainingModel::read(MakeRequest make, const Text& title)
{
    if (m_task)
        m_task->cancel();
    const int turn = ++m_turn;
    const auto work = [core = m_core, make = std::move(make), network = m_network, options = m_options,
                          synthetic = m_synthetic](const Monitor& monitor) -> Result<Opened> {
        DataRequest wanted = TRY(make(monitor.part(0, 0.1)));
        wanted.synthetic = synthetic;
        return openedBy<Opened>(core, wanted, network, options, monitor.part(0.1, 1));
    };
    auto* task = m_tasks.start<Opened>(this, title, work, [this, turn](Result<Opened> opened) {
        if (turn != m_turn)
            return;
        if (opened)
            return takeOpened(*opened);
        if (m_data)
            m_synthetic = m_request.synthetic; // as those of the data that stay
        fail(opened.error(), text("training", "Reading was stopped."));
    });
    begin(Stage::Reading, title, task);
}

void TrainingModel::takeOpened(const Opened& opened)
{
    m_task = nullptr;
    m_stage = Stage::Ready;
    m_request = opened.request;
    m_data = opened.data;
    m_split = opened.split;
    takeLabels(opened.request.labels);
    m_sentence =
        text("training", "%1 images of %2 classes are read.").with(m_data->cases.size(), m_data->classes.size());
    emit changed();
    emit labelsChanged();
}

void TrainingModel::setSynthetic(const std::vector<std::filesystem::path>& folders)
{
    if (m_stage == Stage::Training || folders == m_synthetic)
        return;
    m_synthetic = folders;
    if (m_data)
        read([request = m_request](const Monitor&) { return request; },
            text("training", "Reading the data and the synthetic images …"));
    emit changed();
}

void TrainingModel::setNetwork(const std::string& name)
{
    if (name == m_network || m_stage == Stage::Training)
        return;
    m_network = name;
    plan();
    emit changed();
}

void TrainingModel::setOption(const std::string& name, const std::string& value)
{
    if (m_stage == Stage::Training)
        return;
    const auto network = learning::findNetwork(m_network);
    const auto defaults = network ? learning::trainingValues(**network, {}, trainingImages()) : OptionValues();
    m_options.erase(name);
    if (!defaults || defaults->words(name) != value)
        m_options[name] = value;
    plan();
    emit changed();
}

/// The split is shown as it would be with the options of now; reckoned beside the window, for large sets take time.
void TrainingModel::plan()
{
    if (!m_data)
        return;
    const int turn = ++m_planTurn;
    m_tasks.start<Split>(
        this, text("training", "Planning the split"),
        [data = m_data, network = m_network, options = m_options](
            const Monitor&) { return learning::plannedSplit(*data, network, options); },
        [this, turn](Result<Split> split) {
            if (turn != m_planTurn)
                return;
            m_problem.reset();
            if (split)
                m_split = std::move(*split);
            else
                m_problem = split.error();
            emit changed();
        });
}

void TrainingModel::train()
{
    if (!canTrain())
        return;
    m_shared = std::make_shared<Shared>();
    m_live = {};
    const auto chosen = values();
    const auto epochs = chosen.find("epochs");
    m_shared->live.epochs = epochs == chosen.end() ? 0 : QString::fromStdString(epochs->second).toLongLong();
    m_live.epochs = m_shared->live.epochs;
    const int turn = ++m_turn;
    const Opened opened{m_request, m_data, m_split};
    const auto work = [core = m_core, opened, shared = m_shared, network = m_network, options = m_options](
                          const Monitor& monitor) -> Result<Trained> {
        return trainedBy<Trained>(core, opened, network, options, shared, monitor);
    };
    const Text title = text("training", "Training %1").with(m_network);
    auto* task = m_tasks.start<Trained>(this, title, work, [this, turn](Result<Trained> trained) {
        if (turn != m_turn)
            return;
        if (trained)
            takeTrained(*trained);
        else
            fail(trained.error(), text("training", "Stopped before anything was learned; nothing was kept."));
    });
    begin(Stage::Training, title, task);
}

void TrainingModel::takeTrained(const Trained& done)
{
    if (m_shared) {
        const std::lock_guard lock(m_shared->mutex);
        m_live = m_shared->live;
    }
    m_shared.reset();
    m_task = nullptr;
    m_stage = Stage::Ready;
    m_request = done.opened.request;
    m_data = done.opened.data;
    m_split = done.opened.split;
    m_runs.insert(m_runs.begin(), done.run);
    m_run = done.run;
    const bool isStopped = done.run->ending == learning::Ending::Stopped;
    m_sentence = isStopped ? text("training", "Stopped. The best model so far is kept.") : text("training", "Done.");
    emit changed();
    emit runsChanged();
    emit trained();
}

void TrainingModel::stop()
{
    if (m_task)
        m_task->cancel();
    emit changed();
}

void TrainingModel::showRun(const RunPointer& run)
{
    m_run = run;
    emit runsChanged();
}

void TrainingModel::readRuns()
{
    m_tasks.start<std::vector<RunPointer>>(
        this, text("training", "Reading earlier trainings"), m_core.runs, [this](Result<std::vector<RunPointer>> runs) {
            if (!runs) {
                m_problem = runs.error();
                emit changed();
                return;
            }
            m_runs = std::move(*runs);
            if (!m_run && !m_runs.empty())
                m_run = m_runs.front();
            emit runsChanged();
        });
}

void TrainingModel::readLabels()
{
    using Labels = std::vector<learning::GivenLabel>;
    m_tasks.start<Labels>(
        this, text("training", "Reading labels"), [core = m_core](const Monitor&) { return core.labels(); },
        [this](Result<Labels> labels) {
            if (!labels) {
                m_problem = labels.error();
                emit changed();
                return;
            }
            takeLabels(*labels);
            emit labelsChanged();
        });
}

void TrainingModel::takeLabels(const std::vector<learning::GivenLabel>& labels)
{
    m_labelByUid.clear();
    m_labelByPlace.clear();
    for (const learning::GivenLabel& label : labels) {
        m_labelByUid[keyOf(label.uid, label.frame)] = label.className;
        m_labelByPlace[placeOf(label.source)] = label.className;
    }
}

void TrainingModel::correct(const learning::Prediction& prediction, const std::string& className)
{
    study::Label label;
    label.subject = subjectOf(prediction);
    label.className = className;
    label.place.file = prediction.source.path.string();
    label.place.entry = prediction.source.entry;
    label.place.frame = std::max<std::int64_t>(prediction.source.frame, 0);
    label.place.patientID = prediction.patient;
    m_tasks.start<void>(
        this, text("training", "Saving a label"),
        [core = m_core, label](const Monitor&) { return core.setLabel(label); },
        [this](Result<void> saved) {
            if (saved)
                readLabels();
            else
                m_problem = saved.error();
            emit changed();
        });
}

std::optional<std::string> TrainingModel::correction(const Run& run, const learning::Prediction& prediction) const
{
    const std::string& original = run.classes[static_cast<std::size_t>(prediction.label)];
    const study::Subject subject = subjectOf(prediction);
    const auto byUid = m_labelByUid.find(keyOf(subject.uid, subject.frame));
    if (byUid != m_labelByUid.end())
        return byUid->second == original ? std::nullopt : std::optional(byUid->second);
    const auto byPlace = m_labelByPlace.find(placeOf(prediction.source));
    if (byPlace != m_labelByPlace.end() && byPlace->second != original)
        return byPlace->second;
    return std::nullopt;
}

std::int64_t TrainingModel::correctionCount() const
{
    if (!m_run)
        return 0;
    return std::ranges::count_if(
        m_run->predictions, [this](const auto& prediction) { return correction(*m_run, prediction).has_value(); });
}

} // namespace hounsfield::training
