#include "core/nn/program.h"

#include "core/nn/steps/step.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace hounsfield::nn {

namespace {

constexpr std::int64_t floatsOfThread = std::int64_t{8} << 20;

} // namespace

Program::Program(Plan plan, Purpose purpose)
    : m_plan(std::move(plan))
    , m_purpose(purpose)
{
    m_others.resize(m_plan.values.size());
    m_otherGradients.resize(m_plan.values.size());
    for (const PlannedStep& planned : m_plan.steps)
        m_steps.push_back(makeStep(planned, *this));
    chooseStages();
    chooseGroups();
    reserveFlat();
    layOutValues();
    std::set<int> written;
    for (int i = 0; i < static_cast<int>(m_plan.values.size()); ++i)
        if (m_plan.value(i).isStart)
            written.insert(i);
    for (auto step = m_steps.rbegin(); step != m_steps.rend(); ++step) {
        std::vector<int> inputs = (*step)->planned.inputs;
        inputs.push_back((*step)->planned.add);
        for (const int input : inputs) // what a step takes twice counts once; the step adds up its own
            if (input >= 0 && m_plan.isLedBack((*step)->planned) && m_plan.value(input).needsGradient
                && !m_isAccumulated.contains({step->get(), input}))
                m_isAccumulated[{step->get(), input}] = !written.insert(input).second;
    }
    for (const auto& step : m_steps)
        step->prepare();
    layOut();
}

Program::~Program() = default;

void Program::chooseGroups()
{
    // Images of a group share each read of the weights, while the largest value of a group shall stay in a cache.
    std::int64_t largest = 0, all = 0;
    for (const PlannedValue& value : m_plan.values)
        if (value.isBatched && value.samples() > 0) {
            const std::int64_t each = elementCount(value.shape) / value.samples();
            largest = std::max(largest, each);
            all += value.needsGradient ? 2 * each : each;
        }
    m_groupSize = largest > 1 << 22 ? 1 : largest > 1 << 19 ? 2 : largest > 1 << 17 ? 4 : 8;
    // A thread holds all of a group at once.
    while (m_isSingleStage && m_groupSize > 2 && all * m_groupSize > floatsOfThread)
        m_groupSize /= 2;
    m_groups = static_cast<int>((m_plan.batch + m_groupSize - 1) / m_groupSize);
}

bool Program::isParted(const Step& step) const
{
    const bool isTraining = m_purpose == Purpose::Train;
    return step.isWhole() || step.isForwardSplit()
           || (isTraining && (step.isBackwardSplit() || (step.rowTasks() > 0 && !step.rowReads())));
}

/// Where nothing in between waits for other groups, all work on a group is one stage and lies in its thread's memory.
/// What the batch as a whole is made of beforehand, such as the masks of texts, does not hinder that.
void Program::chooseStages()
{
    std::set<int> late;
    const auto isEarly = [&](const std::unique_ptr<Step>& step) {
        const PlannedStep& planned = step->planned;
        const bool isFree = step->isWhole() && !m_plan.isLedBack(planned)
                            && std::ranges::none_of(planned.inputs, [&](int input) { return late.contains(input); });
        if (!isFree)
            late.insert(planned.outputs.begin(), planned.outputs.end());
        return isFree;
    };
    std::vector<std::unique_ptr<Step>> early, others;
    for (auto& step : m_steps)
        (isEarly(step) ? early : others).push_back(std::move(step));
    m_early = early.size();
    m_isSingleStage = m_purpose != Purpose::ForwardBackward
                      && std::ranges::none_of(others, [&](const auto& step) { return isParted(*step); });
    for (const auto& step : early)
        m_lastingValues.insert(step->planned.outputs.begin(), step->planned.outputs.end());
    for (const auto& step : others)
        if (const auto reads = step->rowReads(); reads && step->rowTasks() > 0) {
            m_lastingValues.insert(reads->values.begin(), reads->values.end());
            m_lastingGradients.insert(reads->gradients.begin(), reads->gradients.end());
        }
    for (int i = 0; i < static_cast<int>(m_plan.values.size()); ++i)
        if (m_early > 0 && m_plan.value(i).isInput) // filled before the early steps
            m_lastingValues.insert(i);
    m_steps = std::move(early);
    std::ranges::move(others, std::back_inserter(m_steps));
}

Group Program::group(std::int64_t index, int thread) const
{
    const std::int64_t first = index * m_groupSize;
    const auto count = static_cast<int>(std::min<std::int64_t>(m_groupSize, m_plan.batch - first));
    return {static_cast<int>(index), first, count, thread};
}

bool Program::isAccumulated(const Step* step, int value) const
{
    return m_isAccumulated.at({step, value});
}

