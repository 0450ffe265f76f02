// Any node by the operator table: on the whole batch, in ONNX order, on one thread. Slow and right.

#include "core/nn/steps/step.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

class Generic final : public Step {
  public:
    using Step::Step;

    bool isWhole() const override { return true; }

    void prepare() override
    {
        if (!program.plan().isLedBack(planned))
            return;
        for (const int input : planned.inputs)
            if (program.plan().isTrained(input) && !m_sources.contains(input)) {
                const Weights::Entry& entry = program.plan().entryOf(input);
                GradientSource source{
                    program.plan().value(input).entry, program.reserve(Buffer::Scope::Once, entry.count * 4)};
                source.rowLength = source.rowStride = entry.count;
                m_sources[input] = source.buffer;
                program.addGradientSource(std::move(source));
            }
    }

    void forward(const Group&) override
    {
        m_inputs.clear();
        for (const int input : planned.inputs)
            m_inputs.push_back(input < 0 ? Tensor() : tensorOf(input));
        auto outputs = operation().forward(context(), pointers());
        if (!outputs)
            return fail(outputs.error());
        m_outputs = std::move(*outputs);
        m_outputs.resize(planned.outputs.size());
        for (std::size_t i = 0; i < planned.outputs.size(); ++i)
            put(planned.outputs[i], m_outputs[i]);
    }

    void backward(const Group&) override
    {
        std::vector<Tensor> gradients;
        for (std::size_t i = 0; i < planned.outputs.size(); ++i)
            gradients.push_back(gradientOf(planned.outputs[i], m_outputs[i]));
        auto made = operation().backward(context(), pointers(), m_outputs, gradients);
        if (!made)
            return fail(made.error());
        std::map<int, bool> seen;
        for (std::size_t i = 0; i < planned.inputs.size(); ++i) {
            const int input = planned.inputs[i];
            if (!needsGradient(input))
                continue;
            Tensor gradient =
                i < made->size() && (*made)[i].count() == m_inputs[i].count() && (*made)[i].type() == ElementType::Float
                    ? std::move((*made)[i])
                    : Tensor(ElementType::Float, m_inputs[i].shape());
            deliver(input, gradient, std::exchange(seen[input], true));
        }
    }

  private:
    const Operator& operation() const { return *findOperator(planned.node->op); }

    OperatorContext context() const
    {
        const Plan& plan = program.plan();
        return {*planned.node, plan.graph->opset, plan.request.isTraining(), program.seed, program.number};
    }

    Inputs pointers() const
    {
        Inputs list;
        for (std::size_t i = 0; i < m_inputs.size(); ++i)
            list.push_back(planned.inputs[i] < 0 ? nullptr : &m_inputs[i]);
        return list;
    }

    void fail(const Error& error) const
    {
        if (!program.problem)
            program.problem = error;
        if (program.problem->where.empty())
            program.problem->where = planned.node->name;
    }

    Tensor tensorOf(int input) const
    {
        const PlannedValue& value = program.plan().value(input);
        if (value.constant)
            return *value.constant;
        if (value.entry >= 0)
            return program.plan().weights->tensor(value.name);
        if (!value.isBatched)
            return program.other(input);
        Tensor tensor(ElementType::Float, value.shape);
        program.readTensor(input, false, program.everything(), tensor.as<float>().data());
        return tensor;
    }

    void put(int output, const Tensor& tensor) const
    {
        if (output < 0 || program.plan().value(output).constant)
            return;
        if (!program.plan().value(output).isBatched)
            program.other(output) = tensor;
        else if (tensor.type() == ElementType::Float && tensor.shape() == program.plan().value(output).shape)
            program.writeTensor(output, false, program.everything(), tensor.as<float>().data());
    }

    Tensor gradientOf(int output, const Tensor& like) const
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
        program.readTensor(output, true, program.everything(), tensor.as<float>().data());
        return tensor;
    }

    void deliver(int input, const Tensor& gradient, bool isSecondOfSame)
    {
        const PlannedValue& value = program.plan().value(input);
        if (const auto source = m_sources.find(input); source != m_sources.end()) {
            std::vector<float> own(static_cast<std::size_t>(gradient.count()));
            inOwnOrder(program.plan().entryOf(input), gradient.as<float>(), own);
            float* to = program.at(source->second, program.everything());
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
            program.addTensor(input, program.everything(), gradient.as<float>().data());
        } else {
            program.writeTensor(input, true, program.everything(), gradient.as<float>().data());
        }
    }

    std::vector<Tensor> m_inputs, m_outputs;
    std::map<int, int> m_sources;
};

} // namespace

std::unique_ptr<Step> makeGeneric(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Generic>(planned, program);
}

} // namespace hounsfield::nn
