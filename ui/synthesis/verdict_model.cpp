#include "ui/synthesis/verdict_model.h"

#include "core/base/parallel.h"

#include <algorithm>

namespace hounsfield::synthesising {

using synthesis::GeneratorJudgement;
using synthesis::TrialResult;

VerdictModel::VerdictModel(SynthesisModel& synthesis, QObject* parent)
    : QObject(parent)
    , m_synthesis(synthesis)
{
    connect(&synthesis, &SynthesisModel::runsChanged, this, &VerdictModel::changed);
    connect(&synthesis, &SynthesisModel::changed, this, &VerdictModel::changed);
}

VerdictModel::View VerdictModel::view() const
{
    View view;
    view.work = m_work;
    if (m_task) {
        view.stage = m_task->stage();
        view.fraction = m_task->fraction();
        view.isStopping = m_task->isStopping();
    }
    const bool isTraining = m_synthesis.view().stage == SynthesisModel::Stage::Training;
    view.canBegin = m_work == Work::None && !isTraining && m_synthesis.run() && m_synthesis.generator();
    return view;
}

void VerdictModel::setRepetitions(int seeds)
{
    m_options.seeds = seeds;
    emit changed();
}

void VerdictModel::setImagesPerClass(int images)
{
    m_options.perClass = images;
    emit changed();
}

double VerdictModel::trialSeconds() const
{
    const RunPointer shown = m_synthesis.run();
    if (!shown || !shown->run || shown->run->steps <= 0)
        return 0;
    const double step = shown->run->secondsTraining / static_cast<double>(shown->run->steps);
    constexpr double classifierStep = 0.02; // of small-resnet on images of 32 pixels, on two processors
    return static_cast<double>(m_options.seeds)
           * (step * static_cast<double>(m_options.pairSteps)
               + classifierStep * static_cast<double>(synthesis::trialArms * m_options.classifierSteps));
}

template <typename Found>
void VerdictModel::begin(Work work, const Text& title, FindOut<Found> find, std::optional<Found> PairRecord::*place)
{
    if (!view().canBegin)
        return;
    const int turn = ++m_turn;
    const RunPointer run = m_synthesis.run();
    const auto job = [core = m_synthesis.core(), run, generator = m_synthesis.generator(),
                         opened = m_synthesis.opened(),
                         find = std::move(find)](const Monitor& monitor) -> Result<Found> {
        const DataPointer data = TRY(dataOf(core, *run, opened, monitor.part(0, 0.05)));
        Found found = TRY(find(*generator, *data, monitor.part(0.05, 1)));
        TRY(keep(run->folder, found));
        return found;
    };
    auto* task = m_synthesis.tasks().start<Found>(this, title, job, [this, turn, run, place](Result<Found> found) {
        if (turn != m_turn)
            return;
        if (!found)
            return end(found.error());
        end(std::nullopt);
        const RunPointer now = m_synthesis.run() && m_synthesis.run()->folder == run->folder ? m_synthesis.run() : run;
        auto record = std::make_shared<PairRecord>(*now);
        (*record).*place = std::move(*found);
        m_synthesis.replaceRun(record);
    });
    m_task = task;
    m_work = work;
    connect(task, &shell::BackgroundTask::progressed, this, &VerdictModel::changed);
    m_synthesis.dismissProblem(); // tells that something has begun, too
}

void VerdictModel::end(const std::optional<Error>& error)
{
    m_task = nullptr;
    m_work = Work::None;
    m_synthesis.dismissProblem();
    if (error)
        m_synthesis.complain(*error);
}

void VerdictModel::judge()
{
    const RunPointer run = m_synthesis.run();
    if (!run)
        return;
    begin<GeneratorJudgement>(
        Work::Judging, text("synthesis", "Judging %1").with(run->name()),
        [core = m_synthesis.core(), folder = run->folder](const synthesis::GeneratorModel& generator,
            const learning::DataSet& data,
            const Monitor& monitor) { return core.judge(generator, folder, data, monitor); },
        &PairRecord::judged);
}

void VerdictModel::tryIt()
{
    const RunPointer run = m_synthesis.run();
    if (!run)
        return;
    synthesis::TrialOptions options = m_options;
    options.version = HOUNSFIELD_VERSION;
    options.threads = std::max(1, processorCount() - 1);
    if (run->run) {
        options.network = run->run->network;
        options.size = run->run->size;
        if (const auto seed = run->run->options.find("seed"); seed != run->run->options.end())
            options.splitSeed = std::stoull(seed->second);
    }
    // Repetitions that are there are used again: another number of images needs a folder of its own.
    const auto folder = run->folder / ("trial-" + std::to_string(options.perClass));
    begin<TrialResult>(
        Work::Trying, text("synthesis", "Trying what the images of %1 are good for").with(run->name()),
        [core = m_synthesis.core(), folder, options](const synthesis::GeneratorModel&, const learning::DataSet& data,
            const Monitor& monitor) { return core.trial(data, folder, options, monitor); },
        &PairRecord::trial);
}

void VerdictModel::stop()
{
    if (m_task)
        m_task->cancel();
    emit changed();
}

} // namespace hounsfield::synthesising