void Program::fail(const Error& error, const std::string& node)
{
    const std::scoped_lock lock(m_problemLock);
    if (problem)
        return;
    problem = error;
    if (problem->where.empty())
        problem->where = node;
}

int Program::addGradientSource(GradientSource source)
{
    m_sources.push_back(std::move(source));
    return static_cast<int>(m_sources.size()) - 1;
}

void Program::addPacking(std::vector<Stage>& stages)
{
    std::vector<std::pair<Step*, std::int64_t>> tasks;
    for (const auto& step : m_steps)
        for (std::int64_t task = 0; task < step->packTasks(); ++task)
            tasks.emplace_back(step.get(), task);
    if (tasks.empty())
        return;
    const auto count = static_cast<std::int64_t>(tasks.size());
    stages.push_back({count, false,
        [tasks = std::move(tasks)](std::int64_t task, int) {
            const auto& [step, part] = tasks[static_cast<std::size_t>(task)];
            step->pack(part);
        },
        {}});
}

namespace {

/// Gathers work on groups into stages.
class StageBuilder {
  public:
    StageBuilder(const Program& program, std::vector<Stage>& stages)
        : m_program(program)
        , m_stages(stages)
    {
    }

    void add(std::function<void(const Group&)> work)
    {
        if (work)
            m_work.push_back(std::move(work));
    }

    void end(std::function<void()> finish = {})
    {
        if (!m_work.empty())
            m_stages.push_back({m_program.groups(), true,
                [&program = m_program, work = std::move(m_work)](std::int64_t task, int thread) {
                    const Group group = program.group(task, thread);
                    for (const auto& part : work)
                        part(group);
                },
                std::move(finish)});
        m_work.clear();
    }

    void addStage(std::int64_t tasks, std::function<void(std::int64_t)> run)
    {
        end();
        m_stages.push_back({tasks, false, [run = std::move(run)](std::int64_t task, int) { run(task); }, {}});
    }

  private:
    const Program& m_program;
    std::vector<Stage>& m_stages;
    std::vector<std::function<void(const Group&)>> m_work;
};

void addForward(StageBuilder& builder, Step* step, const Group& everything)
{
    if (step->isWhole()) {
        builder.addStage(1, [step, everything](std::int64_t) { step->forward(everything); });
        return;
    }
    builder.add([step](const Group& group) { step->forward(group); });
    if (step->isForwardSplit()) {
        builder.end([step] { step->finishForward(); });
        builder.add([step](const Group& group) { step->forwardAfter(group); });
    }
}

void addBackward(StageBuilder& builder, Step* step, const Group& everything)
{
    if (step->isWhole()) {
        builder.addStage(1, [step, everything](std::int64_t) { step->backward(everything); });
        return;
    }
    builder.add([step](const Group& group) { step->backward(group); });
    if (step->isBackwardSplit()) {
        builder.end([step] { step->finishBackward(); });
        builder.add([step](const Group& group) { step->backwardAfter(group); });
    }
}

void addRows(StageBuilder& builder, Step* step)
{
    if (const std::int64_t tasks = step->rowTasks())
        builder.addStage(tasks, [step](std::int64_t task) { step->rowTask(task); });
}

} // namespace

void Program::addPasses(std::vector<Stage>& stages, Passes passes, const Hooks& hooks)
{
    StageBuilder builder(*this, stages);
    const auto tell = [&](int value) {
        if (value >= 0 && m_plan.value(value).isGradientKept && m_plan.value(value).needsGradient && hooks.ready)
            builder.add([ready = hooks.ready, value](const Group& group) { ready(value, group); });
    };
    if (passes != Passes::Backward) {
        builder.add(hooks.fill);
        for (const auto& step : m_steps)
            addForward(builder, step.get(), everything());
        builder.add(hooks.read);
    }
    if (passes != Passes::Forward) {
        builder.add(hooks.start);
        for (auto step = m_steps.rbegin(); step != m_steps.rend(); ++step) {
            const PlannedStep& planned = (*step)->planned;
            for (const int output : planned.outputs)
                tell(output);
            if (!m_plan.isLedBack(planned))
                continue;
            addBackward(builder, step->get(), everything());
            if (!m_isSingleStage)
                addRows(builder, step->get());
        }
        for (int i = 0; i < static_cast<int>(m_plan.values.size()); ++i)
            if (m_plan.value(i).isInput)
                tell(i);
        for (auto step = m_steps.rbegin(); step != m_steps.rend() && m_isSingleStage; ++step)
            if (m_plan.isLedBack((*step)->planned))
                addRows(builder, step->get());
    }
    builder.end();
}

} // namespace hounsfield::nn
