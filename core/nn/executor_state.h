#pragma once

#include "core/nn/executor.h"
#include "core/nn/steps/step.h"

#include <map>
#include <set>
#include <vector>

namespace hounsfield::nn {

/// A block of the flat weights that one task sums and updates.
struct GradientBlock {
    int entry = 0;
    std::int64_t begin = 0, count = 0; ///< within the entry
};

/// What an executor holds: a program for whole batches and one for training steps, each made when it is first asked
/// for.
struct Executor::State {
    std::shared_ptr<const Graph> graph;
    std::shared_ptr<Weights> weights;
    PlanRequest request;

    std::unique_ptr<Program> pass; ///< of forward and backward
    std::vector<Stage> forwardStages, backwardStages, packing;
    std::vector<GradientBlock> passBlocks; ///< of the weights whose gradients are asked
    std::uint64_t packedVersion = 0;
    std::map<int, Tensor> given;     ///< inputs by value
    std::map<int, Tensor> starts;    ///< gradients handed in
    std::map<int, Tensor> values;    ///< outputs and kept values
    std::map<int, Tensor> gradients; ///< asked

    const Program* summed = nullptr; ///< whose flat gradient is the newest

    std::unique_ptr<Program> training;
    std::vector<Stage> trainStages;
    const Step* step = nullptr;
    std::vector<double> losses; ///< of the groups
    std::vector<GradientBlock> blocks;
    std::vector<double> blockSquares;
    float factor = 1;
    bool isSound = false;

    Result<void> preparePass();
    void layOutPass();
    std::vector<GradientBlock> blocksOf(const std::set<int>& entries) const;
    std::int64_t beginOf(const GradientBlock& block) const; ///< in the flat weights
    float* flatOf(const Program& program, const GradientBlock& block) const { return program.flat() + beginOf(block); }
    Result<int> planned(const std::string& input, const Shape& shape);
    void prepareTraining(Plan plan);
    void readInputs(const Group& group);
    void gather(Program& program, const GradientBlock& block, std::size_t index);
    void judge();
    void update(const GradientBlock& block);
    Result<Plan> trainingPlan() const;
};

/// Sums the parts of a block's gradient from all sources of its weight, in their order; returns Σ squares of the last.
/// @param isAdded  to what is there
double sumBlock(const Program& program, const GradientBlock& block, float* to, bool isAdded = false);

Error notEnoughMemory();

} // namespace hounsfield::nn
