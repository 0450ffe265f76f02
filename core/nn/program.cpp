#include "core/nn/program.h"

#include "core/nn/steps/step.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <new>
#include <set>
#include <utility>

namespace hounsfield::nn {

namespace {

constexpr std::int64_t hugePage = std::int64_t{2} << 20;

constexpr std::int64_t floatsOfThread = std::int64_t{8} << 20;

std::int64_t roundedUp(std::int64_t value, std::int64_t unit)
{
    return (value + unit - 1) / unit * unit;
}

} // namespace

Arena::Arena(std::int64_t bytes)
    : m_bytes(roundedUp(bytes, hugePage))
{
    m_data = static_cast<char*>(std::aligned_alloc(hugePage, static_cast<std::size_t>(m_bytes)));
    if (!m_data)
        throw std::bad_alloc();
    ::madvise(m_data, static_cast<std::size_t>(m_bytes), MADV_HUGEPAGE);
    std::fill_n(m_data, m_bytes, '\0');
}

Arena::~Arena()
{
    std::free(m_data);
}

Arena::Arena(Arena&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_bytes(std::exchange(other.m_bytes, 0))
{
}

Arena& Arena::operator=(Arena&& other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_bytes, other.m_bytes);
    return *this;
}

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

int Program::reserve(Buffer::Scope scope, std::int64_t bytes)
{
    if (scope == Buffer::Scope::Samples)
        scope = m_isSingleStage ? Buffer::Scope::Thread : Buffer::Scope::Group;
    m_buffers.push_back({scope, scope == Buffer::Scope::Group ? bytes : roundedUp(bytes, 64)});
    return static_cast<int>(m_buffers.size()) - 1;
}

Program::Laid Program::laid(const PlannedValue& value, const Border& border, bool isLasting)
{
    Laid made;
    std::int64_t perSample = elementCount(value.shape) / std::max<std::int64_t>(1, value.samples());
    if (value.isImage()) {
        const std::int64_t channels = value.shape[1], columns = value.shape[3] + border.left + border.right;
        made.place.column = channels;
        made.place.row = columns * channels;
        made.origin = border.top * made.place.row + border.left * made.place.column;
        perSample = (value.shape[2] + border.top + border.bottom) * made.place.row;
    } else {
        made.place.row = perSample;
        made.place.column = value.shape.size() > 1 ? value.shape.back() : 1;
    }
    made.place.image = perSample;
    made.buffer = reserve(isLasting ? Buffer::Scope::Group : Buffer::Scope::Samples, perSample * m_groupSize * 4);
    return made;
}

void Program::layOutValues()
{
    m_places.resize(m_plan.values.size());
    std::set<int> touched;
    for (const PlannedStep& step : m_plan.steps) {
        touched.insert(step.inputs.begin(), step.inputs.end());
        touched.insert(step.outputs.begin(), step.outputs.end());
        touched.insert(step.add);
    }
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const int index = static_cast<int>(i);
        const PlannedValue& value = m_plan.values[i];
        Places& places = m_places[i];
        if (value.isFilledWhole(m_plan.batch)) {
            m_others[i] = Tensor(value.type, value.shape);
            places.fillBuffer =
                reserve(Buffer::Scope::Thread, elementCount(value.shape) / value.samples() * m_groupSize * 4);
        }
        if (!value.isBatched || (!touched.contains(index) && !value.isInput && !value.isKept))
            continue;
        places.value = laid(value, value.border, m_lastingValues.contains(index));
        if (value.isInput && !value.border.isEmpty())
            places.fillBuffer =
                reserve(Buffer::Scope::Thread, elementCount(value.shape) / value.samples() * m_groupSize * 4);
        if (value.needsGradient)
            places.gradient = laid(value, value.gradientBorder, m_lastingGradients.contains(index));
    }
}

void Program::layOut()
{
    std::int64_t offset = 0;
    for (Buffer& buffer : m_buffers) {
        const std::int64_t units = buffer.scope == Buffer::Scope::Once    ? 1
                                   : buffer.scope == Buffer::Scope::Group ? m_groups
                                                                          : threads();
        buffer.offset = offset;
        offset += roundedUp(units * buffer.bytes, 64);
    }
    m_arena = Arena(offset + 4096); // kernels may read some floats behind a value
}

