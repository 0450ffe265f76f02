#pragma once

#include "core/nn/plan.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>

namespace hounsfield::nn {

/// What choosing steps asks of a plan whose values are known.
class PlanView {
  public:
    explicit PlanView(Plan& plan)
        : m_plan(plan)
    {
    }

  protected:
    const PlannedValue& value(int index) const { return m_plan.value(index); }
    int find(const std::string& name) const { return m_plan.find(name); }

    bool isBatched(const std::string& name) const { return find(name) >= 0 && value(find(name)).isBatched; }
    bool isBatchedImage(const std::string& name) const { return isBatched(name) && value(find(name)).isImage(); }
    /// Rows of numbers, sample by sample.
    bool isFlat(const std::string& name) const { return isBatched(name) && !value(find(name)).isImage(); }
    bool isWeight(const std::string& name) const { return find(name) >= 0 && value(find(name)).entry >= 0; }
    bool isWeightOf(const std::string& name, const Shape& shape) const
    {
        return isWeight(name) && value(find(name)).shape == shape;
    }
    static bool isGiven(const Node& node, std::size_t input)
    {
        return input < node.inputs.size() && !node.inputs[input].empty();
    }
    static bool hasOneOutput(const Node& node)
    {
        return std::all_of(node.outputs.begin() + 1, node.outputs.end(), [](const auto& name) { return name.empty(); });
    }

    /// A single float that is known when planning.
    std::optional<float> numberOf(const std::string& name) const
    {
        const int index = find(name);
        if (index < 0 || !value(index).constant || value(index).type != ElementType::Float
            || value(index).constant->count() != 1)
            return {};
        return value(index).constant->as<float>()[0];
    }
    bool isNumber(const std::string& name, double number) const
    {
        const auto found = numberOf(name);
        return found && std::abs(static_cast<double>(*found) - number) < 1e-6 * std::abs(number);
    }

    /// The only node that takes a value which nobody else needs; null when there is none, or none with a first output.
    const Node* onlyUser(int index) const
    {
        if (index < 0)
            return nullptr;
        const PlannedValue& made = value(index);
        if (made.users != 1 || made.isKept || made.isGradientKept || made.isStart)
            return nullptr;
        for (const Node& node : m_plan.graph->nodes)
            if (std::ranges::find(node.inputs, made.name) != node.inputs.end())
                return find(node.outputs[0]) < 0 ? nullptr : &node;
        return nullptr;
    }

    /// The node that makes a value which one other alone takes.
    const Node* makerOf(const std::string& name, const char* op) const
    {
        const int index = find(name);
        const Node* maker = index >= 0 && onlyUser(index) ? m_plan.graph->producerOf(name) : nullptr;
        return maker && maker->op == op && maker->outputs[0] == name ? maker : nullptr;
    }

    PlannedStep plain(const Node& node, StepKind kind) const
    {
        PlannedStep step;
        step.kind = kind;
        step.node = &node;
        step.isSampleWise = kind == StepKind::Generic && isSampleWise(m_plan, node);
        for (const std::string& name : node.inputs)
            step.inputs.push_back(find(name));
        for (const std::string& name : node.outputs)
            step.outputs.push_back(find(name));
        return step;
    }

    Plan& m_plan;
};

} // namespace hounsfield::nn
