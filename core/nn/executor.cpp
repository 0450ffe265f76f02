#include "core/nn/executor_state.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <new>
#include <utility>

namespace hounsfield::nn {

namespace {

constexpr std::int64_t floatsOfBlock = 4096;

void copyInto(Tensor& tensor, const Shape& shape, std::span<const float> values)
{
    if (tensor.type() != ElementType::Float || tensor.shape() != shape)
        tensor = Tensor(ElementType::Float, shape);
    std::ranges::copy(values, tensor.as<float>().begin());
}

} // namespace

Error notEnoughMemory()
{
    return {Error::Kind::Environment, text("nn", "There is not enough memory for a batch of this size."), {},
        text("nn", "Choose a smaller batch.")};
}

double sumBlock(const Program& program, const GradientBlock& block, float* to, bool isAdded)
{
    double squares = 0;
    for (const GradientSource& source : program.gradientSources()) {
        if (source.entry != block.entry)
            continue;
        const float* from = program.at(source.buffer, program.group(0, 0));
        const std::int64_t distance = source.copies > 1 ? program.at(source.buffer, program.group(1, 0)) - from : 0;
        squares = 0;
        for (std::int64_t i = 0; i < block.count;) {
            const std::int64_t row = (block.begin + i) / source.rowLength,
                               column = (block.begin + i) % source.rowLength;
            const bool isWhole = source.rowOf.empty() && source.rowStride == source.rowLength;
            const std::int64_t n = isWhole ? block.count - i : std::min(source.rowLength - column, block.count - i);
            const std::int64_t at = source.rowOf.empty() ? row : source.rowOf[static_cast<std::size_t>(row)];
            const float* part = from + at * source.rowStride + column;
            squares += kernels::sumCopies(part, part == to + i ? 0 : source.copies, distance, n, isAdded, to + i);
            i += n;
        }
        isAdded = true;
    }
    if (!isAdded)
        std::fill_n(to, block.count, 0.0F);
    return squares;
}

Result<Executor> Executor::plan(
    std::shared_ptr<const Graph> graph, std::shared_ptr<Weights> weights, PlanRequest request)
{
    auto state = std::make_unique<State>();
    state->graph = std::move(graph);
    state->weights = std::move(weights);
    state->request = std::move(request);
    state->request.threads = std::max(1, state->request.threads);
    if (state->request.isTraining())
        TRY(state->trainingPlan());
    else
        TRY(makePlan(state->graph, state->weights, state->request));
    return Executor(std::move(state));
}

Executor::Executor(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
Executor::Executor(Executor&&) noexcept = default;
Executor& Executor::operator=(Executor&&) noexcept = default;
Executor::~Executor() = default;

// ---- whole batches

void Executor::State::readInputs(const Group& group)
{
    for (const auto& [value, tensor] : given) {
        const PlannedValue& planned = pass->plan().value(value);
        if (!planned.isBatched)
            continue;
        const std::int64_t perSample = tensor.count() / std::max<std::int64_t>(1, planned.samples());
        pass->writeTensor(value, false, group, tensor.as<float>().data() + group.first * perSample);
    }
}

Result<void> Executor::State::preparePass()
{
    if (pass)
        return {};
    try {
        layOutPass();
    } catch (const std::bad_alloc&) {
        pass.reset();
        return tl::unexpected(notEnoughMemory());
    }
    return {};
}

void Executor::State::layOutPass()
{
    const bool hasBackward = !request.gradientsFrom.empty();
    auto plan = makePlan(graph, weights, request);
    assert(plan); // it was made once already
    pass = std::make_unique<Program>(std::move(*plan), hasBackward ? Purpose::ForwardBackward : Purpose::Forward);
    Program& program = *pass;
    for (int i = 0; i < static_cast<int>(program.plan().values.size()); ++i) {
        const PlannedValue& value = program.plan().value(i);
        if (value.isKept && value.isBatched)
            values[i] = Tensor(ElementType::Float, value.shape);
        if (value.isGradientKept && value.needsGradient && value.isBatched)
            gradients[i] = Tensor(ElementType::Float, value.shape);
    }
    const auto samplesOf = [&program](std::map<int, Tensor>& tensors, int value, const Group& group) {
        Tensor& tensor = tensors.at(value);
        return tensor.as<float>().data() + group.first * (tensor.count() / program.plan().batch);
    };
    Program::Hooks hooks;
    hooks.fill = [this](const Group& group) { readInputs(group); };
    hooks.read = [this, samplesOf](const Group& group) {
        for (auto& [value, tensor] : values)
            pass->readTensor(value, false, group, samplesOf(values, value, group));
    };
    hooks.start = [this, samplesOf](const Group& group) {
        for (auto& [value, tensor] : starts)
            if (pass->plan().value(value).needsGradient && pass->plan().value(value).isBatched)
                pass->writeTensor(value, true, group, samplesOf(starts, value, group));
    };
    hooks.ready = [this, samplesOf](int value, const Group& group) {
        if (gradients.contains(value))
            pass->readTensor(value, true, group, samplesOf(gradients, value, group));
    };
    program.addPacking(packing);
    program.addPasses(forwardStages, Program::Passes::Forward, hooks);
    if (!hasBackward)
        return;
    program.addPasses(backwardStages, Program::Passes::Backward, hooks);
    std::set<int> entries;
    for (const GradientSource& source : program.gradientSources())
        entries.insert(source.entry);
    passBlocks = blocksOf(entries);
    if (passBlocks.empty())
        return;
    backwardStages.push_back({static_cast<std::int64_t>(passBlocks.size()), false,
        [this](std::int64_t task, int) {
            const GradientBlock& block = passBlocks[static_cast<std::size_t>(task)];
            if (!pass->areWeightsSkipped)
                sumBlock(*pass, block, flatOf(*pass, block), pass->areWeightsAdded);
        },
        {}});
}

/// Of an input with its planned shape.
Result<int> Executor::State::planned(const std::string& input, const Shape& given)
{
    const auto shape = request.inputs.find(input);
    if (shape == request.inputs.end())
        return badInput(text("nn", "The network has no input %1.").with(input));
    if (shape->second != given)
        return badInput(text("nn", "The input %1 was planned for the shape %2, not %3.")
                            .with(input, written(shape->second), written(given)));
    TRY(preparePass());
    return pass->plan().find(input);
}

Result<void> Executor::setInput(const std::string& name, std::span<const float> values)
{
    State& s = *m_state;
    const auto shape = s.request.inputs.find(name);
    const bool fits =
        shape != s.request.inputs.end() && elementCount(shape->second) == static_cast<std::int64_t>(values.size());
    const int index = TRY(s.planned(name, fits ? shape->second : Shape{static_cast<std::int64_t>(values.size())}));
    if (s.pass->plan().value(index).type != ElementType::Float || !s.pass->plan().value(index).isBatched)
        return badInput(text("nn", "The input %1 has another element type.").with(name));
    copyInto(s.given[index], shape->second, values);
    return {};
}

Result<void> Executor::setInput(const std::string& name, const Tensor& value)
{
    State& s = *m_state;
    const int index = TRY(s.planned(name, value.shape()));
    if (value.type() != s.pass->plan().value(index).type)
        return badInput(text("nn", "The input %1 has another element type.").with(name));
    s.given[index] = value;
    if (!s.pass->plan().value(index).isBatched)
        s.pass->other(index) = value;
    return {};
}

Result<void> Executor::forward(const Monitor& monitor)
{
    State& s = *m_state;
    TRY(s.preparePass());
    s.pass->problem.reset();
    if (const auto version = s.weights->version(); version != s.packedVersion) {
        runStages(s.packing, s.request.threads, {});
        s.packedVersion = version;
    }
    if (!runStages(s.forwardStages, s.request.threads, monitor))
        return cancelled();
    if (s.pass->problem)
        return tl::unexpected(*s.pass->problem);
    return {};
}

Tensor Executor::value(const std::string& name) const
{
    const State& s = *m_state;
    assert(s.pass);
    const int index = s.pass->plan().find(name);
    const PlannedValue& value = s.pass->plan().value(index);
    if (value.constant)
        return *value.constant;
    if (value.entry >= 0)
        return s.weights->tensor(name);
    if (value.isInput)
        return s.given.at(index);
    return value.isBatched ? s.values.at(index) : s.pass->other(index);
}

void Executor::setGradient(const std::string& name, const Tensor& gradient)
{
    State& s = *m_state;
    assert(s.pass);
    const int index = s.pass->plan().find(name);
    assert(index >= 0 && s.pass->plan().value(index).isStart && s.pass->plan().value(index).shape == gradient.shape());
    s.starts[index] = gradient;
    if (!s.pass->plan().value(index).isBatched)
        s.pass->otherGradient(index) = gradient;
}

void Executor::setGradient(const std::string& name, std::span<const float> gradient)
{
    State& s = *m_state;
    assert(s.pass);
    const int index = s.pass->plan().find(name);
    const PlannedValue& value = s.pass->plan().value(index);
    assert(value.isStart && value.isBatched && elementCount(value.shape) == std::ssize(gradient));
    copyInto(s.starts[index], value.shape, gradient);
}

std::span<const float> Executor::valueView(const std::string& name) const
{
    const State& s = *m_state;
    assert(s.pass);
    const int index = s.pass->plan().find(name);
    return (s.pass->plan().value(index).isInput ? s.given : s.values).at(index).as<float>();
}

std::span<const float> Executor::gradientView(const std::string& name) const
{
    const State& s = *m_state;
    assert(s.pass);
    return s.gradients.at(s.pass->plan().find(name)).as<float>();
}

void Executor::commit()
{
    State& s = *m_state;
    assert(s.pass && s.request.isTraining());
    for (const auto& step : s.pass->steps())
        step->commit();
    const bool isPacked = s.packedVersion == s.weights->version();
    s.weights->markChanged();
    if (isPacked) // in training no step packs the statistics
        s.packedVersion = s.weights->version();
}

Result<void> Executor::backward(const Monitor& monitor, WeightGradients weights)
{
    State& s = *m_state;
    assert(s.pass && !s.request.gradientsFrom.empty());
    s.pass->areWeightsSkipped = weights == WeightGradients::Skipped;
    s.pass->areWeightsAdded = weights == WeightGradients::Added;
    s.summed = s.pass.get();
    if (!runStages(s.backwardStages, s.request.threads, monitor))
        return cancelled();
    if (s.pass->problem)
        return tl::unexpected(*s.pass->problem);
    return {};
}

Tensor Executor::gradient(const std::string& name) const
{
    const State& s = *m_state;
    assert(s.pass);
    const int index = s.pass->plan().find(name);
    const PlannedValue& value = s.pass->plan().value(index);
    if (!value.needsGradient)
        return {ElementType::Float, value.shape};
    if (value.entry < 0)
        return value.isBatched ? s.gradients.at(index) : s.pass->otherGradient(index);
    const Weights::Entry& entry = s.pass->plan().entryOf(index);
    return inOnnxOrder(entry, {s.pass->flat() + entry.offset, static_cast<std::size_t>(entry.count)});
}

std::vector<GradientBlock> Executor::State::blocksOf(const std::set<int>& entries) const
{
    std::vector<GradientBlock> list;
    for (const int e : entries) {
        const std::int64_t count = weights->entries()[static_cast<std::size_t>(e)].count;
        for (std::int64_t begin = 0; begin < count; begin += floatsOfBlock)
            list.push_back({e, begin, std::min(floatsOfBlock, count - begin)});
    }
    return list;
}

std::int64_t Executor::State::beginOf(const GradientBlock& block) const
{
    return weights->entries()[static_cast<std::size_t>(block.entry)].offset + block.begin;
}

std::span<const float> Executor::flatGradient() const
{
    const State& s = *m_state;
    if (!s.summed || !s.summed->flat())
        return {};
    return {s.summed->flat(), std::as_const(*s.weights).values().size()};
}

void Executor::update(const Update& update)
{
    State& s = *m_state;
    const Stage stage{static_cast<std::int64_t>(s.passBlocks.size()), false,
        [&](std::int64_t task, int) {
            const GradientBlock& block = s.passBlocks[static_cast<std::size_t>(task)];
            update(s.beginOf(block), {s.flatOf(*s.pass, block), static_cast<std::size_t>(block.count)});
        },
        {}};
    runStages({stage}, s.request.threads, {});
    s.weights->markChanged();
}

std::int64_t Executor::bytes() const
{
    const State& s = *m_state;
    return (s.pass ? s.pass->bytes() : 0) + (s.training ? s.training->bytes() : 0);
}

} // namespace hounsfield::nn
