// A training step: one parallel region from the samples to the new weights.

#include "core/nn/executor_state.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <new>

namespace hounsfield::nn {

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

void Executor::State::gather(Program& program, const GradientBlock& block, std::size_t index)
{
    blockSquares[index] = sumBlock(program, block, flatOf(program, block));
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

void Executor::State::update(const GradientBlock& block)
{
    if (!isSound)
        return;
    const std::int64_t begin = beginOf(block);
    const std::span<float> gradient(flatOf(*training, block), static_cast<std::size_t>(block.count));
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
    std::set<int> trained;
    for (int e = 0; e < static_cast<int>(weights->entries().size()); ++e)
        if (weights->entries()[static_cast<std::size_t>(e)].isTrained)
            trained.insert(e);
    blocks = blocksOf(trained);
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
    s.summed = s.training.get();
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

} // namespace hounsfield::nn
