#include "ui/synthesis/synthesis_model.h"

#include "core/synthesis/pair_networks.h"
#include "ui/training/dropped_data.h"

#include <algorithm>

namespace hounsfield::synthesising {

using learning::DataRequest;
using learning::Existing;

struct SynthesisModel::ShownParts {
    GeneratorPointer generator;
    std::vector<Moment> moments;
};

SynthesisModel::SynthesisModel(SynthesisCore core, shell::BackgroundTasks& tasks, QObject* parent)
    : QObject(parent)
    , m_core(std::move(core))
    , m_tasks(tasks)
{
}

SynthesisModel::~SynthesisModel() = default;

SynthesisModel::View SynthesisModel::view() const
{
    const bool isBusy = m_stage == Stage::Reading || m_stage == Stage::Training;
    const bool canTrain = m_stage == Stage::Ready && data() && m_opened.split;
    return {m_stage, m_sentence, m_problem, m_task && isBusy ? m_task->fraction() : 0, canTrain, canResume(), isBusy,
        m_task && m_task->isStopping()};
}

bool SynthesisModel::canResume() const
{
    return (m_stage == Stage::Ready || m_stage == Stage::Empty) && m_run && m_run->wish;
}

std::optional<Text> SynthesisModel::warning() const
{
    if (!data() || !m_opened.split)
        return std::nullopt;
    return warningBefore(*data(), *m_opened.split);
}

std::map<std::string, std::string> SynthesisModel::values() const
{
    std::map<std::string, std::string> all;
    for (const Option& option : synthesis::pairTrainingOptions())
        all[option.name] = option.fallback;
    for (const auto& [name, value] : m_wish.options)
        all[name] = value;
    return all;
}

void SynthesisModel::begin(Stage stage, const Text& sentence, shell::BackgroundTask* task)
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

void SynthesisModel::fail(const Error& error, const Text& stopped)
{
    m_stage = data() ? Stage::Ready : Stage::Empty;
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

void SynthesisModel::complain(const Error& error)
{
    if (error.kind == Error::Kind::Cancelled)
        return;
    m_problem = error;
    emit changed();
}

void SynthesisModel::dismissProblem()
{
    m_problem.reset();
    emit changed();
}

void SynthesisModel::open(const QStringList& paths)
{
    if (m_stage == Stage::Training || paths.isEmpty())
        return;
    if (paths.size() == 1 && paths.front().endsWith(QLatin1String(".onnx"), Qt::CaseInsensitive))
        return openGenerator(paths.front().toStdString());
    const auto request = training::requestOf(paths);
    if (!request)
        return fail(request.error(), {});
    read([request](const Monitor&) { return request; },
        text("synthesis", "Reading %1 …").with(request->data.filename().string()));
}

void SynthesisModel::openSample()
{
    read(
        [make = m_core.sample](const Monitor& monitor) -> Result<DataRequest> {
            DataRequest request;
            request.data = TRY(make(monitor));
            return request;
        },
        text("synthesis", "Reading the sample …"));
}

void SynthesisModel::openProjectLabels()
{
    read([](const Monitor&) { return DataRequest{}; },
        text("synthesis", "Reading the labelled images of the project …"));
}

void SynthesisModel::openTrainingData()
{
    const auto request = m_trainingData ? m_trainingData() : std::nullopt;
    if (!request)
        return complain({Error::Kind::BadInput, text("synthesis", "The training page has no data open."), {},
            text("synthesis", "Open some there, or drop labelled images here.")});
    DataRequest paths; // where they are; size and depth are the pair's own
    paths.data = request->data;
    paths.test = request->test;
    paths.table = request->table;
    read([paths](const Monitor&) { return paths; }, text("synthesis", "Reading the data of the training page …"));
}

void SynthesisModel::read(MakeRequest make, const Text& title)
{
    if (m_stage == Stage::Training)
        return;
    if (m_task)
        m_task->cancel();
    const int turn = ++m_turn;
    const auto work = [core = m_core, make = std::move(make), wish = m_wish](const Monitor& monitor) -> Result<Opened> {
        return openFor(core, TRY(make(monitor.part(0, 0.2))), wish.size, wish.options, monitor.part(0.2, 1));
    };
    auto* task = m_tasks.start<Opened>(this, title, work, [this, turn](Result<Opened> opened) {
        if (turn != m_turn)
            return;
        if (opened)
            takeOpened(std::move(*opened));
        else
            fail(opened.error(), text("synthesis", "Stopped reading."));
    });
    begin(Stage::Reading, title, task);
}

void SynthesisModel::takeOpened(Opened opened)
{
    m_task = nullptr;
    m_stage = Stage::Ready;
    m_opened = std::move(opened);
    m_wish.data = m_opened.request;
    m_problem = m_opened.splitProblem;
    m_sentence =
        text("synthesis", "%1 images of %2 classes are read.").with(data()->cases.size(), data()->classes.size());
    emit changed();
}

void SynthesisModel::setNetwork(const std::string& name)
{
    if (name == m_wish.network || m_stage == Stage::Training)
        return;
    m_wish.network = name;
    emit changed();
}

void SynthesisModel::setSize(std::int64_t size)
{
    if (size == m_wish.size || m_stage == Stage::Training)
        return;
    m_wish.size = size; // the images are read at this size when a training begins
    emit changed();
}

void SynthesisModel::setOption(const std::string& name, const std::string& value)
{
    if (m_stage == Stage::Training)
        return;
    m_wish.options.erase(name);
    if (values()[name] != value)
        m_wish.options[name] = value;
    m_problem.reset();
    if (const auto checked = synthesis::pairTrainingValues(m_wish.options); !checked)
        m_problem = checked.error();
    else if (name == "seed" || name == "validation" || name == "test-share")
        plan();
    emit changed();
}

void SynthesisModel::setName(const std::string& name)
{
    if (name == m_name)
        return;
    m_name = name;
    emit changed();
}

/// Who is learned from is shown as it would be with the options of now; reckoned beside the window.
void SynthesisModel::plan()
{
    if (!data())
        return;
    const int turn = ++m_planTurn;
    auto options = values();
    for (auto one = options.begin(); one != options.end();)
        one = one->first == "seed" || one->first == "validation" || one->first == "test-share" ? std::next(one)
                                                                                               : options.erase(one);
    m_tasks.start<synthesis::PairSplit>(
        this, text("synthesis", "Planning the split"),
        [data = data(), options](const Monitor&) { return synthesis::splitForPair(*data, options); },
        [this, turn](Result<synthesis::PairSplit> split) {
            if (turn != m_planTurn)
                return;
            m_opened.split.reset();
            m_problem.reset();
            if (split)
                m_opened.split = std::move(*split);
            else
                m_problem = split.error();
            emit changed();
        });
}

void SynthesisModel::train()
{
    if (!view().canTrain)
        return;
    startTraining(Existing::Refuse, [core = m_core, name = m_name, network = m_wish.network] {
        const auto runs = core.runsFolder();
        return runs ? newRunFolder(*runs, name, network) : runs;
    });
}

void SynthesisModel::resume()
{
    if (!canResume())
        return;
    const auto wanted = synthesis::pairTrainingValues(m_wish.options);
    if (!wanted)
        return complain(wanted.error());
    if (const auto& run = m_run->run; run && run->ending == synthesis::PairRun::Ending::Finished) {
        const auto steps = wanted->integer("steps");
        const double minutes = wanted->number("minutes");
        if ((steps > 0 && run->steps >= steps) || (minutes > 0 && run->secondsTraining >= 60 * minutes))
            return complain({Error::Kind::BadInput, text("synthesis", "This training has had its minutes or steps."),
                m_run->name(), text("synthesis", "Ask for more minutes and steps above, then go on.")});
    }
    startTraining(Existing::Resume, [folder = m_run->folder]() -> Result<std::filesystem::path> { return folder; });
}

void SynthesisModel::startTraining(Existing existing, std::function<Result<std::filesystem::path>()> folder)
{
    m_shared = std::make_shared<SharedLive>();
    if (existing == Existing::Resume) {
        if (m_run->run)
            m_shared->live.evaluations = m_run->run->evaluations;
        m_shared->live.moments = m_moments;
    }
    m_live = m_shared->live;
    const int turn = ++m_turn;
    const RunPointer before = existing == Existing::Resume ? m_run : nullptr;
    const auto work = [core = m_core, wish = m_wish, opened = m_opened, shared = m_shared, existing, before,
                          folder = std::move(folder)](const Monitor& monitor) -> Result<PairRecord> {
        PairJob job{wish, TRY(folder()), existing, opened, shared};
        if (before) {
            job.open.data = TRY(dataOf(core, *before, opened, monitor.part(0, 0.05)));
            job.open.size = wish.size;
        }
        return trainBy(core, job, monitor);
    };
    const Text title = text("synthesis", "Training %1").with(m_wish.network);
    auto* task = m_tasks.start<PairRecord>(this, title, work, [this, turn](Result<PairRecord> record) {
        if (turn != m_turn)
            return;
        if (record)
            return takeTrained(std::move(*record));
        fail(record.error(), text("synthesis", "Stopped before the first evaluation. Resume goes on with it."));
        readRuns();
    });
    begin(Stage::Training, title, task);
}

void SynthesisModel::takeTrained(PairRecord record)
{
    if (m_shared) {
        const std::lock_guard lock(m_shared->mutex);
        m_live = m_shared->live;
    }
    m_shared.reset();
    m_task = nullptr;
    m_stage = data() ? Stage::Ready : Stage::Empty;
    using Ending = synthesis::PairRun::Ending;
    const Ending ending = record.run ? record.run->ending : Ending::Finished;
    m_sentence = ending == Ending::Stopped ? text("synthesis", "Stopped. The best generator so far is kept.")
                 : ending == Ending::Alarm
                     ? text("synthesis", "An alarm ended the training. The best generator so far is kept.")
                     : text("synthesis", "Done.");
    if (ending == Ending::Alarm && !record.run->alarm.isEmpty())
        m_problem = Error{Error::Kind::BadInput, record.run->alarm, {}, record.run->advice};
    const auto run = std::make_shared<const PairRecord>(std::move(record));
    std::erase_if(m_runs, [&](const RunPointer& one) { return one->folder == run->folder; });
    m_runs.insert(m_runs.begin(), run);
    m_name.clear();
    m_run = run;
    m_moments = m_live.moments;
    m_generator.reset();
    emit changed();
    emit trained();
    readShown();
}

void SynthesisModel::stop()
{
    if (m_task)
        m_task->cancel();
    emit changed();
}

void SynthesisModel::readRuns()
{
    m_tasks.start<std::vector<RunPointer>>(this, text("synthesis", "Reading earlier trainings"), m_core.runs,
        [this](Result<std::vector<RunPointer>> runs) {
            if (!runs)
                return complain(runs.error());
            m_runs = std::move(*runs);
            emit runsChanged();
            if (!m_run && !m_runs.empty() && m_stage != Stage::Training)
                showRun(m_runs.front());
        });
}

void SynthesisModel::showRun(const RunPointer& run)
{
    if (!run)
        return;
    m_run = run;
    m_generator.reset();
    m_moments.clear();
    if (run->wish && m_stage != Stage::Training) { // so that Resume goes on with the same
        const learning::DataRequest chosen = m_wish.data;
        m_wish = *run->wish;
        m_wish.data = data() ? chosen : m_wish.data;
    }
    emit changed();
    readShown();
}

/// Generator and samples of the shown training.
void SynthesisModel::readShown()
{
    emit runsChanged();
    const int turn = ++m_shownTurn;
    const auto work = [core = m_core, run = m_run](const Monitor& monitor) -> Result<ShownParts> {
        ShownParts parts;
        std::error_code ignored;
        if (run->run || !run->otherGenerator.empty() || std::filesystem::exists(run->generator(), ignored))
            parts.generator = std::make_shared<const synthesis::GeneratorModel>(TRY(core.generator(run->generator())));
        parts.moments = TRY(core.moments(*run, monitor));
        return parts;
    };
    m_tasks.start<ShownParts>(
        this, text("synthesis", "Reading %1").with(m_run->name()), work, [this, turn](Result<ShownParts> parts) {
            if (turn != m_shownTurn)
                return;
            if (!parts)
                return complain(parts.error());
            m_generator = parts->generator;
            m_moments = std::move(parts->moments);
            emit runsChanged();
            emit changed();
        });
}

void SynthesisModel::openGenerator(const std::filesystem::path& file)
{
    const auto work = [core = m_core, file](const Monitor&) -> Result<PairRecord> {
        (void)TRY(core.generator(file));
        auto record = readRecord(file.parent_path());
        const bool isOfRun = record && file.filename() == "generator.onnx";
        if (!isOfRun) { // a generator that was handed on alone
            record = PairRecord{};
            record->folder = file.parent_path();
            record->otherGenerator = file;
        }
        return record;
    };
    m_tasks.start<PairRecord>(
        this, text("synthesis", "Opening %1").with(file.filename().string()), work, [this](Result<PairRecord> record) {
            if (!record)
                return complain(record.error());
            m_problem.reset();
            showRun(std::make_shared<const PairRecord>(std::move(*record)));
        });
}

void SynthesisModel::replaceRun(const RunPointer& run)
{
    for (RunPointer& one : m_runs)
        if (one->folder == run->folder)
            one = run;
    if (m_run && m_run->folder == run->folder)
        m_run = run;
    emit runsChanged();
}

} // namespace hounsfield::synthesising
