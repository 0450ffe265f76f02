#include "core/nn/executor.h"

#include "core/nn/steps/step.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <new>

namespace hounsfield::nn {

namespace {

Error notEnoughMemory()
{
    return {Error::Kind::Environment, text("nn", "There is not enough memory for a batch of this size."), {},
        text("nn", "Choose a smaller batch.")};
}

/// A block of the flat weights that one task sums and updates.
struct Block {
    int entry = 0;
    std::int64_t begin = 0, count = 0; ///< within the entry
};

constexpr std::int64_t floatsOfBlock = 4096;

} // namespace

struct Executor::State {
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<Weights> weights;
    PlanRequest request;

    std::unique_ptr<Program> pass; ///< of forward and backward
    std::vector<Stage> forwardStages, backwardStages, packing;
    std::uint64_t packedVersion = 0;
    std::map<int, Tensor> given;     ///< inputs by value
    std::map<int, Tensor> starts;    ///< gradients handed in
    std::map<int, Tensor> values;    ///< outputs and kept values
    std::map<int, Tensor> gradients; ///< asked

    std::unique_ptr<Program> training;
    std::vector<Stage> trainStages;
    const Step* step = nullptr;
    std::vector<double> losses; ///< of the groups
    std::vector<Block> blocks;
    std::vector<double> blockSquares;
    std::vector<float> flat; ///< summed gradient
    float factor = 1;
    bool isSound = false;

    void preparePass();
    void prepareTraining(Plan plan);
    void readInputs(const Group& group);
    void gather(Program& program, const Block& block, std::size_t index);
    void judge();
    void update(const Block& block);
    void sumAll(Program& program);
    Result<Plan> trainingPlan() const;
};

namespace {

/// Sums the parts of a block's gradient from all sources of its weight, in their order; returns Σ squares.
double sumBlock(const Program& program, int entry, std::int64_t begin, std::int64_t count, float* to)
{
    double squares = 0;
    bool isAdded = false;
    for (const GradientSource& source : program.gradientSources()) {
        if (source.entry != entry)
            continue;
        const float* from = program.at(source.buffer, program.group(0, 0));
        const std::int64_t distance = source.copies > 1 ? program.at(source.buffer, program.group(1, 0)) - from : 0;
        squares = 0;
        for (std::int64_t i = 0; i < count;) {
            const std::int64_t row = (begin + i) / source.rowLength, column = (begin + i) % source.rowLength;
            const bool isWhole = source.rowOf.empty() && source.rowStride == source.rowLength;
            const std::int64_t n = isWhole ? count - i : std::min(source.rowLength - column, count - i);
            const std::int64_t at = source.rowOf.empty() ? row : source.rowOf[static_cast<std::size_t>(row)];
            squares +=
                kernels::sumCopies(from + at * source.rowStride + column, source.copies, distance, n, isAdded, to + i);
            i += n;
        }
        isAdded = true;
    }
    if (!isAdded)
        std::fill_n(to, count, 0.0F);
    return squares;
}

} // namespace

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

void Executor::State::preparePass()
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
    if (hasBackward)
        program.addPasses(backwardStages, Program::Passes::Backward, hooks);
}

