// Any node by the operator table, in ONNX order: on the samples of a group where each is made by itself, else on the
// whole batch and one thread. Slow and right.
// whole batch and one thread. Slow and right.

#include "core/nn/steps/step.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

class Generic final : public Step {
  public:
    using Step::Step;

    bool isWhole() const override { return !planned.isSampleWise; }

    void prepare() override
    {
        m_passes.resize(static_cast<std::size_t>(isWhole() ? 1 : program.groups()));
        if (!program.plan().isLedBack(planned))
            return;
        for (const int input : planned.inputs)
            if (program.plan().isTrained(input) && !m_sources.contains(input)) {
                const Weights::Entry& entry = program.plan().entryOf(input);
                GradientSource source{program.plan().value(input).entry,
                    program.reserve(isWhole() ? Buffer::Scope::Once : Buffer::Scope::Group, (entry.count + 15) / 16 * 64),
                    isWhole() ? 1 : program.groups()};
                source.rowLength = source.rowStride = entry.count;
                m_sources[input] = source.buffer;
                program.addGradientSource(std::move(source));
            }
    }

    void forward(const Group& group) override
    {
        Pass& pass = passOf(group);
        pass.inputs.clear();
        for (const int input : planned.inputs)
            pass.inputs.push_back(input < 0 ? Tensor() : tensorOf(input, group));
        auto outputs = operation().forward(context(), pointers(pass));
        if (!outputs)
            return program.fail(outputs.error(), planned.node->name);
        pass.outputs = std::move(*outputs);
        pass.outputs.resize(planned.outputs.size());
        for (std::size_t i = 0; i < planned.outputs.size(); ++i)
            put(planned.outputs[i], pass.outputs[i], group);
    }

    void backward(const Group& group) override
    {
        Pass& pass = passOf(group);
        std::vector<Tensor> gradients;
        for (std::size_t i = 0; i < planned.outputs.size(); ++i)
            gradients.push_back(gradientOf(planned.outputs[i], pass.outputs[i], group));
        auto made = operation().backward(context(), pointers(pass), pass.outputs, gradients);
        if (!made)
            return program.fail(made.error(), planned.node->name);
        std::map<int, bool> seen;
        for (std::size_t i = 0; i < planned.inputs.size(); ++i) {
            const int input = planned.inputs[i];
            if (!needsGradient(input))
                continue;
            const Tensor& of = pass.inputs[i];
            Tensor gradient =
                i < made->size() && (*made)[i].count() == of.count() && (*made)[i].type() == ElementType::Float
                    ? std::move((*made)[i])
                    : Tensor(ElementType::Float, of.shape());
            deliver(input, gradient, std::exchange(seen[input], true), group);
        }
    }

  private:
    const Operator& operation() const { return *findOperator(planned.node->op); }

    OperatorContext context() const
    {
        const Plan& plan = program.plan();
        return {*planned.node, plan.graph->opset, plan.request.isTraining(), program.seed, program.number};
    }

    /// What a group's pass keeps for its gradient.
    struct Pass {
        std::vector<Tensor> inputs, outputs;
    };

    Pass& passOf(const Group& group) { return m_passes[static_cast<std::size_t>(isWhole() ? 0 : group.index)]; }

    Inputs pointers(const Pass& pass) const
    {
        Inputs list;
        for (std::size_t i = 0; i < pass.inputs.size(); ++i)
            list.push_back(planned.inputs[i] < 0 ? nullptr : &pass.inputs[i]);
        return list;
    }

    /// A batched value of the group's samples alone.
    static Shape shapeOf(const PlannedValue& value, const Group& group)
    {
        Shape shape = value.shape;
        shape[0] = group.count;
        return shape;
    }

    Tensor tensorOf(int input, const Group& group) const
    {
        const PlannedValue& value = program.plan().value(input);
        if (value.constant)
            return *value.constant;
        if (value.entry >= 0)
            return program.plan().weights->tensor(value.name);
        if (!value.isBatched)
            return program.other(input);
        Tensor tensor(ElementType::Float, shapeOf(value, group));
        program.readTensor(input, false, group, tensor.as<float>().data());
        return tensor;
    }

    void put(int output, const Tensor& tensor, const Group& group) const
    {
        if (output < 0 || program.plan().value(output).constant)
            return;
        const PlannedValue& value = program.plan().value(output);
        if (!value.isBatched)
            program.other(output) = tensor;
        else if (tensor.type() == ElementType::Float && tensor.shape() == shapeOf(value, group))
            program.writeTensor(output, false, group, tensor.as<float>().data());
    }

    Tensor gradientOf(int output, const Tensor& like, const Group& group) const
    {
        if (output < 0 || !needsGradient(output))
            return Tensor(ElementType::Float, like.shape());
        if (!program.plan().value(output).isBatched) {
            const Tensor& given = program.otherGradient(output);
            return given.shape() == like.shape() && given.count() == like.count()
                       ? given
                       : Tensor(ElementType::Float, like.shape());
        }
        Tensor tensor(ElementType::Float, like.shape());
        program.readTensor(output, true, group, tensor.as<float>().data());
        return tensor;
    }

    void deliver(int input, const Tensor& gradient, bool isSecondOfSame, const Group& group)
    {
        const PlannedValue& value = program.plan().value(input);
        if (const auto source = m_sources.find(input); source != m_sources.end()) {
            std::vector<float> own(static_cast<std::size_t>(gradient.count()));
            inOwnOrder(program.plan().entryOf(input), gradient.as<float>(), own);
            float* to = program.at(source->second, group);
            for (std::size_t i = 0; i < own.size(); ++i)
                to[i] = isSecondOfSame ? to[i] + own[i] : own[i];
            return;
        }
        const bool isAdded = isAccumulated(input) || isSecondOfSame;
        if (!value.isBatched) {
            Tensor& whole = program.otherGradient(input);
            if (!isAdded)
                whole = Tensor(ElementType::Float, value.shape);
            std::ranges::transform(whole.as<float>(), gradient.as<float>(), whole.as<float>().begin(), std::plus<>());
        } else if (isAdded) {
            program.addTensor(input, group, gradient.as<float>().data());
        } else {
            program.writeTensor(input, true, group, gradient.as<float>().data());
        }
    }

    std::vector<Pass> m_passes;
    std::map<int, int> m_sources;
};

} // namespace

std::unique_ptr<Step> makeGeneric(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Generic>(planned, program);
}

} // namespace hounsfield::nn