float* Program::value(int index, const Group& group) const
{
    const Laid& laid = m_places[static_cast<std::size_t>(index)].value;
    return at(laid.buffer, group) + laid.origin;
}

float* Program::gradient(int index, const Group& group) const
{
    const Laid& laid = m_places[static_cast<std::size_t>(index)].gradient;
    return at(laid.buffer, group) + laid.origin;
}

float* Program::filled(int index, const Group& group) const
{
    const int buffer = m_places[static_cast<std::size_t>(index)].fillBuffer;
    return buffer < 0 ? value(index, group) : at(buffer, group);
}

void Program::spreadFilled(int index, const Group& group)
{
    if (m_places[static_cast<std::size_t>(index)].fillBuffer < 0)
        return;
    if (const PlannedValue& value = m_plan.value(index); !value.isBatched) {
        const std::int64_t perSample = elementCount(value.shape) / value.samples();
        const float* from = filled(index, group);
        std::transform(from, from + group.count * perSample,
            other(index).as<std::int64_t>().begin() + static_cast<std::ptrdiff_t>(group.first * perSample),
            [](float x) { return static_cast<std::int64_t>(x); });
        return;
    }
    const auto size = extent(index, group);
    const auto to = place(index);
    const float* from = filled(index, group);
    const std::int64_t row = std::int64_t{size.columns} * size.channels;
    for (int image = 0; image < size.images; ++image)
        for (int r = 0; r < size.rows; ++r, from += row)
            std::copy_n(from, row, value(index, group) + image * to.image + r * to.row);
}

kernels::Extent Program::extent(int index, const Group& group) const
{
    const PlannedValue& value = m_plan.value(index);
    if (value.isImage())
        return {group.count, static_cast<int>(value.shape[2]), static_cast<int>(value.shape[3]),
            static_cast<int>(value.shape[1])};
    const std::int64_t perSample = elementCount(value.shape) / std::max<std::int64_t>(1, value.samples());
    const std::int64_t channels = value.shape.size() > 1 ? value.shape.back() : 1;
    return {
        group.count, 1, static_cast<int>(perSample / std::max<std::int64_t>(1, channels)), static_cast<int>(channels)};
}

float* Program::weight(int value) const
{
    // Read through the const block: asking for the writable one would mark it as changed.
    const auto values = std::as_const(*m_plan.weights).values();
    return const_cast<float*>(values.data()) + m_plan.entryOf(value).offset;
}

namespace {

/// Calls visit(place in memory, place in ONNX order) for the elements of some samples.
template <typename Visit>
void visitSamples(
    const PlannedValue& value, const kernels::Place& place, const kernels::Extent& extent, const Visit& visit)
{
    const std::int64_t pixels = std::int64_t{extent.rows} * extent.columns, perSample = pixels * extent.channels;
    for (int image = 0; image < extent.images; ++image)
        for (int row = 0; row < extent.rows; ++row)
            for (int column = 0; column < extent.columns; ++column)
                for (int c = 0; c < extent.channels; ++c) {
                    const std::int64_t pixel = std::int64_t{row} * extent.columns + column;
                    const std::int64_t onnx = value.isImage() ? c * pixels + pixel : pixel * extent.channels + c;
                    visit(image * place.image + row * place.row + column * place.column + c, image * perSample + onnx);
                }
}

} // namespace

void Program::readTensor(int index, bool isGradient, const Group& group, float* onnxOrder) const
{
    const float* from = isGradient ? gradient(index, group) : value(index, group);
    visitSamples(m_plan.value(index), isGradient ? gradientPlace(index) : place(index), extent(index, group),
        [&](std::int64_t own, std::int64_t onnx) { onnxOrder[onnx] = from[own]; });
}

void Program::writeTensor(int index, bool isGradient, const Group& group, const float* onnxOrder) const
{
    float* to = isGradient ? gradient(index, group) : value(index, group);
    visitSamples(m_plan.value(index), isGradient ? gradientPlace(index) : place(index), extent(index, group),
        [&](std::int64_t own, std::int64_t onnx) { to[own] = onnxOrder[onnx]; });
}

void Program::addTensor(int index, const Group& group, const float* onnxOrder) const
{
    float* to = gradient(index, group);
    visitSamples(m_plan.value(index), gradientPlace(index), extent(index, group),
        [&](std::int64_t own, std::int64_t onnx) { to[own] += onnxOrder[onnx]; });
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