Result<void> Executor::setInput(const std::string& name, const Tensor& value)
{
    State& s = *m_state;
    const auto shape = s.request.inputs.find(name);
    if (shape == s.request.inputs.end())
        return badInput(text("nn", "The network has no input %1.").with(name));
    if (shape->second != value.shape())
        return badInput(text("nn", "The input %1 was planned for the shape %2, not %3.")
                            .with(name, written(shape->second), written(value.shape())));
    if (!s.pass)
        s.preparePass();
    const int index = s.pass->plan().find(name);
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
    if (!s.pass)
        s.preparePass();
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

Result<void> Executor::backward(const Monitor& monitor)
{
    State& s = *m_state;
    assert(s.pass && !s.request.gradientsFrom.empty());
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
    std::vector<float> block(static_cast<std::size_t>(entry.count));
    sumBlock(*s.pass, value.entry, 0, entry.count, block.data());
    return inOnnxOrder(entry, block);
}

// ---- training steps

Result<Plan> Executor::State::trainingPlan() const
{
    PlanRequest wanted = request;
    wanted.gradientsFrom = {graph->outputs.empty() ? std::string() : graph->outputs[0].name};
    wanted.gradientsOf.clear();
    for (const Weights::Entry& entry : weights->entries())
        if (entry.isTrained)
            wanted.gradientsOf.push_back(entry.name);
    return makePlan(graph, weights, std::move(wanted));
}

void Executor::State::gather(Program& program, const Block& block, std::size_t index)
{
    float* to = flat.data() + weights->entries()[static_cast<std::size_t>(block.entry)].offset + block.begin;
    blockSquares[index] = sumBlock(program, block.entry, block.begin, block.count, to);
}

/// Whether loss and gradient are numbers, and how much the gradient is scaled.
void Executor::State::judge()
{
    double squares = 0, loss = 0;
    for (const double part : blockSquares)
        squares += part;
    for (const double part : losses)
        loss += part;
    isSound = std::isfinite(squares) && std::isfinite(loss);
    const double norm = std::sqrt(squares);
    factor = step->clipNorm > 0 && norm > step->clipNorm ? static_cast<float>(step->clipNorm / norm) : 1.0F;
}

void Executor::State::update(const Block& block)
{
    if (!isSound)
        return;
    const std::int64_t begin = weights->entries()[static_cast<std::size_t>(block.entry)].offset + block.begin;
    const std::span<float> gradient(flat.data() + begin, static_cast<std::size_t>(block.count));
    if (factor != 1.0F)
        for (float& g : gradient)
            g *= factor;
    if (step->update)
        step->update(begin, gradient);
}

void Executor::State::prepareTraining(Plan plan)
{
    training = std::make_unique<Program>(std::move(plan), Purpose::Train);
    Program& program = *training;
    losses.assign(static_cast<std::size_t>(program.groups()), 0.0);
    flat.assign(std::as_const(*weights).values().size(), 0.0F);
    for (std::size_t e = 0; e < weights->entries().size(); ++e) {
        const Weights::Entry& entry = weights->entries()[e];
        for (std::int64_t begin = 0; entry.isTrained && begin < entry.count; begin += floatsOfBlock)
            blocks.push_back({static_cast<int>(e), begin, std::min(floatsOfBlock, entry.count - begin)});
    }
    blockSquares.assign(blocks.size(), 0.0);
    const int output = program.plan().find(graph->outputs[0].name);
    Program::Hooks hooks;
    hooks.fill = [this](const Group& group) {
        for (const ValueInfo& input : graph->inputs)
            if (const int value = training->plan().find(input.name); training->isFilled(value))
                step->fill(input.name, {group.first, group.count}, training->filled(value, group));
        for (const ValueInfo& input : graph->inputs)
            training->spreadFilled(training->plan().find(input.name), group);
    };
    hooks.start = [this, output](const Group& group) {
        const auto perGroup = static_cast<std::size_t>(training->place(output).image * group.count);
        losses[static_cast<std::size_t>(group.index)] =
            step->loss({group.first, group.count}, std::span<const float>(training->value(output, group), perGroup),
                std::span<float>(training->gradient(output, group), perGroup));
    };
    program.addPacking(trainStages);
    program.addPasses(trainStages, Program::Passes::Both, hooks);
    const auto count = static_cast<std::int64_t>(blocks.size());
    trainStages.push_back({count, true,
        [this](std::int64_t task, int) {
            const auto index = static_cast<std::size_t>(task);
            gather(*training, blocks[index], index);
        },
        [this] { judge(); }});
    trainStages.push_back(
        {count, false, [this](std::int64_t task, int) { update(blocks[static_cast<std::size_t>(task)]); }, {}});
}

Result<double> Executor::train(const Step& step, const Monitor& monitor)
{
    State& s = *m_state;
    assert(s.request.isTraining() && step.fill && step.loss);
    if (!s.training) {
        try {
            s.prepareTraining(TRY(s.trainingPlan()));
        } catch (const std::bad_alloc&) {
            return tl::unexpected(notEnoughMemory());
        }
    }
    s.step = &step;
    s.training->problem.reset();
    s.training->seed = step.seed;
    s.training->number = step.number;
    if (!runStages(s.trainStages, s.request.threads, monitor))
        return cancelled();
    if (s.training->problem)
        return tl::unexpected(*s.training->problem);
    if (!s.isSound)
        return std::numeric_limits<double>::quiet_NaN();
    for (const auto& part : s.training->steps())
        part->commit();
    s.weights->markChanged();
    double loss = 0;
    for (const double part : s.losses)
        loss += part;
    return loss / static_cast<double>(s.training->plan().batch);
}

std::span<const float> Executor::flatGradient() const
{
    return m_state->flat;
}

std::int64_t Executor::bytes() const
{
    const State& s = *m_state;
    return (s.pass ? s.pass->bytes() : 0) + (s.training ? s.training->bytes() : 0)
           + static_cast<std::int64_t>(s.flat.size() * sizeof(float));
}

} // namespace hounsfield::nn
